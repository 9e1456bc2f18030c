"""Load balancers: a virtual IP address (VIP) with listeners, and pools of servers behind them."""

from ..api.load_balancer import BALANCER_FLAVOR, BALANCER_ZONE, LOAD_BALANCER, PROVIDER
from ..api.network import NETWORK, PORT, QOS_POLICY, SUBNET
from ..errors import BadRequest
from ..language import NAME, NEW_DESCRIPTION, WAIT, Cloud, Flag, Json, Noun, Opt, target
from ..owner import PROJECT_FILTER
from ..tags import SET_FIELD_TAGS, TAG_FILTERS, UNSET_FIELD_TAGS
from .balancer_fields import FIELDS, FORMATS, VIP_QOS_POLICY, VIP_SECURITY_GROUPS, with_policy
from .options import GONE, READY, any_case, enabled, enabling, removed
from .statistics import STATISTICS, fetch_statistics

loadbalancer = Noun(
    LOAD_BALANCER,
    "Manage load balancers.",
    columns=["id= name= project_id= vip_address= provisioning_status= operating_status= provider="],
    fields=FIELDS,
    formats=FORMATS,
    in_order=True,
    wait=READY,
)
loadbalancer.list(
    Opt("--name", "Filter by name."),
    enabled("load balancers"),
    PROJECT_FILTER,
    Opt("--vip-network-id", "Filter by network of the VIP.", ref=NETWORK),
    Opt("--vip-subnet-id", "Filter by subnet of the VIP.", ref=SUBNET),
    Opt("--vip-qos-policy-id", "Filter by QoS policy of the VIP port.", ref=QOS_POLICY),
    Opt("--vip-port-id", "Filter by port of the VIP.", ref=PORT),
    Opt(
        "--provisioning-status",
        "Filter by provisioning status.",
        type=any_case("ACTIVE ERROR PENDING_CREATE PENDING_UPDATE PENDING_DELETE"),
    ),
    Opt(
        "--operating-status",
        "Filter by operating status.",
        type=any_case("ONLINE DRAINING OFFLINE DEGRADED ERROR NO_MONITOR"),
    ),
    Opt("--provider", "Filter by provider.", names=PROVIDER),
    Opt("--flavor", "Filter by flavor.", ref=BALANCER_FLAVOR, metavar="FLAVOR"),
    Opt("--availability-zone", "Filter by availability zone.", names=BALANCER_ZONE),
    TAG_FILTERS,
)
loadbalancer.show()


loadbalancer.set(
    NAME,
    NEW_DESCRIPTION,
    VIP_QOS_POLICY,
    VIP_SECURITY_GROUPS,
    enabling("load balancer"),
    WAIT,
    SET_FIELD_TAGS,
    prepare=with_policy,
)
loadbalancer.unset(
    removed("--name", "Remove the name."),
    removed("--description", "Remove the description."),
    removed("--vip-qos-policy-id", "Remove the QoS policy of the VIP port."),
    removed("--vip-sg-id", "Remove all security groups of the VIP port.", key="vip_sg_ids"),
    WAIT,
    UNSET_FIELD_TAGS,
)


@loadbalancer.each(
    "delete", Flag("--cascade", "Delete the listeners, pools and all other child objects too."), WAIT, wait=GONE
)
def delete(cloud: Cloud, load_balancer: str, cascade: bool) -> str:
    """Delete load balancers."""
    balancer_id = cloud.find(LOAD_BALANCER, load_balancer)
    try:
        cloud.delete(LOAD_BALANCER, balancer_id, {"cascade": True} if cascade else {})
    except BadRequest as error:
        if "has children" in error.message:
            error.hint = "Delete the listeners and pools of the load balancer too with --cascade."
        raise
    return balancer_id


@loadbalancer.action("failover", target(LOAD_BALANCER), WAIT, wait=READY)
def failover(cloud: Cloud, load_balancer: str) -> None:
    """Fail over a load balancer: replace the amphorae of the load balancer (admin only)."""
    cloud.send(LOAD_BALANCER, "PUT", load_balancer, "failover")


@loadbalancer.shower("stats show", target(LOAD_BALANCER), fields=STATISTICS)
def show_statistics(cloud: Cloud, load_balancer: str) -> Json:
    """Show statistics of a load balancer."""
    return fetch_statistics(cloud, LOAD_BALANCER, load_balancer)
