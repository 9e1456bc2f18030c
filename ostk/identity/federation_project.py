"""Projects for which the current user can get a token, federated users included."""

from ..api.identity import PROJECT
from ..language import Cloud, Items, Noun

project = Noun(PROJECT, "List the projects available to a federated user.", columns=["id domain_id enabled name"])


@project.lister("list")
def list_projects(cloud: Cloud) -> Items:
    """List the projects for which the current user can get a token."""
    return cloud.pages(PROJECT, path="/auth/projects")
