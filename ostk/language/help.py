"""Help texts: what a parameter's declaration says, in brackets behind its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ..api.service import Service


def describe(param: click.Parameter, service: Service | None = None) -> str:
    """Return the help of an option or argument, with notes in brackets for what its declaration knows.

    The notes are, in this order: name or ID, the default, the microversion that the parameter requires, admin only,
    and that the option may be repeated. A note is left out where the sentence has it already.

    Args:
        param: The option or argument; `ref`, `since` and `admin` are read where it has them.
        service: The service of the command, which names the API in the note on the microversion.
    """
    sentence = str(getattr(param, "help", None) or "")
    notes = []
    if named := identified_by(param):
        notes.append(named)
    if default := default_text(param):
        notes.append(f"default: {default}")
    if since := getattr(param, "since", ""):
        notes.append(f"requires {service.setting if service else ''} API {since} or later".replace("  ", " "))
    if getattr(param, "admin", False):
        notes.append("admin only")
    if isinstance(param, click.Option) and param.multiple and param.metavar != "[WORD]...":
        notes.append("repeat for several")
    if not notes:
        return sentence
    return f"{sentence.removesuffix('.')} ({'; '.join(notes)})."


def identified_by(param: click.Parameter) -> str:
    """Return by what a resource is given in a parameter: its name, its ID or either; "" where none is."""
    resource = getattr(param, "ref", None) or getattr(param, "names", None)
    if resource is None or isinstance(param.type, click.Choice):
        return ""
    if resource.id == resource.name:
        return "name" if resource.id == "name" else "ID" if resource.id == "id" else ""
    return "name or ID"


def service_of(ctx: click.Context) -> Service | None:
    """Return the service of the command that a context is for, None where it has none."""
    run = getattr(ctx.command, "run", None) or getattr(getattr(ctx.command, "own", None), "run", None)
    resource = getattr(getattr(run, "run", run), "resource", None)
    return resource.service if resource else None


def default_text(param: click.Parameter) -> str:
    """Return the default of an option for people, "" where there is none to speak of."""
    if not isinstance(param, click.Option) or param.is_flag or param.count or param.required:
        return ""
    default = param.default
    plain = isinstance(default, str | int | float) and not isinstance(default, bool)
    return str(default) if plain and default != "" else ""
