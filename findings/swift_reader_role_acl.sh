#!/usr/bin/env bash
# What: In Swift, the role that makes a user a reader of the whole system hides the ACLs of his own containers from him.
# Version: swift 2.38.3 (middleware keystoneauth, option system_reader_roles)
# Behavior: a user with one of the operator_roles owns the account: he sets ACLs, metadata keys and quotas, and sees
#       them. If he has one of the system_reader_roles too, GET and HEAD are let through before the operator roles are
#       looked at, and the request does not count as the owner's: X-Container-Read and X-Container-Write are missing
#       from the answers, while PUT and POST still set them. Keystone's default roles imply one another (admin implies
#       member, member implies reader): with system_reader_roles = reader, nobody sees an ACL, not even the admin.
# Expected: a further role takes nothing away; an operator reads back what he sets.
# Seen:
#       HEAD, roles member: 200, owner
#       HEAD, roles member, reader: 200, not owner
#       GET, roles admin, member, reader: 200, not owner
#       POST, roles admin, member, reader: 200, owner
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install -q swift==2.38.3 keystonemiddleware==13.0.1
env -i HOME="$place" PATH="$PATH" "$place/venv/bin/python" - >"$place/out" <<'PY'
from swift.common.middleware import keystoneauth
from swift.common.swob import Request

OPTIONS = {"operator_roles": "admin, member", "system_reader_roles": "reader", "reseller_prefix": "AUTH"}


def application(environ, start_response):
    """The proxy behind the middleware: it asks whether the request is allowed, as Swift's proxy does."""
    refusal = environ["swift.authorize"](Request(environ))
    if refusal:
        return refusal(environ, start_response)
    start_response("200 OK", [("X-Owner", str(bool(environ.get("swift_owner"))))])
    return [b""]


middleware = keystoneauth.filter_factory({}, **OPTIONS)(application)
for method, roles in (
    ("HEAD", "member"),
    ("HEAD", "member,reader"),
    ("GET", "admin,member,reader"),
    ("POST", "admin,member,reader"),
):
    headers = {
        "X-Identity-Status": "Confirmed",
        "X-Roles": roles,
        "X-User-Id": "u1",
        "X-User-Name": "user",
        "X-Project-Id": "p1",
        "X-Project-Name": "project",
        "X-Project-Domain-Id": "default",
        "X-User-Domain-Id": "default",
    }
    environ = {"REQUEST_METHOD": method, "keystone.token_info": {"token": {}}}
    request = Request.blank("/v1/AUTH_p1/container", environ=environ, headers=headers)
    answer = request.get_response(middleware)
    owner = "owner" if answer.headers.get("X-Owner") == "True" else "not owner"
    print(f"{method}, roles {roles.replace(',', ', ')}: {answer.status_int}, {owner}")
PY
cat "$place/out"
sed -n 's/^#       \([A-Z]*, roles .*\)$/\1/p' "$0" | diff - "$place/out"
