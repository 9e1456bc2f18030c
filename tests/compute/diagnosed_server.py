"""A server for the tests of `server diagnose`, and the cloud that it is in."""

from __future__ import annotations

import json
from typing import Any

from ..conftest import Run
from ..fake_cloud import FakeCloud

Json = dict[str, Any]
NOVA, CINDER, NEUTRON, GLANCE = "/compute/v2.1", "/volume/v3", "/network/v2.0", "/image/v2"
TRACEBACK = 'Traceback (most recent call last):\n  File "x.py", line 1\nnova.exception.NoValidHost: No valid host.\n\n'
FLAVOR = {"original_name": "huge", "vcpus": 4, "ram": 1638400, "disk": 1, "ephemeral": 2, "swap": 1025}
SERVER: Json = {
    "id": "s-1",
    "name": "web",
    "tenant_id": "p",
    "status": "ACTIVE",
    "OS-EXT-STS:task_state": None,
    "OS-EXT-STS:power_state": 1,
    "OS-EXT-SRV-ATTR:host": "cmp1",
    "created": "2026-01-01T00:00:00Z",
    "updated": "2026-01-01T00:00:00Z",
    "flavor": {**FLAVOR, "extra_specs": {}},
    "image": {"id": "i-1"},
    "os-extended-volumes:volumes_attached": [{"id": "v-1"}],
}
PORT = {
    "id": "p-1",
    "name": "",
    "network_id": "n-1",
    "status": "ACTIVE",
    "admin_state_up": True,
    "fixed_ips": [{"ip_address": "10.0.0.5"}],
    "binding:vif_type": "ovs",
    "binding:host_id": "cmp1",
    "security_groups": ["g-1"],
}
AGENT = {"agent_type": "Open vSwitch agent", "host": "cmp1", "alive": True, "admin_state_up": True}
SERVICE = {"host": "cmp1", "status": "enabled", "state": "up", "updated_at": "2026-01-01T00:00:00", "binary": "x"}
USED = {"totalInstancesUsed": 1, "maxTotalInstances": 10, "totalCoresUsed": 4, "maxTotalCores": -1}


def change(cloud: FakeCloud, **fields: Any) -> None:
    """Change fields of the server."""
    server = {**SERVER, **{key.replace("__", ":"): value for key, value in fields.items()}}
    cloud.answers[f"GET {NOVA}/servers/detail"] = {"servers": [server]}
    cloud.answers[f"GET {NOVA}/servers/s-1"] = {"server": server}


def healthy(cloud: FakeCloud) -> FakeCloud:
    """Give a fake cloud a server of which nothing is wrong; return the cloud."""
    change(cloud)
    answers: dict[str, Any] = {
        f"GET {NOVA}/servers/s-1/os-instance-actions": {
            "instanceActions": [
                {"action": "create", "request_id": "req-1", "start_time": "2026-01-01T00:00:01.000000", "message": None}
            ]
        },
        f"GET {NOVA}/limits": {"limits": {"absolute": USED}},
        f"GET {NOVA}/os-services": {"services": [SERVICE]},
        f"GET {GLANCE}/images/i-1": {"id": "i-1", "name": "cirros", "status": "active"},
        f"GET {CINDER}/volumes/v-1": {
            "volume": {
                "id": "v-1",
                "name": "disk",
                "status": "in-use",
                "size": 5,
                "bootable": "true",
                "attachments": [{"server_id": "s-9", "device": "/dev/vdz"}, {"server_id": "s-1", "device": "/dev/vdb"}],
            }
        },
        f"GET {CINDER}/attachments/detail": {"attachments": [{"volume_id": "v-1", "status": "attached"}]},
        f"GET {NEUTRON}/ports": {"ports": [PORT]},
        f"GET {NEUTRON}/networks": {"networks": [{"id": "n-1", "name": "inner"}]},
        f"GET {NEUTRON}/security-groups": {"security_groups": [{"id": "g-1", "name": "default"}]},
        f"GET {NEUTRON}/floatingips": {
            "floatingips": [{"id": "f-1", "port_id": "p-1", "floating_ip_address": "203.0.113.9", "status": "ACTIVE"}]
        },
        f"GET {NEUTRON}/agents": {"agents": [AGENT]},
    }
    cloud.answers.update(answers)
    lines = "\n".join(["old"] * 20 + ["booting\r", "", "web login: ", ""])
    cloud.answers[f"POST {NOVA}/servers/s-1/action"] = {"output": lines}
    return cloud


def page(ostk: Run, line: str = "server diagnose web") -> str:
    """Return what a line prints; it succeeds without a message."""
    result = ostk(line)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return str(result.stdout)


def data(ostk: Run, line: str = "server diagnose web") -> Json:
    """Return the JSON of a line."""
    found: Json = json.loads(page(ostk, f"{line} -f json"))
    return found


def summaries(ostk: Run) -> list[str]:
    """Return the summaries of the findings."""
    return [finding["summary"] for finding in data(ostk)["findings"]]


def failed(cloud: FakeCloud, *events: Json) -> None:
    """Make the newest action of the server a failed one, with these events."""
    action = {"action": "create", "request_id": "req-1", "start_time": "2026-01-01T00:00:01.000000", "message": "Error"}
    path = f"GET {NOVA}/servers/s-1/os-instance-actions"
    cloud.answers[path] = {"instanceActions": [action]}
    cloud.answers[f"{path}/req-1"] = {"instanceAction": {**action, "events": list(events)}}
