"""The settings of the current cloud and the source of each: `ostk configuration show`."""

import os
import re
import sys
from typing import Any

import click

from .. import __version__
from ..config.global_options import AUTH_SETTINGS
from ..config.settings import Settings, Value
from ..config.user_config import current
from ..language import Cloud, Flag, Json, Noun, Resource, exclusive
from ..record import replace
from ..redaction import is_secret_setting, redact_url
from ..render.options import SHOW_OPTIONS, output_from
from ..render.output import column_indexes, print_list, print_resource
from . import LOCAL_SERVICE

REDACTED = "<redacted>"
PROGRAM_OPTIONS = ("verbose", "quiet", "debug", "timing", "os_beta_command", "no_cache", "no_color", "openrc", "curl")
# Fields that the reference client always prints, with their default values.
DEFAULT_FIELDS: dict[str, Any] = {
    "additional_user_agent": [["ostk", __version__]],
    "api_timeout": None,
    "cacert": None,
    "cert": None,
    "deferred_help": False,
    "disable_vendor_agent": {},
    "floating_ip_source": "neutron",
    "image_api_use_tasks": False,
    "image_format": "qcow2",
    "key": None,
    "message": "",
    "network_api_version": "2",
    "networks": [],
    "object_store_api_version": "1",
    "placement_api_version": "1",
    "region_name": "",
    "secgroup_source": "neutron",
    "share_api_version": "2.98",
    "status": "active",
}
# Settings that are printed as auth.NAME from any source; other settings only if a file has them under `auth`.
AUTH_FIELDS = re.compile(r"(user_|project_)?domain_(id|name)|project_(id|name)|token|passcode")
FLAG_OR_VARIABLE = re.compile(r"--.*|[A-Z][A-Z0-9_]*|.* line \d+", re.DOTALL)


configuration = Noun(Resource(LOCAL_SERVICE, "configuration", ""), "Show the settings that commands run with.")


def validate(source: bool, output_format: str) -> None:
    """Reject `-f shell` with --source: the output has three columns.

    Raises:
        click.UsageError: Both were given.
    """
    if source and output_format == "shell":
        raise click.UsageError("--source requires one of the formats table, json, value and yaml.")


@configuration.action(
    "show",
    exclusive(Flag("--mask", "Replace secrets by <redacted> (default)."), Flag("--unmask", "Print secrets.")),
    Flag("--source", "Print the source of each setting (default on a terminal)."),
    SHOW_OPTIONS,
    validate=validate,
)
def show(cloud: Cloud, values: Json) -> None:
    """Show the settings that commands run with."""
    output = output_from(values)
    settings = cloud.settings
    rows = dict(sorted(fields(settings, cloud.flags, not values["unmask"]).items()))
    columns = [field_name(column.lower(), rows) for column in output.columns]
    names = [list(rows)[index] for index in column_indexes(list(rows), columns)]
    output = replace(output, columns=())
    if values["source"] or (output.format == "table" and sys.stdout.isatty()):
        cells = [(name, rows[name].value, rows[name].source) for name in names]
        print_list(("Field", "Value", "Source"), cells, output)
    else:
        print_resource(names, [rows[name].value for name in names], output)


def fields(settings: Settings, flags: Any, mask: bool) -> dict[str, Value]:
    """Return the settings by the names of the output fields; secrets are masked if `mask`."""
    found = {name: Value(value, "default") for name, value in DEFAULT_FIELDS.items()}
    found["beta_command"] = Value(bool(flags.get("os_beta_command")), flag_source(flags, "os_beta_command"))
    found["timing"] = Value(bool(flags.get("timing")), flag_source(flags, "timing"))
    found["verbose_level"] = verbosity(flags)
    for key, value in settings.items():
        if key not in PROGRAM_OPTIONS:
            text = mask_secrets(key, value.value) if mask else value.value
            found[title(key, value.source)] = Value(text, value.source)
    if settings.cloud and any(f", cloud {settings.cloud}" in value.source for _, value in settings.items()):
        chooser = "--os-cloud" if flags.get("os_cloud") else "OS_CLOUD" if os.environ.get("OS_CLOUD") else ""
        config = current()
        preferred = config.source if config.get("cloud") == settings.cloud else "default (the only cloud)"
        found["cloud"] = Value(settings.cloud, chooser or preferred)
    return found


def flag_source(flags: Any, key: str) -> str:
    """Return the source of a flag: the flag itself where given, else `default`."""
    return f"--{key.replace('_', '-')}" if flags.get(key) else "default"


def verbosity(flags: Any) -> Value:
    """Return the verbosity level: 0 with --quiet, 1 by default, 1 more for each --verbose, 3 with --debug."""
    if flags.get("debug"):
        return Value(3, "--debug")
    if flags.get("quiet"):
        return Value(0, "--quiet")
    return Value(1 + (flags.get("verbose") or 0), flag_source(flags, "verbose"))


def title(key: str, source: str) -> str:
    """Return the name of a setting in the output: `auth.username` where a file has it under `auth`."""
    top_level = FLAG_OR_VARIABLE.fullmatch(source) and not AUTH_FIELDS.fullmatch(key)
    return key if key not in AUTH_SETTINGS or top_level else f"auth.{key}"


def field_name(column: str, rows: Any) -> str:
    """Return the output field that a column of `-c` names; `auth.username` and `username` are the same field."""
    names = (column, f"auth.{column}", column.removeprefix("auth."))
    return next((name for name in names if name in rows), column)


def mask_secrets(key: str, value: Any) -> Any:
    """Return the value of a setting without secrets, at any depth."""
    if is_secret_setting(key):
        return REDACTED
    if isinstance(value, dict):
        return {str(name): mask_secrets(str(name), item) for name, item in value.items()}
    if isinstance(value, list):
        return [mask_secrets("", item) for item in value]
    return redact_url(value, f"{REDACTED}@") if isinstance(value, str) else value
