"""Test credentials, application credentials, EC2 credentials and trusts: requests and output."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from ostk.config.config import load
from ostk.errors import FileError

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import assert_rejected, rejection_table, request_table, sends

CASES = request_table("""
/identity/v3
application credential create new
  POST ~/users/ann-id/application_credentials {"application_credential": {"name": "new", "roles": [], "access_rules": [], "unrestricted": false}}
application credential create new --secret s --role cook --role 0123456789abcdef0123456789abcdef --expiration 2030-01-02T03:04:05 --description d --unrestricted --access-rules '[{"path": "/"}]'
  POST ~/users/ann-id/application_credentials {"application_credential": {"name": "new", "roles": [{"name": "cook"}, {"id": "0123456789abcdef0123456789abcdef"}], "access_rules": [{"path": "/"}], "unrestricted": true, "secret": "s", "expires_at": "2030-01-02T03:04:05", "description": "d"}}
application credential create new --restricted --access-rules rules.json
  POST ~/users/ann-id/application_credentials {"application_credential": {"name": "new", "roles": [], "access_rules": [{"path": "/v2"}], "unrestricted": false}}
application credential list
  GET ~/users/ann-id/application_credentials
application credential list --user bob --user-domain here
  GET ~/users?name=bob&domain_id=here-id
  GET ~/users/bob-id/application_credentials
application credential show ac
  GET ~/users/ann-id/application_credentials?name=ac
application credential delete ac
  GET ~/users/ann-id/application_credentials?name=ac
  DELETE ~/users/ann-id/application_credentials/ac-id
access rule list --user bob --user-domain here
  GET ~/users/bob-id/access_rules
access rule list
  GET ~/users/ann-id/access_rules
access rule show r
  GET ~/users/ann-id/access_rules/r
access rule delete r s
  DELETE ~/users/ann-id/access_rules/r
  DELETE ~/users/ann-id/access_rules/s
ec2 credentials create
  POST ~/users/ann-id/credentials/OS-EC2 {"tenant_id": "p"}
ec2 credentials create --project q --project-domain here --user bob --user-domain there
  POST ~/users/bob-id/credentials/OS-EC2 {"tenant_id": "q-id"}
ec2 credentials list --user bob --user-domain here
  GET ~/users/bob-id/credentials/OS-EC2
ec2 credentials show key --user bob --user-domain here
  GET ~/users/bob-id/credentials/OS-EC2/key
ec2 credentials delete key other --user bob --user-domain here
  DELETE ~/users/bob-id/credentials/OS-EC2/key
  DELETE ~/users/bob-id/credentials/OS-EC2/other
credential create bob blob
  POST ~/credentials {"credential": {"user_id": "bob-id", "blob": "blob", "type": "cert"}}
credential create bob blob --type totp --project q
  POST ~/credentials {"credential": {"user_id": "bob-id", "blob": "blob", "type": "totp", "project_id": "q-id"}}
credential list --user bob --user-domain here --type cert
  GET ~/credentials?user_id=bob-id&type=cert
credential show c
  GET ~/credentials/c
credential set c --user bob --type cert --data new --project q
  PATCH ~/credentials/c {"credential": {"user_id": "bob-id", "type": "cert", "blob": "new", "project_id": "q-id"}}
credential delete c d
  DELETE ~/credentials/c
  DELETE ~/credentials/d
trust create bob eve --project q --role cook --role eater
  POST ~/OS-TRUST/trusts {"trust": {"trustor_user_id": "bob-id", "trustee_user_id": "eve-id", "project_id": "q-id", "roles": [{"id": "cook-id"}, {"id": "eater-id"}], "impersonation": false}}
trust create bob eve --project q --role cook --impersonate --expiration 2030-01-02T03:04:05 --project-domain a --trustor-domain b --trustee-domain c
  GET ~/users?name=bob&domain_id=b-id
  GET ~/users?name=eve&domain_id=c-id
  GET ~/projects?name=q&domain_id=a-id
  POST ~/OS-TRUST/trusts {"trust": {"trustor_user_id": "bob-id", "trustee_user_id": "eve-id", "project_id": "q-id", "roles": [{"id": "cook-id"}], "impersonation": true, "expires_at": "2030-01-02T03:04:05"}}
trust list
  GET ~/OS-TRUST/trusts
trust list --trustor bob --trustor-domain a --trustee eve --trustee-domain b
  GET ~/users?name=bob&domain_id=a-id
  GET ~/OS-TRUST/trusts?trustor_user_id=bob-id&trustee_user_id=eve-id
trust list --auth-user
  GET ~/OS-TRUST/trusts?trustor_user_id=ann-id
  GET ~/OS-TRUST/trusts?trustee_user_id=ann-id
trust show t
  GET ~/OS-TRUST/trusts/t
trust delete t u
  DELETE ~/OS-TRUST/trusts/t
  DELETE ~/OS-TRUST/trusts/u
