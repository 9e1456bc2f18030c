#!/usr/bin/env bash
# What: a network that an old Neutron returns with tenant_id alone has no project in openstacksdk, though routers, ports,
#       subnets and security groups with the same field have one.
# Version: openstacksdk 4.22.0
# Behavior: project_id of Router, Port, Subnet and SecurityGroup falls back to tenant_id (an alias in their resource
#       classes). Network has no such alias, so `project_id` is None and lists show an empty project.
# Expected: one rule for all resources of the Networking API, which renamed tenant_id to project_id for all of them.
# Seen:
#       Network       None
#       Router        p1
#       Port          p1
#       Subnet        p1
#       SecurityGroup p1
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install -q openstacksdk==4.22.0
"$place/venv/bin/python" - >"$place/out" <<'PY'
from openstack.network.v2 import network, port, router, security_group, subnet

for kind in (network.Network, router.Router, port.Port, subnet.Subnet, security_group.SecurityGroup):
    print(f"{kind.__name__:13} {kind.existing(id='1', tenant_id='p1').project_id}")
PY
cat "$place/out"
diff "$place/out" - <<'OUT'
Network       None
Router        p1
Port          p1
Subnet        p1
SecurityGroup p1
OUT
