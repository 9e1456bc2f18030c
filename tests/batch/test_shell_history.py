"""The file with the history of the prompt."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from ostk.batch import history
from ostk.batch.history import History
from ostk.batch.secret_lines import holds_secret, without_secrets


@pytest.fixture
def directory(tmp_path: Path) -> str:
    return str(tmp_path / "state" / "ostk")


def loaded(directory: str) -> list[str]:
    return list(History(directory).load_history_strings())


def test_lines_are_kept_for_the_user_alone(directory: str) -> None:
    os.umask(0o022)
    one = History(directory)
    for line in ("server list", "x = flavor list \\\n  -c ID", " ", "größe"):
        one.append_string(line)
    assert loaded(directory) == ["größe", "x = flavor list \\\n  -c ID", "server list"]
    assert stat.S_IMODE(os.stat(f"{directory}/history").st_mode) == 0o600
    assert stat.S_IMODE(os.stat(directory).st_mode) == 0o700


def test_a_file_that_others_can_read_is_closed_to_them(directory: str) -> None:
    os.makedirs(directory, 0o755)
    Path(directory, "history").touch(0o644)
    History(directory).append_string("server list")
    assert stat.S_IMODE(os.stat(f"{directory}/history").st_mode) == 0o600


def test_a_link_is_not_followed(directory: str, tmp_path: Path) -> None:
    os.makedirs(directory)
    (tmp_path / "other").write_text('"x"\n')
    os.symlink(tmp_path / "other", f"{directory}/history")
    History(directory).append_string("server list")
    assert loaded(directory) == []
    assert (tmp_path / "other").read_text() == '"x"\n'


@pytest.mark.parametrize("content", [b"", b"{\n5\n", b"\xff\n"])
def test_a_damaged_file_is_no_error(directory: str, content: bytes) -> None:
    os.makedirs(directory)
    Path(directory, "history").write_bytes(content)
    assert loaded(directory) == []


def test_a_long_file_is_cut(directory: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "KEPT", 3)
    for number in range(7):
        History(directory).append_string(f"line {number}")
    assert loaded(directory) == ["line 6", "line 5", "line 4"]
    assert Path(directory, "history").read_text().count("\n") == 3


@pytest.mark.parametrize(
    "line",
    [
        "user create --password geheim ann",
        "user create --password=geheim ann",
        "user create --pass geheim ann",
        "user set --password 'not closed ann",
        "--os-password geheim server list",
        "server list --os-passw geheim",
        "server list --os-token abc",
        "application credential create --secret geheim x",
        "ec2 credentials show --os-application-credential-secret x",
        "server create \\\n --admin-password geheim x",
        "server set --property adminPass=geheim x",
        'api identity /users -d \'{"user": {"password": "geheim"}}\'',
        "api compute /servers -H 'X-Auth-Token: geheim'",
        "server list --os-auth-url https://ann:geheim@cloud/v3",
        "!export OS_PASSWORD=geheim",
        "token revoke gAAAAABlongenoughfortheexpression0123456789",
        "x = application credential create --sec\\\nret geheim x",
        "secret store --pay geheim -n x",
        "secret store -p geheim -n x",
        "secret update https://cloud/secrets/1 geheim",
        "--os-cloud lab credential create ann geheim --type totp",
        "ostk cred set --type totp --data geheim 1",
        "database user create db ann geheim",
        "database instance create db --users ann:geheim",
        "vpn ipsec site connection create --psk geheim x",
        "volume transfer request accept --auth-key geheim 1",
        "zone transfer accept request --transfer-id 1 --key geheim",
        "object tempurl create c o --key geheim",
    ],
)
def test_lines_with_secrets(line: str) -> None:
    assert holds_secret(line)


@pytest.mark.parametrize(
    "line",
    [
        "server create --user-data init.yaml --key-name laptop web",
        "keypair create --public-key id.pub laptop",
        "keypair create --private-key id laptop",
        "user set --password-prompt ann",
        "server list --os-project-name demo --sort-column Name",
        "project demo",
        "security group rule create --protocol tcp --dst-port 22 web",
        "server show 'not closed",
        "secret list",
        "secret store --file key.pem --name x",
        "credential list --user ann",
        "database instance create db --flavor 1 --size 1",
        "token issue -f value -c id",
    ],
)
def test_lines_without_secrets(line: str) -> None:
    assert not holds_secret(line)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("user show ann", "user show ann"),
        ("user create --password geheim ann", "user create … (not shown: the line holds a secret)"),
        ("user --password geheim create ann", "user … (not shown: the line holds a secret)"),
        ("--os-password geheim user show ann", "… (not shown: the line holds a secret)"),
        ("credential create ann geheim", "credential create … (not shown: the line holds a secret)"),
    ],
)
def test_messages_leave_secrets_out(line: str, shown: str) -> None:
    assert without_secrets(line) == shown
