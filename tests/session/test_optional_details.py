"""Optional details: a request that only supplements an answer may fail without failing the command."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud

PRIVATE_FLAVOR = {"id": "one-id", "name": "one", "ram": 1, "extra_specs": {}, "os-flavor-access:is_public": False}
HYPERVISOR = {"id": "h-id", "hypervisor_hostname": "h", "service": {"id": 1, "host": "h"}, "uptime": None}
TYPE = {"id": "t-id", "name": "t", "is_public": False, "extra_specs": {}}
QOS = {"id": "q-id", "name": "q", "consumer": "both", "specs": {}}
ENDPOINT = {"id": "e-id", "url": "http://e", "service_id": "s", "interface": "public", "region_id": "r"}
ASSIGNMENT = {"user": {"id": "u"}, "role": {"id": "r"}, "scope": {"project": {"id": "demo-id"}}}
INVENTORY = {"inventories": {"VCPU": {"total": 4}}, "resource_provider_generation": 1}

# Command, answers (the first one is of the request that fails), and a part of the output in JSON.
CASES: dict[str, tuple[str, dict[str, Any], Any]] = {
    "flavor show one": (
        "GET /compute/v2.1/flavors/one-id/os-flavor-access",
        {"GET /compute/v2.1/flavors/detail": {"flavors": [PRIVATE_FLAVOR]}},
        {"name": "one", "access_project_ids": None},
    ),
    "hypervisor show h": (
        "GET /compute/v2.1/os-aggregates",
        {"GET /compute/v2.1/os-hypervisors/h-id": {"hypervisor": HYPERVISOR}},
        {"hypervisor_hostname": "h", "aggregates": []},
    ),
    "volume type show t": (
        "GET /volume/v3/types/t-id/os-volume-type-access",
        {"GET /volume/v3/types": {"volume_types": [TYPE]}},
        {"name": "t", "access_project_ids": None},
    ),
    "volume type show t --encryption-type": (
        "GET /volume/v3/types/t-id/encryption",
        {"GET /volume/v3/types": {"volume_types": [TYPE | {"is_public": True}]}},
        {"name": "t", "is_public": True},
    ),
    "volume type list --encryption-type": (
        "GET /volume/v3/types/t-id/encryption",
        {"GET /volume/v3/types": {"volume_types": [TYPE]}},
        [{"ID": "t-id", "Name": "t", "Is Public": False, "Encryption": None}],
    ),
    "volume qos show q": (
        "GET /volume/v3/qos-specs/q-id/associations",
        {"GET /volume/v3/qos-specs": {"qos_specs": [QOS]}},
        {"id": "q-id", "name": "q"},
    ),
    "volume qos list": (
        "GET /volume/v3/qos-specs/q-id/associations",
        {"GET /volume/v3/qos-specs": {"qos_specs": [QOS]}},
        [{"ID": "q-id", "Name": "q", "Consumer": "both", "Associations": [], "Properties": {}}],
    ),
    "endpoint show e-id": (
        "GET /identity/v3/services",
        {"GET /identity/v3/endpoints/e-id": {"endpoint": ENDPOINT}},
        {"id": "e-id", "url": "http://e", "service_name": "", "service_type": None},
    ),
    "endpoint list -c ID": (
        "GET /identity/v3/services",
        {"GET /identity/v3/endpoints": {"endpoints": [ENDPOINT]}},
        [{"ID": "e-id"}],
    ),
    "user list --project demo --long -c ID -c Name": (
        "GET /identity/v3/users/u",
        {"GET /identity/v3/role_assignments": {"role_assignments": [ASSIGNMENT]}},
        [{"ID": "u", "Name": None}],
    ),
    "router show one": ("GET /network/v2.0/ports", {}, {"id": "one-id", "interfaces_info": None}),
    "share show one": ("GET /share/v2/shares/one-id/export_locations", {}, {"id": "one-id", "export_locations": None}),
    "share snapshot show one": (
        "GET /share/v2/snapshots/one-id/export-locations",
        {},
        {"id": "one-id", "export_locations": None},
    ),
    "share network show one": ("GET /share/v2/security-services", {}, {"id": "one-id", "security_services": None}),
    "resource provider inventory list one -c resource_class -c total -c used": (
        "GET /placement/resource_providers/one-id/usages",
        {"GET /placement/resource_providers/one-id/inventories": INVENTORY},
        [{"resource_class": "VCPU", "total": 4, "used": None}],
    ),
}
STATUSES = {403: "forbidden", 404: "itemNotFound", 409: "conflict", 500: "computeFault", 501: "notImplemented"}


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("line", CASES)
def test_a_failed_request_for_details_is_a_warning(cloud: FakeCloud, ostk: Run, line: str, status: int) -> None:
    """The resource is shown without the details, the exit status is 0 and standard error says why."""
    request, answers, expected = CASES[line]
    refusal = {STATUSES[status]: {"code": status, "message": "Not for you."}}
    cloud.answers |= {**answers, request: (status, refusal)}
    result = ostk(f"{line} -f json")
    assert result.exit_code == 0, result.output
    shown = json.loads(result.stdout)
    if isinstance(expected, dict):
        shown = {key: value for key, value in shown.items() if key in expected}
    assert shown == expected
    assert result.stderr.count("Could not get ") == 1
    assert "Not for you." in result.stderr


@pytest.mark.parametrize("status", [403, 404, 500])
def test_a_failed_main_request_is_the_only_message(cloud: FakeCloud, ostk: Run, status: int) -> None:
    """A failed list is an error; its missing details are not mentioned."""
    refusal = (status, {"error": {"code": status, "message": "Not for you."}})
    cloud.answers |= {"GET /identity/v3/services": refusal, "GET /identity/v3/endpoints": refusal}
    result = ostk("endpoint list")
    assert result.exit_code == 1
    assert "Could not get" not in result.output
