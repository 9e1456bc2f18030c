"""Secrets, containers, orders, consumers and ACLs of Barbican: requests and output."""

from __future__ import annotations

import base64
import json
import stat
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

S = "/key-manager/v1/secrets"
CASES = request_table("""
/key-manager/v1
secret list
  GET ~/secrets?limit=100
secret list -n s -a aes -b 256 -m cbc -s opaque -l 5 -o 2
  GET ~/secrets?limit=5&offset=2&name=s&alg=aes&bits=256&mode=cbc&secret_type=opaque
secret store --name s --payload hi
  POST ~/secrets {"name": "s", "secret_type": "opaque", "algorithm": "aes", "bit_length": 256, "mode": "cbc", "payload": "aGk=", "payload_content_type": "application/octet-stream", "payload_content_encoding": "base64"}
secret store -s passphrase -a a -b 8 -m m -x 2030-01-01T00:00:00 -p hi -t text/plain
  POST ~/secrets {"secret_type": "passphrase", "algorithm": "a", "bit_length": 8, "mode": "m", "expiration": "2030-01-01T00:00:00", "payload": "hi", "payload_content_type": "text/plain"}
secret store --payload aGk= -t application/octet-stream -e base64
  POST ~/secrets {"secret_type": "opaque", "algorithm": "aes", "bit_length": 256, "mode": "cbc", "payload": "aGk=", "payload_content_type": "application/octet-stream", "payload_content_encoding": "base64"}
secret get s
  GET ~/secrets/s-id
secret get http://elsewhere/v1/secrets/s-id/
  GET ~/secrets/s-id
secret delete s http://elsewhere/key-manager/v1/secrets/t-id --force
  DELETE ~/secrets/s-id?force=true
  DELETE ~/secrets/t-id?force=true
secret consumer list s
  GET ~/secrets/s-id/consumers?limit=100
secret consumer create s -s image -t images -i i
  POST ~/secrets/s-id/consumers {"service": "image", "resource_type": "images", "resource_id": "i"}
secret consumer delete s --service-type-name image --resource-type images --resource-id i
  DELETE ~/secrets/s-id/consumers {"service": "image", "resource_type": "images", "resource_id": "i"}
secret container list --name c --type rsa
  GET ~/containers?name=c&type=rsa&limit=100
secret container get c
  GET ~/containers/c-id
secret container create --name c --secret a=s --secret b=http://elsewhere/v1/secrets/t-id
  POST ~/containers {"name": "c", "type": "generic", "secret_refs": [{"name": "a", "secret_ref": "http://cloud/key-manager/v1/secrets/s-id"}, {"name": "b", "secret_ref": "http://cloud/key-manager/v1/secrets/t-id"}]}
secret container delete c
  DELETE ~/containers/c-id
secret order list --limit 3
  GET ~/orders?limit=3
secret order get o-id
  GET ~/orders/o-id
secret order create key --name k
  POST ~/orders {"type": "key", "meta": {"name": "k", "algorithm": "aes", "bit_length": 256, "mode": "cbc", "payload_content_type": "application/octet-stream"}}
secret order create asymmetric --name p -a rsa
  POST ~/orders {"type": "asymmetric", "meta": {"name": "p", "algorithm": "rsa", "bit_length": 256, "payload_content_type": "application/octet-stream"}}
secret order create asymmetric -a rsa -b 2048 -x 2030-01-01 -t text/plain -m m
  POST ~/orders {"type": "asymmetric", "meta": {"algorithm": "rsa", "bit_length": 2048, "mode": "m", "payload_content_type": "text/plain", "expiration": "2030-01-01"}}
secret order delete o-id
  DELETE ~/orders/o-id
acl get s
  GET ~/secrets/s-id/acl
acl get http://elsewhere/v1/containers/c-id
  GET ~/containers/c-id/acl
acl submit s --user ann --user 0123456789abcdef0123456789abcdef --no-project-access -o read
  PUT ~/secrets/s-id/acl {"read": {"users": ["ann-id", "0123456789abcdef0123456789abcdef"], "project-access": false}}
  then GET ~/secrets/s-id/acl
acl user add s
  GET ~/secrets/s-id/acl
  PUT ~/secrets/s-id/acl {"read": {"users": []}}
  GET ~/secrets/s-id/acl
acl user remove s --user ann
  GET ~/secrets/s-id/acl
  PUT ~/secrets/s-id/acl {"read": {"users": []}}
  GET ~/secrets/s-id/acl
acl delete s
  DELETE ~/secrets/s-id/acl
ca list
  GET ~/cas?limit=100
ca get c-id
  GET ~/cas/c-id
""")  # noqa: E501
test_requests = sends(CASES)


def test_update_sends_the_payload_as_text(cloud: FakeCloud, ostk: Run) -> None:
    """The payload is the body of the request."""
    assert ostk("secret update s hi").exit_code == 0
    assert cloud.sent == [(f"PUT {S}/s-id", b"hi")]


test_rejected = rejects(
    rejection_table(
        """
1 secret store --payload "" => The payload is empty.
1 secret store --payload x -e base64 => --payload-content-encoding requires --payload-content-type.
2 secret store --payload x --file f => exclude
1 secret update s "" => The payload is empty.
1 secret get http://cloud/key-manager/v1/containers/c-id => is not the URL of a secret
2 secret container create => Missing option
2 secret container create --secret x => is not KEY=VALUE
2 secret container create --type odd --secret a=b => odd
1 acl submit s --user no-one => No User found for no-one
"""
    )
)


