"""The rarer nouns of the DNS service: transfers, exports, imports, shares, blacklists, keys, quotas, PTR records."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

V2 = "/dns/v2"
test_sends = sends(
    request_table("""
/dns/v2
zone transfer request create z
  POST ~/zones/z.-id/tasks/transfer_requests {}
zone transfer request create z --target-project-id demo --description d
  POST ~/zones/z.-id/tasks/transfer_requests {"target_project_id": "demo-id", "description": "d"}
zone transfer request list --status ACTIVE
  GET ~/zones/tasks/transfer_requests?status=ACTIVE
zone transfer request show r-id
  GET ~/zones/tasks/transfer_requests/r-id
zone transfer request set r-id
zone transfer request set r-id --description "" --target-project-id demo
  PATCH ~/zones/tasks/transfer_requests/r-id {"description": "", "target_project_id": "demo-id"}
zone transfer request set r-id --no-description
  PATCH ~/zones/tasks/transfer_requests/r-id {"description": null}
zone transfer request delete r-id s-id
  DELETE ~/zones/tasks/transfer_requests/r-id
  DELETE ~/zones/tasks/transfer_requests/s-id
zone transfer accept request --transfer-id r-id --key K
  POST ~/zones/tasks/transfer_accepts {"zone_transfer_request_id": "r-id", "key": "K"}
zone transfer accept list --status COMPLETE
  GET ~/zones/tasks/transfer_accepts?status=COMPLETE
zone transfer accept show a-id
  GET ~/zones/tasks/transfer_accepts/a-id
zone export create z
  POST ~/zones/z.-id/tasks/export {}
zone export list --status COMPLETE --zone-id z
  GET ~/zones/tasks/exports?status=COMPLETE&zone_id=z.-id
zone export show e-id
  GET ~/zones/tasks/exports/e-id
zone export showfile e-id
  GET ~/zones/tasks/exports/e-id/export
zone export delete e-id
  DELETE ~/zones/tasks/exports/e-id
zone import list --status ERROR --zone-id z --message m
  GET ~/zones/tasks/imports?status=ERROR&zone_id=z.-id&message=m
zone import show i-id
  GET ~/zones/tasks/imports/i-id
zone import delete i-id
  DELETE ~/zones/tasks/imports/i-id
zone share create z demo
  POST ~/zones/z.-id/shares {"target_project_id": "demo-id"}
zone share list z --target-project-id demo
  GET ~/zones/z.-id/shares?target_project_id=demo-id
zone share show z s-id
  GET ~/zones/z.-id/shares/s-id
zone share delete z s-id
  DELETE ~/zones/z.-id/shares/s-id
zone blacklist create --pattern ^bad --description d
  POST ~/blacklists {"pattern": "^bad", "description": "d"}
zone blacklist list --pattern ^b*
  GET ~/blacklists?pattern=%5Eb%2A
zone blacklist show b-id
  GET ~/blacklists/b-id
zone blacklist set b-id
zone blacklist set b-id --pattern ^b --no-description
  PATCH ~/blacklists/b-id {"pattern": "^b", "description": null}
zone blacklist delete b-id
  DELETE ~/blacklists/b-id
tld create --name org --description d
  POST ~/tlds {"name": "org", "description": "d"}
tld list --name o*
  GET ~/tlds?name=o%2A
tld show org
  GET ~/tlds?name=org
tld set org --name net --description ""
  PATCH ~/tlds/org-id {"name": "net", "description": ""}
tld set org --no-description
  PATCH ~/tlds/org-id {"description": null}
tld delete org net
  DELETE ~/tlds/org-id
  DELETE ~/tlds/net-id
tsigkey create --name k --algorithm hmac-sha256 --secret s --scope POOL --resource-id p
  POST ~/tsigkeys {"name": "k", "algorithm": "hmac-sha256", "secret": "s", "scope": "POOL", "resource_id": "p"}
tsigkey list --name k --algorithm hmac-md5 --scope ZONE
  GET ~/tsigkeys?name=k&algorithm=hmac-md5&scope=ZONE
tsigkey show k
  GET ~/tsigkeys?name=k
tsigkey set k
tsigkey set k --name l --algorithm hmac-md5 --secret t --scope ZONE
  PATCH ~/tsigkeys/k-id {"name": "l", "algorithm": "hmac-md5", "secret": "t", "scope": "ZONE"}
tsigkey delete k
  DELETE ~/tsigkeys/k-id
dns quota list
  GET ~/quotas/p
dns quota list --project-id demo
  GET ~/quotas/demo-id
dns quota set --api-export-size 1 --recordset-records 2 --zone-records 3 --zone-recordsets 4 --zones 0
  PATCH ~/quotas/p {"api_export_size": 1, "recordset_records": 2, "zone_records": 3, "zone_recordsets": 4, "zones": 0}
dns quota set --project-id demo
dns quota reset --project-id demo
  DELETE ~/quotas/demo-id
dns service list --hostname h --service_name central --status UP
  GET ~/service_statuses?hostname=h&service_name=central&status=UP
dns service show s-id
  GET ~/service_statuses/s-id
dns limit list
  GET ~/limits
ptr record list
  GET ~/reverse/floatingips
ptr record show RegionOne:f-id
  GET ~/reverse/floatingips/RegionOne%3Af-id
