"""Prompts for settings that an openrc file leaves to the user."""

from __future__ import annotations

import sys

from .. import console
from ..errors import ConfigError
from .global_options import GLOBAL_OPTIONS, SECRETS

OPTIONS = {name: option for option in reversed(GLOBAL_OPTIONS) for name in option.variables}


def ask_user(message: str, name: str, location: str, secret: bool) -> str:
    """Prompt for the value of a variable and return it; a secret is read without echo.

    Args:
        message: The text of the prompt.
        name: The variable.
        location: The path and line of the prompt, for messages.
        secret: Whether the value is a secret; settings such as password always are.

    Raises:
        ConfigError: There is no terminal, or the answer is empty.
    """
    from ..text import visible

    option = OPTIONS.get(name)
    if not console.can_prompt():
        raise no_terminal_error(name, location, option.flag if option else "")
    message = f"{visible(message)}: "
    answer = console.prompt_secret(message) if secret or (option and option.setting in SECRETS) else read_line(message)
    if not answer:
        raise ConfigError(f"{location} asks for {name}, and the answer was empty.")
    return answer


def read_line(message: str) -> str:
    """Prompt for a line and return it, with echo."""
    sys.stderr.write(message)  # without control characters: the caller escapes them
    sys.stderr.flush()
    return sys.stdin.readline().rstrip("\n")


def no_terminal_error(name: str, location: str, flag: str) -> ConfigError:
    """Return the error for a prompt where there is no terminal."""
    action = f"Give {flag}, or run" if flag else "Run"
    return ConfigError(
        f"{location} asks for {name}, and there is no terminal to ask on.",
        f"{action} ostk on a terminal, or use an openrc file that sets {name}.",
    )
