"""The certificate authority (CA) of a cluster, which signs the certificates of clients."""

from ..api.container_infra import CERTIFICATE, CLUSTER
from ..console import write_text
from ..files import read_text
from ..language import Arg, Cloud, Noun, target
from .certificates import ca_certificate, sign_request
from .options import confirm

ca = Noun(CERTIFICATE, "Manage the certificate authority (CA) of a cluster.")


@ca.action("show", target(CLUSTER))
def show(cloud: Cloud, cluster: str) -> None:
    """Print the CA certificate of a cluster."""
    write_text(f"{ca_certificate(cloud, cluster)}\n")


def read_request(path: str) -> str:
    """Return the certificate signing request in a file."""
    return read_text(path, "certificate signing request")


@ca.action(
    "sign",
    target(CLUSTER),
    Arg(
        "csr",
        "File with a certificate signing request (CSR) in PEM format.",
        type=read_request,
        not_sent=True,
        metavar="FILE",
    ),
)
def sign(cloud: Cloud, cluster: str, csr: str) -> None:
    """Sign a certificate signing request, and print the certificate."""
    write_text(f"{sign_request(cloud, cluster, csr)}\n")


@ca.action("rotate", target(CLUSTER))
def rotate(cloud: Cloud, cluster: str) -> None:
    """Rotate the CA of a cluster: replace the CA. Certificates signed by the old CA become invalid."""
    cloud.send(CERTIFICATE, "PATCH", cluster)
    confirm(cloud, f"Request to rotate the CA certificate for cluster {cluster} has been accepted.")
