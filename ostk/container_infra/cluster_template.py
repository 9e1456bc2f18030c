"""Cluster templates: the settings of new clusters."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from ..api.compute import FLAVOR, KEYPAIR
from ..api.container_infra import CLUSTER_TEMPLATE
from ..api.image import IMAGE
from ..api.network import NETWORK, SUBNET
from ..console import write_message
from ..language import NAME, Arg, Cloud, Column, Comma, Json, Noun, Opt, Value, exclusive, target
from .options import FLOATING_IPS, LABEL_CHANGES, LABELS, MASTER_BALANCER, SORTED_PAGES, operations

FIELDS = """
    insecure_registry labels updated_at floating_ip_enabled fixed_subnet master_flavor_id uuid no_proxy https_proxy
    tls_disabled keypair_id public http_proxy docker_volume_size server_type external_network_id cluster_distro image_id
    volume_driver registry_enabled docker_storage_driver apiserver_port name created_at network_driver fixed_network coe
    flavor_id master_lb_enabled dns_nameserver project_id hidden tags driver
"""


def shown_column(key: str) -> Column:
    """Return the column of a field; in all formats, null is a hyphen, as in the reference client."""
    return Column(key, value=lambda item: "-" if key in item and item[key] is None else item.get(key, ""))


template = Noun(
    CLUSTER_TEMPLATE,
    "Manage cluster templates: the settings of new clusters.",
    columns=["uuid= name= tags="],
    fields=[shown_column(key) for key in FIELDS.split()],
    in_order=True,
)
NO_TLS = Opt("--tls-disabled", "Disable TLS for the API of the clusters.", value=True)
PUBLIC = Opt("--public", "Make the template available to all projects.", value=True)
REGISTRY = Opt("--registry-enabled", "Enable the container registry of the clusters.", value=True)
HIDDEN = exclusive(
    Opt("--hidden", "Hide the template from other users.", value=True),
    Opt("--visible", "Show the template to other users (default).", key="hidden", value=False),
)


def content(new: bool) -> list[Opt]:
    """Return the options for the fields of a template; a new one needs some of them, and has values for others."""
    defaults = {"dns": "8.8.8.8", "flavor": "m1.medium", "storage": "overlay2"} if new else {}
    network = "external_network_id"
    return [
        Opt("--image", "Image of the nodes.", key="image_id", names=IMAGE, required=new),
        Opt("--external-network", "External network of the clusters.", key=network, names=NETWORK, required=new),
        Opt("--keypair", "SSH key pair of the nodes.", key="keypair_id", names=KEYPAIR),
        Opt("--fixed-network", "Private network of the clusters.", names=NETWORK),
        Opt("--fixed-subnet", "Private subnet of the clusters.", names=SUBNET),
        Opt("--network-driver", "Network driver of the containers, e.g. flannel or calico."),
        Opt("--volume-driver", "Volume driver of the containers, e.g. cinder."),
        Opt("--driver", "Cluster driver of Magnum."),
        Opt("--dns-nameserver", "DNS server of the nodes.", default=defaults.get("dns")),
        Opt("--flavor", "Flavor of the worker nodes.", key="flavor_id", names=FLAVOR, default=defaults.get("flavor")),
        Opt("--master-flavor", "Flavor of the master nodes.", key="master_flavor_id", names=FLAVOR),
        Opt("--docker-volume-size", "Size of the volume for container images, in GiB.", type=int),
        Opt("--docker-storage-driver", "Storage driver of the containers.", default=defaults.get("storage")),
        Opt("--http-proxy", "Proxy of the nodes for HTTP (URL)."),
        Opt("--https-proxy", "Proxy of the nodes for HTTPS (URL)."),
        Opt("--no-proxy", "Hosts for which the nodes use no proxy, separated by commas."),
        Opt("--insecure-registry", "Container registry that the nodes use without TLS (URL)."),
    ]


def field_of(key: str, item: Json) -> Any:
    """Return a field of a template, "" for a field that it does not have."""
    return item.get(key, "")


@template.lister(
    "list",
    SORTED_PAGES,
    Value("--fields", "Further fields to show, separated by commas, e.g. coe,image_id.", type=Comma()),
    also=[Column("*")],
)
def list_templates(cloud: Cloud, body: Json, fields: Sequence[str] | None, result_limit: int | None) -> Any:
    """List cluster templates."""
    further = [Column(key, key, value=partial(field_of, key)) for key in fields or ()]
    return [*template.columns, *further], cloud.pages(CLUSTER_TEMPLATE, body, limit=result_limit)


template.show()


def tags_text(values: Sequence[str]) -> str:
    """Return tags as Magnum keeps them: one text with commas."""
    return ",".join(dict.fromkeys(",".join(values).split(",")))


@template.shower(
    "create",
    Arg("name", "Name of the cluster template."),
    Opt("--coe", "Container orchestration engine, e.g. kubernetes.", required=True),
    content(new=True),
    LABELS,
    NO_TLS,
    PUBLIC,
    REGISTRY,
    Opt("--server-type", "Server type of the nodes.", default="vm"),
    MASTER_BALANCER[0],
    FLOATING_IPS,
    HIDDEN,
    Opt("--tags...", "Tags, separated by commas.", convert=tags_text),
)
def create(cloud: Cloud, body: Json) -> Json:
    """Create a cluster template."""
    created = cloud.create(CLUSTER_TEMPLATE, body)
    write_message(f"Request to create cluster template {body['name']} accepted")
    return created


@template.shower(
    "update",
    target(CLUSTER_TEMPLATE),
    NAME,
    content(new=False),
    LABEL_CHANGES,
    Opt("--tag...", "Tag; replaces the tags of the template.", key="tags", convert=tags_text),
    exclusive(PUBLIC, Opt("--private", "Make the template private to the project.", key="public", value=False)),
    exclusive(NO_TLS, Opt("--tls-enabled", "Enable TLS for the API of the clusters.", key="tls_disabled", value=False)),
    exclusive(
        REGISTRY,
        Opt(
            "--registry-disabled",
            "Disable the container registry of the clusters.",
            key="registry_enabled",
            value=False,
        ),
    ),
    exclusive(*MASTER_BALANCER),
    FLOATING_IPS,
    HIDDEN,
)
def update(cloud: Cloud, cluster_template: str, body: Json, values: Json) -> Json:
    """Update a cluster template. Existing clusters stay unchanged."""
    patch = operations(body, values["label"], values["no_label"])
    return cloud.send(CLUSTER_TEMPLATE, "PATCH", cluster_template, json=patch)


template.delete(accepted="Request to delete cluster template {} has been accepted.")
