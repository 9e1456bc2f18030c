#!/usr/bin/env bash
# What: openstacksdk takes Neutron's refusal to move a network or a router between agents for success, and so do the
#       four commands of `openstack` that are made of it.
# Version: openstacksdk 4.22.0, python-openstackclient 10.5.0
# Behavior: the methods of the SDK's Agent do not look at the status of the answer and return an error's body like a
#       result. The commands for networks also catch exceptions and make a CommandError without raising it. Nothing is
#       printed, the exit status is 0.
# Expected: Neutron's message and exit status 1, as other calls of the SDK and `network agent delete` have it. A script
#       that empties an agent before maintenance relies on the status.
# Seen:
#       network agent add network --dhcp: Neutron 409, exit status 0, ''
#       network agent remove network --dhcp: Neutron 409, exit status 0, ''
#       network agent add router --l3: Neutron 409, exit status 0, ''
#       network agent remove router --l3: Neutron 409, exit status 0, ''
#       network agent delete: Neutron 409, exit status 1, 'The agent refuses.'
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

AGENT, THING = (f"00000000-0000-0000-0000-00000000000{number}" for number in (1, 2))
answers = []


class Neutron(http.server.BaseHTTPRequestHandler):
    """The Networking API with one agent, one network and one router; agents refuse what they are asked to do."""

    def do_GET(self):
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        links = [{"rel": "self", "href": f"{url}/v2.0/"}]
        found = {
            "/": {"versions": [{"id": "v2.0", "status": "CURRENT", "links": links}]},
            f"/v2.0/agents/{AGENT}": {"agent": {"id": AGENT, "agent_type": "DHCP agent", "host": "net1"}},
            f"/v2.0/networks/{THING}": {"network": {"id": THING, "name": "web"}},
            f"/v2.0/routers/{THING}": {"router": {"id": THING, "name": "web"}},
        }
        path = self.path.partition("?")[0]
        if self.command == "GET" and path in found:
            status, body = 200, found[path]
        else:
            status, body = 409, {"NeutronError": {"type": "Conflict", "message": "The agent refuses.", "detail": ""}}
        answers.append(status)
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_POST = do_DELETE = do_GET

    def log_message(self, *args):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Neutron)
url = f"http://127.0.0.1:{server.server_port}"
threading.Thread(target=server.serve_forever, daemon=True).start()
client = pathlib.Path(sys.executable).with_name("openstack")
for line in ("add network --dhcp", "remove network --dhcp", "add router --l3", "remove router --l3", "delete"):
    line = f"network agent {line}"
    names = [AGENT] if line.endswith("delete") else [AGENT, THING]
    command = [client, "--os-auth-type", "none", "--os-endpoint", url, *line.split(), *names]
    end = subprocess.run(command, capture_output=True, text=True)
    said = "The agent refuses." if "The agent refuses." in end.stdout + end.stderr else end.stdout + end.stderr
    print(f"{line}: Neutron {answers[-1]}, exit status {end.returncode}, {said!r}")
PY
cat "$place/out"
diff "$place/out" - <<'OUT'
network agent add network --dhcp: Neutron 409, exit status 0, ''
network agent remove network --dhcp: Neutron 409, exit status 0, ''
network agent add router --l3: Neutron 409, exit status 0, ''
network agent remove router --l3: Neutron 409, exit status 0, ''
network agent delete: Neutron 409, exit status 1, 'The agent refuses.'
OUT
