"""The reference of all commands, generated for packagers: a man page in roff, and a Markdown document.

Output options are the same for every list, and for every command that shows one resource: the reference of all
commands has them once.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import click

from .. import __version__
from ..index import INDEX
from ..language.command_lookup import unknown
from ..language.help import Row, description, examples, resource_of, row, sections, usage_pieces
from ..other_services import note
from ..render.options import LIST_OPTIONS, SHOW_OPTIONS
from ..tree import Group
from .overview import ABOUT, SERVICES, SETUP, service_of

EXIT_STATUS = [
    ("0", "The command succeeded."),
    ("1", "The command failed, or failed for some of the resources."),
    ("2", "The command line is wrong; nothing was sent."),
    ("130", "The command was interrupted (SIGINT)."),
    ("141", "Standard output was closed (SIGPIPE)."),
]
FILES = [
    ("clouds.yaml", "Clouds and their credentials: in ., ~/.config/openstack or /etc/openstack, in this order."),
    ("secure.yaml", "Secrets that are merged into clouds.yaml, in the same directories."),
]
OUTPUT = "Output options"
SHARED = {"Output options of lists": LIST_OPTIONS, "Output options of a single resource": SHOW_OPTIONS}


class Entry(NamedTuple):
    """The reference of one command."""

    service: str
    words: str
    usage: str
    text: str
    reference: str
    sections: list[tuple[str, list[Row]]]
    examples: list[str]


def man_page(root: click.Group, program: str, words: Sequence[str] = ()) -> str:
    """Return the man page of all commands, or of the command or noun with these words, in roff."""
    name = "-".join([program, *words])
    lines = [
        f'.TH {roff(name.upper())} 1 "" "ostk {__version__}" "User Commands"',
        ".SH NAME",
        rf"{roff(name)} \- {roff((ABOUT if not words else title_of(root, words)).rstrip('.'))}",
        ".SH SYNOPSIS",
        rf"\fB{roff(program)}\fR {roff('[OPTIONS] COMMAND [ARGS]...' if not words else ' '.join([*words, '...']))}",
    ]
    if not words:
        lines += [".SH DESCRIPTION", roff(f"{ABOUT} {SETUP}")]
        for title, rows in shared_sections(root, program):
            lines += [f".SH {roff(title.upper())}", *roff_rows(rows)]
    service = ""
    for entry in entries(root, program, words):
        if entry.service != service:
            service = entry.service
            lines.append(f".SH {roff(service.upper())}" if not words else ".SH COMMANDS")
        lines += [f".SS {roff(f'{program} {entry.words}')}", rf"\fB{roff(entry.usage)}\fR", ".PP", roff(entry.text)]
        for title, rows in entry.sections:
            lines += [".PP", rf"\fI{roff(title)}:\fR", *roff_rows(rows)]
        if entry.examples:
            lines += [".PP", r"\fIExamples:\fR", ".PP", ".nf", *map(roff, entry.examples), ".fi"]
        if entry.reference:
            lines += [".PP", f"API reference: {roff(entry.reference)}"]
    for title, rows in (("EXIT STATUS", EXIT_STATUS), ("FILES", FILES)):
        lines += [f".SH {title}", *roff_rows(rows)]
    return "\n".join(lines) + "\n"


def markdown(root: click.Group, program: str, words: Sequence[str] = ()) -> str:
    """Return the reference of all commands, or of the command or noun with these words, in Markdown."""
    blocks = [f"# {' '.join([program, *words])}", escape_markdown(ABOUT if not words else title_of(root, words))]
    if not words:
        blocks.append(escape_markdown(SETUP))
        for title, rows in [*shared_sections(root, program), ("Exit status", EXIT_STATUS), ("Files", FILES)]:
            blocks += [f"## {title}", markdown_list(rows)]
    service = ""
    for entry in entries(root, program, words):
        if entry.service != service:
            service = entry.service
            blocks.append(f"## {service}")
        blocks += [f"### {program} {entry.words}", f"```\n{entry.usage}\n```", escape_markdown(entry.text)]
        for title, rows in entry.sections:
            blocks += [f"{title}:", markdown_list(rows)]
        if entry.examples:
            blocks += ["Examples:", "```\n" + "\n".join(entry.examples) + "\n```"]
        if entry.reference:
            blocks.append(f"API reference: <{entry.reference}>")
    return "\n\n".join(blocks) + "\n"


def entries(root: click.Group, program: str, words: Sequence[str]) -> list[Entry]:
    """Return the references of the commands below these words, by service and in alphabetical order.

    Raises:
        click.UsageError: The words are no command and no noun.
    """
    ctx = context(root, None, program)
    command: click.Command = root
    for word in words:
        if not isinstance(command, click.Group):
            raise click.UsageError(f"{ctx.command_path!r} is a command; no command is below it.", ctx)
        found = command.get_command(ctx, word)
        if found is None:
            raise unknown(ctx, [word], lambda phrase: note(phrase, program))
        command, ctx = found, context(found, ctx, word)
    order = list(SERVICES.values())
    references = [entry(leaf, at, program, whole=not words) for leaf, at in leaves(command, ctx)]
    return sorted(references, key=lambda entry: (order.index(entry.service), entry.words))


def context(command: click.Command, parent: click.Context | None, name: str | None) -> click.Context:
    """Return a context of a command as click makes it for a command line."""
    return click.Context(command, parent=parent, info_name=name, **command.context_settings)


def leaves(command: click.Command, ctx: click.Context) -> Iterator[tuple[click.Command, click.Context]]:
    """Return the commands in a command or group, each with a context that knows its words."""
    own = command.own if isinstance(command, Group) else command
    if own:
        yield own, context(own, ctx.parent, ctx.info_name)
    if isinstance(command, Group):
        for name in command.list_commands(ctx):
            if child := command.get_command(ctx, name):
                yield from leaves(child, context(child, ctx, name))


def entry(command: click.Command, ctx: click.Context, program: str, whole: bool) -> Entry:
    """Return the reference of a command; in that of the `whole` program, without the output options."""
    words = ctx.command_path.partition(" ")[2]
    noun = max((noun for noun in INDEX if f"{words} ".startswith(f"{noun} ")), key=len)
    resource = resource_of(command)
    listed = [
        (title, [pair for pair in rows if not pair[0].endswith("--help")])
        for title, rows in sections(command, ctx)
        if title != "Commands" and not (whole and title == OUTPUT)
    ]
    return Entry(
        service_of(noun),
        words,
        f"{ctx.command_path} {' '.join(usage_pieces(command, ctx))}",
        description(command),
        resource.reference if resource and resource.service.docs_url else "",
        [(title, rows) for title, rows in listed if rows],
        [f"{program} {line}" for line in examples(words)],
    )


def title_of(root: click.Group, words: Sequence[str]) -> str:
    """Return the sentence on a command or a noun."""
    command: click.Command = root
    for word in words:
        found = command.get_command(click.Context(command), word) if isinstance(command, click.Group) else None
        command = found or command
    return description(command)


def shared_sections(root: click.Group, program: str) -> list[tuple[str, list[Row]]]:
    """Return the global options and the output options."""
    ctx = context(root, None, program)
    listed: dict[str, Sequence[click.Parameter]] = {"Global options": root.get_params(ctx), **SHARED}
    return [
        (title, [row(param, ctx, None) for param in params if not getattr(param, "hidden", False)])
        for title, params in listed.items()
    ]


def roff(text: str) -> str:
    """Return a text in roff, with requests and escapes in it escaped."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    text = "".join(char if ord(char) < 128 else f"\\[u{ord(char):04X}]" for char in text)
    return re.sub(r"(?m)^(?=[.'])", r"\\&", text)


def roff_rows(rows: Sequence[Row]) -> Iterator[str]:
    """Return the lines of a list of names and texts in roff."""
    for name, text in rows:
        yield from (".TP", rf"\fB{roff(name)}\fR", roff(text))


def escape_markdown(text: str) -> str:
    """Return a text in Markdown, with its special characters escaped outside of `code`."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(part if part.startswith("`") else re.sub(r"([\\*_<>\[\]])", r"\\\1", part) for part in parts)


def markdown_list(rows: Sequence[Row]) -> str:
    """Return a Markdown list of names and texts."""
    return "\n".join(f"* `{name}`: {escape_markdown(text)}" if text else f"* `{name}`" for name, text in rows)
