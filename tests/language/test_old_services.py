"""Resources of old services: missing and renamed fields."""

from __future__ import annotations

import json

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud

NOVA, NEUTRON = "/compute/v2.1", "/network/v2.0"
FLAVOR = {"id": "1", "name": "m1", "ram": 512, "vcpus": 2}


def test_flavor_of_an_old_nova_has_default_fields(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"GET {NOVA}/flavors/detail"] = {"flavors": [FLAVOR]}
    cloud.answers[f"GET {NOVA}/flavors/1"] = {"flavor": FLAVOR}
    cloud.answers[f"GET {NOVA}/flavors/1/os-extra_specs"] = {"extra_specs": {}}
    row = {"ID": "1", "Name": "m1", "RAM": 512, "Disk": 0, "Ephemeral": 0, "VCPUs": 2, "Is Public": True}
    assert json.loads(ostk("flavor list -f json").stdout) == [row]
    long = json.loads(ostk("flavor list --long -f json").stdout)
    assert long == [{**row, "Swap": 0, "RXTX Factor": None, "Properties": {}}]
    cloud.sent.clear()
    assert json.loads(ostk("flavor show m1 -f json").stdout)["os-flavor-access:is_public"] is True
    assert not [line for line, _ in cloud.sent if "os-flavor-access" in line]


@pytest.mark.parametrize(
    ("line", "path", "plural"),
    [
        ("network list --long", "networks", "networks"),
        ("router list", "routers", "routers"),
        ("address scope list", "address-scopes", "address_scopes"),
        ("security group list", "security-groups", "security_groups"),
        ("floating ip list", "floatingips", "floatingips"),
    ],
)
def test_list_of_an_old_neutron_reads_tenant_id(cloud: FakeCloud, ostk: Run, line: str, path: str, plural: str) -> None:
    cloud.answers[f"GET {NEUTRON}/{path}"] = {plural: [{"id": "1", "name": "a", "tenant_id": "p1"}]}
    result = ostk(f"{line} -f json")
    assert [row["Project"] for row in json.loads(result.stdout)] == ["p1"], result.output


def test_network_of_an_old_neutron_has_default_fields(cloud: FakeCloud, ostk: Run) -> None:
    item = {"id": "1", "name": "n", "tenant_id": "p1"}
    cloud.answers[f"GET {NEUTRON}/networks"] = {"networks": [item]}
    cloud.answers[f"POST {NEUTRON}/networks"] = {"network": item}
    for line in "network show n -f json", "network create n -f json":
        shown = json.loads(ostk(line).stdout)
        assert shown["project_id"] == "p1"
        assert shown["port_security_enabled"] is shown["router:external"] is False
        assert "tenant_id" not in shown
