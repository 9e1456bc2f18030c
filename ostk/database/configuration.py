"""Configuration groups: sets of parameters for databases."""

import json
from collections.abc import Iterator, Sequence
from typing import cast

from ..api.database import CONFIGURATION, INSTANCE
from ..language import DESCRIPTION, NAME, Arg, Cloud, Json, Noun, target
from .options import NEW_OF_DATASTORE, PAGING, READY_INSTANCE, VALUES


def flat(item: Json) -> Json:
    """Return a configuration group with the values as JSON text, and without the ID of the datastore version."""
    found = {key: value for key, value in item.items() if key != "datastore_version_id"}
    return {**found, "values": json.dumps(item["values"])} if "values" in item else found


configuration = Noun(
    CONFIGURATION,
    "Manage configuration groups: sets of parameters for databases.",
    columns=["id name description datastore_name datastore_version_name datastore_version_number"],
    present=flat,
)


GROUP = target(CONFIGURATION, "configuration_group", "Configuration group.")


@configuration.lister("list", PAGING)
def list_configurations(cloud: Cloud, body: Json, limit: int | None) -> Sequence[Json]:
    """List configuration groups."""
    # The list of Trove leaves the number of the datastore version out.
    found = list(cloud.pages(CONFIGURATION, body, limit=limit))
    return cloud.map_concurrent(
        lambda item: item if "datastore_version_number" in item else cloud.fetch(CONFIGURATION, item["id"]), found
    )


configuration.show()
configuration.create(Arg("name", "Name of the configuration group."), VALUES, NEW_OF_DATASTORE, DESCRIPTION)
configuration.set(
    VALUES,
    NAME,
    DESCRIPTION,
    help="Update a configuration group: replace all values. Instances that use the group are updated.",
)
configuration.delete()


@configuration.action(
    "attach",
    target(INSTANCE, "instance"),
    Arg("configuration", "Configuration group to attach.", ref=CONFIGURATION),
    wait=READY_INSTANCE,
)
def attach(cloud: Cloud, instance: str, configuration: str) -> None:
    """Attach a configuration group to an instance."""
    cloud.update(INSTANCE, instance, {"configuration": configuration})


@configuration.action("detach", target(INSTANCE, "instance"), wait=READY_INSTANCE)
def detach(cloud: Cloud, instance: str) -> None:
    """Detach the configuration group from an instance."""
    cloud.update(INSTANCE, instance, {"configuration": None})


@configuration.lister("instances", GROUP, PAGING, columns=["id name"])
def list_instances(cloud: Cloud, configuration_group: str, body: Json, limit: int | None) -> Iterator[Json]:
    """List the instances that use a configuration group."""
    return cloud.pages(INSTANCE, body, path=CONFIGURATION.at(configuration_group, "instances"), limit=limit)


@configuration.shower("default", target(INSTANCE, "instance"), fields=())
def show_default(cloud: Cloud, instance: str) -> Json:
    """Show the default configuration of an instance."""
    found = cloud.send(INSTANCE, "GET", instance, "configuration")
    return cast(Json, found["instance"]["configuration"])
