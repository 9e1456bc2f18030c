"""Zones and record sets: requests, names, rows of several resources, headers, pages and waiting."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

V2 = "/dns/v2"
ZONE: dict[str, Any] = {
    "id": "z.-id",
    "name": "z.",
    "type": "PRIMARY",
    "serial": 1,
    "status": "ACTIVE",
    "action": "NONE",
}
ZONE |= {"masters": [], "attributes": {}, "ttl": None}
RECORD: dict[str, Any] = {
    "id": "r",
    "zone_id": "z.-id",
    "name": "www.z.",
    "type": "A",
    "records": ["10.0.0.2", "10.0.0.1"],
}
RECORD |= {"ttl": None, "status": "ACTIVE", "action": "NONE", "description": None, "version": 1}
test_sends = sends(
    request_table("""
/dns/v2
zone list
  GET ~/zones
zone list --name z --email a@z --type SECONDARY --ttl 5 --description d --status ACTIVE --long
  GET ~/zones?name=z.&email=a%40z&type=SECONDARY&ttl=5&description=d&status=ACTIVE
zone list --name z* --all-projects --sudo-project-id demo
  GET ~/zones?name=z%2A
zone show z
  GET ~/zones?name=z.
zone create z --email a@z
  POST ~/zones {"name": "z.", "email": "a@z", "type": "PRIMARY"}
zone create One.Two. --email a@z --ttl 0 --description d --attributes a:b c:d:e
  POST ~/zones {"name": "One.Two.", "email": "a@z", "type": "PRIMARY", "ttl": 0, "description": "d",\
 "attributes": {"a": "b", "c": "d:e"}}
zone create z --type SECONDARY --masters 10.0.0.1 10.0.0.2:53
  POST ~/zones {"name": "z.", "type": "SECONDARY", "masters": ["10.0.0.1", "10.0.0.2:53"]}
zone create a b --email a@z
  POST ~/zones {"name": "a.", "email": "a@z", "type": "PRIMARY"}
  POST ~/zones {"name": "b.", "email": "a@z", "type": "PRIMARY"}
zone set z
zone set z --email b@z --ttl 0 --description "" --masters 10.0.0.1
  PATCH ~/zones/z.-id {"email": "b@z", "ttl": 0, "description": "", "masters": ["10.0.0.1"]}
zone set z --no-description
  PATCH ~/zones/z.-id {"description": null}
zone delete z y. --delete-shares --hard-delete
  DELETE ~/zones/z.-id
  DELETE ~/zones/y.-id
zone nameservers list z
  GET ~/zones/z.-id/nameservers
zone abandon z
  POST ~/zones/z.-id/tasks/abandon
zone axfr z
  POST ~/zones/z.-id/tasks/xfr
zone move z
  POST ~/zones/z.-id/tasks/pool_move {}
zone move z --pool-id p
  POST ~/zones/z.-id/tasks/pool_move {"pool_id": "p-id"}
recordset list z
  GET ~/zones/z.-id/recordsets
recordset list z --name www --type A --data 10.* --ttl 5 --description d --status ACTIVE --action NONE --long
  GET ~/zones/z.-id/recordsets?name=www.z.&type=A&data=10.%2A&ttl=5&description=d&status=ACTIVE&action=NONE
recordset list all --name www*
  GET ~/recordsets?name=www%2A
recordset show z www
  GET ~/zones/z.-id/recordsets?name=www.z.
recordset show z www.z
  GET ~/zones/z.-id/recordsets?name=www.z.
recordset show z WWW.Z.
  GET ~/zones/z.-id/recordsets?name=WWW.z.
recordset show z www --type AAAA
  GET ~/zones/z.-id/recordsets?name=www.z.&type=AAAA
recordset show z @
  GET ~/zones/z.-id/recordsets?name=z.
recordset create z www --type A --record 10.0.0.1 --record 10.0.0.2 --ttl 0 --description d
  POST ~/zones/z.-id/recordsets {"name": "www.z.", "type": "A", "records": ["10.0.0.1", "10.0.0.2"], "ttl": 0,\
 "description": "d"}
recordset create z @ --type MX --record "10 mx.z."
  POST ~/zones/z.-id/recordsets {"name": "z.", "type": "MX", "records": ["10 mx.z."]}
recordset create z www.other. --type A --record 10.0.0.1
  POST ~/zones/z.-id/recordsets {"name": "www.other.", "type": "A", "records": ["10.0.0.1"]}
recordset set z www
recordset set z www --ttl 0 --description "" --record 10.0.0.3
  PUT ~/zones/z.-id/recordsets/www.z.-id {"ttl": 0, "description": "", "records": ["10.0.0.3"]}
recordset set z www --no-ttl --no-description --edit-managed
  PUT ~/zones/z.-id/recordsets/www.z.-id {"ttl": null, "description": null}
recordset delete z www mail
  DELETE ~/zones/z.-id/recordsets/www.z.-id
  DELETE ~/zones/z.-id/recordsets/mail.z.-id
