"""Volume services, hosts, pools and capabilities: requests and output."""

from __future__ import annotations

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CINDER = "/volume/v3"
CASES = request_table(
    """
/volume/v3
volume service list --host h --service cinder-volume --long
  GET ~/os-services?host=h&binary=cinder-volume
volume service set h s --enable
  PUT ~/os-services/enable {"host": "h", "binary": "s"}
volume service set h s --disable
  PUT ~/os-services/disable {"host": "h", "binary": "s"}
volume service set h s --disable --disable-reason r
  PUT ~/os-services/disable-log-reason {"host": "h", "binary": "s", "disabled_reason": "r"}
volume service set h s
volume host set h --disable
  PUT ~/os-services/freeze {"host": "h"}
volume host set h --enable
  PUT ~/os-services/thaw {"host": "h"}
volume host set h
volume host failover h --volume-backend b
  PUT ~/os-services/failover_host {"host": "h", "backend_id": "b"}
volume backend pool list
  GET ~/scheduler-stats/get_pools
volume backend pool list --long
  GET ~/scheduler-stats/get_pools?detail=True
"""
)
REJECTIONS = rejection_table(
    """
1 volume service set h s --disable-reason r => --disable-reason needs --disable.
1 volume service set h s --enable --disable-reason r => --disable-reason needs --disable.
2 volume host failover h => Missing option '--volume-backend'
"""
)


test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def test_pool_list_shows_capabilities(cloud: FakeCloud, ostk: Run) -> None:
    pools = [{"name": "h@b#p", "capabilities": {"a": 1, "b": None}}]
    cloud.answers[f"GET {CINDER}/scheduler-stats/get_pools"] = {"pools": pools}
    assert "| h@b#p | a='1', b=    |" in ostk("volume backend pool list --long").stdout
    assert ostk("volume backend pool list -f csv").stdout == '"Name"\n"h@b#p"\n'


def test_capability_show(cloud: FakeCloud, ostk: Run) -> None:
    thin = {"title": "Thin", "type": "boolean", "description": "Thin provisioning."}
    cloud.answers[f"GET {CINDER}/capabilities/h@b"] = {"properties": {"thin": thin}}
    assert ostk("volume backend capability show h@b -f value").stdout == "Thin thin boolean Thin provisioning.\n"


def test_service_list_sends_microversion_3_7_unless_pinned(cloud: FakeCloud, ostk: Run) -> None:
    item = {"binary": "b", "host": "h", "zone": "z", "status": "enabled", "state": "up"}
    cloud.answers[f"GET {CINDER}/os-services"] = {"services": [item]}
    assert '"Backend State"' in ostk("volume service list -f json").stdout
    assert cloud.headers[-1]["OpenStack-API-Version"] == "volume 3.7"
    ostk("volume service list --os-volume-api-version 3.50")
    assert cloud.headers[-1]["OpenStack-API-Version"] == "volume 3.50"
