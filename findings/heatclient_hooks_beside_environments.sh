#!/usr/bin/env bash
# What: heatclient loses the hooks of --pre-create and --pre-update where an environment file is given with -e.
# Version: python-heatclient 5.3.0 (and Heat 27.0.0)
# Behavior: the hooks are put into the field `environment` of the request alone. Beside it stand the names of the
#       environment files in `environment_files`, and where that list is not empty, Heat does not read `environment`
#       (heat/api/openstack/v1/stacks.py, InstantiationData.environment). The stack is created without a stop.
# Expected: the hooks are in one of the environment files that are sent, or in a further one.
# Seen: "environment_files" names one file, which has no hook; "environment" has the hook.
#       On Heat 27.0.0: `openstack stack create -t t.yaml -e e.yaml --pre-create r s` reaches CREATE_COMPLETE; without
#       `-e e.yaml` it stays CREATE_IN_PROGRESS until the hook is cleared.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install -q python-heatclient==5.3.0
cat >"$place/t.yaml" <<'T'
heat_template_version: 2018-08-31
resources: {r: {type: OS::Heat::Value, properties: {value: x}}}
T
echo 'parameters: {}' >"$place/e.yaml"
cd "$place"
env -i HOME="$place" PATH="$PATH" "$place/venv/bin/python" - >out <<'PY'
import http.server
import json
import threading

from heatclient import client
from heatclient.v1 import shell


class Heat(http.server.BaseHTTPRequestHandler):
    """The Orchestration API, which prints the environments of a new stack."""

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        names = body["environment_files"]
        print("environment:", json.dumps(body["environment"]["resource_registry"]))
        print("files:", len(names), [json.loads(body["files"][name]) for name in names], flush=True)
        self.send_response(400)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Heat)
threading.Thread(target=server.serve_forever, daemon=True).start()
heat = client.Client("1", endpoint=f"http://127.0.0.1:{server.server_port}/v1/p", token="t")


class Arguments:
    """The arguments of `stack create -t t.yaml -e e.yaml --pre-create r s`; all others are not given."""

    name, template_file, environment_file, pre_create = "s", "t.yaml", ["e.yaml"], ["r"]

    def __getattr__(self, name):
        return None


try:
    shell.do_stack_create(heat, Arguments())
except Exception:
    pass
PY
cat out
diff out - <<'OUT'
environment: {"resources": {"r": {"hooks": "pre-create"}}}
files: 1 [{'parameters': {}}]
OUT
