"""Network agents: what each command sends and prints."""

from __future__ import annotations

import json

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table("""
/network/v2.0
network agent list
  GET ~/agents
network agent list --agent-type open-vswitch --host h --limit 1 --marker m --max-items 2 --long
  GET ~/agents?agent_type=Open+vSwitch+agent&host=h&limit=1&marker=m
network agent list --network n
  GET ~/networks/n-id/dhcp-agents
network agent list --router r --long
  GET ~/routers/r-id/l3-agents
network agent show a
  GET ~/agents/a
network agent set a --description d --enable
  PUT ~/agents/a {"agent": {"description": "d", "admin_state_up": true}}
network agent set a --disable
  PUT ~/agents/a {"agent": {"admin_state_up": false}}
network agent delete a b
  DELETE ~/agents/a
  DELETE ~/agents/b
network agent add network --dhcp a n
  POST ~/agents/a/dhcp-networks {"network_id": "n-id"}
network agent remove network --dhcp a n
  DELETE ~/agents/a/dhcp-networks/n-id
network agent add router --l3 a r --ha-chassis-priority 3
  POST ~/agents/a/l3-routers {"router_id": "r-id", "ha_chassis_priority": 3}
network agent remove router --l3 a r
  DELETE ~/agents/a/l3-routers/r-id
network agent router set a r --ha-chassis-priority 4
  PUT ~/agents/a/l3-routers/r-id {"ha_chassis_priority": 4}
""")
REJECTIONS = rejection_table("""
2 network agent list --agent-type printer => 'printer'
2 network agent list --network n --router r => exclude each other
2 network agent router set a r => '--ha-chassis-priority'
1 network agent add network --dhcp a no-net => No Network found for no-net
""")


test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


@pytest.mark.parametrize("line", ["add network a n", "remove network a n", "add router a r", "remove router a r"])
def test_scheduling_without_agent_type_only_warns(cloud: FakeCloud, ostk: Run, line: str) -> None:
    result = ostk(f"network agent {line}")
    assert (result.exit_code, cloud.sent) == (0, [])
    assert "Nothing was done" in result.stderr


AGENT = {"id": "1", "agent_type": "L3 agent", "alive": True, "admin_state_up": False, "ha_state": "active"}


def test_agent_list_formats_alive_state_and_ha_state(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /network/v2.0/routers/r-id/l3-agents"] = {"agents": [AGENT]}
    columns = "-c Alive -c State -c 'HA State'"
    assert "| :-)   | DOWN  | active   |" in ostk(f"network agent list --router r --long {columns}").output
    assert ostk("network agent list --router r --long -f value -c 'HA State'").output == "active\n"
    shown = json.loads(ostk("network agent list --router r -f json").output)[0]
    assert (shown["Alive"], shown["State"], "HA State" in shown) == (True, False, False)


def test_agent_show_renames_fields(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /network/v2.0/agents/1"] = {
        "agent": AGENT | {"configurations": {"a": 1}, "heartbeat_timestamp": "2026-01-01 00:00:00"}
    }
    shown = json.loads(ostk("network agent show 1 -f json").output)
    assert shown["configuration"] == {"a": 1}
    assert shown["last_heartbeat_at"] == "2026-01-01 00:00:00"
    assert next(iter(shown)) == "admin_state_up"
