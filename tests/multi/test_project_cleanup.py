"""Project cleanup: resources that are found, shown, deleted and kept, and the order of deletion."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from ..conftest import Run
from ..fake_cloud import SERVICES, FakeCloud
from ..request_tables import assert_rejected, rejection_table, request_table, sends

NOVA, CINDER, NEUTRON, GLANCE, SWIFT = "/compute/v2.1", "/volume/v3", "/network/v2.0", "/image/v2", "/object/v1/AUTH_p"
Json = dict[str, Any]
MINE = "?project_id=p"
CASES = request_table("""
/network/v2.0
project cleanup --auth-project --auto-approve --skip-resource network.network --skip-resource compute.server
  GET ~/networks?project_id=p
  GET ~/routers?project_id=p
  GET ~/subnets?project_id=p
  GET ~/ports?project_id=p
  GET ~/floatingips?project_id=p
  GET ~/security-groups?project_id=p
  GET ~/vpn/ipsec-site-connections?project_id=p
  GET ~/vpn/vpnservices?project_id=p
  GET ~/vpn/endpoint-groups?project_id=p
  GET ~/vpn/ikepolicies?project_id=p
  GET ~/vpn/ipsecpolicies?project_id=p
  GET /image/v2/images?owner=p
  GET /volume/v3/backups/detail
  GET /volume/v3/snapshots/detail
  GET /volume/v3/volumes/detail
  GET /object/v1/AUTH_p?format=json
""")
REJECTIONS = rejection_table("""
2 project cleanup => One of --auth-project, --project is required.
2 project cleanup --auth-project --project demo => exclude each other
2 project cleanup --auth-project --dry-run --auto-approve => exclude each other
1 project cleanup --auth-project --auto-approve --created-before soon => 'soon' is not a time.
1 project cleanup --auth-project --auto-approve --updated-before '' => '' is not a time.
2 project cleanup --auth-project --auto-approve --skip-resource server => 'server' is not one of
1 project cleanup --project no-project --auto-approve => No Project found for no-project
1 project cleanup --project demo --auto-approve => The token is not for the project demo-id; nothing was deleted.
""")
LATER = ("orchestration", "load-balancer", "dns", "key-manager", "database")  # services that few of the tests have
TABLE = """\
+---------------+------+----------+
| Type          | ID   | Name     |
+---------------+------+----------+
| Object        | a/b  | a/b      |
| Object        | c    | c        |
| Container     | box  | box      |
| Server        | s-1  | web      |
| ServerGroup   | g-1  | pair     |
| Image         | i-1  | picture  |
| Backup        | b-1  | whole    |
| Backup        | b-2  | changes  |
| Snapshot      | sn-1 | still    |
| Volume        | v-1  | disk     |
| FloatingIP    | f-1  | 10.1.1.1 |
| SecurityGroup | sg-1 | web      |
| Port          | p-1  |          |
| Router        | r-1  | way      |
| Port          | p-2  | spare    |
| Subnet        | n4-1 | four     |
| Network       | n-1  | inner    |
| Router        | r-2  | lonely   |
+---------------+------+----------+
"""


@pytest.fixture(autouse=True)
def few_services(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave services out of the catalog."""
    for service in LATER:
        monkeypatch.delitem(SERVICES, service)


@pytest.fixture(autouse=True)
def empty(cloud: FakeCloud) -> None:
    """Answer with no containers and no server groups, where a test sets no others."""
    cloud.answers[f"GET {NOVA}/os-server-groups"] = {"server_groups": []}
    for project in ("p", "other-id"):
        cloud.answers[f"GET /object/v1/AUTH_{project}"] = (204, b"")


