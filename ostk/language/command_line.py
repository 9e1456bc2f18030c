"""Completion of a command line: what may stand at the cursor, for shells and the prompt."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

# click has no public function for these two steps.
from click.shell_completion import _resolve_context as resolve_context
from click.shell_completion import _resolve_incomplete as resolve_incomplete

from ..errors import OstkError
from ..text import visible
from .argv import Reading, may_take_value, takes_value
from .completion import ask
from .options import Opt
from .shells import Request

if TYPE_CHECKING:
    from ..session.cloud import Cloud

Items = list[CompletionItem[str]]


def respond(root: click.Group, program: str, instruction: str) -> str:
    """Return what the completion script of a shell reads.

    Args:
        root: The root command.
        program: The name of the program.
        instruction: The value of the variable that asks for completion.

    """
    request = Request(instruction, os.environ)
    words, typed = request.words, request.current
    if words[-1:] == ["="] or typed == "=":  # bash splits --option=value
        words, typed = ([*words, ""], "") if typed == "=" else (words, typed)
        words = words[:-1]
    if words[:1] == ["help"] and not typed.startswith("-"):
        words = words[1:]
    items: Items = []
    with suppress(click.ClickException):
        items = completions(root, {}, program, words, typed)
    kind = next((item.type for item in items if item.type != "plain"), "plain")
    if request.shell == "fish" and kind != "plain":  # its own completion of paths knows no --option=PATH
        items, kind = [path for item in items for path in paths(item)], "plain"
    stem = stem_of(words, typed)
    return request.answer(((stem + i.value, i.help or "") for i in items if i.type == "plain"), kind)


def stem_of(words: Sequence[str], typed: str) -> str:
    """Return the part of a word that stays as it is while a value is completed: `--option=`."""
    return typed[: typed.index("=") + 1] if typed.startswith("--") and "=" in typed and "--" not in words else ""


def completions(root: click.Group, given: dict[str, Any], program: str, words: Sequence[str], typed: str) -> Items:
    """Return what may stand in the place of a word; of a word `--option=value`, what may be the value.

    Args:
        root: The root command.
        given: Arguments of click.Context, such as `obj` for the clouds of the prompt.
        program: The name of the program.
        words: The words before.
        typed: The word, as far as it is typed.

    Raises:
        click.ClickException: The words before are no command.

    """
    ctx = resolve_context(root, given, program, list(words))
    if stem := stem_of(words, typed):
        words, typed = [*words, stem[:-1]], typed[len(stem) :]
    param: click.Command | click.Parameter | None = awaited(ctx, words)
    if param is None:
        if stem:
            return []
        param, typed = resolve_incomplete(ctx, list(words), typed)
    if isinstance(param, click.Command):
        return param.shell_complete(ctx, typed)
    if kind := path_kind(param, ctx):
        return [CompletionItem(typed, type=kind)]
    found = next((VALUES[flag] for flag in param.opts if flag in VALUES), None)
    items = [CompletionItem(v) for v in found(ctx, typed)] if found else param.shell_complete(ctx, typed)
    return list(left_over(items, param, ctx, words, typed))


def path_kind(param: click.Parameter, ctx: click.Context) -> str:
    """Return "file" or "dir" for a parameter whose placeholder says that a value may be a path, "" for others."""
    words = re.split(r"[|=,.]+", param.make_metavar(ctx))
    return "file" if {"FILE", "<file>"}.intersection(words) else "dir" if "DIRECTORY" in words else ""


def paths(item: CompletionItem[str]) -> Iterable[CompletionItem[str]]:
    """Yield the paths that begin as an item does: of directories, which end with a slash, and of files for "file"."""
    directory, slash, begun = item.value.rpartition("/")
    with suppress(OSError), os.scandir(os.path.expanduser(directory + slash) or ".") as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            hidden = entry.name.startswith(".") and not begun.startswith(".")
            if entry.name.startswith(begun) and not hidden and (entry.is_dir() or item.type == "file"):
                yield CompletionItem(directory + slash + entry.name + ("/" if entry.is_dir() else ""))


def left_over(
    items: Items, param: click.Parameter, ctx: click.Context, words: Sequence[str], typed: str
) -> Iterable[CompletionItem[str]]:
    """Yield the items that fit: not on the line yet, and not with a dash where that would begin an option."""
    present = ctx.params.get(param.name or "") if param.multiple or param.nargs == -1 else ()
    dashed = "--" in words or (isinstance(param, click.Option) and not getattr(param, "greedy", False))
    for item in items:
        is_text = item.type == "plain"
        if is_text and isinstance(present, Sequence) and item.value in present:
            continue
        if dashed or not is_text or not item.value.startswith("-"):
            yield item


def awaited(ctx: click.Context, words: Sequence[str]) -> click.Option | None:
    """Return the option that the next word is the value of: of the command or a global one, in full or abbreviated."""
    if not words or "--" in words:
        return None
    params = ctx.command.get_params(ctx)
    reading = Reading(params, ctx.find_root().command, False)
    for back, word in enumerate(reversed(words)):
        if word.startswith("-"):
            flag = word
            with suppress(click.UsageError):
                flag = reading.complete(word, ctx)
            option = reading.own.get(flag) or reading.root.get(flag)
            if option is None or not takes_value(option) or may_take_value(option):
                return None
            return option if back == 0 or (isinstance(option, Opt) and option.greedy) else None
    return None


def columns(ctx: click.Context, typed: str) -> list[str]:
    """Return the titles of the columns of a command; a text in lower case, with underscores, completes too."""
    from .view import header, plain_title

    run = getattr(ctx.command, "run", None)
    run = getattr(run, "verb", run)
    listed = [header(column) for column in getattr(run, "columns", ())]
    fields = [column.title or column.key for column in getattr(run, "fields", ()) if not column.hidden]
    titles = dict.fromkeys(title for title in (*listed, *fields) if title.isprintable() and not title.startswith("*"))
    fitting = [title for title in titles if title.startswith(typed)]
    return fitting or [title for title in titles if plain_title(title).startswith(plain_title(typed))]


def clouds(ctx: click.Context, typed: str) -> list[str]:
    """Return the names of the clouds in the files and of the built-in ones."""
    from ..config.built_in_clouds import CLOUDS
    from ..config.config import configured_clouds

    found = [*CLOUDS]
    with suppress(OstkError):
        found = [*(one.name for one in configured_clouds(flags=ctx.find_root().params)), *CLOUDS]
    return [name for name in dict.fromkeys(found) if name.startswith(typed) and visible(name) == name]


def complete_cloud(ctx: click.Context, param: click.Parameter, typed: str) -> list[str]:
    """Return the names of clouds, for an argument of a command."""
    return clouds(ctx, typed)


def regions(ctx: click.Context, typed: str) -> list[str]:
    """Return the regions that clouds.yaml has for the cloud, and those of the catalog."""
    from ..config.config import region_names

    root = ctx.find_root()
    flags = {name: value for name, value in root.params.items() if name != "os_region_name"}
    found: list[str] = []
    with suppress(OstkError):
        found = region_names(flags)
    found += [] if found else ask(root, flags, "regions", lambda cloud: regions_of(cloud))
    return [name for name in dict.fromkeys(found) if name.startswith(typed) and visible(name) == name]


def regions_of(cloud: Cloud) -> list[str]:
    """Return the regions of the catalog."""
    return sorted({end["region"] for service in cloud.access.catalog for end in service["endpoints"]} - {""})


VALUES: dict[str, Callable[[click.Context, str], list[str]]] = {
    "--column": columns,
    "--sort-column": columns,
    "--os-cloud": clouds,
    "--os-region-name": regions,
}
"""The values of options that many commands have, by flag."""
