"""Aliases: words of the user that stand for the beginning of a command line."""

from collections.abc import Mapping, Sequence

import click

from ..errors import ConfigError

MOST = 50  # aliases that stand for each other, one after another


def expanded(root: click.Group, ctx: click.Context, words: Sequence[str], aliases: Mapping[str, str]) -> list[str]:
    """Return the words of a command line, with what an alias at its beginning stands for in the place of the alias.

    Args:
        root: The root command.
        ctx: Its context.
        words: The words from the first word of the command on.
        aliases: What each alias stands for, as text for a shell; the alias may be several words.

    Raises:
        ConfigError: The alias has the name of a command, stands for itself, or has a quote that is not closed.

    """
    left = list(words)
    seen: list[str] = []
    while (name := leading(left, aliases)) and len(seen) < MOST:
        if is_command(root, ctx, name.split()):
            raise ConfigError(
                f"The alias {name!r} hides a command of the same name.",
                f"Rename it, or remove it: {ctx.info_name} config unset 'aliases.{name}'",
            )
        if name in seen:
            raise ConfigError(f"The alias {name!r} stands for itself: {' → '.join([*seen, name])}.")
        seen.append(name)
        left = [*split(name, aliases[name]), *left[len(name.split()) :]]
    return left


def leading(words: Sequence[str], aliases: Mapping[str, str]) -> str:
    """Return the longest alias that the words begin with, "" if there is none."""
    found = [name for name in aliases if list(words[: len(name.split())]) == name.split()]
    return max(found, key=len, default="")


def split(name: str, text: str) -> list[str]:
    """Return the words that an alias stands for.

    Raises:
        ConfigError: A quote is not closed, or there is no word.

    """
    import shlex

    try:
        words = shlex.split(text)
    except ValueError:
        raise ConfigError(f"The alias {name!r} has a quote that is not closed: {text}") from None
    if not words:
        raise ConfigError(f"The alias {name!r} stands for nothing.")
    return words


def is_command(root: click.Group, ctx: click.Context, words: Sequence[str]) -> bool:
    """Return whether these words, written in full, are a command or a group of commands."""
    return command_of(root, ctx, words) is not None


def command_of(root: click.Group, ctx: click.Context, words: Sequence[str]) -> click.Command | None:
    """Return the command or group that these words, written in full, are; None for neither."""
    command: click.Command | None = root
    for word in words:
        command = command.get_command(ctx, word) if isinstance(command, click.Group) else None
    return command
