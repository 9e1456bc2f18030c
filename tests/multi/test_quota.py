"""Quotas, limits, extensions and availability zones: requests and output."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from ..conftest import Run
from ..fake_cloud import SERVICES, FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

NOVA, CINDER, NEUTRON = "/compute/v2.1", "/volume/v3", "/network/v2.0"
CASES = request_table("""
/compute/v2.1
quota set demo --cores 1 --injected-file-size 2 --injected-path-size 3 --injected-files 4 --instances 5 --key-pairs 6
  PUT ~/os-quota-sets/demo-id {"quota_set": {"cores": 1, "injected_file_content_bytes": 2, "injected_file_path_bytes": 3, "injected_files": 4, "instances": 5, "key_pairs": 6}}
quota set demo --properties 1 --ram 2 --server-group-members 3 --server-groups 4 --no-force
  PUT ~/os-quota-sets/demo-id {"quota_set": {"metadata_items": 1, "ram": 2, "server_group_members": 3, "server_groups": 4}}
quota set demo --backups 1 --backup-gigabytes 2 --gigabytes 3 --groups 4 --per-volume-gigabytes 5 --snapshots 6 --volumes 7
  PUT /volume/v3/os-quota-sets/demo-id {"quota_set": {"backups": 1, "backup_gigabytes": 2, "gigabytes": 3, "groups": 4, "per_volume_gigabytes": 5, "snapshots": 6, "volumes": 7}}
quota set demo --volumes 1 --groups 2 --volume-type fast
  PUT /volume/v3/os-quota-sets/demo-id {"quota_set": {"volumes_fast": 1, "groups": 2}}
quota set demo --floating-ips 1 --secgroup-rules 2 --secgroups 3 --networks 4 --subnets 5 --ports 6
  PUT /network/v2.0/quotas/demo-id {"quota": {"floatingip": 1, "security_group_rule": 2, "security_group": 3, "network": 4, "subnet": 5, "port": 6, "check_limit": true}}
quota set demo --routers 1 --router-routes 2 --rbac-policies 3 --subnetpools 4 --check-limit
  PUT /network/v2.0/quotas/demo-id {"quota": {"router": 1, "router_route": 2, "rbac_policy": 3, "subnetpool": 4, "check_limit": true}}
quota set --cores -1 --ports -1 --force
  PUT ~/os-quota-sets/p {"quota_set": {"cores": -1, "force": true}}
  PUT /network/v2.0/quotas/p {"quota": {"port": -1, "force": true}}
quota set --default --cores 5 --volumes 6
  PUT ~/os-quota-class-sets/default {"quota_class_set": {"cores": 5}}
  PUT /volume/v3/os-quota-class-sets/default {"quota_class_set": {"volumes": 6}}
quota set --class gold --cores 5
  PUT ~/os-quota-class-sets/gold {"quota_class_set": {"cores": 5}}
quota set demo
quota delete demo
  DELETE ~/os-quota-sets/demo-id
  DELETE /volume/v3/os-quota-sets/demo-id
  DELETE /network/v2.0/quotas/demo-id
quota delete demo --compute
  DELETE ~/os-quota-sets/demo-id
quota delete demo --volume
  DELETE /volume/v3/os-quota-sets/demo-id
quota delete demo --network
  DELETE /network/v2.0/quotas/demo-id
quota delete demo --all
  DELETE ~/os-quota-sets/demo-id
  DELETE /volume/v3/os-quota-sets/demo-id
  DELETE /network/v2.0/quotas/demo-id
