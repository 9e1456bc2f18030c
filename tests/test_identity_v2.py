"""A cloud with Identity v2.0 alone: the requests of OpenStack's API quick-start guide.

The addresses, the tenant, the 13 services of the catalog and the lists are the guide's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import respx

from .conftest import Run

TENANT = "2a124051e083457091cecc3aa553a5a9"
NAME = "facebook987654321"
TOKEN = "4b57c7d386a7438b829d1a8922e0eaac"
PUBLIC, INTERNAL = "128.136.179.2", "172.16.1.2"
CATALOG = [
    ("nova", "compute", f":8774/v2/{TENANT}"),
    ("neutron", "network", ":9696/"),
    ("cinderv2", "volumev2", f":8776/v2/{TENANT}"),
    ("trove", "database", f":8779/v1.0/{TENANT}"),
    ("swift_s3", "s3", ":8080"),
    ("glance", "image", ":9292"),
    ("novav3", "computev3", ":8774/v3"),
    ("manila", "share", f":8786/v1/{TENANT}"),
    ("ceilometer", "metering", ":8777"),
    ("cinder", "volume", f":8776/v1/{TENANT}"),
    ("nova_ec2", "ec2", ":8773/services/Cloud"),
    ("swift", "object-store", f":8080/v1/AUTH_{TENANT}"),
    ("keystone", "identity", ":5000/v2.0"),
]
COMPUTE = f"http://{PUBLIC}:8774/v2/{TENANT}"
FLAVORS = [("1", "m1.tiny"), ("2", "m1.small"), ("3", "m1.medium"), ("4", "m1.large"), ("5", "m1.xlarge")]
IMAGES = [
    ("2dadcc7b-3690-4a1d-97ce-011c55426477", "Fedora 21 x86_64"),
    ("cfba3478-8645-4bc8-97e8-707b9f41b14e", "Ubuntu 14.04 amd64"),
    ("2e4c08a9-0ecd-4541-8a45-838479a88552", "CentOS 7 x86_64"),
    ("c8dd9096-60c1-4e23-a486-82955481df9f", "CentOS 6.5 x86_64"),
    ("f97b8d36-935e-4666-9c58-8a0afc6d3796", "Fedora 20 x86_64"),
]
SERVER = "41551256-abd6-402c-835b-e87e559b2249"


def access() -> dict[str, Any]:
    """Return the response to a request for a token."""
    catalog = [
        {
            "name": name,
            "type": resource,
            "endpoints_links": [],
            "endpoints": [
                {
                    "id": f"{name}-endpoint",
                    "region": "RegionOne",
                    "publicURL": f"http://{PUBLIC}{rest}",
                    "internalURL": f"http://{INTERNAL}{rest}",
                    "adminURL": f"http://{INTERNAL}{rest}",
                }
            ],
        }
        for name, resource, rest in CATALOG
    ]
    token = {
        "id": TOKEN,
        "expires": "2099-11-05T23:23:27Z",
        "issued_at": "2015-11-05T22:23:27.166658",
        "audit_ids": ["a8ozqFkkSfCmUQpbCZlS-w"],
        "tenant": {"id": TENANT, "name": NAME, "enabled": True, "description": "Auto created account"},
    }
    user = {
        "id": "182d9ad16c2a4397bdceb595658b830f",
        "name": NAME,
        "username": NAME,
        "roles": [{"name": "_member_"}],
        "roles_links": [],
    }
    metadata = {"is_admin": 0, "roles": ["9fe2ff9ee4384b1894a90878d3e92bab"]}
    return {"access": {"metadata": metadata, "serviceCatalog": catalog, "token": token, "user": user}}


@pytest.fixture
def guide(monkeypatch: pytest.MonkeyPatch) -> Iterator[respx.MockRouter]:
    """Return the cloud of the guide, with its variables set; its Nova is older than microversions."""
    for name, value in {
        "OS_AUTH_URL": f"http://{PUBLIC}:5000/v2.0",
        "OS_TENANT_NAME": NAME,
        "OS_USERNAME": NAME,
        "OS_PASSWORD": "devstack",
        "OS_REGION_NAME": "RegionOne",
    }.items():
        monkeypatch.setenv(name, value)
    flavor = {"ram": 512, "disk": 1, "vcpus": 1, "swap": "", "OS-FLV-EXT-DATA:ephemeral": 0}
    flavors = [{"id": i, "name": n, **flavor, "os-flavor-access:is_public": True} for i, n in FLAVORS]
    images = [{"id": i, "name": n, "status": "active"} for i, n in IMAGES]
    server = {
        "id": SERVER,
        "name": "test-server",
        "status": "ACTIVE",
        "flavor": {"id": "1", "links": []},
        "image": {"id": IMAGES[0][0], "links": []},
        "addresses": {"private": [{"addr": "10.0.0.5", "version": 4}]},
    }
    with respx.mock(assert_all_called=False, using="httpx") as router:
        router.post(f"http://{PUBLIC}:5000/v2.0/tokens").respond(json=access())
        router.get(f"http://{PUBLIC}:8774/v2/").respond(404)
        router.get(f"{COMPUTE}/flavors/detail").respond(json={"flavors": flavors})
        router.get(url__regex=rf"{COMPUTE}/flavors/\w+$").respond(json={"flavor": flavors[0]})
        router.get(url__startswith=f"http://{PUBLIC}:9292/v2/images").respond(json={"images": images})
        router.get(url__startswith=f"{COMPUTE}/servers/detail").respond(json={"servers": [server]})
        yield router


def sent(router: respx.MockRouter) -> list[httpx.Request]:
    return [call.request for call in router.calls]


def test_the_token_is_asked_for_as_the_guide_does(guide: respx.MockRouter, ostk: Run) -> None:
    result = ostk("token issue -f json")
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.output) == {
        "expires": "2099-11-05T23:23:27+0000",
        "id": TOKEN,
        "project_id": TENANT,
        "user_id": "182d9ad16c2a4397bdceb595658b830f",
    }
    (request,) = sent(guide)
    credentials = {"username": NAME, "password": "devstack"}
    assert json.loads(request.content) == {"auth": {"tenantName": NAME, "passwordCredentials": credentials}}


def test_the_13_services_of_the_catalog(guide: respx.MockRouter, ostk: Run) -> None:
    listed = json.loads(ostk("catalog list -f json").stdout)
    assert [(row["Name"], row["Type"]) for row in listed] == [(name, resource) for name, resource, _ in CATALOG]
    shown = json.loads(ostk("catalog show object-store -f json").output)
    urls = {endpoint["interface"]: endpoint["url"] for endpoint in shown["endpoints"]}
    assert urls["public"] == f"http://{PUBLIC}:8080/v1/AUTH_{TENANT}"
    assert urls["internal"] == f"http://{INTERNAL}:8080/v1/AUTH_{TENANT}"


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("flavor list -f value -c Name", [name for _, name in FLAVORS]),
        ("image list -f value -c Name", sorted(name for _, name in IMAGES)),
        ("server list -f value -c Name -c Flavor", ["test-server m1.tiny"]),
        ("server list -f value -c Image", [IMAGES[0][1]]),
    ],
)
def test_lists_of_the_identity_v2_guide(guide: respx.MockRouter, ostk: Run, line: str, column: list[str]) -> None:
    result = ostk(line)
    assert result.exit_code == 0, result.stderr
    assert sorted(result.output.splitlines()) == sorted(column)
    authenticated = [r for r in sent(guide) if r.method == "GET"]
    assert authenticated
    assert {request.headers["X-Auth-Token"] for request in authenticated} == {TOKEN}


def test_an_empty_tenant_name_is_sent(guide: respx.MockRouter, ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OS_TENANT_NAME")
    assert ostk("token issue").exit_code == 0
    assert json.loads(sent(guide)[0].content)["auth"]["passwordCredentials"]["username"] == NAME


def test_tenant_name_and_tenant_id_are_refused_together(
    guide: respx.MockRouter, ostk: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OS_TENANT_ID", TENANT)
    result = ostk("token issue")
    assert result.exit_code == 1
    assert "OS_TENANT_ID" in result.stderr
    assert "OS_TENANT_NAME" in result.stderr
    assert sent(guide) == []


def test_a_tenant_id_and_a_token(guide: respx.MockRouter, ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OS_TENANT_NAME", "OS_USERNAME", "OS_PASSWORD"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("OS_TENANT_ID", TENANT)
    monkeypatch.setenv("OS_TOKEN", "an-older-token")
    assert ostk("token issue").exit_code == 0
    assert json.loads(sent(guide)[0].content) == {"auth": {"tenantId": TENANT, "token": {"id": "an-older-token"}}}
