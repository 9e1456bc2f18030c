"""Share services, pools and limits: what each command sends and prints."""

from __future__ import annotations

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table(
    """
/share/v2
share service list --host h@b --binary manila-share --status enabled --state up --zone z --ensuring False
  GET ~/services?host=h%40b&binary=manila-share&status=enabled&state=up&zone=z&ensuring=False
share service set h@b manila-share --disable --disable-reason why
  PUT ~/services/disable {"host": "h@b", "binary": "manila-share", "disabled_reason": "why"}
share service set h@b manila-share --enable
  PUT ~/services/enable {"host": "h@b", "binary": "manila-share"}
share service set h@b manila-share
share service ensure shares h@b
  POST ~/services/ensure-shares {"ensure_shares": {"host": "h@b"}}
share pool list --host h --backend b --pool p
  GET ~/scheduler-stats/pools?host=h&backend=b&pool=p
share pool list --share-type one
  GET ~/scheduler-stats/pools?share_type=one-id
"""
)
REJECTIONS = rejection_table(
    """
1 share service set h manila-share --disable-reason why => --disable-reason needs --disable.
2 share service set h manila-share --enable --disable => --enable and --disable exclude each other.
2 share service set h => Missing argument 'BINARY'
2 share service list --state nosuch => 'nosuch' is not one of 'up', 'down'.
2 share service list --ensuring maybe => 'maybe' is not one of 'true', 'false'.
2 share limits show => One of --absolute, --rate is required.
2 share limits show --absolute --rate => --absolute and --rate exclude each other.
"""
)

test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def test_pool_list_detail_prints_capabilities(cloud: FakeCloud, ostk: Run) -> None:
    pool = {"name": "h@b#p", "host": "h", "backend": "b", "pool": "p", "capabilities": {"a": 1, "b": None}}
    cloud.answers["GET /share/v2/scheduler-stats/pools"] = {"pools": [pool]}
    cloud.answers["GET /share/v2/scheduler-stats/pools/detail"] = {"pools": [pool]}
    assert ostk("share pool list -f value").stdout == "h@b#p h b p\n"
    lines = ostk("share pool list --detail -c Pool -c Capabilities").stdout.splitlines()
    assert lines[3:5] == ["| p    | a : 1        |", "|      | b : None     |"]


def test_limits_show(cloud: FakeCloud, ostk: Run) -> None:
    limit = {"verb": "GET", "value": 10, "remaining": 3, "unit": "MINUTE", "next-available": "soon"}
    limits = {"absolute": {"maxTotalShares": 50}, "rate": [{"uri": "*", "regex": ".*", "limit": [limit]}]}
    cloud.answers["GET /share/v2/limits"] = {"limits": limits}
    assert ostk("share limits show --absolute -f csv").stdout == '"Name","Value"\n"maxTotalShares",50\n'
    assert ostk("share limits show --rate -f csv").stdout == (
        '"Verb","Regex","URI","Value","Remaining","Unit","Next Available"\n"GET",".*","*",10,3,"MINUTE","soon"\n'
    )
