#!/usr/bin/env bash
# What: `openstack object set --property` and `object unset --property` remove all other metadata of an object: its other
#       properties, its time of expiry, and the manifest of a large object, which is empty from then on.
# Version: python-openstackclient 10.5.0, swift 2.38.3
# Behavior: the client sends a POST with the header of that property alone. A POST to an object replaces the metadata as
#       a whole (a POST to a container or an account does not), so what the request leaves out is gone. To keep it, a
#       client has to read the headers first and send them again.
# Expected: `set` adds a property and `unset` removes one; the rest stays, as `container set` and `container unset` do.
# Seen:
#       uploaded: X-Delete-At, X-Object-Manifest, X-Object-Meta-Color, X-Object-Meta-Size
#       after object unset --property color: none
#       uploaded: X-Delete-At, X-Object-Manifest, X-Object-Meta-Color, X-Object-Meta-Size
#       after object set --property owner=ann: X-Object-Meta-Owner
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/swift" && python3 -m venv "$place/client"
"$place/swift/bin/pip" install -q swift==2.38.3
"$place/client/bin/pip" install -q python-openstackclient==10.5.0
env -i HOME="$place" PATH="$PATH" "$place/swift/bin/python" - >"$place/out" <<'PY'
import json
import os
import subprocess
import time
import wsgiref.simple_server

from swift.common.swob import Request
from swift.common.utils import Timestamp
from swift.obj.server import ObjectController

home = os.environ["HOME"]
os.makedirs(f"{home}/devices/d1")
objects = ObjectController({"devices": f"{home}/devices", "mount_check": "false", "log_level": "CRITICAL"})
USER = {"id": "u1", "name": "ann", "domain": {"id": "default", "name": "Default"}}


def application(environ, start_response):
    """Keystone's tokens, and for all else the object server of Swift, asked as the proxy asks it."""
    if environ["PATH_INFO"].startswith("/v3"):
        return keystone(environ, start_response)
    path = environ["PATH_INFO"].replace("/v1/", "/d1/0/", 1)
    length = int(environ.get("CONTENT_LENGTH") or 0)
    headers = {name[5:].replace("_", "-"): value for name, value in environ.items() if name.startswith("HTTP_")}
    headers |= {"X-Timestamp": Timestamp(time.time()).internal, "Content-Type": environ.get("CONTENT_TYPE") or "text/plain"}
    request = Request.blank(path, method=environ["REQUEST_METHOD"], headers=headers)
    request.body = environ["wsgi.input"].read(length)
    return request.get_response(objects)(environ, start_response)


def keystone(environ, start_response):
    end = {"interface": "public", "region": "R", "region_id": "R", "id": "e", "url": f"{url}/v1/AUTH_p1"}
    token = {"user": USER, "project": {**USER, "id": "p1"}, "expires_at": "2099-01-01T00:00:00.000000Z",
             "issued_at": "2026-01-01T00:00:00.000000Z", "methods": ["password"], "roles": [],
             "catalog": [{"type": "object-store", "id": "s", "name": "swift", "endpoints": [end]}]}
    version = {"id": "v3.14", "status": "stable", "links": [{"rel": "self", "href": f"{url}/v3/"}]}
    body = json.dumps({"token": token} if environ["REQUEST_METHOD"] == "POST" else {"version": version}).encode()
    start_response("201 Created" if environ["REQUEST_METHOD"] == "POST" else "200 OK",
                   [("Content-Type", "application/json"), ("X-Subject-Token", "t"), ("Content-Length", str(len(body)))])
    return [body]


class Quiet(wsgiref.simple_server.WSGIRequestHandler):
    def log_message(self, *rest):
        """Write no log."""


server = wsgiref.simple_server.make_server("127.0.0.1", 0, application, handler_class=Quiet)
server.timeout = 0.1
url = f"http://127.0.0.1:{server.server_port}"
KEPT = {"X-Object-Meta-Color": "red", "X-Object-Meta-Size": "big", "X-Object-Manifest": "parts/film",
        "X-Delete-At": str(int(time.time()) + 86400)}


def shown():
    """Return the names of the headers with metadata that the object has."""
    headers = {"X-Timestamp": Timestamp(time.time()).internal}
    found = Request.blank("/d1/0/AUTH_p1/box/film", method="HEAD", headers=headers).get_response(objects).headers
    return ", ".join(sorted(name for name in found if name.startswith(("X-Object-M", "X-Delete-At")))) or "none"


for words in ("unset --property color", "set --property owner=ann"):
    headers = {"X-Timestamp": Timestamp(time.time()).internal, "Content-Type": "text/plain", "Content-Length": "0", **KEPT}
    answer = Request.blank("/d1/0/AUTH_p1/box/film", method="PUT", headers=headers).get_response(objects)
    assert answer.status_int == 201, answer.status
    print(f"uploaded: {shown()}")
    verb, *options = words.split()
    client = subprocess.Popen(
        [f"{home}/client/bin/openstack", "--os-auth-url", f"{url}/v3", "--os-username", "ann", "--os-password", "x",
         "--os-project-name", "p", "--os-user-domain-id", "default", "--os-project-domain-id", "default",
         "object", verb, *options, "box", "film"])
    while client.poll() is None:
        server.handle_request()
    assert client.returncode == 0
    print(f"after object {words}: {shown()}")
PY
cat "$place/out"
sed -n 's/^#       \(\(uploaded\|after object\).*\)$/\1/p' "$0" | diff - "$place/out"
