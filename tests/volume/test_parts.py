"""The parts of Cinder, its services, hosts, pools and capabilities: what each command sends and prints."""

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
REFUSALS = rejection_table(
    """
1 volume service set h s --disable-reason r => --disable-reason needs --disable.
1 volume service set h s --enable --disable-reason r => --disable-reason needs --disable.
2 volume host failover h => Missing option '--volume-backend'
"""
)


test_what_is_sent = sends(CASES)
test_what_is_refused = rejects(REFUSALS)


def test_pools_and_what_they_can_do(cloud: FakeCloud, ostk: Run) -> None:
    pools = [{"name": "h@b#p", "capabilities": {"a": 1, "b": None}}]
    cloud.answers[f"GET {CINDER}/scheduler-stats/get_pools"] = {"pools": pools}
    assert "| h@b#p | a='1', b=    |" in ostk("volume backend pool list --long").stdout
    assert ostk("volume backend pool list -f csv").stdout == '"Name"\n"h@b#p"\n'


def test_capabilities(cloud: FakeCloud, ostk: Run) -> None:
    thin = {"title": "Thin", "type": "boolean", "description": "Thin provisioning."}
    cloud.answers[f"GET {CINDER}/capabilities/h@b"] = {"properties": {"thin": thin}}
    assert ostk("volume backend capability show h@b -f value").stdout == "Thin thin boolean Thin provisioning.\n"


def test_services_are_listed_at_the_microversion_of_the_reference(cloud: FakeCloud, ostk: Run) -> None:
    one = {"binary": "b", "host": "h", "zone": "z", "status": "enabled", "state": "up"}
    cloud.answers[f"GET {CINDER}/os-services"] = {"services": [one]}
    assert '"Backend State"' in ostk("volume service list -f json").stdout
    assert cloud.headers[-1]["OpenStack-API-Version"] == "volume 3.7"
    ostk("volume service list --os-volume-api-version 3.50")
    assert cloud.headers[-1]["OpenStack-API-Version"] == "volume 3.50"
