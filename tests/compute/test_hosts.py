"""Hypervisors, aggregates, compute services, guest agents and hosts: requests and output."""

from __future__ import annotations

import json

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import Request, assert_sends, rejection_table, rejects, request_table

CASES = request_table("""
/compute/v2.1
hypervisor list --limit 2 --marker m
  GET ~/os-hypervisors/detail?limit=2&marker=m
hypervisor list --matching cmp --max-items 1
  GET ~/os-hypervisors/detail?hypervisor_hostname_pattern=cmp
hypervisor list --long
  GET ~/os-hypervisors/detail
aggregate list --long
  GET ~/os-aggregates
aggregate create a --zone z
  POST ~/os-aggregates {"aggregate": {"name": "a", "availability_zone": "z"}}
aggregate set one --name b --zone z --property x=y
  PUT ~/os-aggregates/one-id {"aggregate": {"name": "b", "availability_zone": "z"}}
  POST ~/os-aggregates/one-id/action {"set_metadata": {"metadata": {"x": "y"}}}
aggregate add host one cmp1
  POST ~/os-aggregates/one-id/action {"add_host": {"host": "cmp1"}}
aggregate remove host one cmp1
  POST ~/os-aggregates/one-id/action {"remove_host": {"host": "cmp1"}}
aggregate unset one --property x --property y
  POST ~/os-aggregates/one-id/action {"set_metadata": {"metadata": {"x": null, "y": null}}}
aggregate cache image one cirros fedora
  POST ~/os-aggregates/one-id/images {"cache": [{"id": "cirros-id"}, {"id": "fedora-id"}]}
aggregate delete one two
  DELETE ~/os-aggregates/one-id
  DELETE ~/os-aggregates/two-id
compute service list --host h --service nova-compute --long
  GET ~/os-services?host=h&binary=nova-compute
compute service delete 1 2
  DELETE ~/os-services/1
  DELETE ~/os-services/2
compute agent list --hypervisor kvm
  GET ~/os-agents?hypervisor=kvm
compute agent create linux x86 1 http://a m kvm
  POST ~/os-agents {"agent": {"os": "linux", "architecture": "x86", "version": "1", "url": "http://a", "md5hash": "m", "hypervisor": "kvm"}}
compute agent delete 1 2
  DELETE ~/os-agents/1
  DELETE ~/os-agents/2
host list --zone z
  GET ~/os-hosts
host set h --enable --disable-maintenance
  PUT ~/os-hosts/h {"status": "enable", "maintenance_mode": "disable"}
host set h --disable --enable-maintenance
  PUT ~/os-hosts/h {"status": "disable", "maintenance_mode": "enable"}
""")  # noqa: E501
REJECTIONS = rejection_table("""
1 hypervisor list --matching a --limit 1 => --matching goes with neither --marker nor --limit.
1 compute service set h s --disable-reason why => --disable-reason needs --disable.
2 compute service set h s --enable --disable => exclude each other
2 compute service set h s --up --down => exclude each other
2 host set h --enable --disable => exclude each other
2 host set h --enable-maintenance --disable-maintenance => exclude each other
2 compute agent set x => 'x'
""")
CMP1 = {
    "id": "cmp1-id",
    "hypervisor_hostname": "cmp1",
    "state": "up",
    "status": "enabled",
    "service": {"id": "s", "host": "cmp1", "disabled_reason": None},
    "uptime": " 17:37:14 up  2:33,  3 users,  load average: 0.33, 0.36, 0.34",
    "cpu_info": {"arch": "x86_64"},
}


@pytest.mark.parametrize(("line", "requests"), CASES)
def test_sends_requests(cloud: FakeCloud, ostk: Run, line: str, requests: list[Request]) -> None:
    cloud.answers["POST /compute/v2.1/os-aggregates/one-id/action"] = {"aggregate": {}}
    assert_sends(cloud, ostk, line, requests)


test_rejects_invalid_input = rejects(REJECTIONS)


