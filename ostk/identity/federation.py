"""Domains and projects for which the current user can get a token, federated users included."""

from ..api.identity import DOMAIN, PROJECT
from ..language import Cloud, Items, Noun

domain = Noun(DOMAIN, "List the domains available to a federated user.", columns=["id enabled name description"])
project = Noun(PROJECT, "List the projects available to a federated user.", columns=["id domain_id enabled name"])


@domain.lister("list")
def list_domains(cloud: Cloud) -> Items:
    """List the domains for which the current user can get a token."""
    return cloud.pages(DOMAIN, path="/auth/domains")


@project.lister("list")
def list_projects(cloud: Cloud) -> Items:
    """List the projects for which the current user can get a token."""
    return cloud.pages(PROJECT, path="/auth/projects")
