"""Prompts for settings that an openrc file leaves to the user."""

import sys
from typing import Any

from .. import console
from ..errors import ConfigError
from .global_options import GLOBAL_OPTIONS, SECRETS

OPTIONS = {name: option for option in reversed(GLOBAL_OPTIONS) for name in option.variables}

_answers: dict[Any, str] = {}  # what was asked for → what the user typed
_accepted: set[Any] = set()


def remember(key: Any, answer: str) -> None:
    """Remember what the user typed, in memory, for further clouds of this process.

    Args:
        key: What was asked for.
        answer: What the user typed.

    """
    _answers[key] = answer


def recall(key: Any) -> str:
    """Return what the user typed when this was asked for, "" if it was not."""
    return _answers.get(key, "")


def accept() -> None:
    """Note that Keystone accepted what was typed so far."""
    _accepted.update(_answers)


def discard() -> bool:
    """Forget what Keystone has never accepted; return whether there was anything."""
    refused = _answers.keys() - _accepted
    for key in refused:
        del _answers[key]
    return bool(refused)


def forget() -> None:
    """Forget all that the user typed."""
    _answers.clear()
    _accepted.clear()


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
    if known := recall((location, name)):
        return known
    if not console.can_prompt():
        raise no_terminal_error(name, location, option.flag if option else "")
    message = f"{visible(message)}: "
    answer = console.prompt_secret(message) if secret or (option and option.setting in SECRETS) else read_line(message)
    if not answer:
        raise ConfigError(f"{location} asks for {name}, and the answer was empty.")
    remember((location, name), answer)
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
