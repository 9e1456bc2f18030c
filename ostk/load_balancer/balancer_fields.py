"""Fields of load balancers, and the options that create and set share."""

from ..api.network import QOS_POLICY, SECURITY_GROUP
from ..language import Cloud, Json, Opt, Value
from .formats import IDS, LINES
from .options import is_no_value

FIELDS = [
    "admin_state_up availability_zone created_at description flavor_id id listeners name operating_status pools",
    "project_id provider provisioning_status updated_at vip_address vip_network_id vip_port_id vip_qos_policy_id",
    "vip_subnet_id vip_vnic_type vip_sg_ids tags additional_vips",
]
FORMATS = {"listeners pools": IDS, "tags": LINES}
VIP_QOS_POLICY = Value(
    "--vip-qos-policy-id", "QoS policy of the VIP port, or none for no policy.", names=QOS_POLICY, metavar="QOS_POLICY"
)
VIP_SECURITY_GROUPS = Opt("--vip-sg-id...", "Security group of the VIP port.", key="vip_sg_ids", ref=SECURITY_GROUP)


def with_policy(cloud: Cloud, body: Json, values: Json) -> Json:
    """Return the request with the ID of the QoS policy, null for a word that stands for no policy."""
    policy = values["vip_qos_policy_id"]
    if not policy:
        return body
    return {**body, "vip_qos_policy_id": None if is_no_value(policy) else cloud.find(QOS_POLICY, policy)}
