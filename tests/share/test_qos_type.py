"""QoS types: what each command sends and prints."""

from __future__ import annotations

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table(
    """
/share/v2
share qos type create gold
  POST ~/qos-types {"qos_type": {"name": "gold", "specs": {}}}
share qos type create gold --description d --spec a=b --spec c=d
  POST ~/qos-types {"qos_type": {"name": "gold", "description": "d", "specs": {"a": "b", "c": "d"}}}
share qos type list --name~ g --sort_key name --sort-dir asc --limit 2 --offset 3
  GET ~/qos-types?name~=g&limit=2&offset=3&sort_key=name&sort_dir=asc
share qos type set one --description e --spec a=b
  PUT ~/qos-types/one-id {"qos_type": {"description": "e"}}
  POST ~/qos-types/one-id/specs {"specs": {"a": "b"}}
share qos type unset one --description --spec a --spec b
  PUT ~/qos-types/one-id {"qos_type": {"description": null}}
  DELETE ~/qos-types/one-id/specs/a
  DELETE ~/qos-types/one-id/specs/b
share qos type delete one two
  DELETE ~/qos-types/one-id
  DELETE ~/qos-types/two-id
"""
)
REJECTIONS = rejection_table(
    """
1 share qos type create gold --spec a=b --spec a=c => 'a' is given twice.
2 share qos type create gold --spec a => 'a' is not KEY=VALUE.
1 share qos type set one --spec a=b --spec a=c => 'a' is given twice.
1 share qos type list --sort-key nosuch => --sort-key: 'nosuch' is not one of id, name, created_at, updated_at.
1 share qos type list --sort-dir nosuch => --sort-dir: 'nosuch' is not one of asc, desc.
"""
)
GOLD = {"id": "g", "name": "gold", "description": None, "specs": {"a": "b", "c": "d"}, "created_at": "t"}

test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def test_show_prints_specs(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /share/v2/qos-types"] = {"qos_types": [GOLD]}
    assert ostk("share qos type show gold -c specs").stdout.splitlines()[3:5] == [
        "| specs | a : b |",
        "|       | c : d |",
    ]
    assert ostk("share qos type list -f value").stdout == "g gold None {'a': 'b', 'c': 'd'} t None\n"
