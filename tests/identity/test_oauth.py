"""Test OAuth consumers, request tokens and access tokens: requests, signatures and output."""

from __future__ import annotations

import json
import re
from urllib.parse import unquote

import pytest

from ostk.identity.oauth import signature

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table("""
/identity/v3/OS-OAUTH1
consumer create --description d
  POST ~/consumers {"consumer": {"description": "d"}}
consumer list
  GET ~/consumers
consumer show c
  GET ~/consumers/c
consumer set c --description e
  PATCH ~/consumers/c {"consumer": {"description": "e"}}
consumer delete c d
  DELETE ~/consumers/c
  DELETE ~/consumers/d
request token create --consumer-key k --consumer-secret s --project q --domain here
  POST ~/request_token
request token authorize --request-key r --role cook --role eater
  PUT ~/authorize/r {"roles": [{"id": "cook-id"}, {"id": "eater-id"}]}
access token create --consumer-key k --consumer-secret s --request-key r --request-secret t --verifier v
  POST ~/access_token
""")


@pytest.fixture
def prepared_cloud(cloud: FakeCloud) -> FakeCloud:
    """Return a cloud that creates OAuth tokens."""
    path = "/identity/v3/OS-OAUTH1"
    cloud.answers = {
        f"POST {path}/request_token": (
            201,
            b"oauth_token=a&oauth_token_secret=b&oauth_expires_at=2030-01-01T00:00:00Z",
        ),
        f"POST {path}/access_token": (201, b"oauth_token=c&oauth_token_secret=d"),
        f"PUT {path}/authorize/r": {"token": {"oauth_verifier": "v"}},
    }
    return cloud


test_sends_requests = sends(CASES, "prepared_cloud")


test_rejects_invalid_input = rejects(
    rejection_table("""
2 request token create --consumer-key k --consumer-secret s => Missing option '--project'
2 request token authorize --request-key r => Missing option '--role'
2 access token create --consumer-key k => Missing option '--consumer-secret'
""")
)


def test_signature_matches_rfc_5849_example() -> None:
    """The example is the request for token credentials in section 1.2."""
    parts = {
        "oauth_consumer_key": "dpf43f3p2l4k3l03",
        "oauth_token": "hh5s93j4hdidpola",
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": "137131201",
        "oauth_nonce": "walatlh",
        "oauth_verifier": "hfdp7dh39dks9884",
    }
    secrets = ["kd94hf93k423kf44", "hdhd0244k9j7ao03"]
    assert signature("https://photos.example.net/token", parts, secrets) == "gKgrFCywp7rO0OXSjdot/IHF7IU="


PARTS = re.compile(r'(\w+)="([^"]*)"')
REQUEST = "request token create --consumer-key k --consumer-secret s --project q"
ACCESS = "access token create --consumer-key k --consumer-secret s --request-key r --request-secret t --verifier v"


@pytest.mark.parametrize(
    ("line", "path", "secrets", "own"),
    [
        (REQUEST, "request_token", ["s"], {"oauth_consumer_key": "k", "oauth_callback": "oob"}),
        (ACCESS, "access_token", ["s", "t"], {"oauth_consumer_key": "k", "oauth_token": "r", "oauth_verifier": "v"}),
    ],
)
def test_token_requests_are_signed(
    prepared_cloud: FakeCloud, ostk: Run, line: str, path: str, secrets: list[str], own: dict[str, str]
) -> None:
    assert ostk(line).exit_code == 0
    header = prepared_cloud.headers[-1]["Authorization"]
    parts = {name: unquote(text) for name, text in PARTS.findall(header)}
    assert header.startswith("OAuth ")
    assert own.items() <= parts.items()
    sent = parts.pop("oauth_signature")
    assert sent == signature(f"http://cloud/identity/v3/OS-OAUTH1/{path}", parts, secrets)
    assert signature(f"http://cloud/identity/v3/OS-OAUTH1/{path}", parts, ["x"]) != sent


def test_request_token_create_sends_requested_project(prepared_cloud: FakeCloud, ostk: Run) -> None:
    result = ostk(f"{REQUEST} -f json")
    assert prepared_cloud.headers[-1]["Requested-Project-Id"] == "q-id"
    assert json.loads(result.stdout) == {"id": "a", "key": "a", "secret": "b", "expires": "2030-01-01T00:00:00Z"}


def test_access_token_without_expiry(prepared_cloud: FakeCloud, ostk: Run) -> None:
    assert json.loads(ostk(f"{ACCESS} -f json").stdout) == {"id": "c", "key": "c", "secret": "d"}


def test_response_without_oauth_token_is_an_error(prepared_cloud: FakeCloud, ostk: Run) -> None:
    prepared_cloud.answers["POST /identity/v3/OS-OAUTH1/access_token"] = (200, b"hello")
    result = ostk(ACCESS)
    assert (result.exit_code, "did not answer with an OAuth token" in result.stderr) == (1, True)


def test_debug_output_masks_secrets(prepared_cloud: FakeCloud, ostk: Run) -> None:
    result = ostk("access token create --consumer-key k --consumer-secret hush --request-key r "
                  "--request-secret still --verifier v --debug -f value -c id")  # fmt: skip
    assert not re.search(r'hush|still|oauth_signature="(?!\*)', result.output.replace("--consumer-secret hush", ""))