""")
)
test_rejects = rejects(
    rejection_table("""
1 zone create z => Zone type PRIMARY requires --email.
1 zone create z --type SECONDARY => Zone type SECONDARY requires --masters.
1 zone create a b --email a@z -f shell => -f shell prints one resource
2 zone create z --email a@z --attributes gold => 'gold' is not KEY:VALUE.
2 zone create z --email a@z --ttl -1 => -1
2 zone set z --description d --no-description => exclude each other
2 recordset set z www --ttl 5 --no-ttl => exclude each other
2 recordset create z www --record 10.0.0.1 => Missing option '--type'
2 recordset create z www --type A => Missing option '--record'
1 zone show "" => No Zone found for
""")
)


def changes(cloud: FakeCloud) -> list[Any]:
    """Return the requests that change something."""
    return [(line, body) for line, body in cloud.sent if not line.startswith("GET ")]


def test_a_name_with_an_asterisk_is_no_pattern(cloud: FakeCloud, ostk: Run) -> None:
    """Designate answers ?name=z* with all zones that begin so; none of them is the one that was named."""
    cloud.answers[f"GET {V2}/zones?name=z%2A."] = {"zones": [{**ZONE, "name": "zone."}]}
    for line in ("zone show z*", "zone set z* --ttl 5", "zone delete z*", "zone abandon z*"):
        result = ostk(line)
        assert (result.exit_code, "No Zone found for z*" in result.stderr) == (1, True), result.output
    assert changes(cloud) == []


def test_a_wildcard_record_set_is_found_beside_others(cloud: FakeCloud, ostk: Run) -> None:
    """The list has all names that the asterisk stands for, and the record set with that name."""
    cloud.answers[f"GET {V2}/zones/z.-id/recordsets?name=%2A.z."] = {
        "recordsets": [RECORD, {**RECORD, "id": "s", "name": "*.z."}]
    }
    assert ostk("recordset show z * -f value -c id").stdout == "s\n"


def test_record_sets_of_one_name_are_ambiguous(cloud: FakeCloud, ostk: Run) -> None:
    """The error lists the IDs."""
    cloud.answers[f"GET {V2}/zones/z.-id/recordsets?name=www.z."] = {
        "recordsets": [RECORD, {**RECORD, "id": "s", "type": "AAAA"}]
    }
    result = ostk("recordset delete z www")
    assert (result.exit_code, "Give the ID of one of them: r, s." in result.stderr) == (1, True), result.stderr
    assert changes(cloud) == []


def test_names_are_the_same_in_any_case(cloud: FakeCloud, ostk: Run) -> None:
    """The zone keeps its case; a new record set gets it too."""
    cloud.answers[f"GET {V2}/zones?name=one.org."] = {"zones": [{**ZONE, "name": "One.ORG."}]}
    assert ostk("zone show one.org -f value -c name").stdout == "One.ORG.\n"
    assert ostk("recordset create one.org www.one.org --type A --record 10.0.0.1").exit_code == 0
    assert [body["name"] for _, body in changes(cloud)] == ["www.One.ORG."]


def test_headers_are_sent_with_all_requests_to_designate_alone(cloud: FakeCloud, ostk: Run) -> None:
    """Look-ups need them as well: a zone of another project is not found without."""
    result = ostk("zone delete z --all-projects --sudo-project-id demo --hard-delete --delete-shares")
    assert result.exit_code == 0, result.output
    names = "X-Auth-All-Projects", "X-Auth-Sudo-Project-ID", "X-Designate-Hard-Delete", "X-Designate-Delete-Shares"
    sent = {line: [one.get(name) for name in names] for (line, _), one in zip(cloud.all, cloud.headers, strict=True)}
    ours = {line: values for line, values in sent.items() if "/dns/" in line}
    assert list(ours) == [f"GET {V2}/zones?name=z.", f"DELETE {V2}/zones/z.-id"]
    assert all(values == ["True", "demo-id", "True", "true"] for values in ours.values())
    assert all(values == [None] * 4 for line, values in sent.items() if line not in ours)


def test_managed_record_sets_need_a_header(cloud: FakeCloud, ostk: Run) -> None:
    """It is not sent without --edit-managed."""
    for line, value in (("recordset delete z www", None), ("recordset delete z www --edit-managed", "True")):
        cloud.headers.clear()
        assert ostk(line).exit_code == 0
        assert cloud.headers[-1].get("X-Designate-Edit-Managed-Records") == value


def test_null_is_empty_in_lists_and_records_are_lines(cloud: FakeCloud, ostk: Run) -> None:
    """Both in every format; `show` has null."""
    cloud.answers[f"GET {V2}/zones/z.-id/recordsets"] = {"recordsets": [RECORD]}
    listed = json.loads(ostk("recordset list z --long -f json").stdout)
    assert [listed[0][key] for key in ("records", "ttl", "description")] == ["10.0.0.2\n10.0.0.1", "", ""]
    shown = json.loads(ostk("recordset show z www -f json").stdout)
    assert (shown["records"], shown["ttl"], "links" in shown) == ("10.0.0.2\n10.0.0.1", None, False)


def test_a_dry_run_prints_the_change(cloud: FakeCloud, ostk: Run) -> None:
    """The look-ups before it are sent."""
    for line, method in (
        ("zone delete z", "-X DELETE http://cloud/dns/v2/zones/z.-id "),
        ("zone set z --ttl 5", "-X PATCH http://cloud/dns/v2/zones/z.-id "),
        ("recordset delete z www", "-X DELETE http://cloud/dns/v2/zones/z.-id/recordsets/www.z.-id "),
        ("recordset set z www --ttl 5", "-X PUT http://cloud/dns/v2/zones/z.-id/recordsets/www.z.-id "),
    ):
        assert method in ostk(f"{line} --curl").stdout
    assert changes(cloud) == []


def test_pages_are_followed(cloud: FakeCloud, ostk: Run) -> None:
    """Each page has the link to the next one in `links`."""
    first = {"zones": [ZONE], "links": {"next": "http://other/v2/zones?marker=z.-id"}}
    cloud.answers[f"GET {V2}/zones"] = first
    cloud.answers[f"GET {V2}/zones?marker=z.-id"] = {"zones": [{**ZONE, "id": "y", "name": "y."}]}
    assert ostk("zone list -f value -c name").stdout == "z.\ny.\n"


def test_columns_depend_on_the_scope(cloud: FakeCloud, ostk: Run) -> None:
    """Projects come second, and zones follow the names of record sets."""
    cloud.answers[f"GET {V2}/zones"] = {"zones": [ZONE]}
    cloud.answers[f"GET {V2}/recordsets"] = {"recordsets": [RECORD]}
    assert list(json.loads(ostk("zone list --all-projects -f json").stdout)[0])[:3] == ["id", "project_id", "name"]
    found = json.loads(ostk("recordset list all --all-projects -f json").stdout)
    assert list(found[0])[:4] == ["id", "project_id", "name", "zone_name"]


def test_several_zones_are_a_list(cloud: FakeCloud, ostk: Run) -> None:
    """What was deleted is printed even if another zone cannot be."""
    cloud.answers[f"DELETE {V2}/zones/z.-id"] = {**ZONE, "status": "PENDING", "action": "DELETE"}
    one = ostk("zone delete z -f json")
    assert (json.loads(one.stdout)["action"], one.exit_code) == ("DELETE", 0)
    several = ostk("zone delete z no-such -f json")
    assert (json.loads(several.stdout)[0]["action"], several.exit_code) == ("DELETE", 1)
    assert "1 of 2 zones failed to delete." in several.stderr


def test_what_a_type_ignores_is_said(cloud: FakeCloud, ostk: Run) -> None:
    """Designate puts its own address into a secondary zone."""
    result = ostk("zone create z --type SECONDARY --masters 10.0.0.1 --email a@z --ttl 5")
    assert "A zone of type SECONDARY has no --email and --ttl: not sent." in result.stderr
    assert cloud.sent == [(f"POST {V2}/zones", {"name": "z.", "type": "SECONDARY", "masters": ["10.0.0.1"]})]


def states(item: dict[str, Any], *words: str) -> Iterator[Any]:
    """Give a resource in each status in turn, in the last one for ever."""
    for word in [*words, *[words[-1]] * 99]:
        yield {**item, "status": word}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let sleeping turn the clock."""
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    monkeypatch.setattr("time.sleep", lambda seconds: now.__setitem__(0, now[0] + seconds))


