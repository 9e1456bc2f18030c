"""The clouds in clouds.yaml, secure.yaml and the environment: `ostk cloud list`, `use`, `add` and `check`."""

import os

import click

from ..console import write_text
from ..errors import ConfigError, OstkError, PartialFailure
from ..language import Arg, Cloud, Flag, Json, Noun, Resource
from ..language.command_line import complete_cloud
from ..language.view import print_items
from ..render.format import boolean_format
from ..render.options import LIST_OPTIONS, output_from
from ..session.session import fetch_json
from . import LOCAL_SERVICE
from .cloud_check import COLUMNS, check_cloud

cloud = Noun(
    Resource(LOCAL_SERVICE, "cloud", ""),
    "List, choose, add and check configured clouds.",
    columns=["name is_current=Current file=Source"],
    formats={"is_current": boolean_format("*", "")},
)

CHOSEN = Arg("name", "Name of the cloud.", required=False, not_sent=True, shell_complete=complete_cloud)


@cloud.lister("list")
def list_clouds(cloud: Cloud) -> list[Json]:
    """List configured clouds and the files that define each cloud."""
    from ..config.config import configured_clouds

    return [configured._asdict() for configured in configured_clouds(flags=cloud.flags)]


def validate_use(name: str | None, none: bool) -> None:
    """Raise UsageError unless a name or --none is given."""
    if bool(name) == none:
        raise click.UsageError("Give the name of a cloud, or --none.")


@cloud.action("use", CHOSEN, Flag("--none", "Remove the default cloud."), validate=validate_use)
def use(cloud: Cloud, name: str | None, none: bool) -> None:
    """Set the default cloud: the cloud of commands without --os-cloud, OS_CLOUD and credentials in OS_* variables."""
    from ..config.built_in_clouds import CLOUDS
    from ..config.config import configured_clouds
    from ..config.toml_edit import store
    from ..config.user_config import path_of

    if name:
        known = [one.name for one in configured_clouds(environ=files_alone()) if one.name]
        if name not in known and name not in CLOUDS:
            raise unknown_cloud(name, list(dict.fromkeys([*known, *CLOUDS])))
    store(path_of(), "cloud", name)
    chosen = next((variable for variable in ("OS_CLOUD", "OS_AUTH_URL") if os.environ.get(variable)), "")
    if chosen and name:
        OstkError(f"{chosen} is set and has precedence over the default cloud in this shell.").show()


def files_alone() -> dict[str, str]:
    """Return the environment without the variables that describe or select a cloud."""
    kept = ("OS_CLIENT_CONFIG_FILE", "OS_CLIENT_SECURE_FILE")
    return {name: value for name, value in os.environ.items() if not name.startswith("OS_") or name in kept}


def unknown_cloud(name: str, known: list[str]) -> ConfigError:
    """Return the error for a cloud that is not configured, with near names."""
    from difflib import get_close_matches

    near = get_close_matches(name, known, 3, 0.6)
    return ConfigError(
        f"Cloud {name} is not configured.",
        f"Did you mean {' or '.join(near)}?" if near else f"Known clouds: {', '.join(known)}.",
    )


@cloud.action(
    "add", Arg("name", "Name of the cloud.", not_sent=True), Flag("--force", "Replace a cloud of the same name.")
)
def add(cloud: Cloud, name: str, force: bool) -> None:
    """Add a cloud to clouds.yaml from the current settings: OS_* variables, --os-* options, --openrc or --os-cloud.

    The secrets are written to secure.yaml. Other clouds and comments in the files are kept.
    """
    from ..config.cloud_entry import check_name, entry_of, shadow, write_cloud
    from ..config.config import load

    check_name(name, os.environ, force)
    settings = load(cloud.flags, fetch=fetch_json, implied=False)
    if "auth_url" not in settings and "endpoint" not in settings:
        raise ConfigError(
            "There are no settings to add: no auth URL is set.",
            "Source an openrc file, or give --openrc FILE, --os-auth-url and further options, or --os-cloud NAME.",
        )
    entry, secrets = entry_of(settings)
    place = write_cloud(name, entry, secrets, os.environ)
    write_text(f"Added cloud {name} to {place.clouds}" + (f", its secrets to {place.secure}." if secrets else "."))
    if found := shadow(place, os.environ):
        OstkError(f"In this directory, {found} is read in the place of {place.clouds}.").show()


@cloud.action("check", CHOSEN, LIST_OPTIONS)
def check(cloud: Cloud, values: Json) -> None:
    """Check a cloud: read the settings, resolve and connect to Keystone, authenticate, and ask each service."""
    output = output_from(values)
    rows = list(check_cloud(cloud.flags, values["name"]))
    print_items(COLUMNS, rows, output)
    failed = sum(row["result"] != "ok" for row in rows)
    if failed:
        raise PartialFailure(f"{failed} of {len(rows)} checks failed.")
