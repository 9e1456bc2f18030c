"""Help pages: usage, description, arguments, options in groups, commands and examples; and the terms they share.

The pages are made from what commands declare. A terminal gets as wide a page as fits, and a pager when the page is
longer than the terminal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ..api.resource import Resource
    from ..api.service import Service

LONGEST_NAME = 30  # columns; the text of a longer name begins on the next line
LEAST_USAGE = 20  # columns beside the words of a command; with fewer, all of its usage begins on the next line
LONGEST_CHOICES = 26  # characters; longer lists of choices stand in the text and not beside the flag
PAGING_FLAGS = {"--limit", "--marker", "--max-items", "--page-size", "--offset"}
OUTPUT_PREFIX = "output_"  # what the names of output options begin with
SENTENCE_END = r"(?<!e\.g\.)(?<=[.!])\s+(?=[A-Z\d])"
# Texts that say by what a resource is given, where the service takes its name or its ID alone.
IDENTIFIED = re.compile(r"\((URL, ID or name|URL or ID|name|ID|UUID)\)|^(Names?|IDs?|UUIDs?) of |, by (name|ID)\b")
# Placeholders of values that are texts, by the last word of the flag.
PLACEHOLDERS = {
    "address": "ADDRESS",
    "before": "TIME",
    "cidr": "CIDR",
    "email": "EMAIL",
    "expiration": "TIME",
    "host": "HOST",
    "hostname": "HOST",
    "id": "ID",
    "ip": "ADDRESS",
    "name": "NAME",
    "password": "PASSWORD",
    "property": "KEY",
    "role": "ROLE",
    "since": "TIME",
    "spec": "KEY",
    "state": "STATE",
    "status": "STATUS",
    "tag": "TAG",
    "trait": "TRAIT",
    "type": "TYPE",
    "uri": "URI",
    "url": "URL",
    "uuid": "UUID",
}
Row = tuple[str, str]


def write_help(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """Write the help page of a command or a group of commands."""
    command.format_usage(ctx, formatter)
    write_paragraphs(formatter, description(command))
    listed = sections(command, ctx)
    names = [len(name) for _, rows in listed for name, _ in rows]
    for title, rows in listed:
        write_rows(formatter, title, rows, min(max(names, default=0), LONGEST_NAME))
    words = ctx.command_path.partition(" ")[2]
    if lines := examples(words):
        with formatter.section("Examples"):
            program, indent = ctx.find_root().info_name, formatter.current_indent
            for line in lines:
                for part in continued(f"{program} {line}", formatter.width - indent):
                    formatter.write(f"{'':{indent}}{part}\n")


def write_usage(formatter: click.HelpFormatter, start: str, pieces: Iterable[str]) -> None:
    """Write a usage line, broken between options and arguments: never within a flag, nor before the value of a flag."""
    indent = len(start) + 1 if len(start) + 1 + LEAST_USAGE <= formatter.width else 4
    lines = [""] if indent > len(start) else ["", ""]
    for piece in pieces:
        if lines[-1] and indent + len(lines[-1]) + 1 + len(piece) > formatter.width:
            lines.append(piece)
        else:
            lines[-1] += f" {piece}" if lines[-1] else piece
    first, *more = lines
    formatter.write(f"{start} {first}".rstrip() + "\n" + "".join(f"{'':{indent}}{line}\n" for line in more))


def write_paragraphs(formatter: click.HelpFormatter, text: str) -> None:
    """Write a text of one or more paragraphs, indented as click does."""
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(text)


def continued(line: str, width: int) -> list[str]:
    """Return a command line as lines of at most this width, broken before options by backslashes."""
    lines = [""]
    for part in re.split(r" (?=--)", line):
        if lines[-1] and len(lines[-1]) + len(part) + 3 > width:
            lines[-1] += " \\"
            lines.append(f"    {part}")
        else:
            lines[-1] += f" {part}" if lines[-1] else part
    return lines


def write_rows(formatter: click.HelpFormatter, title: str, rows: Iterable[Row], width: int) -> None:
    """Write a section of names and texts; the texts begin `width` columns and a gap to the right of the names."""
    from textwrap import wrap

    with formatter.section(title):
        indent = formatter.current_indent
        begin = indent + width + 2
        room = max(formatter.width - begin, 20)
        for name, text in rows:
            lines = wrap(text, room, break_on_hyphens=False, break_long_words=False)
            if len(name) > width:
                formatter.write(f"{'':{indent}}{name}\n")
            else:
                formatter.write(f"{'':{indent}}{name:{width + 2}}{lines.pop(0) if lines else ''}".rstrip() + "\n")
            formatter.write("".join(f"{'':{begin}}{line}\n" for line in lines))


def sections(command: click.Command, ctx: click.Context) -> list[tuple[str, list[Row]]]:
    """Return the lists of a help page that are not empty, each with its title."""
    service = service_of(command)
    rows: dict[str, list[Row]] = {"Arguments": [], "Options": [], "Paging options": [], "Output options": []}
    for param in command.get_params(ctx):
        if not getattr(param, "hidden", False):
            rows[section_of(param, ctx.info_name or "")].append(row(param, ctx, service))
    rows["Commands"] = [(words, summary(leaf)) for words, leaf in commands_below(command, ctx)]
    if rows["Commands"]:
        rows = {"Commands": rows.pop("Commands"), **rows} if isinstance(command, click.Group) else rows
    return [(title, found) for title, found in rows.items() if found]


def section_of(param: click.Parameter, verb: str) -> str:
    """Return the title of the section that a parameter of this verb stands in."""
    if isinstance(param, click.Argument):
        return "Arguments"
    if (param.name or "").startswith(OUTPUT_PREFIX):
        return "Output options"
    return "Paging options" if verb != "create" and PAGING_FLAGS.intersection(param.opts) else "Options"


def row(param: click.Parameter, ctx: click.Context, service: Service | None) -> Row:
    """Return how a parameter is written, and its help with its notes and choices."""
    text = describe(param, service)
    value = metavar(param, ctx)
    if (choices := choices_of(param)) and value.strip("[]") != "|".join(choices):
        text = f"{text} One of: {', '.join(choices)}."
    if isinstance(param, click.Argument):
        return value + ("..." if param.nargs == -1 and "..." not in value else ""), text
    names = ", ".join(sorted(param.opts, key=lambda flag: flag.startswith("--")))
    if isinstance(param, click.Option) and not (param.is_flag or param.count):
        names += f" {value}"
    return " / ".join([names, *param.secondary_opts[:1]]), text


def metavar(param: click.Parameter, ctx: click.Context) -> str:
    """Return the placeholder for the value of a parameter: `FILE`, `up|down`, `INTEGER`; brackets mean optional."""
    if param.metavar:
        return param.metavar
    if choices := choices_of(param):
        listed = "|".join(choices)
        return listed if len(listed) <= LONGEST_CHOICES else re.split("[-_]", shown_flag(param))[-1].upper()
    if isinstance(param.type, click.types.FloatParamType):
        return "NUMBER"
    if isinstance(param.type, click.types.IntParamType):
        return "INTEGER"
    made = param.make_metavar(ctx)
    return made if made != "TEXT" else placeholder(param)


def placeholder(param: click.Parameter) -> str:
    """Return the placeholder for a text: the type of the resource that the text names, or what the flag says."""
    words = re.split("[-_]", shown_flag(param).lstrip("-"))
    if resource := getattr(param, "names", None):
        noun: list[str] = resource.noun.split()
        return "_".join(words if noun[-len(words) :] == words else noun).upper()
    return PLACEHOLDERS.get(words[-1], "TEXT")


def choices_of(param: click.Parameter) -> list[str]:
    """Return the valid values of a parameter, [] where the set is not closed."""
    return [str(choice) for choice in getattr(param.type, "choices", ())]


def usage_pieces(command: click.Command, ctx: click.Context) -> list[str]:
    """Return the parts of a usage line after the command: required options, arguments, the word COMMAND."""
    params = command.get_params(ctx)
    required = [p for p in params if isinstance(p, click.Option) and p.required]
    pieces = [f"{shown_flag(p)} {metavar(p, ctx)}" for p in required] + ["[OPTIONS]"]
    for param in params:
        if isinstance(param, click.Argument):
            name = param.make_metavar(ctx)
            name += "..." if param.nargs == -1 and "..." not in name else ""
            pieces.append(name if param.required or name.startswith("[") else f"[{name}]")
    if isinstance(command, click.Group):
        pieces.append(command.subcommand_metavar)
    return pieces


def description(command: click.Command) -> str:
    """Return the sentences that say what a command or a group does."""
    text = re.sub(r"[ \t]*\n[ \t]*(?=\S)", "\n", command.help or "")
    return text if text or not isinstance(command, click.Group) else summary(command)


def summary(command: click.Command) -> str:
    """Return the first sentence of a command's help; for a group without help, the commands in it."""
    if command.help or not isinstance(command, click.Group):
        return re.split(SENTENCE_END, " ".join((command.help or "").split("\n\n")[0].split()))[0]
    from .command_lookup import leaves

    below = list(leaves(command, click.Context(command)))
    if len(below) == 1:
        return summary(below[0][1])
    return f"Commands: {', '.join(f'{command.name} {words}' for words, _ in below)}."


