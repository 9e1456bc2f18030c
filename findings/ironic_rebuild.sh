#!/usr/bin/env bash
# What: Ironic answers 500 to the rebuild of a node whose image is of the same type as at the deployment: that is, to
#       almost every rebuild.
# Version: ironic 39.0.0 (conductor/deployments.py, start_deploy), any client
# Behavior: the conductor reads the local variable auto_lessee, which is set for a deployment and not for a rebuild. It
#       is not reached if the image type changes, as then the condition before it is true. The node stays active.
# Expected: the node is rebuilt, as the API reference has it for the target "rebuild".
# Seen:
#       deploy: 0
#       rebuild: 1
#       cannot access local variable 'auto_lessee' where it is not associated with a value (HTTP 500)
# Needs: OS_CLOUD of an administrator of a cloud with Ironic and its driver fake-hardware, and the client `openstack`
#       with python-ironicclient (another one: OPENSTACK=PATH).
set -euo pipefail
openstack=${OPENSTACK:-openstack}
node="finding-rebuild-$$"
place=$(mktemp -d)
trap 'rm -rf "$place"; "$openstack" baremetal node maintenance set "$node"; "$openstack" baremetal node delete "$node" >/dev/null' EXIT
"$openstack" baremetal node create --driver fake-hardware --name "$node" -f value -c name >/dev/null
"$openstack" baremetal node manage "$node" --wait 60 >/dev/null
"$openstack" baremetal node provide "$node" --wait 60 >/dev/null
for verb in deploy rebuild; do
    status=0
    "$openstack" baremetal node "$verb" "$node" --wait 60 >/dev/null 2>"$place/errors" || status=$?
    echo "$verb: $status" >>"$place/out"
done
sed -n 's/ *(Request-ID.*//; /auto_lessee/p' "$place/errors" | tail -1 >>"$place/out"
cat "$place/out"
diff "$place/out" - <<'OUT'
deploy: 0
rebuild: 1
cannot access local variable 'auto_lessee' where it is not associated with a value (HTTP 500)
OUT