@pytest.mark.usefixtures("clock")
def test_wait(cloud: FakeCloud, ostk: Run) -> None:
    """The row is that of the end."""
    cloud.answers[f"POST {V2}/zones"] = {**ZONE, "status": "PENDING"}
    cloud.answers[f"GET {V2}/zones/z.-id"] = states(ZONE, "PENDING", "ACTIVE")
    assert ostk("zone create z --email a@z --wait -f value -c status").stdout == "ACTIVE\n"
    cloud.answers[f"PUT {V2}/zones/z.-id/recordsets/www.z.-id"] = {**RECORD, "status": "PENDING"}
    cloud.answers[f"GET {V2}/zones/z.-id/recordsets/r"] = states(RECORD, "PENDING", "ACTIVE")
    assert ostk("recordset set z www --ttl 5 --wait -f value -c status").stdout == "ACTIVE\n"


@pytest.mark.usefixtures("clock")
def test_wait_ends(cloud: FakeCloud, ostk: Run) -> None:
    """With the status of a time-out, or of an error."""
    cloud.answers[f"POST {V2}/zones"] = {**ZONE, "status": "PENDING"}
    cloud.answers[f"GET {V2}/zones/z.-id"] = states(ZONE, "PENDING")
    assert ostk("zone create z --email a@z --wait --timeout 5").exit_code == 124
    cloud.answers[f"GET {V2}/zones/z.-id"] = states(ZONE, "ERROR")
    assert ostk("zone create z --email a@z --wait").exit_code == 1
