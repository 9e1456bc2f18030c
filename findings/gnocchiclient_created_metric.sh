#!/usr/bin/env bash
# What: `metric create NAME --resource-id RESOURCE` of gnocchiclient shows another metric than the one that it created.
# Version: gnocchiclient 7.2.0; the answer is that of Gnocchi 4.7.1
# Behavior: POST /v1/resource/generic/RESOURCE/metric answers with all metrics of the resource. The client shows the first
#       one of the answer, whatever its name. Where the resource has a metric, `-f value -c id` prints the ID of that
#       metric, with exit status 0: a script then adds measures to it, or deletes it.
# Expected: the metric with the name that was given.
# Seen:
#       POST /v1/resource/generic/server-1/metric/ {"memory":{"name":"memory"}}
#       shown: cpu 00000000-0000-4000-8000-000000000001
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install -q gnocchiclient==7.2.0
env -i HOME="$place" PATH="$PATH" "$place/venv/bin/python" - >"$place/out" <<'PY'
import http.server
import json
import pathlib
import subprocess
import sys
import threading


class Gnocchi(http.server.BaseHTTPRequestHandler):
    """The Metric API with a resource that has a metric `cpu`; prints the request."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        print(self.command, self.path, body, flush=True)
        ids = {"cpu": "00000000-0000-4000-8000-000000000001", "memory": "00000000-0000-4000-8000-000000000002"}
        metrics = [
            {"name": name, "id": id, "created_by_user_id": "u", "created_by_project_id": "", "unit": None}
            for name, id in ids.items()
        ]
        answer = json.dumps(metrics).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Gnocchi)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = pathlib.Path(sys.executable).with_name("gnocchi")
login = ["--os-auth-type", "gnocchi-basic", "--user", "u", "--endpoint", f"http://127.0.0.1:{server.server_port}"]
words = ["metric", "create", "memory", "--resource-id", "server-1", "-f", "value", "-c", "name", "-c", "id"]
shown = subprocess.run([client, *login, *words], check=True, stdout=subprocess.PIPE, text=True).stdout
print("shown:", *sorted(shown.split(), reverse=True), flush=True)
PY
cat "$place/out"
diff "$place/out" - <<'OUT'
POST /v1/resource/generic/server-1/metric/ {"memory":{"name":"memory"}}
shown: cpu 00000000-0000-4000-8000-000000000001
OUT
