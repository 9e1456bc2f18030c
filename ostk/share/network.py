"""Share networks: tenant networks and security services for share servers."""

from collections.abc import Iterable, Sequence

from ..api.network import NETWORK, SUBNET
from ..api.shared_file_system import SHARE_NETWORK, SHARE_SECURITY_SERVICE
from ..console import write_message
from ..language import ALL_FIELDS_IN_API_ORDER, WAIT, Arg, Cloud, Column, Flag, Json, Noun, Opt, Wait
from ..owner import ADMIN_PROJECT_FILTER
from ..record import replace
from ..session.optional_details import optional
from .field_options import clear_name_options, name_options, rename_options, reset_status_option
from .list_options import ALL_PROJECTS, NAME_FILTERS, add_project_column
from .value_types import RECORDS

network = Noun(
    SHARE_NETWORK,
    "Manage share networks.",
    columns=["id name"],
    long=["status created_at updated_at description"],
    fields=[
        ALL_FIELDS_IN_API_ORDER,
        *(Column(key, format=RECORDS) for key in ("share_network_subnets", "security_services")),
    ],
)


def neutron_options(help: str, assume_id_if_missing: bool = False) -> list[Opt]:
    """Return --neutron-net-id and --neutron-subnet-id.

    Args:
        help: The help, with `{}` for "network" or "subnet".
        assume_id_if_missing: Send a name or ID that Neutron does not find as it is: a list of share networks may be
            filtered by a network that is deleted.
    """
    return [
        Opt(
            f"--neutron-{word}-id",
            help.format(resource.noun),
            ref=replace(resource, assume_id_if_missing=assume_id_if_missing),
            key=f"neutron_{word}_id",
        )
        for word, resource in (("net", NETWORK), ("subnet", SUBNET))
    ]


@network.shower(
    "create",
    name_options("share network"),
    neutron_options("Neutron {} for the share network subnet."),
    Opt("--availability-zone", "Availability zone of the share network subnet (default: all).", since="2.51"),
)
def create(cloud: Cloud, body: Json) -> Json:
    """Create a share network."""
    return cloud.create(SHARE_NETWORK, body)


@network.shower("show", Arg("share_network", "Share network.", names=SHARE_NETWORK))
def show(cloud: Cloud, share_network: str) -> Json:
    """Show a share network with all subnets and security services."""
    item = cloud.get(SHARE_NETWORK, share_network)
    subnets = item.get("share_network_subnets") or []
    for subnet in subnets:
        subnet["properties"] = subnet.pop("metadata", {})

    def fetch_security_services() -> list[Json]:
        query, path = {"share_network_id": item["id"]}, SHARE_SECURITY_SERVICE.path
        found = cloud.pages(SHARE_SECURITY_SERVICE, query, path=path)
        return [{"security_service_name": service["name"], "security_service_id": service["id"]} for service in found]

    what = f"the security services of share network {item.get('name') or item['id']}"
    services = optional(fetch_security_services, None, what)
    return {**item, "share_network_subnets": subnets, "security_services": services}


@network.lister(
    "list",
    NAME_FILTERS,
    ALL_PROJECTS,
    ADMIN_PROJECT_FILTER,
    Opt("--created-since", "Filter by creation date: not before YYYY-MM-DD."),
    Opt("--created-before", "Filter by creation date: not after YYYY-MM-DD."),
    Opt("--security-service", "Filter by security service.", ref=SHARE_SECURITY_SERVICE),
    neutron_options("Filter by Neutron {}.", assume_id_if_missing=True),
    Opt("--network-type", "Filter by network type, e.g. flat, vlan, vxlan or geneve."),
    Opt("--segmentation-id", "Filter by segmentation ID."),
    Opt("--cidr", "Filter by CIDR."),
    Opt("--ip-version", "Filter by IP version.", choices="4 6"),
    Flag("--detail long", "Show more columns."),
    also=["project_id"],
)
def list_networks(cloud: Cloud, body: Json, columns: Sequence[Column]) -> tuple[list[Column], Iterable[Json]]:
    """List share networks."""
    return add_project_column(columns, body), cloud.pages(SHARE_NETWORK, body)


def set_security_service(cloud: Cloud, item: Json, body: Json) -> None:
    """Add or replace a security service of a share network, or check whether that is possible.

    Args:
        cloud: The cloud.
        item: The share network.
        body: `new_service_id`; with `current_service_id` to replace that one; with `check_only` or `restart_check`
            to check only, which prints the result.
    """
    restart, check = "restart_check" in body, "check_only" in body
    content = {"security_service_id": body["new_service_id"]}
    verb = "add_security_service"
    if "current_service_id" in body:
        verb, content = "update_security_service", {key: body[key] for key in ("current_service_id", "new_service_id")}
    if not (check or restart):
        cloud.act(SHARE_NETWORK, item["id"], verb, content)
        return
    reply = cloud.act(SHARE_NETWORK, item["id"], f"{verb}_check", {**content, "reset_operation": restart})
    messages = {
        True: "The security service is compatible with the share network.",
        False: "The security service is not compatible with the share network.",
    }
    # The check is asynchronous: `compatible` is null until all hosts have answered, and the same request again gets it.
    write_message(messages.get(reply["compatible"], "The check is in progress: run the command again later."))


def check_option(flag: str, help: str) -> Opt:
    """Return a flag with which `set` checks a change of the security service instead of making the change."""
    return Opt(flag, help, is_flag=True, action=set_security_service, since="2.63", needs="--new-security-service")


network.set(
    rename_options("share network"),
    reset_status_option("share network", "active error network_change", since="2.63"),
    neutron_options("Neutron {} of the default share network subnet."),
    Opt(
        "--current-security-service",
        "Security service to replace.",
        ref=SHARE_SECURITY_SERVICE,
        key="current_service_id",
        action=set_security_service,
        since="2.63",
        needs="--new-security-service",
    ),
    Opt(
        "--new-security-service",
        "Security service to add, or to replace --current-security-service with.",
        ref=SHARE_SECURITY_SERVICE,
        key="new_service_id",
        action=set_security_service,
    ),
    check_option("--check-only", "Check whether the security service can be set, without setting the service."),
    check_option("--restart-check", "Discard the result of an earlier check and run the check again."),
)
network.unset(
    clear_name_options("share network"),
    Opt(
        "--security-service",
        "Security service to remove.",
        ref=SHARE_SECURITY_SERVICE,
        action="remove_security_service",
    ),
    help="Remove the name, description or a security service of a share network.",
)
network.delete(WAIT, wait=Wait("deleted"))
