"""Members: the servers of a pool."""

from ..api.load_balancer import MEMBER, POOL
from ..api.network import SUBNET
from ..language import NAME, WAIT, Noun, Opt, target
from ..tags import NEW_FIELD_TAGS, SET_FIELD_TAGS, TAG_FILTERS, UNSET_FIELD_TAGS
from .formats import LINES
from .options import GONE, PARENT_READY, PROTOCOL_PORT, Range, enabling, removed

member = Noun(
    MEMBER,
    "Manage members of pools: servers behind load balancers.",
    columns=["id= name= project_id= provisioning_status= address= protocol_port= operating_status= weight="],
    fields=[
        "address admin_state_up created_at id name operating_status project_id protocol_port provisioning_status",
        "subnet_id updated_at weight monitor_port monitor_address backup tags vnic_type",
    ],
    formats={"tags": LINES},
    in_order=True,
    parent=target(POOL),
    wait=PARENT_READY,
)
CONTENT = [
    Opt(
        "--enable-backup/--disable-backup",
        "Enable or disable backup mode: use the member only if no other member is online.",
        key="backup",
    ),
    Opt("--weight", "Weight: share of the requests among the members, from 0 to 256.", type=Range(0, 256)),
    Opt("--monitor-port", "Monitor port: port for health checks, if other than the protocol port.", type=PROTOCOL_PORT),
    Opt("--monitor-address", "Monitor address: IP address for health checks, if other than the address of the member."),
    enabling("member"),
    WAIT,
]
member.create(
    Opt("--name", "Name of the member."),
    Opt("--address", "IP address of the member.", required=True),
    Opt("--subnet-id", "Subnet from which the member can be reached.", ref=SUBNET),
    Opt("--protocol-port", "Protocol port of the member.", type=PROTOCOL_PORT, required=True),
    Opt("--request-sriov", "Request an SR-IOV port for the traffic to the member.", value=True),
    CONTENT,
    NEW_FIELD_TAGS,
)
member.list(TAG_FILTERS)
member.show()
member.set(NAME, CONTENT, SET_FIELD_TAGS)
member.unset(
    removed("--backup", "Disable backup mode: use the member like any other member."),
    removed("--monitor-address", "Remove the IP address for health checks."),
    removed("--monitor-port", "Remove the port for health checks."),
    removed("--name", "Remove the name."),
    removed("--weight", "Reset the weight to the default."),
    WAIT,
    UNSET_FIELD_TAGS,
)
member.delete(WAIT, wait=GONE)
