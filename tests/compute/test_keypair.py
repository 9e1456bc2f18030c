"""Key pairs: requests, output and private key files."""

from __future__ import annotations

import base64
import json
import stat
from pathlib import Path

import httpx
import pytest

from ostk.compute.ssh_key import derive_public_key, generate_key_pair

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import Request, assert_sends, rejection_table, rejects, request_table

NOVA = "/compute/v2.1"
CASES = request_table("""
/compute/v2.1
keypair list
  GET ~/os-keypairs
keypair list --limit 3 --marker m --user ann --user-domain here
  GET ~/os-keypairs?user_id=ann-id&limit=3&marker=m
keypair list --max-items 2
  GET ~/os-keypairs
keypair show k
  GET ~/os-keypairs/k
keypair show k --user ann --user-domain here
  GET ~/os-keypairs/k?user_id=ann-id
keypair create k --public-key key.pub --type ssh --user ann --user-domain here
  POST ~/os-keypairs {"keypair": {"name": "k", "type": "ssh", "user_id": "ann-id", "public_key": "ssh-rsa AA"}}
keypair delete k l/m
  DELETE ~/os-keypairs/k
  DELETE ~/os-keypairs/l%2Fm
keypair delete k --user ann --user-domain here
  DELETE ~/os-keypairs/k?user_id=ann-id
""")
REJECTIONS = rejection_table("""
1 keypair create k --public-key none => The key file none cannot be read: No such file or directory.
1 keypair create k --private-key no/such/place => The key file no/such/place cannot be written
2 keypair create k --public-key a --private-key b => exclude each other
2 keypair create k --type dsa => dsa
2 keypair list --user ann --project demo => exclude each other
""")


@pytest.mark.parametrize(("line", "requests"), CASES)
def test_sends_requests(cloud: FakeCloud, ostk: Run, line: str, requests: list[Request]) -> None:
    Path("key.pub").write_text("ssh-rsa AA")
    cloud.answers["GET /compute/v2.1/os-keypairs/k"] = {"keypair": {"name": "k"}}
    assert_sends(cloud, ostk, line, requests)


test_rejects_invalid_input = rejects(REJECTIONS)


def test_list_by_project_lists_key_pairs_of_its_users(cloud: FakeCloud, ostk: Run) -> None:
    roles = [{"user": {"id": "u1"}}, {"group": {"id": "g"}}, {"user": {"id": "u2"}}, {"user": {"id": "u1"}}]
    cloud.answers["GET /identity/v3/role_assignments?scope.project.id=demo-id"] = {"role_assignments": roles}
    for user in ("u1", "u2"):
        keys = [{"keypair": {"name": f"of-{user}", "fingerprint": "aa", "type": "ssh"}}]
        cloud.answers[f"GET /compute/v2.1/os-keypairs?user_id={user}"] = {"keypairs": keys}
    assert (
        ostk("keypair list --project demo --project-domain here").output
        == """\
+-------+-------------+------+
| Name  | Fingerprint | Type |
+-------+-------------+------+
| of-u1 | aa          | ssh  |
| of-u2 | aa          | ssh  |
+-------+-------------+------+
"""
    )


def test_create_prints_the_private_key_and_sends_the_public_key(cloud: FakeCloud, ostk: Run) -> None:
    output = ostk("keypair create k").output
    assert output.startswith("-----BEGIN OPENSSH PRIVATE KEY-----\n")
    assert output.endswith("-----END OPENSSH PRIVATE KEY-----\n\n")
    [(line, body)] = cloud.sent
    assert line == "POST /compute/v2.1/os-keypairs"
    assert body["keypair"]["public_key"].startswith("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI")
    public = base64.b64decode(body["keypair"]["public_key"].split()[1])
    private = base64.b64decode("".join(output.split("\n")[1:-3]))
    assert public in private


def test_x509_key_pair_is_generated_by_nova(cloud: FakeCloud, ostk: Run) -> None:
    made = {"keypair": {"name": "k", "private_key": "certificate"}}
    cloud.answers["POST /compute/v2.1/os-keypairs"] = made
    assert ostk("keypair create k --type x509").output == "certificate\n"
    assert cloud.sent == [("POST /compute/v2.1/os-keypairs", {"keypair": {"name": "k", "type": "x509"}})]
    assert cloud.headers[-1]["OpenStack-API-Version"] == "compute 2.91"


def test_private_key_file_has_mode_0600(cloud: FakeCloud, ostk: Run) -> None:
    file = Path("k.pem")
    file.write_text("an older key")
    file.chmod(0o644)
    assert ostk("keypair create k --private-key k.pem -f value -c name").output == "k\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text().startswith("-----BEGIN OPENSSH PRIVATE KEY-----\n")


