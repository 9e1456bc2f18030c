"""Preprocessing of the command line: global options in any position, abbreviated long options.

click parses options only in the position of their command and only in full. `Reading` processes the arguments first: it
expands unique prefixes, moves global options to the root command, and records the options given, so that options that
exclude each other are rejected.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import nullcontext, suppress
from functools import cached_property
from typing import TYPE_CHECKING

import click

from ..errors import OstkError
from ..render.options import Full, Option
from .options import Opt

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

BOOLEANS = "true false t f yes no y n on off 1 0".split()
MAX_WIDTH = 120  # columns of a help page; longer lines are hard to read
HELP_NAMES = {"help_option_names": ["-h", "--help"]}
ORDER = "ostk.order"  # key of Context.meta for the long options in the order given


class Reading:
    """The arguments after a command, split into `words` for the command and `lifted` global options for the root."""

    def __init__(self, params: Sequence[click.Parameter], program: click.Command | None, stop: bool) -> None:
        """Take the parameters of the command, the root command (None: it is the command), and whether a word ends."""
        self.words: list[str] = []
        self.lifted: list[str] = []
        self.used: set[str] = set()
        self.order: list[str] = []
        self.program, self.stop = program, stop
        self.own = spellings(params)

    @cached_property
    def root(self) -> dict[str, click.Option]:
        """The global options by each of their flags; most lines have none, and need not know them."""
        return spellings(self.program.params) if self.program else {}

    def read(self, args: Sequence[str], ctx: click.Context) -> None:
        """Split `args` into arguments of the command and global options.

        Raises:
            click.UsageError: A prefix is ambiguous, or an option lacks a value.
        """
        rest, protected = list(args), False
        alone: list[int] = []  # the places in `words` of the arguments that are no options, nor values of options
        while rest:
            word = rest.pop(0)
            if self.stop and (word == "--" or not word.startswith("-")):
                self.words += [word, *rest]
                return
            if word == "--":
                alone += range(len(self.words), len(self.words) + len(rest))
                self.words += rest
                protected, rest = True, []
            elif word.startswith("--"):
                self.long(word, rest, ctx)
            elif self.is_short(word):
                self.short(word, rest, ctx)
            else:
                alone.append(len(self.words))
                self.words.append(word)
                protected = protected or (len(word) > 1 and word.startswith("-"))
        if protected:  # click takes what follows `--` for no option
            options = [word for place, word in enumerate(self.words) if place not in alone]
            self.words = [*options, "--", *(self.words[place] for place in alone)]

    def is_short(self, word: str) -> bool:
        """Return whether an argument is a short option.

        The -1 of `quota update demo instances -1` is a number, the -4 of `server ssh -4` is an option of the command.
        """
        number = is_number(word) and not self.stop and word[:2] not in self.own
        return word.startswith("-") and len(word) > 1 and not number

    def long(self, word: str, rest: list[str], ctx: click.Context) -> None:
        """Process a long option, which may be abbreviated or have `=value`; take the value from `rest`."""
        typed, equals, value = word.partition("=")
        flag = self.complete(typed, ctx)
        place = self.words if flag in self.own or flag not in self.root else self.lifted
        option = self.own.get(flag) or self.root.get(flag)
        self.used.add(flag)
        self.order.append(flag)
        if option and may_take_value(option) and not equals:
            equals, value = "=", rest.pop(0) if rest and is_optional_value(option, rest[0]) else str(option.flag_value)
        if isinstance(option, Opt) and option.greedy and not equals:
            place += all_values(flag, option, rest, ctx)
            return
        place.append(flag + equals + value)
        if option and takes_value(option) and not equals and (rest or not ctx.resilient_parsing):
            place.append(self.value(flag, rest, ctx))

    def value(self, flag: str, rest: list[str], ctx: click.Context) -> str:
        """Take the value of an option from `rest`.

        Raises:
            click.UsageError: There is no value, or a long option of the command or of the program follows; the value of
                `--name=--wait` is that name.
        """
        typed = rest[0].partition("=")[0] if rest else ""
        if not rest or (typed.startswith("--") and (typed in self.own or typed in self.root)):
            raise click.UsageError(f"Option {flag!r} requires an argument.", ctx)
        return rest.pop(0)

    def short(self, word: str, rest: list[str], ctx: click.Context) -> None:
        """Process short options in one argument: `-f json`, `-fjson`, `-vq`; pass them on by their long names.

        click looks for each short option among the long ones first, and for similar ones, which takes 5 ms.
        """
        place = self.words
        for number, letter in enumerate(word[1:], 2):
            flag = f"-{letter}"
            option = self.own.get(flag) or self.root.get(flag)
            self.used.add(flag)
            place = self.lifted if option and flag not in self.own else self.words
            if option is None:
                place.append(f"-{word[number - 1 :]}")
                return
            long = next((name for name in option.opts if name.startswith("--")), flag)
            if takes_value(option):
                attached = word[number:]
                if isinstance(option, Opt) and option.greedy and not attached:
                    place += all_values(long, option, rest, ctx)
                    return
                joint = "=" if long != flag else ""
                place.append(f"{long}{joint}{attached}" if attached else long)
                if not attached and (rest or not (ctx.resilient_parsing or may_take_value(option))):
                    place.append(self.value(long, rest, ctx))
                return
            place.append(long)

    def complete(self, typed: str, ctx: click.Context) -> str:
        """Return the option with this unique prefix; `typed` itself where no option has the prefix.

        Options that `openstack` lacks are not expanded: `--wa` may be meant for --wait.

        Raises:
            click.UsageError: The prefix is ambiguous.
        """
        for options in (self.own, self.root):
            if typed in options:
                return typed
            found = [
                flag for flag, option in options.items() if flag.startswith(typed) and not isinstance(option, Full)
            ]
            if len(found) == 1:
                return found[0]
            if found:
                raise click.UsageError(f"Option {typed!r} could be any of {', '.join(sorted(found))}.", ctx)
        return typed

    def check(self, params: Iterable[click.Parameter], ctx: click.Context) -> None:
        """Validate combinations: options that exclude or require each other, and required groups.

        Raises:
            click.UsageError: Options exclude each other, or a required group is missing.
            OstkError: An option requires another option.
        """
        params = list(params)
        present = self.used | {flag for param in params if self.used.intersection(param.opts) for flag in param.opts}
        for param in params:
            if not isinstance(param, Opt):
                continue
            if self.used.intersection(param.opts) and self.used.intersection(param.secondary_opts):
                raise click.UsageError(f"{param.opts[-1]} and {param.secondary_opts[-1]} exclude each other.", ctx)
            if param.needs and ctx.params.get(param.name or "") and not present.intersection(param.needs):
                raise OstkError(f"{param.opts[0]} needs {' or '.join(param.needs)}.")
            if param.group is None or param is not param.group.options[0]:
                continue
            flags = [[*o.opts, *o.secondary_opts] for o in param.group.options]
            used = [next(f for f in each if f in self.used) for each in flags if self.used.intersection(each)]
            if len(used) > 1:
                raise click.UsageError(f"{' and '.join(used)} exclude each other.", ctx)
            if param.group.required and not used:
                raise click.UsageError(f"One of {', '.join(f[0] for f in flags)} is required.", ctx)


def spellings(params: Iterable[click.Parameter]) -> dict[str, click.Option]:
    """Return the options by each of their flags."""
    options = [p for p in params if isinstance(p, click.Option)]
    return {flag: o for o in options for flag in (*o.opts, *o.secondary_opts)}


def may_take_value(option: click.Option) -> bool:
    """Return whether the value of an option is optional."""
    return bool(getattr(option, "_flag_needs_value", False))  # click has no public attribute for this


def is_optional_value(option: click.Option, word: str) -> bool:
    """Return whether the argument after an option whose value is optional is the value.

    Where the value is a number, only a number is: in `server show --watch web`, web is the server. The same holds
    for a boolean.
    """
    if isinstance(option.type, click.types.BoolParamType):
        return word.lower() in BOOLEANS
    if isinstance(option.type, click.types.StringParamType):
        return not word.startswith("-")
    return is_number(word) and not word.startswith("-")


def is_number(word: str) -> bool:
    """Return whether an argument is a number, which may be negative."""
    return word.removeprefix("-").replace(".", "", 1).isdigit()


def takes_value(option: click.Option) -> bool:
    """Return whether the argument after an option is the value of the option."""
    return not option.is_flag and not option.count


class ArgvCommand(click.Command):
    """A command or group whose arguments are processed by `Reading` before click parses them."""

    in_full = False  # whether the last word of the command is read only when typed in full
    help_option: Option | None = None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Process the arguments, pass global options to the root context, and parse the rest."""
        root = ctx.find_root()
        params = self.get_params(ctx)
        reading = Reading(params, None if ctx is root else root.command, not self.allow_interspersed_args)
        # During shell completion the line is incomplete, which is no error.
        with suppress(click.UsageError) if ctx.resilient_parsing else nullcontext():
            reading.read(args, ctx)
            if reading.lifted:
                give(root, ctx, reading.lifted)
        ctx.meta[ORDER] = reading.order
        try:
            left = super().parse_args(ctx, reading.words)
        except click.NoSuchOption as error:
            from .command_lookup import unknown_option

            raise unknown_option(error, params) from None
        if not ctx.resilient_parsing:
            reading.check(params, ctx)
        return left

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help page."""
        from .help import write_help

        write_help(self, ctx, formatter)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line; for the program name `openstack`, in lower case as scripts expect."""
        from .help import write_usage

        prefix = "usage: " if ctx.find_root().info_name == "openstack" else "Usage: "
        write_usage(formatter, f"{prefix}{ctx.command_path}", self.collect_usage_pieces(ctx))

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the parts of the usage line after the command."""
        from .help import usage_pieces

        return usage_pieces(self, ctx)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option --help, which uses a pager for a page that is longer than the terminal."""
        names = self.get_help_option_names(ctx)
        if self.help_option is None and names and self.add_help_option:
            attrs = {"is_flag": True, "is_eager": True, "expose_value": False, "callback": show_help}
            self.help_option = Option([*names, "help_page"], "Print this help and exit.", **attrs)
        return self.help_option

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return what may stand here, with the same texts as in the help; also global options."""
        from .help import describe, service_of, summary

        items = super().shell_complete(ctx, incomplete)
        service, own = service_of(self), spellings(self.get_params(ctx))
        for item in items:
            if item.value in own:
                item.help = describe(own[item.value], service)
            elif isinstance(self, click.Group) and (command := self.get_command(ctx, item.value)):
                item.help = summary(command)
        root = ctx.find_root().command
        if incomplete.startswith("--") and root is not self:
            items += root.shell_complete(ctx.find_root(), incomplete)
        return items


def show_help(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    """Print the help page of a command and end."""
    if value and not ctx.resilient_parsing:
        from .help import print_help

        print_help(ctx.get_help())
        ctx.exit()


def give(root: click.Context, ctx: click.Context, words: list[str]) -> None:
    """Add global options given after the command to the parameters of the root context."""
    late = click.Command("ostk", params=root.command.params, add_help_option=False)
    found = late.make_context(ctx.command_path, list(words))
    for name, value in found.params.items():
        if found.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
            root.params[name] = value
            overrule(root, name)


def overrule(root: click.Context, name: str) -> None:
    """Reset the global options of a batch that a global option of the command line excludes."""
    for param in root.command.params:
        if isinstance(param, Opt) and param.name == name and param.group:
            for other in param.group.options:
                if other.name and root.get_parameter_source(other.name) is click.core.ParameterSource.DEFAULT_MAP:
                    root.params[other.name] = None


def all_values(flag: str, option: Opt, rest: list[str], ctx: click.Context) -> list[str]:
    """Return the values of a greedy option, taken from `rest` up to the next option, each after the flag.

    Raises:
        click.UsageError: The option requires a value, and there is none.
    """
    if option.greedy == "+" and not (rest and not rest[0].startswith("-")):
        raise click.UsageError(f"Option {flag!r} requires an argument.", ctx)
    found: list[str] = []
    while rest and not rest[0].startswith("-"):
        found += [flag, rest.pop(0)]
    return found
