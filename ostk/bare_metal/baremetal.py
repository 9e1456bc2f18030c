"""Creation of chassis, nodes, port groups and ports that files describe."""

from collections.abc import Iterator
from typing import Any

from ..api.bare_metal import BARE_METAL_PORT, CHASSIS, NODE, PORT_GROUP
from ..console import write_message
from ..errors import OstkError, PartialFailure
from ..files import read_text
from ..language import Arg, Cloud, Json, Noun, Resource
from .changes import parse_yaml

baremetal = Noun(NODE, "Manage resources of the Bare Metal service; create resources from files.")
TOP = {"chassis": CHASSIS, "nodes": NODE}
# What is described inside a resource: by field, the type of the parts.
PARTS: dict[Resource, dict[str, Resource]] = {
    CHASSIS: {"nodes": NODE},
    NODE: {"portgroups": PORT_GROUP, "ports": BARE_METAL_PORT},
    PORT_GROUP: {"ports": BARE_METAL_PORT},
}
PARENT = {CHASSIS: "chassis_uuid", NODE: "node_uuid", PORT_GROUP: "portgroup_uuid"}


def read_files(files: tuple[str, ...]) -> Json:
    """Return what the files describe, after all of them are validated.

    Returns:
        In place of the names of the files, pairs of the type of a resource and the resource.

    Raises:
        OstkError: A file cannot be read, or describes something else.
    """
    found: list[tuple[Resource, Json]] = []
    for file in files:
        content = parse_yaml(read_text(file), f"The file {file}")
        if not isinstance(content, dict) or content.keys() - TOP.keys():
            raise OstkError(f"The file {file} is not an object with the lists chassis and nodes.")
        for key, resource in TOP.items():
            found += [(resource, validated(resource, item, f"{file}: {key}")) for item in as_list(content, key, file)]
    return {"files": found}


def as_list(content: Json, key: str, where: str) -> list[Any]:
    """Return the list in a field, [] if there is none. Raises OstkError."""
    found = content.get(key) or []
    if not isinstance(found, list):
        raise OstkError(f"{where}: {key} is not a list.")
    return found


def validated(resource: Resource, item: Any, where: str) -> Json:
    """Return a resource after it and its parts are validated to be objects. Raises OstkError."""
    if not isinstance(item, dict):
        raise OstkError(f"{where} holds something that is not an object.")
    for key, part in PARTS.get(resource, {}).items():
        for one in as_list(item, key, where):
            validated(part, one, f"{where}: {key}")
    return item


@baremetal.action(
    "create",
    Arg(
        "files",
        "YAML or JSON files with the lists chassis, nodes or both.",
        nargs=-1,
        required=True,
        not_sent=True,
        metavar="FILE...",
    ),
    parse=read_files,
)
def create(cloud: Cloud, files: list[tuple[Resource, Json]]) -> None:
    """Create chassis, nodes, port groups and ports from files.

    In the files, a chassis can contain nodes; a node can contain ports, portgroups and traits; a port group, ports.
    """
    failed = 0
    for resource, item in files:  # in this order: what comes later may name what comes first
        for error in create_tree(cloud, resource, item, {}):
            error.show()
            failed += 1
    if failed:
        raise PartialFailure(f"{failed} resources were not created.")


def create_tree(cloud: Cloud, resource: Resource, item: Json, parents: Json) -> Iterator[OstkError]:
    """Create a resource and its parts; yield the errors, each of which leaves out one resource with its parts.

    Args:
        cloud: The cloud.
        resource: The type of the resource.
        item: The resource, with its parts.
        parents: The fields with the UUIDs of what the resource belongs to.
    """
    parts = PARTS.get(resource, {})
    named = f"{resource.noun} {item.get('name') or item.get('address') or item.get('uuid') or ''}".rstrip()
    if other := [key for key, uuid in parents.items() if item.get(key, uuid) != uuid]:
        yield OstkError(f"Cannot create the {named}: {other[0]} is not that of what it is described in.")
        return
    body = {key: value for key, value in item.items() if key not in (*parts, "traits")}
    try:
        uuid = cloud.send(resource, "POST", json={**body, **parents})["uuid"]
        write_message(f"Created {named} ({uuid})" if uuid not in named else f"Created {named}")
        if traits := item.get("traits"):
            cloud.send(resource, "PUT", uuid, "traits", json={"traits": traits})
    except OstkError as error:
        yield OstkError(f"Cannot create the {named}: {error.message}", error.hint)
        return
    # A port group belongs to a node, but a node's ports do not belong to its chassis.
    inner = {**({} if resource is CHASSIS or resource is NODE else parents), PARENT.get(resource, ""): uuid}
    for key, part in parts.items():
        for one in item.get(key) or ():
            yield from create_tree(cloud, part, one, inner)
