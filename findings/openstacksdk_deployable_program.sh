#!/usr/bin/env bash
# What: the client `openstack` cannot program an accelerator: it sends the request to a path that Cyborg does not have.
# Version: openstacksdk 4.22.0 (accelerator/v2/deployable.py, patch), cyborg 17.0.0
# Behavior: the SDK puts the path of the request, /deployables/{id}/program, in the place of that of the collection, and
#       then adds the ID of the deployable once more. Cyborg answers 405.
# Expected: PATCH /v2/deployables/{id}/program, as the API reference has it. ostk sends that; with the fake driver of a
#       test cloud, the agent then finds no FPGA driver for it (500).
# Seen:
#       405 /v2/deployables/ID/program/ID
# Needs: OS_CLOUD of an administrator of a cloud with Cyborg, a deployable and an image, and the client `openstack`
#       (another one: OPENSTACK=PATH).
set -euo pipefail
openstack=${OPENSTACK:-openstack}
deployable=$("$openstack" accelerator deployable list -f value -c uuid | head -n 1)
image=$("$openstack" image list -f value -c ID | head -n 1)
errors=$("$openstack" accelerator deployable program "$deployable" "$image" 2>&1) && exit 1
seen=$(sed -n 's/.*: \([0-9]*\): .*url: [^ ]*\(\/v2\/[^ ,]*\),.*/\1 \2/p' <<<"$errors")
echo "${seen//$deployable/ID}"
[ "${seen//$deployable/ID}" = "405 /v2/deployables/ID/program/ID" ]