def commands_below(command: click.Command, ctx: click.Context) -> Iterable[tuple[str, click.Command]]:
    """Return the commands of a group by their words, also those below a command that is a group as well."""
    from .command_lookup import leaves

    if not isinstance(command, click.Group):
        parent = ctx.parent.command if ctx.parent else None
        found = parent.get_command(ctx, ctx.info_name or "") if isinstance(parent, click.Group) else None
        if not isinstance(found, click.Group):
            return []
        command = found
    return leaves(command, ctx)


def examples(words: str) -> Sequence[str]:
    """Return the examples of the command with these words."""
    from .examples import EXAMPLES

    return EXAMPLES.get(words, ())


def describe(param: click.Parameter, service: Service | None = None) -> str:
    """Return the help of an option or argument, with notes in brackets for what its declaration knows.

    The notes are, in this order: that the option is required, the options of which one is required (beside the
    first of these), name or ID (unless the help says so), the range, the default, the options of which one is required
    beside the option, the microversion that the parameter requires, admin only, and that the option may be repeated.
    They stand at the end of the first sentence.

    Args:
        param: The option or argument; `ref`, `needs`, `since` and `admin` are read where it has them.
        service: The service of the command, which names the API in the note on the microversion.
    """
    sentence, *more = re.split(SENTENCE_END, str(getattr(param, "help", None) or ""), maxsplit=1)
    notes = []
    if isinstance(param, click.Option) and param.required:
        notes.append("required")
    if (group := getattr(param, "group", None)) and group.required and group.options[0].name == param.name:
        notes.append(f"one of {', '.join(map(long_flag, group.options))} is required")
    if (named := identified_by(param)) and not IDENTIFIED.search(sentence):
        notes.append(named)
    if isinstance(param.type, click.IntRange | click.FloatRange) and None not in (param.type.min, param.type.max):
        notes.append(f"{param.type.min} to {param.type.max}")
    if default := default_text(param):
        notes.append(f"default: {default}")
    if needs := getattr(param, "needs", []):
        notes.append(f"requires {' or '.join(needs)}")
    if since := getattr(param, "since", ""):
        notes.append(f"requires {service.setting if service else ''} API {since} or later".replace("  ", " "))
    if getattr(param, "admin", False):
        notes.append("admin only")
    if isinstance(param, click.Option) and param.multiple:
        notes.append("repeat for several")
    if not notes:
        return " ".join([sentence, *more])
    sentence = sentence.removesuffix(".")
    if sentence.endswith(")") and " (" in sentence:  # the sentence has a note of its own
        sentence, _, note = sentence[:-1].rpartition(" (")
        notes.insert(0, note)
    return " ".join([f"{sentence} ({'; '.join(notes)}).", *more])