@pytest.fixture
def owned(cloud: FakeCloud) -> FakeCloud:
    """A project with resources of each type, and resources of another project."""

    def lists(path: str, key: str, *items: Json) -> None:
        cloud.answers[f"GET {path}"] = {key: [{"project_id": "p", **NEW, **item} for item in items]}

    network = {"network_id": "n-1"}
    cloud.answers[f"GET {SWIFT}?format=json"] = [{"name": "box"}]
    cloud.answers[f"GET {SWIFT}?format=json&marker=box"] = (204, b"")
    for marker, found in {"": ["a/b"], "&marker=a%2Fb": ["c"], "&marker=c": []}.items():
        named = [{"name": name, "last_modified": "2026-01-02T00:00:00"} for name in found]
        cloud.answers[f"GET {SWIFT}/box?format=json{marker}"] = named
    web = {"id": "s-1", "name": "web", "tenant_id": "p", "created": "2026-01-02T00:00:00Z"}
    other = {"id": "s-2", "name": "other", "tenant_id": "q"}
    lists(f"{NOVA}/servers/detail", "servers", {**web, "project_id": None}, {**other, "project_id": None})
    groups: list[Json] = [
        {"id": "g-1", "name": "pair", "members": ["s-1"]},
        {"id": "g-2", "name": "kept", "members": ["s-9"]},
    ]
    lists(f"{NOVA}/os-server-groups", "server_groups", *groups)
    lists(f"{GLANCE}/images", "images", {"id": "i-1", "name": "picture", "owner": "p"}, {"id": "i-2", "owner": "q"})
    lists(f"{CINDER}/backups/detail", "backups", {"id": "b-1", "name": "whole"}, {"id": "b-2", "name": "changes"})
    lists(f"{CINDER}/snapshots/detail", "snapshots", {"id": "sn-1", "name": "still"})
    lists(f"{CINDER}/volumes/detail", "volumes", {"id": "v-1", "name": "disk", "os-vol-tenant-attr:tenant_id": "p"})
    lists(f"{NEUTRON}/floatingips", "floatingips", {"id": "f-1", "floating_ip_address": "10.1.1.1", "port_id": "p-0"})
    lists(
        f"{NEUTRON}/security-groups",
        "security_groups",
        {"id": "sg-0", "name": "default"},
        {"id": "sg-1", "name": "web"},
    )
    lists(
        f"{NEUTRON}/ports",
        "ports",
        {"id": "p-0", **network, "device_id": "s-1", "device_owner": "compute:nova"},
        {"id": "p-1", "name": "", **network, "device_id": "r-1", "device_owner": "network:router_interface"},
        {"id": "p-2", "name": "spare", **network, "device_id": "", "device_owner": ""},
        {"id": "p-3", **network, "device_id": "dhcp-1", "device_owner": "network:dhcp"},
    )
    routes = [{"destination": "10.9.0.0/24", "nexthop": "10.0.0.9"}]
    routers: list[Json] = [
        {"id": "r-1", "name": "way", "routes": routes},
        {"id": "r-2", "name": "lonely", "routes": []},
    ]
    lists(f"{NEUTRON}/routers", "routers", *routers, {"id": "r-3", "project_id": "q"})
    lists(f"{NEUTRON}/subnets", "subnets", {"id": "n4-1", "name": "four", **network})
    lists(f"{NEUTRON}/networks", "networks", {"id": "n-1", "name": "inner"})
    return cloud


NEW = {"created_at": "2026-01-02T00:00:00", "updated_at": "2026-01-02T00:00:00Z"}


def changes(cloud: FakeCloud) -> list[str]:
    """Return the request lines other than GET."""
    return [line for line, _ in cloud.sent if not line.startswith("GET ")]


def types(output: str) -> list[str]:
    """Return the column Type of a table."""
    return [line.split()[1] for line in output.splitlines() if line.startswith("| ")][1:]


test_sends_requests = sends(CASES)


@pytest.mark.parametrize(("line", "status", "words"), REJECTIONS)
def test_rejects_invalid_input(owned: FakeCloud, ostk: Run, line: str, status: int, words: str) -> None:
    assert_rejected(owned, ostk, line, status, words)