""")  # noqa: E501
REJECTIONS = rejection_table("""
2 quota list => One of --compute, --volume, --network is required.
2 quota show --compute --volume => exclude each other
2 quota show --default --usage => exclude each other
1 quota set --default --cores 1 --force => --force goes with neither --class nor --default.
2 quota set --force --no-force => exclude each other
2 quota set --class --default x => exclude each other
2 quota set --cores many => 'many'
1 quota show no-project => No Project found for no-project: No project with a name or ID of 'no-project' exists
2 limits show => One of --absolute, --rate is required.
2 limits show --absolute --rate => exclude each other
""")


test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


WITHOUT_VOLUMES = {resource: path for resource, path in SERVICES.items() if resource != "block-storage"}
COMPUTE = {"id": "p", "cores": 20, "key_pairs": 100, "ram": 512}
VOLUMES = {"id": "p", "volumes": 10, "volumes_fast": -1, "backup_gigabytes": 7}
NETWORKS = {"network": 100, "floatingip": 50, "trunk": -1}


@pytest.fixture
def quotas(cloud: FakeCloud) -> FakeCloud:
    """A cloud whose services all have quotas."""
    for more in ("", "/defaults"):
        cloud.answers[f"GET {NOVA}/os-quota-sets/p{more}"] = {"quota_set": COMPUTE}
        cloud.answers[f"GET {CINDER}/os-quota-sets/p{more}"] = {"quota_set": VOLUMES}
    for more in ("", "/default"):
        cloud.answers[f"GET {NEUTRON}/quotas/p{more}"] = {"quota": NETWORKS}
    return cloud


def rows(output: str) -> dict[str, Any]:
    return {row["Resource"]: row["Limit"] for row in json.loads(output)}


class TestQuotaShow:
    def test_show_lists_all_services(self, quotas: FakeCloud, ostk: Run) -> None:
        found = rows(ostk("quota show -f json").output)
        assert list(found)[:4] == ["cores", "ram", "fixed_ips", "floating_ips"]
        assert list(found)[-2:] == ["key-pairs", "backup-gigabytes"]
        assert (found["networks"], found["floating_ips"], found["fixed_ips"]) == (100, 50, None)
        assert (found["volumes_fast"], found["trunk"], found["pools"]) == (-1, -1, None)
        assert "id" not in found

    def test_services_absent_from_the_catalog_are_skipped(
        self, quotas: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(f"{FakeCloud.__module__}.SERVICES", WITHOUT_VOLUMES)
        assert not {"volumes", "backup-gigabytes"} & set(rows(ostk("quota show -f json").output))

    @pytest.mark.parametrize(
        ("option", "first", "absent"),
        [("--compute", "cores", "trunk"), ("--volume", "volumes", "cores"), ("--network", "trunk", "cores")],
    )
    def test_show_lists_one_service(self, quotas: FakeCloud, ostk: Run, option: str, first: str, absent: str) -> None:
        found = rows(ostk(f"quota show {option} -f json").output)
        assert next(iter(found)) == first
        assert absent not in found

    def test_default_quotas(self, quotas: FakeCloud, ostk: Run) -> None:
        assert ostk("quota show --default --all").exit_code == 0
        paths = {line for line, _ in quotas.sent}
        assert paths == {
            f"GET {NOVA}/os-quota-sets/p/defaults",
            f"GET {CINDER}/os-quota-sets/p/defaults",
            f"GET {NEUTRON}/quotas/p/default",
        }

    def test_usage(self, cloud: FakeCloud, ostk: Run) -> None:
        def used(limit: int, key: str = "in_use") -> dict[str, int]:
            return {"limit": limit, key: 1, "reserved": 2}

        sets = {"quota_set": {"cores": used(20), "key_pairs": used(9)}}
        cloud.answers[f"GET {NOVA}/os-quota-sets/demo-id/detail"] = sets
        cloud.answers[f"GET {CINDER}/os-quota-sets/demo-id?usage=true"] = {"quota_set": {"volumes": used(3)}}
        cloud.answers[f"GET {NEUTRON}/quotas/demo-id/details"] = {"quota": {"network": used(4, "used")}}
        assert ostk("quota show demo --usage -f value").output.splitlines() == [
            "cores 20 1 2",
            "fixed_ips 0 0 0",
            "floating_ips 0 0 0",
            "networks 4 1 2",
            "security_group_rules 0 0 0",
            "security_groups 0 0 0",
            "volumes 3 1 2",
            "key-pairs 9 N/A 2",
        ]


class TestQuotaList:
    @pytest.mark.parametrize(
        ("option", "path", "usual", "header"),
        [
            ("--compute", f"{NOVA}/os-quota-sets", "/defaults", '"Project ID","Cores","Injected Files",'),
            ("--volume", f"{CINDER}/os-quota-sets", "/defaults", '"Project ID","Backups","Backup Gigabytes",'),
            ("--network", f"{NEUTRON}/quotas", "/default", '"Project ID","Floating IPs","Networks","Ports","RBAC'),
        ],
    )
    def test_list_projects_with_non_default_quotas(
        self, cloud: FakeCloud, ostk: Run, option: str, path: str, usual: str, header: str
    ) -> None:
        wrap = "quota" if option == "--network" else "quota_set"
        cloud.answers["GET /identity/v3/projects"] = {"projects": [{"id": id} for id in ("a", "b", "c")]}
        keys = {"cores": 1, "volumes": 1, "network": 1}
        cloud.answers[f"GET {path}/a{usual}"] = {wrap: keys}
        cloud.answers[f"GET {path}/a"] = {wrap: keys}
        cloud.answers[f"GET {path}/b"] = {wrap: {**keys, "cores": 2, "volumes": 2, "network": 2}}
        cloud.answers[f"GET {path}/c"] = (404, {"itemNotFound": {"message": "There is no such project."}})
        output = ostk(f"quota list {option} -f csv").output
        assert "The quotas of project c could not be fetched: There is no such project. (HTTP 404)\n" in output
        lines = [line for line in output.splitlines() if line.startswith('"')]
        assert lines[0].startswith(header)
        assert [line.split(",")[0] for line in lines[1:]] == ['"b"']


class TestQuotaSet:
    def test_failure_names_completed_changes(self, cloud: FakeCloud, ostk: Run) -> None:
        cloud.answers[f"PUT {NEUTRON}/quotas/p"] = (400, {"NeutronError": {"message": "Too low."}})
        result = ostk("quota set --cores 1 --ports 1")
        expected = "compute quotas changed; network quotas failed: Too low. (HTTP 400)\n"
        assert (result.exit_code, result.output) == (1, expected)

    def test_network_quotas_have_no_class(self, cloud: FakeCloud, ostk: Run) -> None:
        result = ostk("quota set --default --ports 1")
        assert (result.exit_code, "The network quotas were not changed" in result.output) == (0, True)
        assert cloud.sent == []


def test_delete_of_default_network_quotas_succeeds(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"DELETE {NEUTRON}/quotas/demo-id"] = (404, {"NeutronError": {"message": "none"}})
    assert ostk("quota delete demo").exit_code == 0
    cloud.answers[f"DELETE {NOVA}/os-quota-sets/demo-id"] = (404, {"itemNotFound": {"message": "none"}})
    assert ostk("quota delete demo").exit_code == 1


class TestLimits:
    @pytest.fixture
    def limits(self, cloud: FakeCloud) -> FakeCloud:
        rate = {"uri": "*", "limit": [{"verb": "POST", "value": 10, "remaining": 9, "unit": "MINUTE"}]}
        nova = {"maxTotalRAMSize": 512, "maxPersonality": 5, "totalCoresUsed": 1}
        cloud.answers[f"GET {NOVA}/limits"] = {"limits": {"absolute": nova, "rate": [rate]}}
        cinder = {"maxTotalVolumes": 10}
        cloud.answers[f"GET {CINDER}/limits"] = {"limits": {"absolute": cinder, "rate": []}}
        return cloud

    def test_absolute_limits_have_two_names(self, limits: FakeCloud, ostk: Run) -> None:
        assert (
            ostk("limits show --absolute").output
            == """\
