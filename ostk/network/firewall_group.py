"""Firewall groups: ports, and the policies that say what passes them."""

from __future__ import annotations

from ..api.network import FIREWALL_GROUP, FIREWALL_POLICY, PORT
from ..language import DESCRIPTION, LONG, NAME, NULL, Flag, Json, Noun, Opt, exclusive
from ..owner import OWNER
from .extra_properties import ENABLE, FORMATS, OTHERS, SHARE, titled
from .firewall_name import NAMED, once

COLUMNS = "id, name, ingress_firewall_policy_id=Ingress Policy ID, egress_firewall_policy_id=Egress Policy ID"
LONG_COLUMNS = "description status ports admin_state_up=State shared project_id=Project"
group = Noun(
    FIREWALL_GROUP,
    "Manage firewall groups: ports, and the policies that guard them.",
    columns=[COLUMNS],
    long=[LONG_COLUMNS],
    fields=[*titled(COLUMNS, LONG_COLUMNS), *OTHERS],
    formats=FORMATS,
)


def policy(way: str) -> list[Opt]:
    """Options for the policy of traffic that goes one way."""
    key, flag = f"{way}_firewall_policy_id", f"{way}-firewall-policy"
    return exclusive(
        Opt(f"--{flag}", f"Policy of {way} traffic.", ref=FIREWALL_POLICY, key=key),
        Opt(f"--no-{flag}", f"No policy of {way} traffic.", key=key, value=NULL),
    )


def no_policy(way: str) -> Opt:
    """The option that takes away the policy of traffic that goes one way."""
    key = f"{way}_firewall_policy_id"
    return Opt(f"--{way}-firewall-policy", f"Take away the policy of {way} traffic.", key=key, value=NULL)


def joined(item: Json, body: Json, values: Json) -> None:
    """Add ports to those of the group; with --no-port they take their place."""
    there = [] if values["no_port"] else item.get("ports") or []
    if "ports" in body or values["no_port"]:
        body["ports"] = sorted({*there, *body.get("ports", ())})


def left(item: Json, body: Json, values: Json) -> None:
    """Take ports from those of the group."""
    if values["all_port"]:
        body["ports"] = []
    elif "ports" in body:
        body["ports"] = sorted({*(item.get("ports") or ())} - {*body["ports"]})


PORTS = Opt("--port", "Port; may be repeated.", ref=PORT, key="ports", multiple=True)
OPTIONS = [DESCRIPTION, *policy("ingress"), *policy("egress"), SHARE, ENABLE]
group.create(
    NAMED, OPTIONS, exclusive(PORTS, Opt("--no-port", "No ports.", key="ports", value=[])), OWNER, validate=once
)
group.list(LONG)
group.show()
group.set(NAME, OPTIONS, PORTS, Flag("--no-port", "No ports, or only those given."), prepare=joined)
group.unset(
    exclusive(PORTS, Flag("--all-port", "Take away all ports.")),
    no_policy("ingress"),
    no_policy("egress"),
    Opt("--share", "No longer for other projects.", key="shared", value=False),
    Opt("--enable", "No longer guarding.", key="admin_state_up", value=False),
    prepare=left,
)
group.delete()
