"""Amphorae: the virtual machines that do the work of load balancers (admin only)."""

from collections.abc import Sequence

from ..api.load_balancer import AMPHORA, LISTENER, LOAD_BALANCER
from ..language import LONG, WAIT, Cloud, Json, Noun, Opt, target
from .options import GONE, READY, any_case
from .statistics import STATISTICS

amphora = Noun(
    AMPHORA,
    "Manage amphorae: the virtual machines of load balancers (admin only).",
    columns=["id= loadbalancer_id= status= role= lb_network_ip= ha_ip="],
    long=["compute_id= cached_zone= image_id="],
    fields=[
        "id loadbalancer_id compute_id lb_network_ip vrrp_ip ha_ip vrrp_port_id ha_port_id cert_expiration cert_busy",
        "role status vrrp_interface vrrp_id vrrp_priority cached_zone created_at updated_at image_id compute_flavor",
    ],
    in_order=True,
)
amphora.list(
    Opt("--loadbalancer", "Filter by load balancer.", ref=LOAD_BALANCER),
    Opt("--compute-id", "Filter by ID of the server."),
    Opt("--role", "Filter by role.", type=any_case("BACKUP MASTER STANDALONE")),
    Opt(
        "--status --provisioning-status status",
        "Filter by status.",
        type=any_case("ALLOCATED BOOTING DELETED ERROR FAILOVER_STOPPED PENDING_CREATE PENDING_DELETE READY"),
    ),
    Opt("--image-id", "Filter by ID of the image."),
    LONG,
    help="List amphorae.",
)
amphora.show()
amphora.delete(WAIT, wait=GONE, help="Delete amphorae.")


@amphora.action("configure", target(AMPHORA), WAIT)
def configure(cloud: Cloud, amphora: str, wait: bool, values: Json) -> None:
    """Update the configuration of the agent in an amphora."""
    cloud.send(AMPHORA, "PUT", amphora, "config")
    if wait:
        wait_for_balancer(cloud, cloud.fetch(AMPHORA, amphora), values)


@amphora.action("failover", target(AMPHORA), WAIT)
def failover(cloud: Cloud, amphora: str, wait: bool, values: Json) -> None:
    """Fail over an amphora: create a replacement and delete the amphora."""
    item = cloud.fetch(AMPHORA, amphora) if wait else {}
    cloud.send(AMPHORA, "PUT", amphora, "failover")
    if wait and not wait_for_balancer(cloud, item, values):
        GONE.finish(cloud, AMPHORA, amphora, values)


def wait_for_balancer(cloud: Cloud, amphora: Json, values: Json) -> bool:
    """Wait until the load balancer of an amphora is ready; return whether it has one."""
    balancer = amphora.get("loadbalancer_id")
    if balancer:
        READY.finish(cloud, LOAD_BALANCER, balancer, values)
    return bool(balancer)


@amphora.shower(
    "stats show",
    target(AMPHORA),
    Opt("--listener", "Show statistics of this listener only.", ref=LISTENER),
    fields=STATISTICS,
)
def show_statistics(cloud: Cloud, amphora: str, listener: str | None) -> Json:
    """Show statistics of an amphora, over all listeners or for a single listener."""
    found: Sequence[Json] = cloud.send(AMPHORA, "GET", amphora, "stats")["amphora_stats"]
    counted = [one for one in found if listener in (None, one["listener_id"])]
    return {key: sum(one[key] for one in counted) for key in STATISTICS[0].split()}