def shown_flag(param: click.Parameter) -> str:
    """Return the flag of an option by which usage lines name it: the last long one, or a short one."""
    return next((flag for flag in reversed(param.opts) if flag.startswith("--")), param.opts[-1])


def long_flag(option: click.Option) -> str:
    """Return the first long flag of an option."""
    return next(flag for flag in option.opts if flag.startswith("--"))


def identified_by(param: click.Parameter) -> str:
    """Return by what a resource is given in a parameter: its name, its ID or either; "" where none is."""
    resource: Resource | None = getattr(param, "ref", None) or getattr(param, "names", None)
    if resource is None or isinstance(param.type, click.Choice):
        return ""
    if resource.id == resource.name:
        words = {"name": "name", "namespace": "name", "type": "name", "uuid": "UUID", "hostname": "host name"}
        return words.get(resource.id) or ("ID" if resource.id == "id" or resource.id.endswith("_id") else "")
    return "name or ID"


def service_of(command: click.Command) -> Service | None:
    """Return the service of a command, None where it has none."""
    resource = resource_of(command)
    return resource.service if resource else None


def resource_of(command: click.Command) -> Resource | None:
    """Return the resource type that a command is about, None where it has none."""
    run = getattr(command, "run", None)
    inner = getattr(run, "verb", None)
    return getattr(inner, "resource", None) or getattr(run, "resource", None)


def default_text(param: click.Parameter) -> str:
    """Return the default of an option for people, "" where there is none to speak of."""
    if not isinstance(param, click.Option) or param.is_flag or param.count or param.required:
        return ""
    default = param.default
    plain = isinstance(default, str | int | float) and not isinstance(default, bool)
    return str(default) if plain and default not in ("", 0) else ""


def print_help(text: str) -> None:
    """Print a help page; through a pager if it is longer than the terminal it goes to."""
    import shutil
    import sys

    from ..console import write_text

    if not sys.stdout.isatty() or text.count("\n") + 2 <= shutil.get_terminal_size().lines:
        write_text(text)
        return
    print_paged(text if text.endswith("\n") else f"{text}\n")


def print_paged(text: str) -> None:
    """Print a text through the pager: PAGER, or less."""
    import os

    os.environ.setdefault("LESS", "-FRX")  # end at the last line, keep the text on the screen
    click.echo_via_pager(text)
