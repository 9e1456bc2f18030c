"""`ostk explain`: what a resource type is: its fields, states and commands, and where its API is documented."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import click

from .. import program
from ..api.resource import Resource
from ..api.states import STATES
from ..errors import OstkError
from ..index import ALONE, INDEX
from ..language import ALL_FIELDS_IN_API_ORDER, REMAINING_FIELDS, Arg, Cloud, Column, Json, Value
from ..language.help import summary
from ..language.noun import Command, Noun
from ..language.own_command import OwnCommand
from ..language.subresource import SubresourceVerb
from ..language.verbs import Show, Shower
from ..language.view import header
from ..render.options import NOINDENT, QUERY, output_from
from ..render.output import print_resource
from ..render.page import Line, Section, print_page
from ..tree import written

LONGEST_FIELD, LONGEST_STATE, LONGEST_COMMAND = 36, 34, 36  # columns for the labels of a section
LIST_PLACES = ("yes", "--long", "-c")  # where a list has a column: always, with --long, or with `-c` alone
EVERY_FIELD = (REMAINING_FIELDS.key, ALL_FIELDS_IN_API_ORDER.key)
FORMAT = Value("-f --format output_format", "Output format.", choices="json table yaml", default="table")


def find_noun(words: Sequence[str]) -> str:
    """Return the noun with these words, each in full or a prefix of the word.

    Raises:
        OstkError: The words are no noun, or several nouns have these prefixes.
    """
    typed = " ".join(words).lower()
    if typed in INDEX:
        return typed
    parts = typed.split()
    fits = [noun for noun in INDEX if fits_prefixes(noun.split(), parts)]
    if len(fits) == 1:
        return fits[0]
    if fits:
        raise OstkError(f"{typed!r} may be any of {', '.join(sorted(fits))}.")
    begun = max((noun for noun in INDEX if f"{typed} ".startswith(f"{noun} ")), key=len, default="")
    if begun:
        raise OstkError(
            f"{typed!r} is not a noun (resource type).", f"{program()} explain {begun}, or {program()} help {typed}."
        )
    from difflib import get_close_matches

    near = get_close_matches(typed, list(INDEX), 3, 0.6)
    hint = f"Did you mean {' or '.join(near)}?" if near else f"All nouns: {program()} help --all"
    raise OstkError(f"{typed!r} is not a noun (resource type).", hint)


def fits_prefixes(words: Sequence[str], prefixes: Sequence[str]) -> bool:
    """Return whether each word begins with the prefix at its place."""
    return len(words) == len(prefixes) and all(map(str.startswith, words, prefixes))


def parts_of(noun: str) -> list[Noun | dict[str, Command]]:
    """Return what the modules of a noun define: a Noun or commands by verb each.

    Raises:
        OstkError: The noun is a command alone.
    """
    if noun in ALONE:
        raise OstkError(f"{noun} is a command, not a resource type.", f"See {program()} help {noun}.")
    return [written(noun, place) for place in INDEX[noun][0].split()]


def verbs_of(part: Noun | dict[str, Command]) -> dict[str, Command]:
    """Return the commands that a module defines for a noun, by verb."""
    return part if isinstance(part, dict) else part.commands


def explanation(noun: str) -> Json:
    """Return what ostk knows about a noun.

    Returns:
        `noun`, `summary`, `service`, `service_type`, `path`, `id_field`, `name_field`, `newest_microversion`,
        `since`, `reference`, and lists: `fields`, `states`, `commands`; `shows_all_fields` says whether show prints
        fields beside those listed.
    """
    parts = parts_of(noun)
    fields, all_fields = fields_of(parts)
    return {
        "noun": noun,
        "summary": INDEX[noun][1],
        **resource_data(getattr(parts[0], "resource", None)),
        "fields": fields,
        "shows_all_fields": all_fields,
        "states": [
            {"field": field, "value": value, "meaning": meaning}
            for field, values in STATES.get(noun, {}).items()
            for value, meaning in values.items()
        ],
        "commands": [
            {
                "command": f"{noun} {words}",
                "summary": summary(command),
                "since": getattr(getattr(command, "run", None), "since", "") or None,
            }
            for words, command in commands_of(parts)
        ],
    }


def resource_data(resource: Resource | None) -> Json:
    """Return the service, path, ID and name fields, microversions and API reference of a type; None for what is not."""
    if resource is None or not resource.path:
        keys = "service service_type path id_field name_field newest_microversion since reference"
        return dict.fromkeys(keys.split())
    return {
        "service": resource.service.name,
        "service_type": resource.service.types[0],
        "path": path_of(resource),
        "id_field": resource.id,
        "name_field": resource.name,
        "newest_microversion": resource.microversion or None,
        "since": resource.since or None,
        "reference": resource.reference or None,
    }


def path_of(resource: Resource) -> str:
    """Return the path of a collection below the root of the service, with names for the IDs in it."""

    def named(found: re.Match[str]) -> str:
        one = re.sub("ies$", "y", found[1]) if found[1].endswith("ies") else found[1].removesuffix("s")
        return f"/{found[1]}/{{{one.replace('-', '_')}_id}}"

    version = f"/{resource.service.version}" if resource.service.version else ""
    return version + re.sub(r"/([\w-]+)/\{\}", named, resource.path).replace("{}", "{id}")


def commands_of(parts: Iterable[Noun | dict[str, Command]]) -> Iterator[tuple[str, click.Command]]:
    """Yield the commands of a noun by their words, sorted; each once."""
    found = {words: command for part in parts for words, command in verbs_of(part).items()}
    yield from sorted(found.items())


def fields_of(parts: Sequence[Noun | dict[str, Command]]) -> tuple[list[Json], bool]:
    """Return the fields that list and show print, and whether show prints others too."""
    listed = declared(parts, "list", "columns")[1]
    showing, shown = declared(parts, "show", "fields")
    found: dict[str, Json] = {}
    for column in (*listed, *shown):
        if column.key not in EVERY_FIELD:
            entry = found.setdefault(column.key, field_entry(column))
            entry["since"] = entry["since"] or column.since or None
            entry["until"] = entry["until"] or column.until or None
    for column in listed:
        entry, place = found[column.key], LIST_PLACES[2 if column.hidden else int(column.long)]
        if entry["list"] is None or LIST_PLACES.index(place) < LIST_PLACES.index(entry["list"]):
            entry["list"], entry["title"] = place, header(column)
    for column in shown:
        if column.key not in EVERY_FIELD and not column.hidden:
            found[column.key]["show"] = column.title or column.key
    printed = [entry for entry in found.values() if entry["list"] or entry["show"]]
    open_ended = not shown or any(column.key in EVERY_FIELD for column in shown)
    return printed, isinstance(showing, Show | Shower) and open_ended


def declared(parts: Sequence[Noun | dict[str, Command]], verb: str, attribute: str) -> tuple[Any, list[Column]]:
    """Return the implementation of a verb, None without the verb, and the columns or fields of the verb.

    A verb that declares none, as it computes them, has those of its noun.
    """
    for part in parts:
        run = getattr(verbs_of(part).get(verb), "run", None)
        if run is not None:
            run = getattr(run, "verb", run) if isinstance(run, SubresourceVerb) else run
            own = getattr(run, attribute, getattr(run, "columns", ()))  # a show that prints a list has columns
            return run, [*own] or [*getattr(part, attribute, ())]
    return None, []


def field_entry(column: Column) -> Json:
    """Return the entry of a field that neither list nor show is known to print yet."""
    return {"name": column.key, "title": None, "list": None, "show": None, "since": None, "until": None}


def explain_noun(cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> None:
    """Print what ostk knows about a noun; no request is sent.

    Raises:
        OstkError: The words are no noun.
    """
    output = output_from(values)
    data = explanation(find_noun(values["noun"]))
    if output.format == "table":
        print_page(sections(data), output)
    else:
        print_resource(list(data), list(data.values()), output)


def sections(data: Json) -> Iterator[Section]:
    """Yield the sections of the page about a noun."""
    about = [
        ("Service", data["service"] and f"{data['service']} ({data['service_type']})"),
        ("REST path", data["path"]),
        ("ID and name", data["path"] and ", ".join(dict.fromkeys((data["id_field"], data["name_field"])))),
        ("Required API", data["since"] and f"{data['since']} or later"),
        ("Microversion", data["newest_microversion"] and f"up to {data['newest_microversion']}"),
        ("API reference", data["reference"]),
    ]
    yield Section(f"{data['noun']}: {data['summary']}", [Line(str(text), label) for label, text in about if text])
    lines = [Line(field_text(field), field["name"]) for field in data["fields"]]
    if data["shows_all_fields"]:
        lines.append(Line("show prints all other fields of the response too." if lines else "show prints all fields."))
    if lines:
        yield Section("Fields", lines, LONGEST_FIELD)
    for field in dict.fromkeys(state["field"] for state in data["states"]):
        states = [Line(one["meaning"], one["value"]) for one in data["states"] if one["field"] == field]
        yield Section(f"Values of {field}", states, LONGEST_STATE)
    commands = [Line(one["summary"], one["command"]) for one in data["commands"]]
    yield Section("Commands", commands, LONGEST_COMMAND)


def field_text(field: Json) -> str:
    """Return where a field is shown, under which titles, and the microversions that have it."""
    where = {"yes": "list", "--long": "list --long", "-c": "list -c", None: ""}[field["list"]]
    parts = [f"{where} ({field['title']})" if where else ""]
    if field["show"]:
        parts.append("show" if field["show"] == field["name"] else f"show ({field['show']})")
    text = ", ".join(filter(None, parts))
    text += f"; since {field['since']}" if field["since"] else ""
    return text + (f"; removed in {field['until']}" if field["until"] else "")


explain = OwnCommand(
    "explain",
    [
        Arg("noun", "Noun (resource type), e.g. server or floating ip.", nargs=-1, required=True, metavar="NOUN..."),
        FORMAT,
        NOINDENT,
        QUERY,
    ],
    "Explain a resource type: fields, states, commands, REST path and API reference.\n\nNo request is sent.",
    explain_noun,
)