""")  # noqa: E501
MADE = {"id": "ac-id", "name": "ac", "roles": [{"name": "eat"}, {"name": "cook"}], "secret": "shown once"}
KEY: dict[str, Any] = {
    "access": "key",
    "secret": "hidden",
    "tenant_id": "p",
    "user_id": "ann-id",
    "trust_id": None,
    "links": {},
}


@pytest.fixture
def prepared_cloud(cloud: FakeCloud, tmp_path: Path) -> FakeCloud:
    """Return a cloud in which ann and bob have credentials, and write a file of access rules."""
    for user in ("ann-id", "bob-id"):
        path = f"/identity/v3/users/{user}"
        cloud.answers |= {
            f"GET {path}/application_credentials": {"application_credentials": [MADE]},
            f"POST {path}/application_credentials": (201, {"application_credential": MADE}),
            f"GET {path}/access_rules": {"access_rules": []},
            f"GET {path}/access_rules/r": {"access_rule": {"id": "r", "path": "/", "method": "GET", "service": "s"}},
            f"GET {path}/credentials/OS-EC2": {"credentials": [KEY]},
            f"POST {path}/credentials/OS-EC2": (201, {"credential": KEY}),
            f"GET {path}/credentials/OS-EC2/key": {"credential": KEY},
        }
    (tmp_path / "rules.json").write_text('[{"path": "/v2"}]')
    (tmp_path / "text").write_text("not JSON")
    return cloud


test_sends_requests = sends(CASES, "prepared_cloud")


@pytest.mark.parametrize(
    ("line", "status", "words"),
    rejection_table("""
