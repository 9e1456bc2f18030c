"""Plug-ins of ostk: `ostk plugin list`."""

import click

from ..errors import OstkError
from ..language import Json, Noun, Resource
from ..language.aliases import is_command
from ..plugins import Plugin, load, packages, programs
from . import LOCAL_SERVICE

plugin = Noun(
    Resource(LOCAL_SERVICE, "plugin", ""),
    "List plug-ins: nouns of other packages, and programs named ostk-NAME.",
    columns=["name kind source version state"],
)


@plugin.lister("list")
def list_plugins() -> list[Json]:
    """List plug-ins: nouns of packages (entry points ostk.nouns), and programs on PATH that are named ostk-NAME.

    The state is `ok`, or says why the plug-in cannot be loaded or which command hides the plug-in.
    """
    names: dict[str, Plugin] = {}
    rows: list[Json] = []
    for found in [*packages(), *programs()]:
        rows.append({**found._asdict(), "state": state_of(found, names.setdefault(found.name, found))})
    return rows


def state_of(plugin: Plugin, first: Plugin) -> str:
    """Return the state of a plug-in; `first` is the first plug-in of the same name."""
    ctx = click.get_current_context().find_root()
    assert isinstance(ctx.command, click.Group)
    if is_command(ctx.command, ctx, plugin.name.split()):
        return f"hidden: {plugin.name!r} is a command of ostk"
    if first is not plugin:
        return f"hidden by {first.kind} {first.source}"
    try:
        if plugin.kind == "package":
            load(plugin)
    except OstkError as error:
        return "cannot be loaded: " + error.message.partition("cannot be loaded: ")[2]
    return "ok"
