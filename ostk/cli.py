"""The root command: the global options, and the exit status and message of each error."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn

import click

from . import log_file, program, sandbox, version_line
from .config.global_options import GLOBAL_OPTIONS, GlobalOption
from .console import write_message, write_text
from .errors import ConfigError, OstkError
from .index import INDEX
from .interrupt import State, exit_code
from .language.argv import MAX_WIDTH, overrule
from .language.options import Opt, exclusive
from .redaction import remember_environment
from .render.options import Option
from .tree import Group, following

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class OutputClosed(Exception):
    """Standard output was closed by the reader (broken pipe)."""


class Halted(Exception):
    """The command was interrupted; click would print an empty line for a KeyboardInterrupt."""


class Root(Group):
    """The root command: has the global options, and turns each error into a message and an exit status."""

    def __init__(self) -> None:
        super().__init__("")
        self.context_settings["max_content_width"] = MAX_WIDTH + 2  # click leaves two columns empty
        self.invoke_without_command, self.no_args_is_help = True, False
        self.callback = self.run_without_command
        del self.params

    @cached_property
    def params(self) -> list[click.Parameter]:  # type: ignore[override]
        """The global options; a line without any does not make them."""
        version = {"is_flag": True, "is_eager": True, "expose_value": False, "callback": print_version}
        return [*options(), Option(["--version"], "Print the version and exit.", **version)]

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help page of ostk as a whole."""
        from .local.overview import write_overview

        write_overview(self, ctx, formatter)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; replace the exceptions that click would handle itself."""
        State.running = True
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise OutputClosed from None
        except KeyboardInterrupt:
            raise Halted from None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the global options; those of a batch hold where the command line has none that exclude them."""
        left = self.parse_with_aliases(ctx, args)
        for name in ctx.params if ctx.default_map else ():
            if ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
                overrule(ctx, name)
        return left

    def parse_with_aliases(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the global options; what an alias stands for takes its place, and may have global options too.

        Raises:
            ConfigError: The configuration file is not valid, and the first word is no command without it.

        """
        if args and not args[0].startswith("-") and not ctx.default_map:
            left = click.Group(add_help_option=False).parse_args(ctx, args)  # no option can come: none is looked at
        else:
            left = super().parse_args(ctx, args)
        from .config import user_config

        user_config.forget()  # an earlier command of this process may have changed the file
        words = [*ctx._protected_args, *ctx.args]
        try:
            aliases = user_config.current().section("aliases") if words else {}
        except ConfigError:
            if ctx.resilient_parsing or words[0] in following("", INDEX):
                return left  # the command says so itself, unless it is one that does without the file
            raise
        if not aliases:
            return left
        from .language.aliases import expanded

        try:
            typed = expanded(self, ctx, words, aliases)
        except ConfigError:
            if ctx.resilient_parsing:
                return left
            raise
        return left if typed == words else super().parse_args(ctx, [*args[: len(args) - len(words)], *typed])

    def respond(self, prog_name: str, instruction: str) -> int:
        """Print what the completion script of a shell has asked for, or the script; return the exit status."""
        from .language.shells import SHELLS

        shell, _, form = instruction.partition("_")
        if shell not in SHELLS:
            return 1
        if form == "source":
            from .local.complete import script

            write_text(script(shell, prog_name))
        else:
            from .language.command_line import respond

            write_text(respond(self, prog_name, instruction))
        return 0

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """Return the words that a command line may begin with: nouns, aliases and plug-ins; also global options."""
        items = super().shell_complete(ctx, incomplete)
        if incomplete.startswith("-"):
            return items
        from click.shell_completion import CompletionItem

        from .config import user_config
        from .plugins import nouns, programs

        with suppress(ConfigError):
            items += [
                CompletionItem(name, help=f"Alias of {text}.")
                for name, text in user_config.current().section("aliases").items()
            ]
        items += [CompletionItem(noun.split()[0], help="Plug-in.") for noun in nouns()]
        items += [CompletionItem(program.name, help="Plug-in.") for program in programs()]
        first = {item.value: item for item in reversed(items)}
        return [item for item in items if first[item.value] is item and item.value.startswith(incomplete)]

    def run_without_command(self, **options: Any) -> None:
        """Run the command lines on standard input, or open the prompt on a terminal, if the command line has none.

        Raises:
            click.exceptions.NoArgsIsHelpError: Standard output is no terminal, or this is a line of the prompt.

        """
        ctx = click.get_current_context()
        if ctx.invoked_subcommand is not None:
            return
        terminal = sys.stdin is not None and sys.stdin.isatty()
        if sys.stdin is None or (terminal and (ctx.obj is not None or not sys.stdout.isatty())):
            raise click.exceptions.NoArgsIsHelpError(ctx)
        name = "shell" if terminal else "batch"
        command = self.get_command(ctx, name)
        assert command is not None
        command.invoke(command.make_context(name, [], parent=ctx))

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any) -> NoReturn:  # type: ignore[override]
        """Run a command line and exit with its exit status, as `run` returns it.

        Raises:
            SystemExit: Always.

        """
        sys.exit(self.run(sys.argv[1:] if args is None else args, prog_name or program(), **extra))

    def run(self, words: Sequence[str], prog_name: str, **extra: Any) -> int:
        """Run a command line and return the exit status of the reference client.

        Args:
            words: The arguments.
            prog_name: The name of the program, for messages.
            extra: Arguments of click.Context, such as `obj` for the clouds that the commands of a batch share.

        Returns:
            0 success, 1 failure, 2 usage error, 130 interrupted, 141 broken pipe.

        """
        if not extra and (instruction := os.environ.get(f"_{prog_name.upper()}_COMPLETE")):
            return self.respond(prog_name, instruction)
        log_file.end()  # of an earlier command of this process
        try:
            status = super().main(list(words), prog_name, standalone_mode=False, **extra)
            sys.stdout.flush()
            return status if isinstance(status, int) else 0  # of a command that ended early
        except click.exceptions.Exit as error:
            return error.exit_code
        except click.exceptions.NoArgsIsHelpError as error:
            write_message(error.ctx.get_help() if error.ctx else "")
            return error.exit_code
        except click.UsageError as error:
            path = error.ctx.command_path if error.ctx else prog_name
            write_message(f"{path}: {' '.join(usage_message(error).split())}\nSee '{path} --help'.")
            return error.exit_code
        except OstkError as error:
            error.show()
            discard_unwritten()
            return error.exit_code
        except click.ClickException as error:
            write_message(f"Error: {' '.join(error.format_message().split())}")
        except (click.Abort, KeyboardInterrupt, Halted):
            return exit_code()
        except (BrokenPipeError, OutputClosed):
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            return 141
        except Exception as error:
            remember_environment(os.environ)
            if "--debug" in words:
                from traceback import format_exc

                write_message(format_exc().rstrip())
            unforeseen(error).show()
            discard_unwritten()
        return 1


def discard_unwritten() -> None:
    """Discard output that cannot be written, which Python would report once more at exit."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def usage_message(error: click.UsageError) -> str:
    """Return the message of a usage error; an invalid choice has the phrase that scripts look for."""
    if isinstance(error, click.BadParameter) and not isinstance(error, click.MissingParameter):
        param = error.param
        if param and isinstance(param.type, click.Choice):
            name = "/".join(param.opts) if isinstance(param, click.Option) else param.human_readable_name
            return f"{name}: invalid choice: {error.message}"
        if param and isinstance(param.type, click.IntRange | click.FloatRange):
            return range_message(error.format_message(), param.type)
    return error.format_message()


def range_message(text: str, limits: click.IntRange | click.FloatRange) -> str:
    """Return the message on a number that is none, or out of a range, without the notation of click: `1<=x<=10`."""
    text = text.replace("valid integer range", "valid integer").replace("valid float range", "valid number")
    start, phrase, _ = text.partition("is not in the range")
    if not phrase:
        return text
    if None in (limits.min, limits.max):
        return f"{start}{phrase}: at {f'least {limits.min}' if limits.max is None else f'most {limits.max}'}."
    return f"{start}{phrase} from {limits.min} to {limits.max}."


def unforeseen(error: Exception) -> OstkError:
    """Return the error to print for an unexpected exception."""
    if isinstance(error, OSError) and not error.filename:
        return OstkError(f"The output is incomplete: {error.strerror}.")
    return OstkError(
        f"ostk has a defect: {type(error).__name__}: {error}", "The same command with --debug shows where."
    )


def print_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    """Print the version and end."""
    if value and not ctx.resilient_parsing:
        write_text(version_line(ctx.find_root().info_name or ""))
        ctx.exit()


def options() -> list[Opt]:
    """Return the global options as parameters of click, with groups of options that exclude each other."""
    made = {o.flag: option(o) for o in GLOBAL_OPTIONS if o.flag not in ("--help", "--version")}
    for described in GLOBAL_OPTIONS:
        if described.excludes and made[described.flag].group is None:
            pair = (described.flag, described.excludes)
            made |= zip(pair, exclusive(*[made[flag] for flag in pair]), strict=True)
    return list(made.values())


def option(described: GlobalOption) -> Opt:
    """Return a global option as a parameter of click."""
    flags = " ".join([described.key, described.flag, described.short])
    attrs: dict[str, Any] = {"hidden": described.hidden, "not_sent": True}
    if described.kind == "count":
        return Opt(flags, described.help, count=True, **attrs)
    if described.kind == "flag":
        return Opt(flags, described.help, is_flag=True, **attrs)
    if described.choices:
        attrs["type"] = click.Choice(described.choices)
    return Opt(flags, described.help, metavar=described.metavar or None, **attrs)


sandbox.register()
main = Root()
