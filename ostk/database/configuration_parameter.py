"""Parameters that configuration groups can set, by datastore version."""

from typing import Any, cast

from ..api.database import CONFIGURATION, DATASTORE, PARAMETER
from ..language import Arg, Cloud, Column, Json, Noun, Value, target
from .options import VALUES, validate_version, version_path

VERSION = Arg("datastore_version", "Datastore version: the ID, or the name with --datastore.", not_sent=True)
OF_DATASTORE = Value("--datastore", "Datastore of the version; required with the name of a version.", names=DATASTORE)
parameter = Noun(
    PARAMETER,
    "Manage parameters that configuration groups can set.",
    columns=[
        "name type",
        Column("min", "Min Size", value=lambda item: item.get("min", "-")),
        Column("max", "Max Size", value=lambda item: item.get("max", "-")),
        "restart_required",
    ],
)


@parameter.lister("list", VERSION, OF_DATASTORE, validate=validate_version)
def list_parameters(cloud: Cloud, datastore_version: str, datastore: str | None) -> Any:
    """List the parameters that configuration groups of a datastore version can set."""
    return cloud.pages(PARAMETER, path=version_path(datastore_version, datastore, "parameters"))


@parameter.shower("show", VERSION, Arg("parameter", "Name of the parameter."), OF_DATASTORE, validate=validate_version)
def show(cloud: Cloud, datastore_version: str, parameter: str, datastore: str | None) -> Json:
    """Show a parameter of a datastore version."""
    path = version_path(datastore_version, datastore, "parameters", parameter)
    return cast(Json, cloud.call(PARAMETER.service, "GET", path))


@parameter.action("set", target(CONFIGURATION, "configuration_group", "Configuration group."), VALUES)
def set_parameters(cloud: Cloud, configuration_group: str, body: Json) -> None:
    """Set parameters of a configuration group; the other values stay. Instances that use the group are updated."""
    content = {"configuration": body}
    cloud.send(CONFIGURATION, "PATCH", configuration_group, json=content)
