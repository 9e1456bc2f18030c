"""Domains for which the current user can get a token, federated users included."""

from ..api.identity import DOMAIN
from ..language import Cloud, Items, Noun

domain = Noun(DOMAIN, "List the domains available to a federated user.", columns=["id enabled name description"])


@domain.lister("list")
def list_domains(cloud: Cloud) -> Items:
    """List the domains for which the current user can get a token."""
    return cloud.pages(DOMAIN, path="/auth/domains")
