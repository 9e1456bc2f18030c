"""What the prompt does with a line: it runs commands as a batch does, and has commands of its own (built-ins).

The global options of the process hold for each line. The built-ins `use`, `project` and `region` change them.
"""

import os
import signal
import subprocess
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, cast

import click

from ..auth.access import Access
from ..config.global_options import AUTH_SETTINGS, GLOBAL_OPTIONS, INTERACTIVE_AUTH_TYPES
from ..console import write_message
from ..errors import OstkError
from ..interrupt import Interrupted, State, reset
from ..language.help import print_help, write_rows
from ..session.cloud import Cloud
from ..session.shared import SharedClouds
from .pager import paged
from .root import given, line_runner
from .runner import Batch
from .script import read

BUILT_INS = {
    "use": ("use CLOUD", "Use another cloud for the commands that follow."),
    "project": ("project NAME", "Use another project (name or ID); no password is asked for."),
    "region": ("region NAME", "Use another region."),
    "help": ("help [COMMAND]", "Show help for a command, a noun or the prompt."),
    "!": ("!COMMAND", "Run a command of the system shell."),
    "exit": ("exit", "Leave the prompt, as Ctrl-D does."),
    "quit": ("quit", "Leave the prompt."),
}
# Settings that hold for any cloud; the other ones are dropped with the cloud.
KEPT = {"log_file", "api_timeout", "interface"}
OF_CLOUD = {
    option.key
    for option in GLOBAL_OPTIONS
    if option.setting and option.setting not in KEPT and not option.setting.endswith("_api_version")
} | {"openrc"}
SCOPE = {
    f"os_{name}"
    for name in ("project_name", "project_id", "domain_name", "domain_id", "system_scope", "trust_id")
    if name in AUTH_SETTINGS
}
ID_LENGTH = 32  # characters of the ID of a project


class Place(NamedTuple):
    """Where the commands work, for the prompt; "" where it is not known."""

    cloud: str = ""
    project: str = ""
    region: str = ""


