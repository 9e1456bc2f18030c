#!/usr/bin/env bash
# What: `alarm list --query` of aodhclient sends the beginning of a query and drops the rest without a word, also for
#       the example in its own help.
# Version: aodhclient 3.12.0
# Behavior: a value without quotation marks ends at the first character that is no letter, digit or underscore, and
#       whatever follows, further conditions included, is left out. A value that starts with a digit (and is no UUID),
#       with "none" or with "true" becomes a number, null or a boolean. Other alarms than those asked for are listed
#       with exit status 0.
# Expected: an error that names the place where the query cannot be read, or the whole text of the value. Project IDs,
#       and names with hyphens, are usual values.
# Seen:
#       project_id!=my-id user_id=foo or user_id=bar
#           {"!=": {"project_id": "my"}}
#       name=cpu-high and severity=critical
#           {"=": {"name": "cpu"}}
#       project_id=8f17a0b2c3d44e5f8a9b0c1d2e3f4a5b and state=alarm
#           {"=": {"project_id": 8.0}}
#       name=nonessential
#           {"=": {"name": null}}
#       name="cpu-high" and severity=critical
#           {"and": [{"=": {"severity": "critical"}}, {"=": {"name": "cpu-high"}}]}
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install -q aodhclient==3.12.0
env -i HOME="$place" PATH="$PATH" "$place/venv/bin/python" - >"$place/out" <<'PY'
import http.server
import json
import pathlib
import subprocess
import sys
import threading


class Aodh(http.server.BaseHTTPRequestHandler):
    """The Alarming API with no alarms; prints the filter of a query."""

    def do_POST(self):
        query = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        print("   ", query["filter"], flush=True)
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"[]")

    def log_message(self, *args):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Aodh)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = pathlib.Path(sys.executable).with_name("aodh")
login = ["--os-auth-plugin", "aodh-noauth", "--user-id", "u", "--project-id", "p", "--aodh-endpoint",
         f"http://127.0.0.1:{server.server_port}"]
for query in (
    "project_id!=my-id user_id=foo or user_id=bar",
    "name=cpu-high and severity=critical",
    "project_id=8f17a0b2c3d44e5f8a9b0c1d2e3f4a5b and state=alarm",
    "name=nonessential",
    'name="cpu-high" and severity=critical',
):
    print(query, flush=True)
    subprocess.run([client, *login, "alarm", "list", "--query", query], check=True, stdout=subprocess.DEVNULL)
PY
cat "$place/out"
diff "$place/out" - <<'OUT'
project_id!=my-id user_id=foo or user_id=bar
    {"!=": {"project_id": "my"}}
name=cpu-high and severity=critical
    {"=": {"name": "cpu"}}
project_id=8f17a0b2c3d44e5f8a9b0c1d2e3f4a5b and state=alarm
    {"=": {"project_id": 8.0}}
name=nonessential
    {"=": {"name": null}}
name="cpu-high" and severity=critical
    {"and": [{"=": {"severity": "critical"}}, {"=": {"name": "cpu-high"}}]}
OUT