def test_existing_file_is_kept_if_the_request_fails(cloud: FakeCloud, ostk: Run) -> None:
    Path("k.pem").write_text("an older key")
    cloud.answers["POST /compute/v2.1/os-keypairs"] = (409, {"conflictingRequest": {"message": "Key is there."}})
    assert ostk("keypair create k --private-key k.pem").exit_code == 1
    assert [(p.name, p.read_text()) for p in Path().iterdir() if p.is_file()] == [("k.pem", "an older key")]


FULL = OSError(28, "No space left on device")


def test_full_disk_is_detected_before_the_request(cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(number: int) -> None:
        raise FULL

    monkeypatch.setattr("os.fsync", full)
    result = ostk("keypair create k --private-key k.pem")
    assert (result.exit_code, "k.pem cannot be written: No space left on device." in result.output) == (1, True)
    assert (cloud.sent, list(Path().glob("k.pem*"))) == ([], [])


@pytest.mark.parametrize("line", ["--private-key k.pem", "--private-key k.pem --type x509 --user ann"])
@pytest.mark.parametrize("deleted", [True, False])
def test_key_pair_is_deleted_if_the_private_key_cannot_be_written(
    cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch, line: str, deleted: bool
) -> None:
    def full(new: str, target: str) -> None:
        raise FULL

    monkeypatch.setattr("ostk.files.replace", full)
    where = f"{NOVA}/os-keypairs/k" + ("?user_id=ann-id" if "ann" in line else "")
    cloud.answers[f"POST {NOVA}/os-keypairs"] = {"keypair": {"name": "k", "private_key": "PEM"}}
    if not deleted:
        cloud.answers[f"DELETE {where}"] = (500, {})
    result = ostk(f"keypair create k {line}")
    words = "The key pair k was deleted again." if deleted else "The key pair k exists without its private key"
    assert (result.exit_code, words in result.output) == (1, True), result.output
    assert [request for request, _ in cloud.sent if request.startswith("DELETE")][:1] == [f"DELETE {where}"]
    assert list(Path().glob("k.pem*")) == []


@pytest.mark.parametrize("key_type", ["ssh", "x509"])
def test_key_pair_is_deleted_if_the_private_key_cannot_be_printed(
    cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch, key_type: str
) -> None:
    def full(text: str) -> None:
        raise FULL

    monkeypatch.setattr("ostk.compute.keypair.write_text", full)
    cloud.answers[f"POST {NOVA}/os-keypairs"] = {"keypair": {"name": "k", "private_key": "PEM"}}
    assert ostk(f"keypair create k --type {key_type}").exit_code == 1
    assert cloud.sent[-1] == (f"DELETE {NOVA}/os-keypairs/k", None)


def test_response_without_a_private_key_is_an_error(cloud: FakeCloud, ostk: Run) -> None:
    result = ostk("keypair create k --type x509 --private-key k.pem")
    assert (result.exit_code, "answered without a private key. The key pair k was deleted" in result.output) == (
        1,
        True,
    )


@pytest.mark.parametrize("kept", [True, False])
def test_key_is_kept_if_the_key_pair_exists_after_a_lost_response(
    cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch, kept: bool
) -> None:
    pair = {"name": "k", "public_key": "ssh-ed25519 of another"}
    given = cloud.given

    def lost(line: str, request: httpx.Request) -> httpx.Response | None:
        if line != f"POST {NOVA}/os-keypairs":
            return given(line, request)
        if kept:
            pair.update(json.loads(request.content)["keypair"])
        raise httpx.ReadTimeout("")

    cloud.answers[f"GET {NOVA}/os-keypairs/k"] = {"keypair": pair}
    monkeypatch.setattr(cloud, "given", lost)
    assert ostk("keypair create k --private-key k.pem").exit_code == (0 if kept else 1)
    assert Path("k.pem").exists() == kept


def test_private_key_is_not_sent_as_public_key(cloud: FakeCloud, ostk: Run) -> None:
    Path("id").write_text(generate_key_pair()[0])
    result = ostk("keypair create k --public-key id")
    assert (result.exit_code, "The file id holds a private key; nothing was sent." in result.output) == (1, True)
    assert cloud.sent == []


def test_show_public_key_prints_only_the_key(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /compute/v2.1/os-keypairs/k"] = {"keypair": {"name": "k", "public_key": "ssh-rsa AA"}}
    assert ostk("keypair show k --public-key").output == "ssh-rsa AA\n"


def test_missing_key_pair_is_an_error(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /compute/v2.1/os-keypairs/k"] = (404, {"itemNotFound": {"message": "?", "code": 404}})
    result = ostk("keypair show k")
    assert (result.exit_code, result.output.splitlines()[0]) == (1, "No Keypair found for k (project demo) (HTTP 404).")


@pytest.mark.parametrize(
    ("secret", "public"),
    [  # RFC 8032, section 7.1
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        ),
    ],
)
def test_public_key_matches_the_test_vectors_of_rfc_8032(secret: str, public: str) -> None:
    assert derive_public_key(bytes.fromhex(secret)).hex() == public


def test_each_generated_key_is_different() -> None:
    assert generate_key_pair()[1] != generate_key_pair()[1]