ptr record set f www.z
  PATCH ~/reverse/floatingips/RegionOne%3Af-id {"ptrdname": "www.z."}
ptr record set RegionOne:f-id www.z. --ttl 0 --description ""
  PATCH ~/reverse/floatingips/RegionOne%3Af-id {"ptrdname": "www.z.", "ttl": 0, "description": ""}
ptr record set f www.z. --no-ttl --no-description
  PATCH ~/reverse/floatingips/RegionOne%3Af-id {"ptrdname": "www.z.", "ttl": null, "description": null}
ptr record unset f
  PATCH ~/reverse/floatingips/RegionOne%3Af-id {"ptrdname": null}
""")
)
test_rejects = rejects(
    rejection_table("""
1 zone import create no-such-file => The zone file no-such-file cannot be read
2 zone transfer accept request --key K => Missing option '--transfer-id'
2 tsigkey create --name k => Missing option
2 ptr record set f www.z --ttl 5 --no-ttl => exclude each other
""")
)


def test_import_sends_the_file(cloud: FakeCloud, ostk: Run, tmp_path: Path) -> None:
    """As text, or in JSON beside the attributes of the zone."""
    file = tmp_path / "z"
    file.write_text("$ORIGIN z.\n")
    assert ostk(f"zone import create {file}").exit_code == 0
    assert cloud.sent == [(f"POST {V2}/zones/tasks/imports", b"$ORIGIN z.\n")]
    assert cloud.headers[-1]["Content-Type"] == "text/dns"
    assert ostk(f"zone import create {file} --attributes a:b").exit_code == 0
    assert cloud.sent[-1][1] == {"zonefile": "$ORIGIN z.\n", "attributes": {"a": "b"}}


def test_import_that_fails_says_why(cloud: FakeCloud, ostk: Run, tmp_path: Path) -> None:
    """The message is that of Designate."""
    (tmp_path / "z").write_text("$ORIGIN z.\n")
    cloud.answers[f"POST {V2}/zones/tasks/imports"] = {"id": "i-id", "status": "PENDING"}
    cloud.answers[f"GET {V2}/zones/tasks/imports/i-id"] = {
        "id": "i-id",
        "status": "ERROR",
        "message": "Duplicate zone.",
    }
    result = ostk(f"zone import create {tmp_path / 'z'} --wait")
    assert (result.exit_code, "The zone import i-id failed: Duplicate zone." in result.stderr) == (1, True)


def test_export_is_printed_or_written_to_a_file(cloud: FakeCloud, ostk: Run, tmp_path: Path) -> None:
    """The answer is text."""
    cloud.answers[f"GET {V2}/zones/tasks/exports/e-id/export"] = httpx.Response(200, text="$ORIGIN z.\n")
    assert json.loads(ostk("zone export showfile e-id -f json").stdout) == {"data": "$ORIGIN z.\n"}
    assert cloud.headers[-1]["Accept"] == "text/dns"
    assert ostk(f"zone export showfile e-id --file {tmp_path / 'z'}").stdout == ""
    assert (tmp_path / "z").read_text() == "$ORIGIN z.\n"


@pytest.mark.parametrize(("line", "value"), [("", None), (" --project-id p", None), (" --project-id demo", "True")])
def test_quota_of_another_project_needs_a_header(cloud: FakeCloud, ostk: Run, line: str, value: str | None) -> None:
    """Users may see the quotas of their own project without."""
    cloud.answers["GET /identity/v3/projects/p"] = {"project": {"id": "p", "name": "demo"}}
    assert ostk(f"dns quota list{line}").exit_code == 0
    assert cloud.headers[-1].get("X-Auth-All-Projects") == value


def test_quota_without_options_is_not_changed(cloud: FakeCloud, ostk: Run) -> None:
    """It is printed as it is."""
    cloud.answers[f"GET {V2}/quotas/p"] = {"zones": 5}
    assert ostk("dns quota set -f value -c zones").stdout == "5\n"
    assert [line for line, _ in cloud.sent if not line.startswith("GET ")] == []


def test_blacklist_is_named_by_its_pattern(cloud: FakeCloud, ostk: Run) -> None:
    """Designate's filter takes a backslash for an escape: all are listed."""
    cloud.answers[f"GET {V2}/blacklists"] = {
        "blacklists": [{"id": "b", "pattern": r"^a\."}, {"id": "c", "pattern": "^a."}]
    }
    assert ostk(r"zone blacklist delete '^a\.'").exit_code == 0
    assert cloud.sent[-1] == (f"DELETE {V2}/blacklists/b", None)


def test_links_of_transfers_are_shown_as_the_plugin_does(cloud: FakeCloud, ostk: Run) -> None:
    """All other commands leave them out."""
    cloud.answers[f"GET {V2}/zones/tasks/transfer_requests/r-id"] = {"id": "r-id", "links": {"self": "u"}}
    assert json.loads(ostk("zone transfer request show r-id -f json").stdout) == {"id": "r-id", "links": {"self": "u"}}


def test_services_without_statistics(cloud: FakeCloud, ostk: Run) -> None:
    """An empty object is a dash; otherwise its keys are lines."""
    cloud.answers[f"GET {V2}/service_statuses/s-id"] = {"id": "s-id", "stats": {}, "capabilities": {"a": 1, "b": 2}}
    assert ostk("dns service show s-id -f value").stdout == "a\nb\ns-id\n-\n"
