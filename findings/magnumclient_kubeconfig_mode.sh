#!/usr/bin/env bash
# What: `coe cluster config` of magnumclient writes a private key that may do everything in a Kubernetes cluster into
#       files that every user of the machine can read.
# Version: python-magnumclient 5.0.0, python-openstackclient 10.5.0
# Behavior: the key is made on the client and signed by the CA of the cluster for the user "admin" in the group
#       "system:masters", which no role of Kubernetes limits. It goes into the kubeconfig file and, with
#       --output-certs, into key.pem, both with the permissions that the umask leaves. A file that --force replaces
#       keeps its permissions.
# Expected: mode 0600, as `kubectl config` and `ssh-keygen` write theirs. The key can only be revoked by rotating the
#       CA of the cluster, which ends the access of all other users too.
# Seen (umask 022):
#       config: mode 644, a private key: True
#       key.pem: mode 644, a private key: True
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install -q python-magnumclient==5.0.0 python-openstackclient==10.5.0
mkdir "$place/config"
umask 022
env -i HOME="$place" PATH="$PATH" SHELL=/bin/sh "$place/venv/bin/python" - "$place/config" >"$place/out" <<'PY'
import base64
import http.server
import json
import pathlib
import subprocess
import sys
import threading

CLUSTER = {"uuid": "c", "name": "c", "cluster_template_id": "t", "api_address": "https://192.0.2.1:6443"}
ANSWERS = {
    "clusters": CLUSTER,
    "clustertemplates": {"uuid": "t", "coe": "kubernetes", "tls_disabled": False, "links": []},
    "certificates": {"cluster_uuid": "c", "pem": "CERTIFICATE"},
}


class Magnum(http.server.BaseHTTPRequestHandler):
    """The Container Infrastructure Management API with one cluster."""

    def do_GET(self):
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        body = json.dumps(next(value for key, value in ANSWERS.items() if f"/{key}" in self.path)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *args):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Magnum)
threading.Thread(target=server.serve_forever, daemon=True).start()
place = pathlib.Path(sys.argv[1])
client = pathlib.Path(sys.executable).with_name("openstack")
login = ["--os-auth-type", "none", "--os-endpoint", f"http://127.0.0.1:{server.server_port}"]
subprocess.run(
    [client, *login, "coe", "cluster", "config", "c", "--dir", place, "--output-certs"],
    check=True,
    stdout=subprocess.DEVNULL,
)
for name in ("config", "key.pem"):
    file = place / name
    text = file.read_text()
    words = text.split("client-key-data:")[-1].split()
    key = base64.b64decode(words[0]).decode() if name == "config" else text
    print(f"{name}: mode {file.stat().st_mode & 0o777:o}, a private key: {'PRIVATE KEY-----' in key}")
PY
cat "$place/out"
diff "$place/out" - <<'OUT'
config: mode 644, a private key: True
key.pem: mode 644, a private key: True
OUT
