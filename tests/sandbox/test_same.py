"""The practice cloud and a real cloud answer the same requests with the same status, fields and messages.

Needs OS_* variables or OS_CLOUD for a member of a project on a cloud made like DevStack.
"""

from __future__ import annotations

import os
import re
from typing import Any

import pytest

from ostk.api.block_storage import CINDER
from ostk.api.compute import NOVA
from ostk.api.identity import KEYSTONE
from ostk.api.image import GLANCE
from ostk.api.network import NEUTRON
from ostk.api.service import Service
from ostk.errors import HTTPError
from ostk.session.cloud import Cloud

# The fixtures of other tests hide the environment; here it selects the cloud.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name.startswith("OS_")}
NOBODY = "11111111-2222-3333-4444-555555555555"

CASES: list[tuple[Service, str, str, Any]] = [
    (KEYSTONE, "GET", "/projects", None),
    (KEYSTONE, "GET", "/users/nosuch", None),
    (KEYSTONE, "GET", "/auth/projects", None),
    (KEYSTONE, "GET", "/auth/catalog", None),
    (KEYSTONE, "GET", "/regions", None),
    (KEYSTONE, "GET", "/credentials", None),
    (KEYSTONE, "GET", "/nosuch", None),
    (NOVA, "GET", "/servers?name=nosuch", None),
    (NOVA, "GET", "/servers/nosuch", None),
    (NOVA, "GET", "/servers/detail?all_tenants=1", None),
    (NOVA, "GET", "/flavors/detail", None),
    (NOVA, "GET", "/flavors/nosuch", None),
    (NOVA, "POST", "/flavors", {"flavor": {"name": "x", "ram": 1, "vcpus": 1, "disk": 1}}),
    (NOVA, "GET", "/os-keypairs", None),
    (NOVA, "GET", "/os-keypairs/nosuch", None),
    (NOVA, "POST", "/os-keypairs", {"keypair": {"name": "x/y", "public_key": "x"}}),
    (NOVA, "GET", "/os-server-groups", None),
    (NOVA, "GET", "/os-server-groups/nosuch", None),
    (NOVA, "GET", "/os-availability-zone", None),
    (NOVA, "GET", "/os-hypervisors", None),
    (NOVA, "GET", "/limits", None),
    (NOVA, "POST", "/servers", {"server": {"flavorRef": "1"}}),
    (NOVA, "POST", "/servers", {"server": {"name": "x", "flavorRef": "nosuch", "networks": "none"}}),
    (NOVA, "GET", "/nosuch", None),
    (GLANCE, "GET", "/images?limit=1000", None),
    (GLANCE, "GET", "/images/nosuch", None),
    (GLANCE, "GET", "/images?sort=bogus:asc", None),
    (GLANCE, "POST", "/images", {"visibility": "public"}),
    (GLANCE, "GET", "/info/import", None),
    (NEUTRON, "GET", "/networks?name=private", None),
    (NEUTRON, "GET", "/networks?name=public", None),
    (NEUTRON, "GET", "/subnets?ip_version=4", None),
    (NEUTRON, "GET", "/routers", None),
    (NEUTRON, "GET", "/security-groups?name=default", None),
    (NEUTRON, "GET", "/networks/nosuch", None),
    (NEUTRON, "GET", "/ports/nosuch", None),
    (NEUTRON, "GET", "/routers/nosuch", None),
    (NEUTRON, "GET", "/floatingips/nosuch", None),
    (NEUTRON, "GET", "/security-groups/nosuch", None),
    (NEUTRON, "GET", "/networks?bogus=1", None),
    (NEUTRON, "GET", "/availability_zones", None),
    (NEUTRON, "POST", "/networks", {"network": {"shared": True}}),
    (NEUTRON, "POST", "/networks", {"network": {"bogus": True}}),
    (NEUTRON, "POST", "/ports", {"port": {"name": "x"}}),
    (NEUTRON, "POST", "/ports", {"port": {"network_id": NOBODY}}),
    (NEUTRON, "POST", "/security-groups", {"security_group": {"name": "default"}}),
    (CINDER, "GET", "/volumes?name=nosuch", None),
    (CINDER, "GET", "/volumes/nosuch", None),
    (CINDER, "GET", "/volumes?bogus=1", None),
    (CINDER, "GET", "/snapshots/nosuch", None),
    (CINDER, "GET", "/backups/nosuch", None),
    (CINDER, "GET", "/types", None),
    (CINDER, "GET", "/types/nosuch", None),
    (CINDER, "GET", "/limits", None),
    (CINDER, "POST", "/volumes", {"volume": {"size": 1, "volume_type": "nosuch"}}),
    (CINDER, "POST", "/volumes", {"volume": {"name": "x"}}),
    (CINDER, "POST", "/types", {"volume_type": {"name": "x"}}),
]
# Fields that depend on the deployment: image locations and host names.
LOCAL = re.compile(r"owner_specified|direct_url|os_distro|hw_|volume_backend_name|is_default|standard_attr_id")


def shape(data: Any) -> Any:
    """Return the names of all fields, nested; of a list, those of the first item."""
    if isinstance(data, dict):
        return {key: shape(value) for key, value in sorted(data.items()) if not LOCAL.search(key)}
    if isinstance(data, list):
        return [shape(data[0])] if data else []
    return None


def alike(one: Any, other: Any) -> bool:
    """Return whether two shapes are equal; an empty list equals any list."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return not one or not other or alike(one[0], other[0])
    return bool(one == other)


def answer(cloud: Cloud, service: Service, method: str, path: str, body: Any) -> tuple[int, Any]:
    """Return the status of a response, and its shape or its message."""
    content = {"json": body} if body is not None else {}
    version = {"compute": "2.104", "volume": "3.71"}.get(service.microversion_type, "")
    try:
        response = cloud.request(service, method, path, microversion=version, **content)
    except HTTPError as error:
        words = re.sub(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", "ID", error.message)
        return error.status, words
    return response.status_code, shape(response.json())


@pytest.mark.cloud
@pytest.mark.parametrize(
    ("service", "method", "path", "body"), CASES, ids=[f"{s.name} {m} {p}" for s, m, p, _ in CASES]
)
def test_responses_match_a_real_cloud(
    service: Service, method: str, path: str, body: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice = answer(Cloud({"os_cloud": "sandbox"}), service, method, path, body)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    real = answer(Cloud({}), service, method, path, body)
    assert practice[0] == real[0]
    assert alike(practice[1], real[1]), f"{practice[1]} != {real[1]}"
