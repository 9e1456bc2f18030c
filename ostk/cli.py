"""The root command: the global options, and the exit status and message of each error."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from . import OPENSTACKCLIENT, __version__, program, sandbox
from .config.global_options import GLOBAL_OPTIONS, GlobalOption
from .console import write_message, write_text
from .errors import OstkError
from .interrupt import State, exit_code
from .language.argv import MAX_WIDTH
from .language.options import Opt, exclusive
from .redaction import remember_environment
from .tree import Group


class OutputClosed(Exception):
    """Standard output was closed by the reader (broken pipe)."""


class Halted(Exception):
    """The command was interrupted; click would print an empty line for a KeyboardInterrupt."""


class Root(Group):
    """The root command: has the global options, and turns each error into a message and an exit status."""

    def __init__(self) -> None:
        super().__init__("")
        self.context_settings["max_content_width"] = MAX_WIDTH + 2  # click leaves two columns empty
        self.params = list(options())
        self.params.append(
            click.Option(
                ["--version"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=print_version,
                help="Print the version and exit.",
            )
        )

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

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any) -> NoReturn:  # type: ignore[override]
        """Run a command line and exit with the exit status of the reference client.

        Raises:
            SystemExit: Always: 0 success, 1 failure, 2 usage error, 130 interrupted, 141 broken pipe.

        """
        code = 1
        words = list(sys.argv[1:] if args is None else args)
        try:
            status = super().main(words, prog_name or program(), standalone_mode=False, **extra)
            sys.stdout.flush()
            code = (
                status if isinstance(status, int) else 0
            )  # click returns the exit status of a command that ended early
        except click.exceptions.Exit as error:
            code = error.exit_code
        except click.exceptions.NoArgsIsHelpError as error:
            code = error.exit_code
            write_message(error.ctx.get_help() if error.ctx else "")
        except click.UsageError as error:
            code = error.exit_code
            path = error.ctx.command_path if error.ctx else program()
            write_message(f"{path}: {' '.join(usage_message(error).split())}\nSee '{path} --help'.")
        except OstkError as error:
            code = error.exit_code
            error.show()
            discard_unwritten()
        except click.ClickException as error:
            write_message(f"Error: {' '.join(error.format_message().split())}")
        except (click.Abort, KeyboardInterrupt, Halted):
            code = exit_code()
        except (BrokenPipeError, OutputClosed):
            code = 141
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        except Exception as error:
            remember_environment(os.environ)
            if "--debug" in words:
                from traceback import format_exc

                write_message(format_exc().rstrip())
            unforeseen(error).show()
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # unwritten output must not fail once more at exit
        sys.exit(code)


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
    return error.format_message()


def unforeseen(error: Exception) -> OstkError:
    """Return the error to print for an unexpected exception."""
    if isinstance(error, OSError) and not error.filename:
        return OstkError(f"The output is incomplete: {error.strerror}.")
    return OstkError(
        f"ostk has a defect: {type(error).__name__}: {error}", "The same command with --debug shows where."
    )


def print_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    """Print the version; for the program name `openstack`, after the version of the reference client."""
    if value and not ctx.resilient_parsing:
        own = f"ostk {__version__}"
        write_text(f"openstack {OPENSTACKCLIENT} ({own})" if ctx.find_root().info_name == "openstack" else own)
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
