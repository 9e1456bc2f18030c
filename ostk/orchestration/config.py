"""Software configs: scripts and other configuration that Heat keeps for servers."""

from typing import Any

from ..api.orchestration import HEAT, SOFTWARE_CONFIG
from ..console import write_text
from ..errors import FileError
from ..files import read_text
from ..language import ALL_FIELDS_IN_API_ORDER, COUNT, MARKER, Arg, Cloud, Flag, Json, Noun, Opt, Value
from .templates import load_yaml

config = Noun(
    SOFTWARE_CONFIG,
    "Manage software configs: scripts and other configuration for servers.",
    columns=["id= name= group= creation_time="],
    fields=["id name group config inputs outputs options creation_time"],
    in_order=True,
)
UNGROUPED = "Heat::Ungrouped"


@config.lister("list", Opt("--limit", "Maximum number of results.", type=COUNT), MARKER)
def list_configs(cloud: Cloud, body: Json, limit: int | None) -> Any:
    """List software configs."""
    return cloud.pages(SOFTWARE_CONFIG, body, limit=limit)


@config.shower(
    "show",
    Arg("config", "Software config.", names=SOFTWARE_CONFIG),
    Flag("--config-only", "Print only the configuration."),
    default_format="yaml",
)
def show(cloud: Cloud, config: str, config_only: bool) -> Any:
    """Show a software config."""
    item = cloud.get(SOFTWARE_CONFIG, config)
    if not config_only:
        return item
    write_text(f"{item.get('config')}\n")
    return None


def definition(path: str | None) -> Json:
    """Return the inputs, outputs and options that a file defines.

    Raises:
        FileError: The file is no YAML mapping.
    """
    found = load_yaml(read_text(path), path) or {} if path else {}
    if not isinstance(found, dict):
        raise FileError(f"{path} is not a YAML mapping.")
    defaults: Json = {"inputs": [], "outputs": [], "options": {}}
    return {key: found.get(key, value) for key, value in defaults.items()}


@config.shower(
    "create",
    Arg("name", "Name of the software config."),
    Value("--config-file", "File with the configuration, e.g. a script.", metavar="FILE"),
    Value("--definition-file", "YAML or JSON file with inputs, outputs and options.", metavar="FILE"),
    Opt("--group", "Group: tool that applies the configuration, e.g. script.", default=UNGROUPED),
    fields=[ALL_FIELDS_IN_API_ORDER],
    default_format="json",
)
def create(cloud: Cloud, name: str, body: Json, config_file: str | None, definition_file: str | None) -> Any:
    """Create a software config."""
    text = read_text(config_file) if config_file else ""
    properties = {"group": body["group"], "config": text, **definition(definition_file)}
    resources = {name: {"type": "OS::Heat::SoftwareConfig", "properties": properties}}
    # Heat checks a config only as a resource of a template.
    template = {"heat_template_version": "2013-05-23", "resources": resources}
    cloud.call(HEAT, "POST", "/validate", json={"template": template})
    created = cloud.send(SOFTWARE_CONFIG, "POST", json={**properties, "name": name})
    return cloud.unwrap(SOFTWARE_CONFIG, created)


config.delete()