@pytest.mark.parametrize(
    ("line", "users"), [("add s -u ann", ["b-id", "ann-id"]), ("add s -u", ["b-id"]), ("remove s -u b", [])]
)
def test_acl_users_are_changed(cloud: FakeCloud, ostk: Run, line: str, users: list[str]) -> None:
    """The users that are there stay, and so does the access of the project."""
    cloud.answers[f"GET {S}/s-id/acl"] = {"read": {"users": ["b-id"], "project-access": False}}
    assert ostk(f"acl user {line}").exit_code == 0
    assert (f"PUT {S}/s-id/acl", {"read": {"users": users, "project-access": False}}) in cloud.sent


def test_all_secrets_are_listed(cloud: FakeCloud, ostk: Run) -> None:
    """Barbican gives ten secrets a page, and the link to the next one."""
    first = {"secrets": [{"name": "a"}], "next": f"http://elsewhere{S}?limit=100&offset=100", "total": 2}
    cloud.answers[f"GET {S}?limit=100"] = first
    cloud.answers[f"GET {S}?limit=100&offset=100"] = {"secrets": [{"name": "b"}], "total": 2}
    assert ostk("secret list -f value -c Name").output == "a\nb\n"


def payload_of(cloud: FakeCloud, data: bytes) -> list[str]:
    """Let the secret s have a payload of a binary type; return where its requested types are collected."""
    types: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        types.append(request.headers["Accept"])
        return httpx.Response(200, content=data)

    cloud.answers[f"GET {S}/s-id"] = {"secret_ref": f"{S}/s-id", "content_types": {"default": "image/png"}}
    cloud.answers[f"GET {S}/s-id/payload"] = answer
    return types


@pytest.mark.parametrize(("option", "type"), [("", "image/png"), ("-t text/plain", "text/plain")])
def test_payload_is_requested_in_its_type(cloud: FakeCloud, ostk: Run, option: str, type: str) -> None:
    """The payload is asked for in the type that the secret has, or in that of the option."""
    types = payload_of(cloud, b"hi")
    assert ostk(f"secret get s --payload -f value {option}").output == "hi\n"
    assert types == [type]


def test_binary_payload_goes_to_a_file(cloud: FakeCloud, ostk: Run, tmp_path: Path) -> None:
    """Binary data is not shown; a file gets it unchanged, for the user alone, and none is replaced."""
    payload_of(cloud, b"\x00\xff")
    assert "binary data (2 bytes)" in ostk("secret get s --payload").output
    file = tmp_path / "new"
    assert ostk(f"secret get s --file {file}").output == ""
    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"\x00\xff", 0o600)
    cloud.sent.clear()
    result = ostk(f"secret get s --file {file}")
    assert (result.exit_code, "already exists" in result.output, cloud.sent) == (1, True, [])


def test_file_is_stored(cloud: FakeCloud, ostk: Run, tmp_path: Path) -> None:
    """A binary file is sent in base64; as text it is refused."""
    file = tmp_path / "key"
    file.write_bytes(b"\x00\xff")
    assert ostk(f"secret store --file {file}").exit_code == 0
    assert cloud.sent[0][1]["payload"] == base64.b64encode(b"\x00\xff").decode()
    assert "binary data, not text" in ostk(f"secret store --file {file} -t text/plain").output


def test_payload_is_not_shown(cloud: FakeCloud, ostk: Run) -> None:
    """No payload stands in the output of `store`, of --debug or of --curl."""
    for options in ("", "--debug", "--curl"):
        assert "c2VjcmV0" not in ostk(f"secret store --payload secret {options}").output


def test_order_is_waited_for(cloud: FakeCloud, ostk: Run) -> None:
    """With --wait, the order is printed with the secret that it has created."""

    def answers() -> Iterator[object]:
        yield {"order_ref": "/orders/new-id", "status": "PENDING", "type": "key"}
        while True:
            yield {"order_ref": "/orders/new-id", "status": "ACTIVE", "type": "key", "secret_ref": "the-url"}

    cloud.answers["POST /key-manager/v1/orders"] = {"order_ref": "http://cloud/key-manager/v1/orders/new-id"}
    cloud.answers["GET /key-manager/v1/orders/new-id"] = answers()
    shown = json.loads(ostk("secret order create key --wait -f json").output)
    assert (shown["Status"], shown["Secret href"], shown["Container href"]) == ("ACTIVE", "the-url", "N/A")


def test_certificate_authorities_are_fetched(cloud: FakeCloud, ostk: Run) -> None:
    """The list has the URLs alone; each authority is requested for its fields."""
    cloud.answers["GET /key-manager/v1/cas"] = {"cas": ["http://elsewhere/v1/cas/c-id"], "total": 1}
    cloud.answers["GET /key-manager/v1/cas/c-id"] = {"meta": [{"name": "n"}], "plugin_name": "p", "status": "ACTIVE"}
    assert ostk("ca list -f value -c Name -c 'Plugin Name'").output == "n p\n"
