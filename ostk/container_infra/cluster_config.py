"""The configuration of clients of a cluster: a kubeconfig file, or the settings of Docker for Swarm."""

import base64
import os
from pathlib import Path

from ..api.container_infra import CLUSTER, CLUSTER_TEMPLATE
from ..console import write_text
from ..errors import FileError, OstkError
from ..files import whole
from ..language import Cloud, Flag, Json, Noun, Value, target
from ..openssl import openssl
from .certificates import ca_certificate, sign_request

cluster = Noun(CLUSTER, "Manage clusters of a container orchestration engine.")
CERTIFICATES = ("key", "cert", "ca")
# The user "admin" in the group that may do everything in a Kubernetes cluster.
SUBJECT = "/CN=admin/O=system:masters"
# kubectl runs this for a token: it is that of the environment, not of the file.
TOKEN_COMMAND = """\
if [ -z "$OS_TOKEN" ]; then echo "OS_TOKEN is not set" >&2; exit 1; fi
printf '{"apiVersion": "client.authentication.k8s.io/v1beta1", "kind": "ExecCredential", "status": {"token": "%s"}}' \
"$OS_TOKEN"
"""


def validate_files(directory: str, force: bool, separate: bool) -> None:
    """Reject a directory that does not exist, and files that do, before anything is sent."""
    place = Path(directory).expanduser()
    if not place.is_dir():
        raise FileError(f"The directory {directory} does not exist.")
    names = ["config", *(f"{name}.pem" for name in CERTIFICATES if separate)]
    for path in (place / name for name in names):
        if not force and os.path.lexists(path):
            raise FileError(f"The file {path} already exists.", "Replace it with --force, or name another --dir.")


@cluster.action(
    "config",
    target(CLUSTER),
    Value("--dir directory", "Directory of the files to write.", default=".", metavar="DIRECTORY"),
    Flag("--force", "Replace existing files."),
    Flag("--output-certs separate", "Write the private key and the certificates to separate files, too."),
    Flag("--use-certificate", "Authenticate to the cluster by a certificate (default)."),
    Flag("--use-keystone", "Authenticate to the cluster by the token in OS_TOKEN."),
    validate=validate_files,
)
def config(cloud: Cloud, cluster: str, directory: str, separate: bool, use_keystone: bool) -> None:
    """Write the kubeconfig file of a cluster, and print the command that makes kubectl use the file.

    The file, named config, has a new private key with all rights in the cluster. Only the current user can read the
    file.
    """
    found = cloud.fetch(CLUSTER, cluster)
    template = cloud.fetch(CLUSTER_TEMPLATE, found["cluster_template_id"])
    if not found.get("api_address"):
        raise OstkError(f"The cluster {found['name']} has no API address yet: its status is {found['status']}.")
    tls = {} if template["tls_disabled"] else credentials(cloud, found["uuid"], own=not use_keystone)
    directory = os.path.abspath(os.path.expanduser(directory))
    for name in CERTIFICATES if separate else ():
        if name in tls:
            write_private(f"{directory}/{name}.pem", tls[name])
    if template["coe"] == "kubernetes":
        write_private(f"{directory}/config", kubeconfig(found, tls))
        write_text(exports({"KUBECONFIG": f"{directory}/config"}))
    else:
        verify = "True" if tls else ""
        docker = {"DOCKER_HOST": found["api_address"], "DOCKER_CERT_PATH": directory, "DOCKER_TLS_VERIFY": verify}
        write_text(exports(docker))


def credentials(cloud: Cloud, cluster_id: str, own: bool) -> dict[str, str]:
    """Return the certificate of the CA of a cluster and, if `own`, a new key with its certificate, in PEM format."""
    if not own:
        return {"ca": ca_certificate(cloud, cluster_id)}
    key = openssl(["genrsa", "2048"], "A key for the cluster")
    request = openssl(
        ["req", "-new", "-sha256", "-batch", "-subj", SUBJECT, "-key", "/dev/stdin"], "A key for the cluster", key
    ).decode()
    ca, certificate = cloud.gather(
        lambda: ca_certificate(cloud, cluster_id), lambda: sign_request(cloud, cluster_id, request)
    )
    return {"key": key.decode(), "cert": certificate, "ca": ca}


def kubeconfig(cluster: Json, tls: dict[str, str]) -> str:
    """Return the text of a kubeconfig file.

    Args:
        cluster: The cluster.
        tls: The certificate `ca`, and `key` and `cert` of the user; without the latter, the user has a token.
            Empty for a cluster without TLS.
    """
    import yaml

    name, server = cluster["name"], {"server": cluster["api_address"]}
    encoded = {key: base64.b64encode(text.encode()).decode() for key, text in tls.items()}
    context, user = ("default", "admin") if "key" in tls else ("openstackuser@kubernetes", "openstackuser")
    login: Json = {"client-certificate-data": encoded.get("cert"), "client-key-data": encoded.get("key")}
    if not tls:
        context, user, login = name, name, {}
    elif "key" not in tls:
        login = {
            "exec": {
                "apiVersion": "client.authentication.k8s.io/v1beta1",
                "command": "/bin/sh",
                "args": ["-c", TOKEN_COMMAND],
                "interactiveMode": "Never",
            }
        }
    content = {
        "apiVersion": "v1",
        "clusters": [
            {"cluster": {**({"certificate-authority-data": encoded["ca"]} if tls else {}), **server}, "name": name}
        ],
        "contexts": [{"context": {"cluster": name, "user": user}, "name": context}],
        "current-context": context,
        "kind": "Config",
        "preferences": {},
        "users": [{"name": user, "user": login} if login else {"name": user}],
    }
    text: str = yaml.safe_dump(content, sort_keys=False, width=10**6)
    return text


def exports(variables: dict[str, str]) -> str:
    """Return the commands that set environment variables in the shell of the user, and an empty line."""
    csh = "csh" in os.environ.get("SHELL", "")
    lines = [f"setenv {name} {value}" if csh else f"export {name}={value}" for name, value in variables.items()]
    return "\n".join([*lines, "", ""])


def write_private(path: str, text: str) -> None:
    """Write a file that only its owner can read."""
    with whole(path, mode=0o600) as file:
        file.write(text.encode())
