"""Lookup of commands by words: in full, abbreviated, or misspelt with suggestions."""

from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile

import click

from ..render.options import Full

Found = tuple[str, click.Command, list[str]]


def look_up(group: click.Group, ctx: click.Context, args: list[str]) -> Found | None:
    """Return the child with the name or unique prefix of the first word: its name, the child, and the remaining words.

    None stands for no child, or more than one.
    """
    word, *rest = args
    command = group.get_command(ctx, word)
    words = [w for w in rest if not w.startswith("-")]
    if isinstance(command, click.Group) and words and command.get_command(ctx, words[0]) is None:
        # `config show` is `configuration show`: there is a noun config, but it has no such command.
        fits = [name for name in children(group, ctx) if matches(group, ctx, name, [word, *words])]
        if len(fits) == 1 and fits[0] != word:
            word = fits[0]
            command = group.get_command(ctx, word)
    if command is None and not word.startswith("-"):
        fits = [name for name in children(group, ctx) if matches(group, ctx, name, [word, *words])]
        if len(fits) == 1:
            word = fits[0]
            command = group.get_command(ctx, word)
    return (word, command, rest) if command else None


def children(group: click.Group, ctx: click.Context) -> list[str]:
    """Return the names of the commands in a group."""
    return group.list_commands(ctx)


def matches(group: click.Group, ctx: click.Context, name: str, words: list[str]) -> bool:
    """Return whether the words abbreviate the child `name` and, where this is a group, a command in the group."""
    if not name.startswith(words[0]):
        return False
    command = group.get_command(ctx, name)
    if not isinstance(command, click.Group):
        return command is not None and (name == words[0] or not getattr(command, "in_full", False))
    return command.invoke_without_command or any(
        matches(command, ctx, child, words[1:]) for child in children(command, ctx) if len(words) > 1
    )


def unknown(ctx: click.Context, args: list[str], explain: Callable[[str], str]) -> click.UsageError:
    """Return the error for words that are no command, with an explanation or with suggestions.

    Args:
        ctx: The context of the group.
        args: The words that follow.
        explain: Returns what is known about a phrase, "" for nothing.

    """
    before = ctx.command_path.split()[1:]
    typed = [*before, *takewhile(lambda word: not word.startswith("-"), args)][:4]
    phrase = " ".join([*before, args[0]] if args[0].startswith("-") else typed[: len(before) + 2])
    also = explain(" ".join(typed))
    if not also and (near := nearest(ctx, typed)):
        also = f"Did you mean {' or '.join(repr(n) for n in near)}?"
    return click.UsageError(f"{phrase!r} is not an {ctx.find_root().info_name} command. {also}".rstrip(), ctx)


REPLACED = {"--os-url": "--os-endpoint"}  # options of the first releases of the client


def unknown_option(error: click.NoSuchOption, params: Iterable[click.Parameter]) -> click.NoSuchOption:
    """Return the error with suggestions among the options that `openstack` has too."""
    options = [param for param in params if isinstance(param, click.Option) and not isinstance(param, Full)]
    flags = [flag for option in options for flag in (*option.opts, *option.secondary_opts) if flag.startswith("--")]
    if new := REPLACED.get(error.option_name):
        return click.NoSuchOption(error.option_name, f"{error.message} Did you mean {new!r}?", ctx=error.ctx)
    return click.NoSuchOption(error.option_name, possibilities=[*flags, "--help"], ctx=error.ctx)


def nearest(ctx: click.Context, typed: list[str]) -> list[str]:
    """Return the commands most similar to the typed words, compared as whole phrases."""
    from difflib import SequenceMatcher, get_close_matches

    root = ctx.find_root()
    assert isinstance(root.command, click.Group)
    names = children(root.command, root)
    firsts = [typed[0]] if typed[0] in names else get_close_matches(typed[0], names, 4, 0.6)
    scored = []
    for first in firsts:
        for phrase in phrases(root.command, root, first):
            compared = " ".join(typed[: phrase.count(" ") + 1])
            scored.append((SequenceMatcher(None, phrase, compared).ratio(), phrase))
    best = sorted(scored, key=lambda pair: (-pair[0], pair[1]))[:3]
    return [phrase for score, phrase in best if score > 0.7 and score >= best[0][0] - 0.1]


def phrases(group: click.Group, ctx: click.Context, name: str) -> list[str]:
    """Return the full words of the commands in a child."""
    command = group.get_command(ctx, name)
    if not isinstance(command, click.Group):
        return [name]
    below = [f"{name} {phrase}" for phrase, _ in leaves(command, ctx)]
    return [name, *below] if command.invoke_without_command else below


def leaves(group: click.Group, ctx: click.Context) -> Iterator[tuple[str, click.Command]]:
    """Yield the commands in a group and its subgroups, with their words below the group."""
    for name in children(group, ctx):
        command = group.get_command(ctx, name)
        if command is None:
            continue
        if not isinstance(command, click.Group) or command.invoke_without_command:
            yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {words}", leaf) for words, leaf in leaves(command, ctx))
