#!/usr/bin/env bash
# What: `openstack network trunk list --long` shows every trunk as DOWN in the column State, whatever its admin state.
# Version: python-openstackclient 10.5.0, openstacksdk 4.22.0
# Behavior: the list asks openstacksdk's Trunk for admin_state_up, which is called is_admin_state_up there. The missing
#       value is formatted as false: DOWN in tables, empty in other formats. `network meter list` (shared, where the SDK
#       has is_shared) leaves its column empty. `network trunk show` has the service's value.
# Expected: State UP for a trunk with admin_state_up true, as `network list --long` has it for networks.
# Seen:
#       $ openstack network trunk list --long -c Name -c Status -c State
#       +------+--------+-------+
#       | Name | Status | State |
#       +------+--------+-------+
#       | up   | ACTIVE | DOWN  |
#       | down | ACTIVE | DOWN  |
#       +------+--------+-------+
#       $ openstack network trunk show up -f value -c status -c is_admin_state_up
#       True
#       ACTIVE
#       $ openstack network meter list -f csv -c Name -c Shared
#       "Name","Shared"
#       "all",""
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install -q python-openstackclient==10.5.0 openstacksdk==4.22.0
env -i HOME="$place" PATH="$PATH" "$place/venv/bin/python" - >"$place/out" <<'PY'
import http.server
import json
import pathlib
import subprocess
import sys
import threading
import urllib.parse

TRUNKS = [
    {"id": f"00000000-0000-0000-0000-00000000000{number}", "name": name, "description": "", "port_id": "p",
     "status": "ACTIVE", "admin_state_up": name == "up", "sub_ports": [], "project_id": "p1", "tenant_id": "p1",
     "revision_number": 1, "tags": [], "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z"}
    for number, name in enumerate(("up", "down"), 1)
]
LABELS = [{"id": "m", "name": "all", "description": "", "shared": True, "project_id": "p1", "tenant_id": "p1"}]


class Neutron(http.server.BaseHTTPRequestHandler):
    """The lists of trunks and metering labels of the Networking API."""

    def do_GET(self):
        path, _, query = self.path.partition("?")
        status, names = 200, urllib.parse.parse_qs(query).get("name")
        if path == "/":
            links = [{"rel": "self", "href": f"{url}/v2.0/"}]
            body = {"versions": [{"id": "v2.0", "status": "CURRENT", "links": links}]}
        elif path == "/v2.0/trunks":
            body = {"trunks": [trunk for trunk in TRUNKS if not names or trunk["name"] in names]}
        elif path in (f"/v2.0/trunks/{trunk['id']}" for trunk in TRUNKS):
            body = {"trunk": next(trunk for trunk in TRUNKS if path.endswith(trunk["id"]))}
        elif path == "/v2.0/metering/metering-labels":
            body = {"metering_labels": LABELS}
        else:
            status, body = 404, {"NeutronError": {"type": "NotFound", "message": "Not found.", "detail": ""}}
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args):
        pass


def run(line):
    print(f"$ openstack {line}", flush=True)
    client = pathlib.Path(sys.executable).with_name("openstack")
    command = [client, "--os-auth-type", "none", "--os-endpoint", url, *line.split()]
    subprocess.run(command, check=True)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Neutron)
url = f"http://127.0.0.1:{server.server_port}"
threading.Thread(target=server.serve_forever, daemon=True).start()
run("network trunk list --long -c Name -c Status -c State")
run("network trunk show up -f value -c status -c is_admin_state_up")
run("network meter list -f csv -c Name -c Shared")
PY
cat "$place/out"
diff "$place/out" - <<'OUT'
$ openstack network trunk list --long -c Name -c Status -c State
+------+--------+-------+
| Name | Status | State |
+------+--------+-------+
| up   | ACTIVE | DOWN  |
| down | ACTIVE | DOWN  |
+------+--------+-------+
$ openstack network trunk show up -f value -c status -c is_admin_state_up
True
ACTIVE
$ openstack network meter list -f csv -c Name -c Shared
"Name","Shared"
"all",""
OUT
