"""Clusters of database instances."""

from collections.abc import Iterator, Sequence
from typing import Any

from ..api.database import CLUSTER, CONFIGURATION, DATASTORE, INSTANCE
from ..language import Arg, Cloud, Column, Json, KeyValues, Noun, Opt, Wait, target
from .cluster_instances import INSTANCES, request_instances
from .instance_fields import size_of
from .options import GONE, LOCALITY_CHOICES, PAGING


def flat(item: Json) -> Json:
    """Return a cluster without nested objects, and with the number of instances."""
    found = {key: value for key, value in item.items() if key not in ("links", "instances", "task")}
    if isinstance(store := item.get("datastore"), dict):
        found |= {"datastore": store.get("type"), "datastore_version": store.get("version")}
    if task := item.get("task"):
        found |= {"task_description": task.get("description"), "task_name": task.get("name")}
    if "ip" in item:
        found["ip"] = ", ".join(one["address"] if isinstance(one, dict) else one for one in item["ip"])
    if item.get("instances"):
        found["instance_count"] = len(item["instances"])
    return found


READY = Wait("NONE", key="task.name")
cluster = Noun(
    CLUSTER,
    "Manage clusters of database instances.",
    columns=["id, name, datastore.type=Datastore, datastore.version=Datastore Version, task.name=Task Name"],
    present=flat,
)


def act(cloud: Cloud, cluster_id: str, body: Json) -> None:
    """Send an action to a cluster; Trove takes it at the address of the cluster itself."""
    cloud.send(CLUSTER, "POST", cluster_id, json=body)


cluster.list(PAGING)
cluster.show()


@cluster.shower(
    "create",
    Arg("name", "Name of the cluster."),
    Arg("datastore", "Datastore.", names=DATASTORE, key="datastore.type"),
    Arg("datastore_version", "Datastore version (name or ID).", key="datastore.version"),
    INSTANCES,
    Opt("--locality", "Locality: place the servers on the same host or on different hosts.", choices=LOCALITY_CHOICES),
    Opt(
        "--extended-properties",
        "Extended properties of MongoDB: num_configsvr, num_mongos, configsvr_volume_size and others.",
        key="extended_properties",
        type=KeyValues(),
    ),
    Opt("--configuration", "Configuration group to attach.", ref=CONFIGURATION, key="configuration"),
    wait=READY,
)
def create(cloud: Cloud, body: Json, instances: Sequence[Any]) -> Json:
    """Create a cluster of database instances."""
    return cloud.create(CLUSTER, {**body, "instances": request_instances(cloud, instances)})


cluster.delete(wait=GONE)


@cluster.each("force delete", wait=GONE)
def force_delete(cloud: Cloud, database_cluster: str) -> str:
    """Reset the task of clusters and delete the clusters."""
    cluster_id = cloud.find(CLUSTER, database_cluster)
    act(cloud, cluster_id, {"reset-status": {}})
    cloud.delete(CLUSTER, cluster_id)
    return cluster_id


@cluster.action("reset status", target(CLUSTER))
def reset_status(cloud: Cloud, database_cluster: str) -> None:
    """Set the task of a cluster to NONE."""
    act(cloud, database_cluster, {"reset-status": {}})


@cluster.action("grow", target(CLUSTER), INSTANCES, wait=READY)
def grow(cloud: Cloud, database_cluster: str, instances: Sequence[Any]) -> None:
    """Add instances to a cluster."""
    act(cloud, database_cluster, {"grow": request_instances(cloud, instances)})


@cluster.action(
    "shrink",
    target(CLUSTER),
    Arg("instances", "Instances to remove.", ref=INSTANCE, nargs=-1, required=True, metavar="INSTANCE..."),
    wait=READY,
)
def shrink(cloud: Cloud, database_cluster: str, instances: Sequence[str]) -> None:
    """Remove instances from a cluster."""
    act(cloud, database_cluster, {"shrink": [{"id": one} for one in instances]})


@cluster.action("upgrade", target(CLUSTER), Arg("datastore_version", "New datastore version (name or ID)."), wait=READY)
def upgrade(cloud: Cloud, database_cluster: str, datastore_version: str) -> None:
    """Upgrade a cluster to another datastore version."""
    act(cloud, database_cluster, {"upgrade": {"datastore_version": datastore_version}})


@cluster.lister(
    "list instances",
    target(CLUSTER),
    columns=["id, name, flavor.id=Flavor ID", Column("volume.size", "Size", value=size_of), "status"],
)
def list_instances(cloud: Cloud, database_cluster: str) -> Any:
    """List the instances of a cluster."""
    return cloud.fetch(CLUSTER, database_cluster).get("instances", [])


@cluster.lister(
    "modules",
    target(CLUSTER),
    columns=[
        "instance_name=instance_name, name=Module Name, type=Module Type, md5=md5, created=created, updated=updated"
    ],
)
def list_modules(cloud: Cloud, database_cluster: str) -> Iterator[Json]:
    """List the modules of each instance of a cluster."""
    for instance in cloud.fetch(CLUSTER, database_cluster).get("instances", []):
        found = cloud.send(INSTANCE, "GET", instance["id"], "modules")["modules"]
        yield from ({**module, "instance_name": instance["name"]} for module in found)