class TestDryRun:
    def test_table_lists_all_resources_of_the_project(self, owned: FakeCloud, ostk: Run) -> None:
        result = ostk("project cleanup --auth-project --dry-run")
        assert (result.exit_code, result.output) == (0, TABLE)
        assert changes(owned) == []

    def test_empty_project_prints_an_empty_table(self, cloud: FakeCloud, ostk: Run) -> None:
        assert ostk("project cleanup --auth-project").output == "\n"

    def test_without_a_terminal_nothing_is_deleted(self, owned: FakeCloud, ostk: Run) -> None:
        result = ostk("project cleanup --auth-project")
        assert (result.exit_code, result.stdout) == (1, TABLE)
        assert "Nothing was deleted: standard input is not a terminal" in result.stderr
        assert changes(owned) == []

    @pytest.mark.parametrize(("answer", "deleted"), [("n", 0), ("", 0), ("y", 19)])
    def test_confirmation_prompt(
        self, owned: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch, answer: str, deleted: int
    ) -> None:
        monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda stream: stream.name == "<stdin>")
        result = ostk("project cleanup --auth-project", input=f"{answer}\n")
        assert (result.exit_code, result.stderr.strip()) == (
            0,
            f"Delete all of these resources? [y/N]: {answer}".strip(),
        )
        assert len(changes(owned)) == deleted

    @pytest.mark.parametrize(
        ("words", "absent"),
        [
            ("compute.server", {"Server", "ServerGroup", "Network", "Subnet"}),
            ("image.image", {"Image"}),
            ("block_storage.volume --skip-resource block_storage.backup", {"Volume", "Backup"}),
            ("object_store.container", {"Object", "Container"}),
            ("object_store.object", {"Object", "Container"}),
            ("network.floating_ip", {"FloatingIP"}),
            ("network.subnet", {"Network", "Subnet", "Port"}),
            ("network.router", {"Network", "Subnet", "Port", "Router"}),
        ],
    )
    def test_skip_resource(self, owned: FakeCloud, ostk: Run, words: str, absent: set[str]) -> None:
        found = {*types(ostk(f"project cleanup --auth-project --dry-run --skip-resource {words}").output)}
        every = {*types(TABLE)}
        # The network is kept as long as the port of the server exists.
        assert every - found - {"Port"} == absent - {"Port"}

    @pytest.mark.parametrize(
        ("limit", "found"),
        [
            ("--created-before 2026-01-01", set[str]()),
            ("--updated-before 2026-01-01T23:59:59", set[str]()),
            ("--created-before 2026-01-02T00:30:00+01:00", set[str]()),
            ("--created-before 2027-01-01 --updated-before 2026-01-01", set[str]()),
            ("--created-before 2026-01-02T00:00:00Z", {*types(TABLE)} - {"Object", "Container"}),
            ("--updated-before 2026-01-03", {*types(TABLE)} - {"Container"}),
        ],
    )
    def test_time_options(self, owned: FakeCloud, ostk: Run, limit: str, found: set[str]) -> None:
        assert {*types(ostk(f"project cleanup --auth-project --dry-run {limit}").output)} == found