class Interpreter:
    """Runs the lines of the prompt.

    Args:
        root: The context of the root command, with the global options of this process.

    Attributes:
        options: The global options that hold for each line, by name.
        ended: Whether the user left the prompt.

    """

    def __init__(self, root: click.Context) -> None:
        self.root = root
        self.options = given(root)
        self.batch = Batch(self.run_words)
        self.ended = False
        self.built_ins: dict[str, Callable[[str], None]] = {
            "use": self.use,
            "project": self.project,
            "region": self.region,
        }

    @property
    def shared(self) -> SharedClouds:
        """The clouds that the commands share."""
        return self.batch.shared

    @property
    def group(self) -> click.Group:
        """The root command."""
        return cast(click.Group, self.root.command)

    def run(self, text: str) -> None:
        """Run the commands of a text of one or more lines, until one is interrupted.

        Raises:
            Interrupted: A signal other than Ctrl-C ends the process.

        """
        interrupted = False
        try:
            for line in read(text.split("\n")):
                with paged():
                    status = self.system(line.text[1:]) if line.text[:1] == "!" else self.batch.run_line(line)
                interrupted = bool(State.number) or status == 128 + signal.SIGINT
                if interrupted or self.ended:
                    break
        except KeyboardInterrupt:
            interrupted = True
        if interrupted:
            self.recover()

    def recover(self) -> None:
        """Make ready for further commands after one that Ctrl-C ended.

        Raises:
            Interrupted: It was another signal, which ends the process.

        """
        if State.number not in (0, signal.SIGINT):
            raise Interrupted
        before = signal.signal(signal.SIGINT, ignore)
        try:
            self.shared.renew()
            write_message("")  # the terminal has put ^C where the prompt is to stand
        finally:
            signal.signal(signal.SIGINT, before)
            reset()

    def run_words(self, words: Sequence[str], shared: SharedClouds) -> int:
        """Run a command or a built-in; return its exit status."""
        name, rest = (words[0] if words else ""), list(words[1:])
        if name in ("exit", "quit") and not rest:
            self.ended = True
            return 0
        if name == "help" and (not rest or rest[0] in ("use", "exit", "quit")):
            self.print_help()
            return 0
        if self.is_built_in(name, rest):
            try:
                self.built_ins[name](rest[0])
            except OstkError as error:
                error.show()
                return 1
            return 0
        return line_runner(self.root, self.options)(words, shared)

    def is_built_in(self, name: str, rest: Sequence[str]) -> bool:
        """Return whether words are a built-in with its argument: `project web` is one, `project list` is a command."""
        if name not in self.built_ins or len(rest) != 1 or rest[0].startswith("-"):
            return False
        noun = self.group.get_command(self.root, name)
        return not isinstance(noun, click.Group) or not any(
            command.startswith(rest[0]) for command in noun.list_commands(self.root)
        )

    def use(self, name: str) -> None:
        """Use another cloud; options for the one before, such as its password, are dropped."""
        options = {key: value for key, value in self.options.items() if key not in OF_CLOUD} | {"os_cloud": name}
        _ = self.shared.cloud(options).settings
        self.options = options

    def project(self, name: str) -> None:
        """Use another project of the same cloud, after getting a token for it."""
        cloud = self.shared.cloud(self.options)
        key = "os_project_id" if len(name) == ID_LENGTH and name.isalnum() else "os_project_name"
        options = {one: value for one, value in self.options.items() if one not in SCOPE} | {key: name}
        options |= domain_of(cloud) | token_of(cloud)
        _ = self.shared.cloud(options).access
        self.options = options

    def region(self, name: str) -> None:
        """Use another region of the catalog.

        Raises:
            OstkError: The catalog has no such region.

        """
        options = {**self.options, "os_region_name": name}
        known = regions(self.shared.cloud(options).access)
        if known and name not in known:
            raise OstkError(f"The catalog has no region {name}.", f"It has: {', '.join(known)}.")
        self.options = options

    def system(self, command: str) -> int:
        """Run a command of the system shell and return its exit status; Ctrl-C is for the command alone."""
        before = signal.signal(signal.SIGINT, ignore)
        try:
            return subprocess.call(command, shell=True, executable=os.environ.get("SHELL") or None)
        except OSError as error:
            OstkError(f"The command cannot be run: {error.strerror}.").show()
            return 1
        finally:
            signal.signal(signal.SIGINT, before)

    def print_help(self) -> None:
        """Print the built-ins, and the help of ostk as a whole."""
        formatter = self.root.make_formatter()
        rows = list(BUILT_INS.values())
        write_rows(formatter, "At the prompt", rows, max(len(usage) for usage, _ in rows))
        formatter.write_paragraph()
        print_help(formatter.getvalue() + self.group.get_help(self.root))

    def place(self) -> Place:
        """Return the cloud, the project and the region of the next command, without any request or question."""
        cloud = self.shared.cloud(self.options)
        if "settings" not in cloud.__dict__ and (self.options.get("openrc") or os.environ.get("OSTK_OPENRC")):
            return Place()  # the file may ask for a password
        try:
            settings = cloud.settings
            return Place(settings.cloud, scope_of(cloud), settings.text("region_name"))
        except OstkError:
            return Place()  # the next command tells


def ignore(number: int, frame: Any) -> None:
    """Ignore a signal; child processes, unlike with SIG_IGN, do not."""


def scope_of(cloud: Cloud) -> str:
    """Return the name of the project, or another scope, of the token or else of the settings."""
    access = cloud.known_access
    if access is not None and access.scoped:
        domain = f"domain {access.domain_name}" if access.domain_name else ""
        return access.project_name or domain or "system"
    settings = cloud.settings
    domain = settings.text("domain_name") or settings.text("domain_id")
    project = settings.text("project_name") or settings.text("project_id")
    return project or (f"domain {domain}" if domain else "system" if settings.text("system_scope") else "")


def domain_of(cloud: Cloud) -> dict[str, str]:
    """Return the option for the domain of the token's project, where the settings say nothing of a domain."""
    access = cloud.known_access
    said = any(cloud.settings.text(f"project_domain_{kind}") for kind in ("id", "name"))
    return {"os_project_domain_id": access.project_domain_id} if access and access.project_id and not said else {}


def token_of(cloud: Cloud) -> dict[str, str]:
    """Return the options that authenticate by the token there is, if another one would need the user."""
    if cloud.settings.text("auth_type").lower() not in INTERACTIVE_AUTH_TYPES:
        return {}
    return {"os_auth_type": "v3token", "os_token": cloud.access.token}


def regions(access: Access) -> list[str]:
    """Return the regions of a catalog."""
    return sorted({end["region"] for service in access.catalog for end in service["endpoints"]} - {""})
