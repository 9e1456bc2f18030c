"""Common mistakes and their whole messages: what is wrong, where ostk looked, and what to do."""

from __future__ import annotations

import time
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest

from ostk import console
from ostk.config import config_files
from ostk.http import tls

from .conftest import Run
from .fake_cloud import FakeCloud
from .http.local_server import Answer, LocalServer, ReceivedRequest

TOKENS = "POST /identity/v3/auth/tokens"
UNAUTHORIZED = {"error": {"code": 401, "message": "The request you have made requires authentication."}}
TWO = """
clouds:
  lab: {auth: {auth_url: "http://cloud/identity", username: ann, project_name: demo}}
  site: {auth: {auth_url: "http://site", username: bob, password: x, project_name: demo}}
"""
KEYSTONE = "Failed to discover available identity versions (ConnectionError): "
ASKER = "You are ann in project demo, with the role member. The policy may require another role, project or scope."


def answer(run: Run, line: str, code: int = 1) -> str:
    """Return the output on standard error; standard output must be empty."""
    result = run(line)
    assert (result.exit_code, result.stdout) == (code, ""), result.output
    return result.stderr


@pytest.fixture
def clouds(monkeypatch: pytest.MonkeyPatch) -> str:
    """Write a clouds.yaml with two clouds; return its path."""
    Path("two.yaml").write_text(TWO)
    monkeypatch.setenv("OS_CLIENT_CONFIG_FILE", "two.yaml")
    return "two.yaml"


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(config_files, "SYSTEM_DIRECTORY", str(tmp_path / "system"))
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    for name in (*tls.BUNDLES, "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


# ---- configuration ----


def test_nothing_is_configured(ostk: Run, tmp_path: Path) -> None:
    personal = tmp_path / "xdg_config_home" / "openstack"
    home = tmp_path / "home" / ".config" / "openstack"
    assert answer(ostk, "server list") == (
        "No cloud is configured: no OS_* variables are set, and there is no readable clouds.yaml.\n"
        f"Source an openrc file, or put a clouds.yaml into {tmp_path}, {personal}, {home}, "
        f"{tmp_path}/openstack or {tmp_path}/system and select a cloud with --os-cloud.\n"
    )


@pytest.mark.parametrize("by", ["--os-cloud", "OS_CLOUD"])
def test_an_unknown_cloud(by: str, ostk: Run, clouds: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if by == "OS_CLOUD":
        monkeypatch.setenv("OS_CLOUD", "lap")
    line = "server list" if by == "OS_CLOUD" else "--os-cloud lap server list"
    assert answer(ostk, line) == f"Cloud lap ({by}) was not found in two.yaml.\nDid you mean lab?\n"


def test_a_cloud_like_none(ostk: Run, clouds: str) -> None:
    told = answer(ostk, "--os-cloud zzz server list")
    assert told == "Cloud zzz (--os-cloud) was not found in two.yaml.\nKnown clouds: lab and site.\n"


def test_two_clouds_and_none_chosen(ostk: Run, clouds: str) -> None:
    assert answer(ostk, "server list") == (
        "No cloud is selected. two.yaml has lab and site.\nSelect one with --os-cloud or OS_CLOUD.\n"
    )


def test_no_password_and_no_terminal(ostk: Run, clouds: str) -> None:
    assert answer(ostk, "--os-cloud lab server list") == (
        "Cloud lab has no password.\nGive --os-password or OS_PASSWORD, or add password to cloud lab in two.yaml.\n"
    )


def test_no_password_in_variables(ostk: Run, cloud: FakeCloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OS_PASSWORD")
    assert answer(ostk, "server list") == (
        "No password is set, and there is no readable clouds.yaml.\n"
        "Give --os-password or OS_PASSWORD, or source the openrc file of the cloud.\n"
    )
    assert cloud.all == []


def test_no_password_on_a_terminal(ostk: Run, cloud: FakeCloud, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def ask(prompt: str) -> str:
        asked.append(prompt)
        return "typed"

    monkeypatch.delenv("OS_PASSWORD")
    monkeypatch.setattr(console, "can_prompt", lambda: True)
    monkeypatch.setattr(console, "prompt_secret", ask)
    assert ostk("network list").exit_code == 0
    assert asked == ["Password: "]
    assert cloud.all[0][1]["auth"]["identity"]["password"]["user"]["password"] == "typed"


# ---- Keystone refuses ----


def test_a_wrong_password(ostk: Run, cloud: FakeCloud) -> None:
    cloud.answers[TOKENS] = (401, UNAUTHORIZED)
    assert answer(ostk, "server list") == (
        "Keystone at http://cloud/identity refused user ann of domain default for project demo: "
        "The request you have made requires authentication. (HTTP 401)\n"
        "User ann may have no role on project demo (OS_PROJECT_NAME), or the password is wrong. "
        "User from OS_USERNAME; password from OS_PASSWORD.\n"
    )


def test_no_domain(ostk: Run, cloud: FakeCloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OS_USER_DOMAIN_ID")
    assert ostk("network list").exit_code == 0
    assert cloud.all[0][1]["auth"]["identity"]["password"]["user"]["domain"] == {"id": "default"}
    cloud.answers[TOKENS] = (401, UNAUTHORIZED)
    told = answer(ostk, "--no-cache network list")
    assert told.splitlines()[1] == (
        "User ann may have no role on project demo (OS_PROJECT_NAME), or the password is wrong. "
        "User from OS_USERNAME; password from OS_PASSWORD. "
        "No user domain is set, so 'default' was used; set OS_USER_DOMAIN_NAME for another."
    )


def test_a_token_that_has_expired(ostk: Run, cloud: FakeCloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OS_PASSWORD")
    monkeypatch.setenv("OS_TOKEN", "gone")
    cloud.answers[TOKENS] = (404, {"error": {"code": 404, "message": "This is not a recognized Fernet token"}})
    assert answer(ostk, "server list") == (
        "Keystone at http://cloud/identity refused the token for project demo: "
        "This is not a recognized Fernet token (HTTP 404)\n"
        "The token (OS_TOKEN) may have expired: tokens last for hours only. Get another: ostk token issue\n"
    )


def test_a_wrong_clock(ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    date = formatdate(time.time() - 3600, usegmt=True)

    def assert_rejected(asked: ReceivedRequest) -> Answer:
        return 401, {"Date": date}, UNAUTHORIZED

    local = LocalServer(assert_rejected)
    monkeypatch.setattr("http.server.BaseHTTPRequestHandler.date_time_string", lambda self, timestamp=None: date)
    credentials(monkeypatch, f"{local.url}/v3")
    told = answer(ostk, "server list")
    local.close()
    assert told.splitlines() == [
        f"Keystone at {local.url} refused user ann of domain default for project demo: "
        "The request you have made requires authentication. (HTTP 401)",
        "User ann may have no role on project demo (OS_PROJECT_NAME), or the password is wrong. "
        "User from OS_USERNAME; password from OS_PASSWORD. "
        "No user domain is set, so 'default' was used; set OS_USER_DOMAIN_NAME for another. "
        "This machine's clock is 60 minutes ahead of Keystone's.",
    ]


def credentials(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    for name, value in {"AUTH_URL": url, "USERNAME": "ann", "PASSWORD": "s3cret", "PROJECT_NAME": "demo"}.items():
        monkeypatch.setenv(f"OS_{name}", value)


# ---- the catalog ----


def test_a_service_that_the_cloud_does_not_have(ostk: Run, cloud: FakeCloud) -> None:
    assert answer(ostk, "api masakari /v1/segments") == (
        "This cloud has no instance-ha service.\n"
        "It has: accelerator, alarming, baremetal, block-storage, compute, container-infra, database, dns, identity, "
        "image, key-manager, load-balancer, metric, network, object-store, orchestration, placement, "
        "shared-file-system, workflow.\n"
    )


def test_an_unknown_region(ostk: Run, cloud: FakeCloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OS_REGION_NAME", "RegionTwo")
    assert answer(ostk, "network list") == (
        "The network service has no endpoint in region RegionTwo (OS_REGION_NAME).\nIt has: RegionOne.\n"
    )
    assert "region Three (--os-region-name)" in answer(ostk, "--os-region-name Three network list")


def test_a_microversion_that_the_cloud_does_not_have(ostk: Run, cloud: FakeCloud) -> None:
    assert answer(ostk, "--os-compute-api-version 2.200 flavor list") == (
        "This cloud's compute service does not have API version 2.200: it has 2.1 to 2.96.\n"
        "The version is set by --os-compute-api-version.\n"
    )


def test_an_option_that_needs_a_newer_microversion(ostk: Run, cloud: FakeCloud) -> None:
    assert answer(ostk, "--os-compute-api-version 2.50 flavor create f --description d") == (
        "--description needs version 2.55 of the compute API or newer; "
        "--os-compute-api-version asks for 2.50.\n"
        "--os-compute-api-version 2.55 or greater is required.\n"
    )
    assert cloud.sent == []


# ---- a service refuses ----


def test_a_request_that_policy_forbids(ostk: Run, cloud: FakeCloud) -> None:
    message = "rule:create_network:shared is disallowed by policy"
    cloud.answers["POST /network/v2.0/networks"] = (403, {"NeutronError": {"message": message}})
    told = answer(ostk, "network create --share n")
    assert told == f"{message} (HTTP 403)\n{ASKER}\n"


@pytest.mark.parametrize(
    ("line", "request_line", "status", "body"),
    [
        (
            "server create --flavor one --image i --nic none s",
            "POST /compute/v2.1/servers",
            403,
            {"forbidden": {"code": 403, "message": "Quota exceeded for cores: Requested 8, but already used 16 of 20"}},
        ),
        (
            "network create n",
            "POST /network/v2.0/networks",
            409,
            {"NeutronError": {"type": "OverQuota", "message": "Quota exceeded for resources: ['network']."}},
        ),
    ],
)
def test_a_quota_is_exceeded(line: str, request_line: str, status: int, body: Any, ostk: Run, cloud: FakeCloud) -> None:
    cloud.answers[request_line] = (status, body)
    first, second = answer(ostk, line).splitlines()
    assert first.startswith("Quota exceeded for ")
    assert first.endswith(f" (HTTP {status})")
    assert second == "Quotas and their usage: ostk quota show --usage"


def test_a_conflict(ostk: Run, cloud: FakeCloud) -> None:
    message = "Unable to complete operation on network n-id. There are one or more ports still in use."
    cloud.answers["DELETE /network/v2.0/networks/n-id"] = (409, {"NeutronError": {"message": message}})
    assert answer(ostk, "network delete n") == f"{message} (HTTP 409)\n"


def test_a_service_is_down(ostk: Run, cloud: FakeCloud) -> None:
    cloud.answers["GET /network/v2.0/networks"] = (503, b"<html><h1>503 Service Unavailable</h1></html>")
    assert answer(ostk, "network list") == (
        "Service Unavailable (HTTP 503)\n"
        "The error is from the network service (http://cloud/network/v2.0/networks); the cause is in its log.\n"
    )


# ---- names ----


def test_an_unknown_name(ostk: Run, cloud: FakeCloud) -> None:
    assert answer(ostk, "network show no-such") == "No Network found for no-such (project demo).\n"


def test_an_unknown_name_with_a_similar_one_in_the_list(ostk: Run, cloud: FakeCloud) -> None:
    assert answer(ostk, "flavor show onne") == "No Flavor found for onne (project demo).\nDid you mean 'one'?\n"


def test_an_unknown_name_with_similar_ones(ostk: Run, cloud: FakeCloud) -> None:
    cloud.answers["GET /network/v2.0/networks?limit=200"] = {
        "networks": [{"id": "1", "name": "private"}, {"id": "2", "name": "public"}, {"id": "3", "name": None}]
    }
    cloud.answers["GET /network/v2.0/networks?name=privat"] = {"networks": []}
    assert (
        answer(ostk, "network show privat") == "No Network found for privat (project demo).\nDid you mean 'private'?\n"
    )
    assert len(cloud.all) == 4


def test_an_ambiguous_name(ostk: Run, cloud: FakeCloud) -> None:
    twins = [{"id": "1a", "name": "twin"}, {"id": "2b", "name": "twin"}]
    cloud.answers["GET /network/v2.0/networks?name=twin"] = {"networks": twins}
    assert answer(ostk, "network delete twin") == (
        "More than one Network exists with the name 'twin'.\nGive the ID of one of them: 1a, 2b.\n"
    )
    assert not any(line.startswith("DELETE") for line, _ in cloud.all)


# ---- the command line ----


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "netwrk list",
            "ostk: 'netwrk list' is not an ostk command. Did you mean 'network list'?\nSee 'ostk --help'.\n",
        ),
        (
            "network lst",
            "ostk network: 'network lst' is not an ostk command. Did you mean 'network list'?\n"
            "See 'ostk network --help'.\n",
        ),
        (
            "network create --shar3 n",
            "ostk network create: No such option '--shar3'. (Did you mean '--share'?)\n"
            "See 'ostk network create --help'.\n",
        ),
        ("network create", "ostk network create: Missing argument 'NAME'.\nSee 'ostk network create --help'.\n"),
    ],
)
def test_unknown_commands_and_options(line: str, told: str, ostk: Run) -> None:
    shown = answer(ostk, line, 2)
    assert shown.split("Did")[0] == told.split("Did")[0]
    assert ("'network list'" in shown) == ("'network list'" in told)
    assert ("'--share'" in shown) == ("'--share'" in told)


# ---- connections ----


def test_a_refused_connection(ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    local = LocalServer(lambda asked: None)
    local.close()
    credentials(monkeypatch, f"{local.url}/v3")
    assert answer(ostk, "server list") == (
        f"{KEYSTONE}Connection to 127.0.0.1:{local.port} refused.\n"
        f"Check the URL and that the service runs: {local.url}/v3/auth/tokens\n"
    )


@pytest.fixture
def secure() -> Iterator[LocalServer]:
    """Return a Keystone with an untrusted certificate."""
    local = LocalServer(lambda asked: (200, {}, {}), tls=True)
    yield local
    local.close()


def test_a_certificate_that_is_not_trusted(
    ostk: Run, secure: LocalServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.setattr(tls, "HASHED", str(tmp_path / "empty"))
    credentials(monkeypatch, f"https://localhost:{secure.port}/v3")
    first, second = answer(ostk, "server list").splitlines()
    assert first.startswith(f"{KEYSTONE}The certificate of localhost:{secure.port} is not trusted: self")
    assert second.startswith("Trusted certificate authorities: /")
    assert second.endswith("cacert.pem; --os-cacert FILE sets others, --insecure skips verification.")
    assert secure.asked == []


def test_a_missing_ca_file(ostk: Run, secure: LocalServer, monkeypatch: pytest.MonkeyPatch) -> None:
    credentials(monkeypatch, f"https://localhost:{secure.port}/v3")
    monkeypatch.setenv("OS_CACERT", "/nowhere.pem")
    told = answer(ostk, "server list")
    assert told == "The CA file /nowhere.pem (OS_CACERT) cannot be used: No such file or directory.\n"


def test_an_unreachable_proxy(ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    local = LocalServer(lambda asked: None)
    local.close()
    monkeypatch.setenv("http_proxy", local.url)
    credentials(monkeypatch, "http://cloud.example.com:5000/v3")
    assert answer(ostk, "server list") == (
        f"{KEYSTONE}Cannot connect to cloud.example.com:5000 through the proxy {local.url}: connection refused.\n"
        "http_proxy sets the proxy; list hosts to connect to directly in NO_PROXY.\n"
    )


def test_a_login_page_instead_of_json(ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    page = b"<html><title>Welcome</title><body>Log in to the hotel</body></html>"
    local = LocalServer(lambda asked: (200, {"Content-Type": "text/html"}, page))
    credentials(monkeypatch, f"{local.url}/v3")
    told = answer(ostk, "server list")
    local.close()
    assert told == (
        f"{local.url}/v3/auth/tokens did not answer with a token: is it a Keystone?\n"
        "Check the auth URL (OS_AUTH_URL).\n"
    )


@pytest.mark.parametrize(
    "line",
    [
        "network create web --tag --curl",
        "network create --description --project p web",
        "network create web -c --curl",
        "network create web --tag --os-cloud=lab",
        "server list --name --long",
    ],
)
def test_an_option_is_not_the_value_of_another_one(cloud: FakeCloud, ostk: Run, line: str) -> None:
    result = ostk(line)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "requires an argument" in result.stderr
    assert cloud.all == []


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("server list --limit", "ostk server list: Option '--limit' requires an argument."),
        ("server list -c", "ostk server list: Option '--column' requires an argument."),
        ("server create --image", "ostk server create: Option '--image' requires an argument."),
        ("server list --os-cloud", "ostk server list: Option '--os-cloud' requires an argument."),
        ("--os-cloud", "ostk: Option '--os-cloud' requires an argument."),
        ("flavor create x --ram y", "ostk flavor create: Invalid value for '--ram': 'y' is not a valid integer."),
        ("batch --jobs 65", "ostk batch: Invalid value for '--jobs': 65 is not in the range from 1 to 64."),
        (
            "server list --limit -2",
            "ostk server list: Invalid value for '--limit': -2 is not in the range: at least 0.",
        ),
        ("server list --query [[", "ostk server list: --query is not a JMESPath expression: Incomplete expression."),
    ],
)
def test_values_are_rejected_in_the_words_of_help(ostk: Run, line: str, message: str) -> None:
    result = ostk(line)
    assert (result.exit_code, result.stderr.splitlines()[0]) == (2, message)


def test_after_an_equals_sign_any_text_is_a_value(cloud: FakeCloud, ostk: Run) -> None:
    assert ostk("network create web --description=--curl").exit_code == 0
    assert cloud.sent[-1][1]["network"]["description"] == "--curl"