class TestHypervisor:
    def test_show_splits_the_uptime_and_lists_aggregates(self, cloud: FakeCloud, ostk: Run) -> None:
        cloud.answers["GET /compute/v2.1/os-hypervisors/cmp1-id"] = {"hypervisor": CMP1}
        groups = [{"name": n, "hosts": h} for n, h in (("fast", ["cmp1"]), ("slow", ["cmp2"]))]
        cloud.answers["GET /compute/v2.1/os-aggregates"] = {"aggregates": groups}
        shown = json.loads(ostk("hypervisor show cmp1 -f json").output)
        assert (shown["host_time"], shown["uptime"], shown["users"]) == ("17:37:14", "2:33", "3")
        assert shown["load_average"] == "0.33, 0.36, 0.34"
        assert shown["aggregates"] == ["fast"]
        assert (shown["service_id"], shown["service_host"]) == ("s", "cmp1")
        assert "vcpus" not in shown

    def test_show_before_2_28_fetches_the_uptime(
        self, cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("OS_COMPUTE_API_VERSION", "2.27")
        old = {**CMP1, "vcpus": 4, "cpu_info": '{"arch": "arm"}'}
        cloud.answers["GET /compute/v2.1/os-hypervisors/cmp1-id"] = {"hypervisor": {**old, "uptime": None}}
        cloud.answers["GET /compute/v2.1/os-aggregates"] = {"aggregates": []}
        told = {"hypervisor": {"id": "cmp1-id", "uptime": CMP1["uptime"]}}
        cloud.answers["GET /compute/v2.1/os-hypervisors/cmp1-id/uptime"] = told
        shown = json.loads(ostk("hypervisor show cmp1 -f json").output)
        assert (shown["vcpus"], shown["cpu_info"], shown["users"]) == (4, {"arch": "arm"}, "3")
        listed = ostk("hypervisor list --long -f csv").output
        assert listed.strip().endswith('"vCPUs Used","vCPUs","Memory MB Used","Memory MB"')

    def test_missing_hypervisor_is_an_error(self, cloud: FakeCloud, ostk: Run) -> None:
        missing = (404, {"itemNotFound": {"message": "No hypervisor matching", "code": 404}})
        cloud.answers["GET /compute/v2.1/os-hypervisors"] = missing
        cloud.answers["GET /compute/v2.1/os-aggregates"] = {"aggregates": []}
        result = ostk("hypervisor show cmp9")
        assert result.exit_code == 1
        assert result.output.splitlines()[0] == "No Hypervisor found for cmp9 (project demo)."

    def test_stats_show_uses_microversion_2_1(self, cloud: FakeCloud, ostk: Run) -> None:
        sums = {"hypervisor_statistics": {"vcpus": 8, "count": 2}}
        cloud.answers["GET /compute/v2.1/os-hypervisors/statistics"] = sums
        assert ostk("hypervisor stats show -f value").output == "2\n8\n"
        assert cloud.headers[-1]["OpenStack-API-Version"] == "compute 2.1"


class TestAggregate:
    ONE = {
        "id": 1,
        "uuid": "u",
        "name": "one",
        "availability_zone": "z",
        "hosts": ["h2", "h1"],
        "metadata": {"a": "b", "availability_zone": "z"},
    }

    def test_long_list_shows_no_zone_in_properties(self, cloud: FakeCloud, ostk: Run) -> None:
        other = {**self.ONE, "id": 2, "hosts": [], "availability_zone": None}
        cloud.answers["GET /compute/v2.1/os-aggregates"] = {"aggregates": [self.ONE, other]}
        assert (
            ostk("aggregate list --long --host h1 --availability-zone z").output
            == """\
+----+------+------+-------------------+------------+--------+
| ID | UUID | Name | Availability Zone | Properties | Hosts  |
+----+------+------+-------------------+------------+--------+
|  1 | u    | one  | z                 | a='b'      | h1, h2 |
+----+------+------+-------------------+------------+--------+
"""
        )
        assert ostk("aggregate list --host h3 -f value").output == ""

    def test_show_fields(self, cloud: FakeCloud, ostk: Run) -> None:
        cloud.answers["GET /compute/v2.1/os-aggregates/one-id"] = {"aggregate": self.ONE}
        shown = json.loads(ostk("aggregate show one -f json").output)
        assert (shown["properties"], shown["is_deleted"]) == ({"a": "b"}, None)

    def test_no_property_keeps_the_availability_zone(self, cloud: FakeCloud, ostk: Run) -> None:
        cloud.answers["GET /compute/v2.1/os-aggregates/one-id"] = {"aggregate": self.ONE}
        cloud.answers["POST /compute/v2.1/os-aggregates/one-id/action"] = {"aggregate": self.ONE}
        assert ostk("aggregate set one --no-property --property c=d").exit_code == 0
        body = {"set_metadata": {"metadata": {"a": None, "c": "d"}}}
        assert cloud.sent[-1] == ("POST /compute/v2.1/os-aggregates/one-id/action", body)

    def test_create_sets_properties_after_the_aggregate(self, cloud: FakeCloud, ostk: Run) -> None:
        cloud.answers["POST /compute/v2.1/os-aggregates/new-id/action"] = {"aggregate": self.ONE}
        assert ostk("aggregate create one --property a=b -f value -c properties").exit_code == 0
        assert [body for _, body in cloud.sent] == [
            {"aggregate": {"name": "one"}},
            {"set_metadata": {"metadata": {"a": "b"}}},
        ]

    @pytest.mark.parametrize("verb", ["add", "remove"])
    def test_add_and_remove_host(self, cloud: FakeCloud, ostk: Run, verb: str) -> None:
        cloud.answers["POST /compute/v2.1/os-aggregates/one-id/action"] = {"aggregate": self.ONE}
        assert ostk(f"aggregate {verb} host one h1 -f value -c hosts").output == "['h2', 'h1']\n"
        [(_, body)] = cloud.sent
        assert body == {f"{verb}_host": {"host": "h1"}}


class TestComputeService:
    FOUND = {"services": [{"id": "s-id", "binary": "nova-compute", "host": "h"}]}
    WHERE = "GET /compute/v2.1/os-services?host=h&binary=nova-compute"

    @pytest.mark.parametrize(
        ("options", "body"),
        [
            ("--enable", {"status": "enabled"}),
            ("--disable --disable-reason why", {"status": "disabled", "disabled_reason": "why"}),
            ("--up", {"forced_down": False}),
            ("--disable --down", {"status": "disabled", "forced_down": True}),
        ],
    )
    def test_set_updates_the_service_by_id(
        self, cloud: FakeCloud, ostk: Run, options: str, body: dict[str, str]
    ) -> None:
        cloud.answers[self.WHERE] = self.FOUND
        assert ostk(f"compute service set h nova-compute {options}").exit_code == 0
        assert cloud.sent[1:] == [("PUT /compute/v2.1/os-services/s-id", body)]

    def test_missing_service_is_an_error(self, cloud: FakeCloud, ostk: Run) -> None:
        result = ostk("compute service set h nova-compute --enable")
        assert (result.exit_code, "no service nova-compute on the host h" in result.output) == (1, True)

    @pytest.mark.parametrize(
        ("options", "sent"),
        [
            ("--enable", [("enable", {})]),
            ("--disable", [("disable", {})]),
            ("--disable --disable-reason r", [("disable-log-reason", {"disabled_reason": "r"})]),
            ("--enable --down", [("enable", {}), ("force-down", {"forced_down": True})]),
        ],
    )
    def test_set_before_2_53_sends_one_request_per_change(
        self,
        cloud: FakeCloud,
        ostk: Run,
        monkeypatch: pytest.MonkeyPatch,
        options: str,
        sent: list[tuple[str, dict[str, str]]],
    ) -> None:
        monkeypatch.setenv("OS_COMPUTE_API_VERSION", "2.50")
        assert ostk(f"compute service set h nova-compute {options}").exit_code == 0
        who = {"host": "h", "binary": "nova-compute"}
        assert cloud.sent == [(f"PUT /compute/v2.1/os-services/{action}", {**who, **more}) for action, more in sent]


class TestComputeAgent:
    def test_set_sends_all_fields(self, cloud: FakeCloud, ostk: Run) -> None:
        old = {"agent_id": 7, "version": "1", "url": "u", "md5hash": "m", "os": "linux"}
        cloud.answers["GET /compute/v2.1/os-agents"] = {"agents": [old]}
        assert ostk("compute agent set 7 --agent-version 2 --url v --md5hash n").exit_code == 0
        para = {"para": {"version": "2", "url": "v", "md5hash": "n"}}
        assert cloud.sent[-1] == ("PUT /compute/v2.1/os-agents/7", para)
        assert ostk("compute agent set 8").output == "No compute agent has the ID 8.\n"


def test_host_show_lists_resources(cloud: FakeCloud, ostk: Run) -> None:
    row = {"host": "h", "project": "(total)", "cpu": 4, "memory_mb": 512, "disk_gb": 1}
    cloud.answers["GET /compute/v2.1/os-hosts/h"] = {"host": [{"resource": row}]}
    assert ostk("host show h -f value").output == "h (total) 4 512 1\n"
