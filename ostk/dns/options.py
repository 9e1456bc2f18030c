"""Options that the nouns of the DNS service share."""

from typing import Any

import click

from ..api.dns import DESIGNATE, DNS_ZONE
from ..api.identity import PROJECT
from ..language import NULL, Arg, KeyValue, Opt, exclusive


def sent_in(header: str, flag: str, help: str, **attrs: Any) -> Opt:
    """Return an option whose value is sent in a header of all requests."""
    return Opt(flag, help, header=(DESIGNATE, header), **attrs)


ALL_PROJECTS = "Include the resources of all projects (admin only)."
SUDO_PROJECT = "Project to act in, instead of the project of the token (admin only)."
MANAGED = "Change managed record sets, such as PTR records of floating IPs (admin only)."
SCOPE = [
    sent_in("X-Auth-All-Projects", "--all-projects", ALL_PROJECTS, value="True"),
    sent_in("X-Auth-Sudo-Project-ID", "--sudo-project-id", SUDO_PROJECT, ref=PROJECT),
]
EDIT_MANAGED = sent_in("X-Designate-Edit-Managed-Records", "--edit-managed", MANAGED, value="True")
TTL = Opt("--ttl", "Time to live (TTL), in seconds.", type=click.IntRange(0), metavar="SECONDS")
NEW_TTL = exclusive(TTL, Opt("--no-ttl", "Remove the TTL: the default TTL of the zone applies.", key="ttl", value=NULL))
NEW_DESCRIPTION = exclusive(
    Opt("--description", "New description."),
    Opt("--no-description", "Remove the description.", key="description", value=NULL),
)
ZONE = Arg("zone", "Zone.", names=DNS_ZONE)
DOMAIN_NAME = "a domain name, with or without the trailing dot"
ATTRIBUTES = Opt(
    "--attributes", "Attribute of the zone for the choice of a pool: KEY:VALUE.", type=KeyValue(":"), greedy="+"
)