1 application credential create x --expiration tomorrow => 'tomorrow' is not a time
1 application credential create x --access-rules missing => cannot be read
1 application credential create x --access-rules text => does not hold access rules
2 credential set c --user bob --type cert => Missing option '--data'
1 credential create no-body x => No User found for no-body: No user with a name or ID of 'no-body' exists
1 trust create bob eve --project q --role cook --expiration soon => 'soon' is not a time
2 trust create bob eve --project q => Missing option '--role'
1 trust list --auth-user --trustor bob => does not go with --trustor
1 trust list --trustor-domain a => --trustor-domain needs --trustor
1 trust list --trustee-domain a => --trustee-domain needs --trustee
"""),
)
def test_rejects_invalid_input(cloud: FakeCloud, ostk: Run, tmp_path: Path, line: str, status: int, words: str) -> None:
    (tmp_path / "text").write_text("not JSON")
    assert_rejected(cloud, ostk, line, status, words)


def test_application_credential_shows_secret_only_on_create(prepared_cloud: FakeCloud, ostk: Run) -> None:
    made = json.loads(ostk("application credential create ac -f json").stdout)
    assert (made["Secret"], list(made)[-1]) == ("shown once", "Secret")
    assert "Secret" not in ostk("application credential show ac").stdout
    assert ostk("application credential show ac").stdout == (
        "+--------------+-----------+\n"
        "| Field        | Value     |\n"
        "+--------------+-----------+\n"
        "| ID           | ac-id     |\n"
        "| Name         | ac        |\n"
        "| Description  | None      |\n"
        "| Project ID   | None      |\n"
        "| Roles        | cook, eat |\n"
        "| Unrestricted | None      |\n"
        "| Access Rules | None      |\n"
        "| Expires At   | None      |\n"
        "+--------------+-----------+\n"
    )


def test_ec2_credentials_show_project_id(prepared_cloud: FakeCloud, ostk: Run) -> None:
    assert json.loads(ostk("ec2 credentials show key -f json").stdout)["project_id"] == "p"
    assert ostk("ec2 credentials list -f value").stdout == "key hidden p ann-id\n"


def test_access_rule_show_prints_titles(prepared_cloud: FakeCloud, ostk: Run) -> None:
    assert ostk("access rule show r -f shell").stdout == 'id="r"\nmethod="GET"\npath="/"\nservice="s"\n'
    assert list(json.loads(ostk("access rule show r -f json").stdout)) == ["ID", "Method", "Path", "Service"]


def test_trust_list_auth_user_removes_duplicates(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /identity/v3/OS-TRUST/trusts"] = {"trusts": [{"id": "t", "impersonation": True}]}
    assert ostk("trust list --auth-user -f value -c ID -c Impersonation").stdout == "t True\n"


def test_application_credential_create_authenticates_again_with_cached_token(cloud: FakeCloud, ostk: Run) -> None:
    assert ostk("flavor list").exit_code == 0
    assert ostk("application credential create a").exit_code == 0
    assert [line for line, _ in cloud.all].count("POST /identity/v3/auth/tokens") == 2


@pytest.mark.parametrize("line", ["trust create bob eve --project q", "request token authorize --request-key k"])
def test_delegated_roles_are_sent_by_name_if_listing_roles_is_forbidden(cloud: FakeCloud, ostk: Run, line: str) -> None:
    """Keystone looks up roles given by name; an ID is sent as an ID."""
    refusal = {"error": {"code": 403, "message": "You are not authorized: identity:list_roles."}}
    id = "0123456789abcdef0123456789abcdef"
    cloud.answers["GET /identity/v3/roles"] = cloud.answers[f"GET /identity/v3/roles/{id}"] = (403, refusal)
    cloud.answers["PUT /identity/v3/OS-OAUTH1/authorize/k"] = {"token": {}}
    result = ostk(f"{line} --role member --role {id}")
    assert result.exit_code == 0, result.output
    body = cloud.sent[-1][1]
    assert body.get("trust", body)["roles"] == [{"name": "member"}, {"id": id}]


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("2030-12-31T23:59:59", "2030-12-31T23:59:59"),
        ("2030-12-31T23:59:59Z", "2030-12-31T23:59:59"),
        ("2030-12-31T23:59:59+02:00", "2030-12-31T21:59:59"),
        ("2030-12-31T23:59:59-0130", "2031-01-01T01:29:59"),
    ],
)
@pytest.mark.parametrize("line", ["trust create bob eve --project q --role cook", "application credential create a"])
def test_expiration_is_sent_in_utc(cloud: FakeCloud, ostk: Run, line: str, given: str, sent: str) -> None:
    """ISO 8601 with Z, with an offset, and without an offset for UTC."""
    result = ostk(f"{line} --expiration {given}")
    assert result.exit_code == 0, result.output
    body = cloud.sent[-1][1]
    assert next(iter(body.values()))["expires_at"] == sent


CREATED = {"id": "ac-id", "name": "ac", "project_id": "p", "roles": [], "secret": "shown once"}
SAVE = "application credential create ac --save-cloud robot -f json"


@pytest.fixture
def created(cloud: FakeCloud) -> FakeCloud:
    reply = {"application_credential": CREATED}
    cloud.answers["POST /identity/v3/users/ann-id/application_credentials"] = (201, reply)
    return cloud


def test_application_credential_becomes_a_cloud(created: FakeCloud, ostk: Run, tmp_path: Path) -> None:
    result = ostk(f"{SAVE} --os-cacert ca.pem")
    assert (result.exit_code, json.loads(result.stdout)["Secret"]) == (0, "shown once")
    directory = tmp_path / "xdg_config_home/openstack"
    assert result.stderr.startswith(f"Added cloud robot to {directory}/clouds.yaml, its secret to ")
    assert "shown once" not in (directory / "clouds.yaml").read_text()
    settings = load({"os_cloud": "robot"}, {"XDG_CONFIG_HOME": str(directory.parent)})
    assert {key: settings.text(key) for key in settings if not settings.source(key).startswith("default")} == {
        "application_credential_id": "ac-id",
        "application_credential_secret": "shown once",
        "auth_type": "v3applicationcredential",
        "auth_url": "http://cloud/identity/v3",
        "cacert": "ca.pem",
        "region_name": "RegionOne",
    }


def test_name_of_the_cloud_is_checked_before_anything_is_sent(created: FakeCloud, ostk: Run) -> None:
    Path("clouds.yaml").write_text("clouds: {robot: {}}")
    result = ostk(SAVE)
    assert (result.exit_code, created.all) == (1, [])
    assert result.stderr.startswith("Cloud robot is already in ")


@pytest.mark.parametrize(
    ("clouds", "secure", "message"),
    [
        ("clouds: {lab: {auth: {}}}", "", "{}/clouds.yaml has a form that ostk does not edit"),
        ("", "clouds: {lab: {auth: {}}}", "{}/secure.yaml has a form that ostk does not edit"),
        ("clouds: [", "", "{}/clouds.yaml is not valid YAML"),
        ("clouds:\n", "read-only", "{}/secure.yaml cannot be written: "),
    ],
)
def test_files_of_the_cloud_are_checked_before_anything_is_sent(
    created: FakeCloud,
    ostk: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    clouds: str,
    secure: str,
    message: str,
) -> None:
    directory = tmp_path / "xdg_config_home/openstack"
    directory.mkdir(parents=True)
    (directory / "clouds.yaml").write_text(clouds)
    (directory / "secure.yaml").write_text(secure if secure != "read-only" else "")
    if secure == "read-only":
        path = os.path.realpath(directory / "secure.yaml")
        monkeypatch.setattr("ostk.config.cloud_entry.os.access", lambda one, how: one != path)
    result = ostk(SAVE)
    assert (result.exit_code, created.all) == (1, [])
    assert result.stderr.startswith(message.format(directory))


def test_credential_is_printed_if_the_cloud_cannot_be_written(
    created: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*given: object) -> None:
        raise FileError("The file cannot be written: disk full.")

    monkeypatch.setattr("ostk.config.cloud_entry.store", fail)
    result = ostk(SAVE)
    assert (result.exit_code, json.loads(result.stdout)["Secret"]) == (1, "shown once")
    assert result.stderr == (
        "The application credential was created, but cloud robot was not added: "
        "The file cannot be written: disk full.\n"
    )


def test_dry_run_adds_no_cloud(created: FakeCloud, ostk: Run, tmp_path: Path) -> None:
    result = ostk(f"{SAVE} --curl")
    assert result.stdout.startswith("curl -X POST")
    assert not (tmp_path / "xdg_config_home").exists()


def test_secret_can_still_be_abbreviated(created: FakeCloud, ostk: Run) -> None:
    assert ostk("application credential create ac --s mine").exit_code == 0
    assert created.sent[-1][1]["application_credential"]["secret"] == "mine"
