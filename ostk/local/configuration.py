"""The settings that commands run with, and where each comes from: `ostk configuration show`."""

from __future__ import annotations

import os
import re
import sys
from typing import Any

import click

from .. import __version__
from ..config.global_options import AUTH_SETTINGS
from ..config.settings import Settings, Value
from ..language import Flag, Json, Noun, Resource, exclusive
from ..record import replace
from ..redaction import is_secret_setting, redact_url
from ..render.options import SHOW_OPTIONS, output_from
from ..render.output import choose, print_list, print_one
from ..session.cloud import Cloud
from . import LOCAL_SERVICE

REDACTED = "<redacted>"
PROGRAM = ("verbose", "quiet", "debug", "timing", "os_beta_command", "no_cache", "no_color", "openrc", "curl")
# What a script finds in this answer whatever the settings are.
ALWAYS: dict[str, Any] = {
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
# Settings that stand under `auth` wherever they come from; others do if they come from a file.
ALWAYS_AUTH = re.compile(r"(user_|project_)?domain_(id|name)|project_(id|name)|token|passcode")
FLAG_OR_VARIABLE = re.compile(r"--.*|[A-Z][A-Z0-9_]*|.* line \d+", re.DOTALL)


configuration = Noun(Resource(LOCAL_SERVICE, "configuration", ""), "See the settings that commands run with.")


def validate(source: bool, output_format: str) -> None:
    """Three columns are nothing that a shell could set."""
    if source and output_format == "shell":
        raise click.UsageError("--source is for table, json, value and yaml.")


@configuration.action(
    "show",
    exclusive(Flag("--mask", "Secrets left out (default)."), Flag("--unmask", "Secrets as they are.")),
    Flag("--source", "Where each setting comes from, as on a terminal."),
    SHOW_OPTIONS,
    validate=validate,
)
def show(cloud: Cloud, values: Json) -> None:
    """Show the settings that commands run with."""
    output = output_from(values)
    settings = cloud.settings
    rows = dict(sorted(fields(settings, cloud.flags, not values["unmask"]).items()))
    wanted = [spelled(column.lower(), rows) for column in output.columns]
    chosen = [list(rows)[index] for index in choose(list(rows), wanted)]
    output = replace(output, columns=())
    if values["source"] or (output.format == "table" and sys.stdout.isatty()):
        cells = [(name, rows[name].value, rows[name].source) for name in chosen]
        print_list(("Field", "Value", "Source"), cells, output)
    else:
        print_one(chosen, [rows[name].value for name in chosen], output)


def fields(settings: Settings, flags: Any, mask: bool) -> dict[str, Value]:
    """The settings under the names of the answer."""
    found = {name: Value(value, "default") for name, value in ALWAYS.items()}
    found["beta_command"] = Value(bool(flags.get("os_beta_command")), source(flags, "os_beta_command"))
    found["timing"] = Value(bool(flags.get("timing")), source(flags, "timing"))
    found["verbose_level"] = verbosity(flags)
    for key, value in settings.items():
        if key not in PROGRAM:
            told = masked(key, value.value) if mask else value.value
            found[title(key, value.source)] = Value(told, value.source)
    if settings.cloud and any(f", cloud {settings.cloud}" in value.source for _, value in settings.items()):
        chooser = "--os-cloud" if flags.get("os_cloud") else "OS_CLOUD" if os.environ.get("OS_CLOUD") else ""
        found["cloud"] = Value(settings.cloud, chooser or "default (the only cloud)")
    return found


def source(flags: Any, key: str) -> str:
    """Where a flag comes from."""
    return f"--{key.replace('_', '-')}" if flags.get(key) else "default"


def verbosity(flags: Any) -> Value:
    """How much is told: 0 with --quiet, 1, one more for each --verbose, 3 with --debug."""
    if flags.get("debug"):
        return Value(3, "--debug")
    if flags.get("quiet"):
        return Value(0, "--quiet")
    return Value(1 + (flags.get("verbose") or 0), source(flags, "verbose"))


def title(key: str, source: str) -> str:
    """The name of a setting in the answer: `auth.username` where a file has it under `auth`."""
    beside = FLAG_OR_VARIABLE.fullmatch(source) and not ALWAYS_AUTH.fullmatch(key)
    return key if key not in AUTH_SETTINGS or beside else f"auth.{key}"


def spelled(column: str, rows: Any) -> str:
    """A column as it is named here: `auth.username` and `username` are the same to whoever asks for one."""
    others = (column, f"auth.{column}", column.removeprefix("auth."))
    return next((name for name in others if name in rows), column)


def masked(key: str, value: Any) -> Any:
    """Return the value of a setting without secrets, at any depth."""
    if is_secret_setting(key):
        return REDACTED
    if isinstance(value, dict):
        return {str(name): masked(str(name), item) for name, item in value.items()}
    if isinstance(value, list):
        return [masked("", item) for item in value]
    return redact_url(value, f"{REDACTED}@") if isinstance(value, str) else value
