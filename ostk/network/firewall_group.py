"""Firewall groups: ports, and the ingress and egress firewall policies applied to the ports."""

from ..api.network import FIREWALL_GROUP, FIREWALL_POLICY, PORT
from ..language import DESCRIPTION, LONG, NAME, NULL, Flag, Json, Noun, Opt, exclusive
from ..owner import OWNER
from .fields import FORMATS, OTHER_FIELDS, with_list_titles
from .firewall_name import NAME_PARAMS, validate_name
from .shared_options import ENABLE, SHARE, UNSHARE

COLUMNS = "id, name, ingress_firewall_policy_id=Ingress Policy ID, egress_firewall_policy_id=Egress Policy ID"
LONG_COLUMNS = "description status ports admin_state_up=State shared project_id=Project"
group = Noun(
    FIREWALL_GROUP,
    "Manage firewall groups: ports and firewall policies.",
    columns=[COLUMNS],
    long=[LONG_COLUMNS],
    fields=[*with_list_titles(COLUMNS, LONG_COLUMNS), *OTHER_FIELDS],
    formats=FORMATS,
)


def policy(direction: str) -> list[Opt]:
    """Return the options that set or remove the policy of a direction, "ingress" or "egress"."""
    key, flag = f"{direction}_firewall_policy_id", f"{direction}-firewall-policy"
    return exclusive(
        Opt(f"--{flag}", f"Firewall policy for {direction} traffic.", ref=FIREWALL_POLICY, key=key),
        Opt(f"--no-{flag}", f"Remove the firewall policy for {direction} traffic.", key=key, value=NULL),
    )


def no_policy(direction: str) -> Opt:
    """Return the option of `unset` that removes the policy of a direction."""
    key = f"{direction}_firewall_policy_id"
    return Opt(
        f"--{direction}-firewall-policy", f"Remove the firewall policy for {direction} traffic.", key=key, value=NULL
    )


def add_ports(item: Json, body: Json, values: Json) -> Json:
    """Return the request with ports added to those of the group, or replacing them with --no-port."""
    if "ports" not in body and not values["no_port"]:
        return body
    existing = [] if values["no_port"] else item.get("ports") or []
    return {**body, "ports": sorted({*existing, *body.get("ports", ())})}


def remove_ports(item: Json, body: Json, values: Json) -> Json:
    """Return the request with the ports of the group that remain."""
    if values["all_port"]:
        return {**body, "ports": []}
    if "ports" not in body:
        return body
    return {**body, "ports": sorted({*(item.get("ports") or ())} - {*body["ports"]})}


PORTS = Opt("--port...", "Port to add.", ref=PORT, key="ports")
OPTIONS = [DESCRIPTION, *policy("ingress"), *policy("egress"), SHARE, ENABLE]
group.create(
    NAME_PARAMS,
    OPTIONS,
    exclusive(PORTS, Opt("--no-port", "Create the group without ports.", key="ports", value=[])),
    OWNER,
    validate=validate_name,
)
group.list(LONG)
group.show()
group.set(
    NAME, OPTIONS, PORTS, Flag("--no-port", "Ports: remove all; with --port, replace the ports."), prepare=add_ports
)
group.unset(
    exclusive(Opt("--port...", "Port to remove.", ref=PORT, key="ports"), Flag("--all-port", "Remove all ports.")),
    no_policy("ingress"),
    no_policy("egress"),
    UNSHARE,
    Opt("--enable", "Disable the firewall group (admin state down).", key="admin_state_up", value=False),
    prepare=remove_ports,
)
group.delete()