+--------------------+-------+
| Name               | Value |
+--------------------+-------+
| max_total_ram_size |   512 |
| max_total_volumes  |    10 |
| personality        |     5 |
| total_cores_used   |     1 |
| total_ram          |   512 |
+--------------------+-------+
"""
        )

    def test_rate_limits(self, limits: FakeCloud, ostk: Run) -> None:
        assert ostk("limits show --rate -f value").output == "POST * 10 9 MINUTE None\n"

    def test_services_absent_from_the_catalog_are_skipped(
        self, limits: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(f"{FakeCloud.__module__}.SERVICES", WITHOUT_VOLUMES)
        names = ostk("limits show --absolute -f value -c Name").output.split()
        assert names == ["max_total_ram_size", "personality", "total_cores_used", "total_ram"]

    @pytest.mark.parametrize("domain", ["--project-domain", "--domain"])
    def test_limits_of_another_project(self, limits: FakeCloud, ostk: Run, domain: str) -> None:
        assert ostk(f"limits show --absolute --reserved --project demo {domain} here").exit_code == 0
        assert {request for request, _ in limits.sent} == {
            f"GET {NOVA}/limits?reserved=1&tenant_id=demo-id",
            f"GET {CINDER}/limits?project_id=demo-id",
        }


class TestExtension:
    @pytest.fixture
    def extensions(self, cloud: FakeCloud) -> FakeCloud:
        for place in (NOVA, CINDER, NEUTRON):
            name = place.split("/")[1]
            one = {"name": name, "alias": f"a-{name}", "description": "d", "updated": "2026", "links": []}
            cloud.answers[f"GET {place}/extensions"] = {"extensions": [one]}
        return cloud

    def test_list_of_all_services(self, extensions: FakeCloud, ostk: Run) -> None:
        assert ostk("extension list -f value -c Name").output.split() == ["compute", "volume", "network"]

    @pytest.mark.parametrize("name", ["compute", "volume", "network"])
    def test_list_of_one_service(self, extensions: FakeCloud, ostk: Run, name: str) -> None:
        listed = json.loads(ostk(f"extension list --{name} --long -f json").output)
        assert listed == [
            {"Name": name, "Alias": f"a-{name}", "Description": "d", "Namespace": "", "Updated At": "2026", "Links": []}
        ]

    def test_identity_has_no_extensions(self, extensions: FakeCloud, ostk: Run) -> None:
        assert ostk("extension list --identity -f json").output == "[]\n"

    def test_failed_list_is_a_warning(self, extensions: FakeCloud, ostk: Run) -> None:
        extensions.answers[f"GET {CINDER}/extensions"] = (404, {"itemNotFound": {"message": "Gone."}})
        result = ostk("extension list --volume")
        assert result.exit_code == 0
        assert "The extensions of the volume service could not be listed: Gone. (HTTP 404)" in result.output

    def test_show_by_alias(self, extensions: FakeCloud, ostk: Run) -> None:
        shown = json.loads(ostk("extension show a-network -f json").output)
        assert shown == {"alias": "a-network", "description": "d", "name": "network", "updated_at": "2026"}


class TestZone:
    HOSTS = {"cmp1": {"nova-compute": {"active": True, "available": False, "updated_at": "2026"}}}

    @pytest.fixture
    def zones(self, cloud: FakeCloud, monkeypatch: pytest.MonkeyPatch) -> FakeCloud:
        monkeypatch.setitem(SERVICES, "shared-file-system", "/share/v2")
        zone = {"zoneName": "z", "zoneState": {"available": True}, "hosts": self.HOSTS}
        cloud.answers[f"GET {NOVA}/os-availability-zone/detail"] = {"availabilityZoneInfo": [zone]}
        plain = {"zoneName": "z", "zoneState": {"available": False}, "hosts": None}
        cloud.answers[f"GET {NOVA}/os-availability-zone"] = {"availabilityZoneInfo": [plain]}
        cloud.answers[f"GET {CINDER}/os-availability-zone"] = {"availabilityZoneInfo": [plain]}
        neutron = [{"name": "n", "state": "unavailable", "resource": "router"}]
        cloud.answers[f"GET {NEUTRON}/availability_zones"] = {"availability_zones": neutron}
        versions = [{"id": "v2.0", "min_version": "2.0", "version": "2.80", "status": "CURRENT", "links": []}]
        cloud.answers["GET /share/v2/"] = {"versions": versions}
        cloud.answers["GET /share/v2/availability-zones"] = {"availability_zones": [{"name": "s"}]}
        return cloud

    def test_list_of_all_services(self, zones: FakeCloud, ostk: Run) -> None:
        assert (
            ostk("availability zone list --long").output
            == """\
