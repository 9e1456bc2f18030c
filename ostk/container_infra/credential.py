"""The credentials with which a cluster uses the cloud."""

from ..api.container_infra import CLUSTER, CLUSTER_CREDENTIAL
from ..language import Cloud, Noun, target
from .options import confirm

credential = Noun(CLUSTER_CREDENTIAL, "Manage the credentials with which clusters use the cloud.")


@credential.action("rotate", target(CLUSTER))
def rotate(cloud: Cloud, cluster: str) -> None:
    """Rotate the credentials of a cluster: replace with credentials of the current user."""
    cloud.send(CLUSTER_CREDENTIAL, "PATCH", cluster)
    confirm(cloud, f"Request to rotate credentials for cluster {cluster} accepted.")
