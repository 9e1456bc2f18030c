#!/usr/bin/env bash
# What: usual spellings of a boolean in OS_VERIFY and OS_INSECURE have another meaning, or none, in openstacksdk.
# Version: openstacksdk 4.22.0
# Behavior: OS_VERIFY=false is kept as the text "false", which requests then takes for the path of a CA bundle; every
#       request fails. OS_INSECURE=1 is taken for false: certificates are verified although the variable is set.
# Expected: the spellings of booleans that OpenStack's services and clients accept elsewhere (oslo.utils strutils:
#       1, t, true, on, y, yes), or an error that names the variable.
# Seen:
#       OS_VERIFY=false   verify='false'
#       OS_VERIFY=False   verify='False'
#       OS_INSECURE=true  verify=False
#       OS_INSECURE=1     verify=True
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install -q openstacksdk==4.22.0
for setting in OS_VERIFY=false OS_VERIFY=False OS_INSECURE=true OS_INSECURE=1; do
    env -i HOME="$place" PATH="$PATH" OS_AUTH_URL=http://127.0.0.1:5000 OS_USERNAME=u OS_PASSWORD=p "$setting" \
        "$place/venv/bin/python" - "$setting" <<'PY'
import sys

import openstack.config

region = openstack.config.OpenStackConfig().get_one()
verify, _ = region.get_requests_verify_args()
print(f"{sys.argv[1]:17} verify={verify!r}")
PY
done >"$place/out"
cat "$place/out"
diff "$place/out" - <<'OUT'
OS_VERIFY=false   verify='false'
OS_VERIFY=False   verify='False'
OS_INSECURE=true  verify=False
OS_INSECURE=1     verify=True
OUT
