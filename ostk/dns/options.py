"""Options that the nouns of the DNS service share."""

from __future__ import annotations

import click

from ..api.dns import DESIGNATE, DNS_ZONE
from ..api.identity import PROJECT
from ..language import NULL, Arg, KeyValue, Opt, exclusive

ALL_PROJECTS = Opt(
    "--all-projects",
    "Include the resources of all projects (admin only).",
    value="True",
    header=(DESIGNATE, "X-Auth-All-Projects"),
)
SCOPE = [
    ALL_PROJECTS,
    Opt(
        "--sudo-project-id",
        "Project to act in, instead of the project of the token (admin only).",
        ref=PROJECT,
        header=(DESIGNATE, "X-Auth-Sudo-Project-ID"),
    ),
]
EDIT_MANAGED = Opt(
    "--edit-managed",
    "Change managed record sets, such as PTR records of floating IPs (admin only).",
    value="True",
    header=(DESIGNATE, "X-Designate-Edit-Managed-Records"),
)
TTL = Opt("--ttl", "Time to live (TTL), in seconds.", type=click.IntRange(0), metavar="SECONDS")
NEW_TTL = exclusive(TTL, Opt("--no-ttl", "Remove the TTL: that of the zone applies.", key="ttl", value=NULL))
NEW_DESCRIPTION = exclusive(
    Opt("--description", "New description."),
    Opt("--no-description", "Remove the description.", key="description", value=NULL),
)
ZONE = Arg("zone", "Zone.", names=DNS_ZONE, not_sent=True)
DOMAIN_NAME = "a domain name, with or without the trailing dot"
ATTRIBUTES = Opt(
    "--attributes", "Attribute of the zone, by which a pool is chosen: KEY:VALUE.", type=KeyValue(":"), greedy="+"
)
