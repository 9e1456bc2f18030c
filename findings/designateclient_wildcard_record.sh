#!/usr/bin/env bash
# What: `openstack recordset delete ZONE '*.example.org.'` deletes www.example.org. where there is no wildcard record.
# Version: python-designateclient 7.0.0, python-openstackclient 10.5.0
# Behavior: the client asks for the record sets with name=*.example.org. In that filter Designate reads `*` as any text,
#       and a single row is taken for the one asked for, whatever its name. Record sets are not the only case:
#       `zone delete 'example*'` deletes the one zone that fits.
# Expected: the client compares the names it gets with the one it was given. `*.example.org.` is the literal name of a
#       wildcard record (RFC 4592), so no pattern was asked for; the command has to end with an error.
# Seen:
#       $ openstack recordset delete ZONE *.example.org. -f value -c name -c action
#       GET /v2/zones/ZONE/recordsets?name=*.example.org.
#       DELETE /v2/zones/ZONE/recordsets/www
#       DELETE
#       www.example.org.
#       exit status 0
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install -q python-designateclient==7.0.0 python-openstackclient==10.5.0 openstacksdk==4.22.0
env -i HOME="$place" PATH="$PATH" "$place/venv/bin/python" - >"$place/out" <<'PY'
import http.server
import json
import pathlib
import re
import subprocess
import sys
import threading
import urllib.parse

ZONE = "00000000-0000-0000-0000-000000000001"
NS, WWW = (f"00000000-0000-0000-0000-00000000000{number}" for number in (2, 3))
RECORDS = [
    {"id": NS, "name": "example.org.", "type": "NS", "records": ["ns1.example.net."]},
    {"id": WWW, "name": "www.example.org.", "type": "A", "records": ["192.0.2.1"]},
]


class Designate(http.server.BaseHTTPRequestHandler):
    """The record sets of a zone in the DNS API, with `*` for any text in filters."""

    def do_GET(self):
        path, _, query = self.path.partition("?")
        shown = urllib.parse.unquote(self.path).replace(ZONE, "ZONE").replace(WWW, "www")
        print(self.command, shown, flush=True)
        if self.command == "DELETE":
            record = next(record for record in RECORDS if path.endswith(record["id"]))
            self.answer(202, {**record, "zone_id": ZONE, "action": "DELETE", "status": "PENDING"})
        else:
            name = urllib.parse.parse_qs(query).get("name", ["*"])[0]
            pattern = re.escape(name).replace(r"\*", ".*")
            rows = [record for record in RECORDS if re.fullmatch(pattern, record["name"])]
            self.answer(200, {"recordsets": rows, "links": {}, "metadata": {"total_count": len(rows)}})

    do_DELETE = do_GET

    def answer(self, status, body):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Designate)
url = f"http://127.0.0.1:{server.server_port}"
threading.Thread(target=server.serve_forever, daemon=True).start()
line = "recordset delete ZONE *.example.org. -f value -c name -c action"
print(f"$ openstack {line}", flush=True)
client = pathlib.Path(sys.executable).with_name("openstack")
command = [client, "--os-auth-type", "none", "--os-endpoint", f"{url}/v2", *line.replace("ZONE", ZONE).split()]
end = subprocess.run(command)
print(f"exit status {end.returncode}")
PY
cat "$place/out"
diff "$place/out" - <<'OUT'
$ openstack recordset delete ZONE *.example.org. -f value -c name -c action
GET /v2/zones/ZONE/recordsets?name=*.example.org.
DELETE /v2/zones/ZONE/recordsets/www
DELETE
www.example.org.
exit status 0
OUT
