#!/usr/bin/env bash
# What: keystoneauth1 ends an OAuth 2.0 device login when the identity provider asks it to poll less often.
# Version: keystoneauth1 5.18.1 (v3oidcdeviceauthz)
# Behavior: the token endpoint's answer "slow_down" is raised as an error, HTTP 400. The user may be typing the code at
#       that moment; the login must be started anew, with another code.
# Expected: RFC 8628, section 3.5: slow_down is a variant of authorization_pending. The client goes on polling, with an
#       interval that is longer by five seconds.
# Seen:
#       authorization_pending, then a token: logged in, 2 polls
#       slow_down, then a token: BadRequest: Unrecognized schema in response body. (HTTP 400), 1 poll
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install -q keystoneauth1==5.18.1
env -i HOME="$place" PATH="$PATH" "$place/venv/bin/python" - >"$place/out" <<'PY'
import http.server
import json
import logging
import threading

from keystoneauth1 import exceptions, session
from keystoneauth1.identity.v3 import oidc

logging.disable()  # the invitation to type a code, with a port in it
first = polls = None


class Cloud(http.server.BaseHTTPRequestHandler):
    """An identity provider with RFC 8628, and the federated login of Keystone."""

    def do_POST(self):
        global polls
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        if self.path == "/device":
            self.answer(200, device_code="d", user_code="ABCD-EFGH", verification_uri=f"{url}/code",
                        expires_in=600, interval=1)
        elif self.path == "/token":
            polls += 1
            if polls == 1:
                self.answer(400, error=first)
            else:
                self.answer(200, access_token="a", token_type="Bearer")
        else:
            self.answer(201, token={"methods": ["openid"], "user": {"id": "u", "name": "u"}})

    do_GET = do_POST

    def answer(self, status, **body):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("X-Subject-Token", "t")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Cloud)
url = f"http://127.0.0.1:{server.server_port}"
threading.Thread(target=server.serve_forever, daemon=True).start()
for first in ("authorization_pending", "slow_down"):
    polls = 0
    login = oidc.OidcDeviceAuthorization(
        auth_url=f"{url}/v3", identity_provider="idp", protocol="openid", client_id="c", client_secret="s",
        access_token_endpoint=f"{url}/token", device_authorization_endpoint=f"{url}/device")
    try:
        login.get_unscoped_auth_ref(session.Session())
        end = "logged in"
    except exceptions.HttpError as error:
        end = f"{type(error).__name__}: {error}"
    print(f"{first}, then a token: {end}, {polls} poll{'s'[:polls != 1]}")
PY
cat "$place/out"
diff "$place/out" - <<'OUT'
authorization_pending, then a token: logged in, 2 polls
slow_down, then a token: BadRequest: Unrecognized schema in response body. (HTTP 400), 1 poll
OUT