+-----------+---------------+---------------+-----------+--------------+------------------+
| Zone Name | Zone Status   | Zone Resource | Host Name | Service Name | Service Status   |
+-----------+---------------+---------------+-----------+--------------+------------------+
| z         | available     |               | cmp1      | nova-compute | enabled XXX 2026 |
| n         | not available | router        |           |              |                  |
| s         | available     |               |           |              |                  |
| z         | not available |               |           |              |                  |
+-----------+---------------+---------------+-----------+--------------+------------------+
"""
        )

    @pytest.mark.parametrize(
        ("option", "line"),
        [
            ("compute", "z available\n"),
            ("network", "n not available\n"),
            ("share", "s available\n"),
            ("volume", "z not available\n"),
        ],
    )
    def test_list_of_one_service(self, zones: FakeCloud, ostk: Run, option: str, line: str) -> None:
        assert ostk(f"availability zone list --{option} -f value").output == line

    def test_zones_are_listed_without_the_right_to_see_hosts(self, zones: FakeCloud, ostk: Run) -> None:
        refused = (403, {"forbidden": {"message": "no", "code": 403}})
        zones.answers[f"GET {NOVA}/os-availability-zone/detail"] = refused
        assert ostk("availability zone list --compute --long -f value -c 'Zone Status'").output == "not available\n"

    def test_missing_service_is_a_warning_only_if_requested(self, cloud: FakeCloud, ostk: Run) -> None:
        plain: dict[str, list[str]] = {"availabilityZoneInfo": []}
        cloud.answers[f"GET {NOVA}/os-availability-zone/detail"] = plain
        cloud.answers[f"GET {CINDER}/os-availability-zone"] = plain
        cloud.answers[f"GET {NEUTRON}/availability_zones"] = {"availability_zones": []}
        cloud.answers["GET /share/v2/availability-zones"] = (404, {"itemNotFound": {"message": "no", "code": 404}})
        assert ostk("availability zone list -f json").output == "[]\n"
        result = ostk("availability zone list --share")
        assert (result.exit_code, "The share service has no availability zones" in result.output) == (0, True)


def test_show_without_a_project_says_that_the_token_has_none(cloud: FakeCloud, ostk: Run) -> None:
    def unscoped(request: httpx.Request) -> httpx.Response:
        answer = cloud.token(request)
        assert answer is not None
        token = {key: value for key, value in answer.json()["token"].items() if key != "project"}
        return httpx.Response(201, json={"token": token}, headers={"X-Subject-Token": "t"})

    cloud.answers["POST /identity/v3/auth/tokens"] = unscoped
    result = ostk("quota show")
    assert (result.exit_code, "The token is not for a project" in result.stderr) == (1, True), result.output