class TestKept:
    def test_floating_ip_of_a_kept_server(self, owned: FakeCloud, ostk: Run) -> None:
        line = "project cleanup --auth-project --dry-run --skip-resource compute.server"
        assert "FloatingIP" in types(ostk(line).output)
        assert "FloatingIP" not in types(ostk(f"{line} --created-before 2027-01-01").output)

    @pytest.mark.parametrize("owner", ["compute:nova", "network:router_interface"])
    def test_network_with_other_ports_is_kept(self, owned: FakeCloud, ostk: Run, owner: str) -> None:
        port = {"id": "p-9", "network_id": "n-1", "device_id": "elsewhere", "device_owner": owner, "project_id": "p"}
        owned.answers[f"GET {NEUTRON}/ports"]["ports"].append(port)
        assert not {"Network", "Subnet", "Port"} & {*types(ostk("project cleanup --auth-project --dry-run").output)}

    def test_service_with_a_failed_list_is_kept(self, owned: FakeCloud, ostk: Run) -> None:
        owned.answers[f"GET {NEUTRON}/ports"] = (500, {"NeutronError": {"message": "Broken."}})
        result = ostk("project cleanup --auth-project --dry-run")
        assert not {"Network", "Router", "FloatingIP"} & {*types(result.output)}
        assert (
            "Could not list the ports of the project, so no resource of the network service will be deleted: Broken."
            in result.output
        )
        assert "Server" in types(result.output)

    def test_service_absent_from_the_catalog_is_skipped(
        self, owned: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        others = {resource: path for resource, path in SERVICES.items() if resource != "block-storage"}
        monkeypatch.setattr(f"{FakeCloud.__module__}.SERVICES", others)
        result = ostk("project cleanup --auth-project --dry-run")
        assert (result.exit_code, result.stderr, "Volume" in types(result.output)) == (0, "", False)


class TestDeleted:
    def test_order_of_deletion(self, owned: FakeCloud, ostk: Run) -> None:
        result = ostk("project cleanup --auth-project --auto-approve")
        assert (result.exit_code, result.output) == (0, TABLE)
        sent = changes(owned)
        assert sorted(sent[:2]) == [f"DELETE {SWIFT}/box/a%2Fb", f"DELETE {SWIFT}/box/c"]
        assert sorted(sent[6:8]) == [f"DELETE {CINDER}/backups/b-1", f"DELETE {CINDER}/backups/b-2"]
        assert [*sent[2:6], *sent[8:]] == [
            f"DELETE {SWIFT}/box",
            f"DELETE {NOVA}/servers/s-1",
            f"DELETE {NOVA}/os-server-groups/g-1",
            f"DELETE {GLANCE}/images/i-1",
            f"DELETE {CINDER}/snapshots/sn-1",
            f"DELETE {CINDER}/volumes/v-1",
            f"DELETE {NEUTRON}/floatingips/f-1",
            f"DELETE {NEUTRON}/security-groups/sg-1",
            f"PUT {NEUTRON}/routers/r-1",
            f"PUT {NEUTRON}/routers/r-1/remove_router_interface",
            f"DELETE {NEUTRON}/routers/r-1",
            f"DELETE {NEUTRON}/routers/r-2",
            f"DELETE {NEUTRON}/ports/p-2",
            f"DELETE {NEUTRON}/subnets/n4-1",
            f"DELETE {NEUTRON}/networks/n-1",
        ]
        assert (f"PUT {NEUTRON}/routers/r-1", {"router": {"routes": []}}) in owned.sent
        assert (f"PUT {NEUTRON}/routers/r-1/remove_router_interface", {"port_id": "p-1"}) in owned.sent

    def test_router_with_several_interfaces_is_deleted_once(self, owned: FakeCloud, ostk: Run) -> None:
        port = {"id": "p-9", "network_id": "n-1", "device_id": "r-1", "device_owner": "network:router_interface"}
        owned.answers[f"GET {NEUTRON}/ports"]["ports"].append({**port, "project_id": "p"})
        ostk("project cleanup --auth-project --auto-approve")
        bodies = [body for line, body in owned.sent if line.endswith("/remove_router_interface")]
        assert sorted(body["port_id"] for body in bodies) == ["p-1", "p-9"]
        assert changes(owned).count(f"DELETE {NEUTRON}/routers/r-1") == 1

    def test_failed_deletions_are_retried(self, owned: FakeCloud, ostk: Run) -> None:
        refused = (400, {"badRequest": {"message": "There are dependent backups."}})
        owned.answers[f"DELETE {CINDER}/backups/b-1"] = iter([refused, (202, b"")])
        result = ostk("project cleanup --auth-project --auto-approve")
        assert (result.exit_code, result.output) == (0, TABLE)
        assert changes(owned).count(f"DELETE {CINDER}/backups/b-1") == 2

    def test_failure_is_reported_and_cleanup_continues(self, owned: FakeCloud, ostk: Run) -> None:
        owned.answers[f"DELETE {GLANCE}/images/i-1"] = (403, {"message": "It is protected.", "code": 403})
        owned.answers[f"DELETE {CINDER}/snapshots/sn-1"] = (202, b"")
        stuck = {"snapshot": {"id": "sn-1", "status": "error_deleting"}}
        owned.answers[f"GET {CINDER}/snapshots/sn-1"] = stuck
        result = ostk("project cleanup --auth-project --auto-approve")
        assert result.exit_code == 0  # the reference client's too
        assert "Could not delete Image picture: " in result.stderr
        assert (
            "Could not delete Snapshot still: The resource still exists, in status ERROR_DELETING.\n" in result.stderr
        )
        assert changes(owned)[-1] == f"DELETE {NEUTRON}/networks/n-1"

    def test_resource_that_is_already_deleted_is_no_error(self, owned: FakeCloud, ostk: Run) -> None:
        owned.answers[f"DELETE {CINDER}/volumes/v-1"] = (404, {"itemNotFound": {"message": "none"}})
        assert ostk("project cleanup --auth-project --auto-approve").stderr == ""


class TestAnotherProject:
    @pytest.fixture
    def scoped(self, owned: FakeCloud, monkeypatch: pytest.MonkeyPatch) -> FakeCloud:
        """A cloud whose tokens are scoped to the requested project."""

        def token(request: httpx.Request) -> httpx.Response | None:
            found = FakeCloud.token(owned, request)
            wanted = json.loads(request.content or b"{}").get("auth", {}).get("scope", {}).get("project", {}).get("id")
            if found is None or wanted is None:
                return found
            text = found.text.replace("AUTH_p", f"AUTH_{wanted}").replace('"id":"p"', f'"id":"{wanted}"')
            return httpx.Response(201, text=text, headers={"X-Subject-Token": owned.fresh()})

        monkeypatch.setattr(owned, "token", token)
        return owned

    def test_token_is_scoped_to_the_project(self, scoped: FakeCloud, ostk: Run) -> None:
        scoped.answers[f"GET {NEUTRON}/routers?project_id=other-id"] = {
            "routers": [{"id": "r-7", "name": "seven", "project_id": "other-id", "routes": []}]
        }
        result = ostk("project cleanup --project other --project-domain here --auto-approve")
        assert (result.exit_code, types(result.output)) == (0, ["Router"]), result.output
        assert changes(scoped) == [f"DELETE {NEUTRON}/routers/r-7"]

    def test_endpoint_override_of_another_project_is_an_error(
        self, scoped: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("OS_OBJECT_STORE_ENDPOINT_OVERRIDE", f"http://cloud{SWIFT}")
        result = ostk("project cleanup --project other --auto-approve")
        assert result.exit_code == 1
        assert (
            "The endpoint override of the object-store service is for project p; nothing was deleted." in result.output
        )
        assert changes(scoped) == []


class TestOtherServices:
    def test_stacks_load_balancers_zones_and_secrets(
        self, cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for resource, path in {
            "orchestration": "/heat/v1/p",
            "load-balancer": "/balance",
            "dns": "/dns",
            "key-manager": "/key",
        }.items():
            monkeypatch.setitem(SERVICES, resource, path)
        secret = f"http://cloud/key/v1/secrets/{'5' * 8}"
        cloud.answers |= {
            "GET /heat/v1/p/stacks": {"stacks": [{"id": "st-1", "stack_name": "all"}]},
            "GET /heat/v1/p/stacks/all/st-1": {"stack": {"id": "st-1", "stack_status": "DELETE_COMPLETE"}},
            "GET /balance/v2.0/lbaas/loadbalancers": {"loadbalancers": [{"id": "lb-1", "name": "even"}]},
            "GET /balance/v2.0/lbaas/loadbalancers/lb-1": (404, {}),
            "GET /dns/v2/zones": {"zones": [{"id": "z-1", "name": "example.com."}]},
            "GET /key/v1/secrets": {"secrets": [{"secret_ref": secret, "name": None}]},
            "GET /key/v1/containers": {"containers": []},
            f"GET {NEUTRON}/vpn/vpnservices": {"vpnservices": [{"id": "vpn-1", "name": "far"}]},
        }
        result = ostk("project cleanup --auth-project --auto-approve")
        assert types(result.output) == ["Stack", "LoadBalancer", "Zone", "Secret", "VpnService"]
        assert result.stderr == ""
        assert changes(cloud) == [
            "DELETE /heat/v1/p/stacks/all/st-1",
            "DELETE /balance/v2.0/lbaas/loadbalancers/lb-1?cascade=true",
            "DELETE /dns/v2/zones/z-1",
            "DELETE /key/v1/secrets/55555555",
            f"DELETE {NEUTRON}/vpn/vpnservices/vpn-1",
        ]
