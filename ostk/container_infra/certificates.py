"""Requests about the certificates of clusters, which several nouns send."""

from ..api.container_infra import CERTIFICATE
from ..session.cloud import Cloud


def ca_certificate(cloud: Cloud, cluster: str) -> str:
    """Return the certificate of the CA of a cluster, in PEM format."""
    return str(cloud.fetch(CERTIFICATE, cluster)["pem"])


def sign_request(cloud: Cloud, cluster: str, request: str) -> str:
    """Return the certificate that the CA of a cluster issues for a certificate signing request, both in PEM format."""
    return str(cloud.create(CERTIFICATE, {"cluster_uuid": cluster, "csr": request})["pem"])
