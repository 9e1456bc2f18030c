"""Volume QoS: requests and output."""

from __future__ import annotations

import json

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CINDER = "/volume/v3"
CASES = request_table(
    """
/volume/v3
volume qos create q --property a=b --property c=d
  POST ~/qos-specs {"qos_specs": {"name": "q", "consumer": "both", "a": "b", "c": "d"}}
volume qos create q --consumer front-end
  POST ~/qos-specs {"qos_specs": {"name": "q", "consumer": "front-end"}}
volume qos associate one two
  GET ~/qos-specs/one-id/associate?vol_type_id=two-id
volume qos disassociate one --volume-type two
  GET ~/qos-specs/one-id/disassociate?vol_type_id=two-id
volume qos disassociate one --all
  GET ~/qos-specs/one-id/disassociate_all
volume qos disassociate one
volume qos set one --property a=b
  PUT ~/qos-specs/one-id {"qos_specs": {"a": "b"}}
volume qos set one
volume qos unset one --property a --property b --property a
  PUT ~/qos-specs/one-id/delete_keys {"keys": ["a", "b"]}
volume qos delete one two
  DELETE ~/qos-specs/one-id
  DELETE ~/qos-specs/two-id
volume qos delete one --force
  DELETE ~/qos-specs/one-id?force=True
"""
)
REJECTIONS = rejection_table(
    """
2 volume qos create q --consumer bogus => 'bogus' is not one of
2 volume qos create q --property a => is not KEY=VALUE
2 volume qos disassociate one --all --volume-type two => exclude each other
1 volume qos associate one no-type => No Type found for no-type
"""
)


test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def test_list_and_show_associations(cloud: FakeCloud, ostk: Run) -> None:
    items = [{"id": f"{name}-id", "name": name, "consumer": "both", "specs": {"a": "b"}} for name in ("one", "two")]
    cloud.answers[f"GET {CINDER}/qos-specs"] = {"qos_specs": items}
    associations = {"qos_associations": [{"name": "lvm", "id": "t-id", "association_type": "volume_type"}]}
    cloud.answers[f"GET {CINDER}/qos-specs/one-id/associations"] = associations
    cloud.answers[f"GET {CINDER}/qos-specs/two-id/associations"] = {"qos_associations": []}
    listed = json.loads(ostk("volume qos list -f json").stdout)
    assert [(row["Name"], row["Associations"], row["Properties"]) for row in listed] == [
        ("one", ["lvm"], {"a": "b"}),
        ("two", [], {"a": "b"}),
    ]
    shown = json.loads(ostk("volume qos show one -f json").stdout)
    assert list(shown.items())[:2] == [("associations", ["lvm"]), ("consumer", "both")]
    assert ostk("volume qos show one -f value -c associations").stdout == "['lvm']\n"
    assert "associations" not in json.loads(ostk("volume qos show two -f json").stdout)


def test_set_no_property_deletes_the_other_keys(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"GET {CINDER}/qos-specs"] = {
        "qos_specs": [{"id": "q-id", "name": "q", "specs": {"a": "b", "c": "d"}}]
    }
    ostk("volume qos set q --no-property --property a=x")
    assert cloud.sent[1:] == [
        (f"PUT {CINDER}/qos-specs/q-id/delete_keys", {"keys": ["c"]}),
        (f"PUT {CINDER}/qos-specs/q-id", {"qos_specs": {"a": "x"}}),
    ]
