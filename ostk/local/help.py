"""`ostk help`: the help of a command, the global options, all nouns, and the whole reference for packagers."""

from collections.abc import Sequence

import click

from .. import program
from ..errors import OstkError
from ..language import Arg, Cloud, Command, Flag, Json, exclusive


def explain(cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> None:
    """Print the help of the command that the words name, or a page about all of ostk.

    Raises:
        OstkError: The words are no command.
    """
    from .overview import print_page

    ctx = click.get_current_context().find_root()
    root, name, words = ctx.command, ctx.info_name or program(), values["words"]
    assert isinstance(root, click.Group)
    try:
        if values["man"] or values["markdown"]:
            from ..console import write_text
            from .manual import man_page, markdown

            write_text((man_page if values["man"] else markdown)(root, name, words))
        elif values["all"]:
            print_page("all", ctx)
        elif words == ("options",):
            print_page("options", ctx)
        else:
            click.Group.main(root, [*words, "--help"], name, standalone_mode=False)
    except click.UsageError as error:
        raise OstkError(error.format_message()) from error


help = Command(
    "help",
    [
        Arg(
            "words",
            "Noun (resource type) or command, e.g. server or server create; `options` for global options.",
            nargs=-1,
            metavar="[COMMAND]...",
        ),
        exclusive(
            Flag("--all", "List the nouns (resource types) of all services, each with a summary."),
            Flag("--man", "Print the reference of all commands, or of COMMAND, as a man page (roff)."),
            Flag("--markdown", "Print the reference of all commands, or of COMMAND, in Markdown."),
        ),
    ],
    "Show help for a command, a noun or ostk itself.",
    explain,
)
