"""The options and the body of requests that create, update or validate a stack."""

import json
from collections.abc import Sequence
from urllib.parse import urljoin

from ..errors import OstkError
from ..language import Cloud, Json, KeyValue, Opt, Value
from .stacks import gathered
from .templates import Sources, base_of, merged, text_of, url_of, with_hooks

HOOKS_URL = "ostk:hooks"  # the name of the environment with the hooks of --pre-create or --pre-update

ENVIRONMENT = Value(
    "-e --environment...", "Environment: a file or URL; a later environment has precedence.", metavar="FILE"
)
FILES_CONTAINER = Value(
    "-s --files-container", "Object store container with the files that the template refers to.", metavar="CONTAINER"
)
# The plug-in cuts the value of a single --parameter at semicolons; here a value may have them.
PARAMETER = Value(
    "--parameter...",
    "Parameter of the template; a name given several times has a list of values.",
    type=KeyValue(),
    metavar="NAME=VALUE",
)
PARAMETER_FILE = Value(
    "--parameter-file...",
    "Parameter with the content of a file as value; the path is relative to the template.",
    type=KeyValue(),
    metavar="NAME=FILE",
)


def template_option(required: bool = True) -> Opt:
    """Return the option for the template."""
    return Value("-t --template", "Template: a file or URL.", required=required, metavar="FILE")


def content(cloud: Cloud, values: Json, hook: str = "") -> Json:
    """Return the fields of a request about a template, with all files that it and the environments name.

    Args:
        cloud: The cloud.
        values: The values of the command.
        hook: The hook that --HOOK sets: "pre-create" or "pre-update".

    Raises:
        FileError: A file cannot be read, or it is not valid.
    """
    sources, container = Sources(cloud), values.get("files_container")
    path, paths = values["template"], values["environment"]
    template = {"template": sources.template(path, follow=container is None)} if path else {}
    parameters = gathered(values["parameter"])
    for name, file in values.get("parameter_file", ()):
        parameters[name] = read_parameter(sources, file, path)
    environments = [(path, {}) for path in paths] if container else [sources.environment(path) for path in paths]
    environments += hooks_environment(sources, environments, values.get(hook.replace("-", "_")) or (), hook)
    environment: Json = {}
    for _, one in environments:
        environment = merged(environment, one)
    return {
        **template,
        "parameters": parameters,
        "files": sources.files,
        "environment": environment,
        **({"environment_files": urls} if (urls := [url for url, _ in environments if url]) else {}),
        **({"files_container": container} if container else {}),
    }


def read_parameter(sources: Sources, file: str, template: str | None) -> str:
    """Return the content of a file of --parameter-file, whose path is relative to the template."""
    url = urljoin(base_of(url_of(template)), file) if template else url_of(file)
    return text_of(sources.read(url), file)


def hooks_environment(
    sources: Sources, environments: Sequence[tuple[str, Json]], hooks: Sequence[str], hook: str
) -> list[tuple[str, Json]]:
    """Return the environment that sets the hooks, [] without any.

    Heat does not read the field `environment` beside environment files: heatclient loses its hooks there. Of the
    registries' `resources`, Heat takes that of the last environment: the new one has those entries too.
    """
    if not hooks:
        return []
    registries = [one.get("resource_registry") or {} for _, one in environments]
    resources: Json = next((found["resources"] for found in reversed(registries) if found.get("resources")), {})
    environment = {"resource_registry": {"resources": with_hooks(resources, hooks, hook)}}
    if not environments:
        return [("", environment)]
    sources.files[HOOKS_URL] = json.dumps(environment)
    return [(HOOKS_URL, environment)]


def validate_update(template: str | None, existing: bool) -> None:
    """Reject an update without a template."""
    if not template and not existing:
        raise OstkError("The update needs --template, or --existing to keep the template of the stack.")
