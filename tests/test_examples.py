"""The examples in the help: each one is run."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from ostk.cli import main
from ostk.language.examples import EXAMPLES

from .conftest import Run
from .fake_cloud import FakeCloud

LINES = [line for lines in EXAMPLES.values() for line in lines]
PUBLIC_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJxu0j0cJ2D5pBvJX1Kf0Jc6WzJH9nB6h3N0F1b2C3d4 ann@laptop\n"


@pytest.fixture
def files() -> None:
    """The files that examples read, in the working directory of the test."""
    Path("openrc.sh").write_text("export OS_AUTH_URL=http://cloud/identity/v3\n")
    Path("openrc.sh").chmod(0o600)
    Path("key.pub").write_text(PUBLIC_KEY)
    Path("init.yaml").write_text("#cloud-config\n")
    Path("ubuntu.qcow2").write_bytes(b"QFI\xfb\x00\x00\x00\x03" + bytes(4096))
    Path("db.dump").write_bytes(b"data")
    Path("photos").mkdir()
    Path("photos", "one.jpg").write_bytes(b"data")


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("line", LINES)
def test_example_runs(cloud: FakeCloud, ostk: Run, line: str) -> None:
    """A line that waits for a cloud, or starts another program, is run with --curl, which changes nothing."""
    flavors = [{"id": name, "name": name} for name in ("m1.small", "m1.large")]
    cloud.answers["GET /compute/v2.1/flavors/detail"] = {"flavors": flavors}
    ports = [{"id": "port-id", "fixed_ips": [{"ip_address": "10.0.0.5", "subnet_id": "subnet-id"}]}]
    cloud.answers["GET /network/v2.0/ports?device_id=web1-id"] = {"ports": ports}
    for service in ("compute/v2.1", "volume/v3"):
        for more in ("", "/detail"):
            cloud.answers[f"GET /{service}/os-quota-sets/web-id{more}"] = {"quota_set": {}}
    cloud.answers["GET /network/v2.0/quotas/web-id/details"] = {"quota": {}}
    simulated = {"--wait", "--bootable", "ssh"}.intersection(line.split())
    result = ostk(f"--curl {line}" if simulated else line)
    assert (result.exit_code, result.exception) == (0, None), result.output


@pytest.mark.parametrize("words", EXAMPLES)
def test_help_shows_the_examples_of_the_command(ostk: Run, words: str) -> None:
    text = ostk(f"{words} --help").output
    shown = text[text.index("\nExamples:\n") :].replace(" \\\n     ", "").splitlines()[2:]
    assert shown == [f"  ostk {line}" for line in EXAMPLES[words]]


@pytest.mark.parametrize("words", EXAMPLES)
def test_example_is_of_its_command(words: str) -> None:
    for line in EXAMPLES[words]:
        assert line == words or line.startswith(f"{words} ")
        assert len(line) <= 140


def test_examples_show_the_program_they_are_asked_from() -> None:
    text = CliRunner().invoke(main, ["token", "issue", "--help"], prog_name="openstack").output
    assert text.startswith("usage: openstack token issue [OPTIONS]\n")
    assert "  openstack token issue -f json\n" in text
