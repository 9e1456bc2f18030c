"""The signals that end the program: SIGINT (Ctrl-C), SIGTERM and SIGHUP."""

import os
import signal
import sys
from types import FrameType
from typing import Any

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
RETRY_SECONDS = 0.01


class Interrupted(KeyboardInterrupt):
    """A signal ends the program; what was begun is cleaned up while this exception passes."""


class State:
    """The state of signal handling. `number` is the first signal received, 0 before.

    While `running` is false, no command has begun and none can leave anything behind: a signal ends the process
    at once. While it is true, a signal raises Interrupted in the main thread. `handled` are the signals that are
    handled. While `at_prompt` is true, the process outlives a command that Ctrl-C ends; `outlived` says that one did.
    """

    number = 0
    running = False
    handled: list[int] = []
    at_prompt = False
    outlived = False


def install() -> None:
    """Handle the signals that are not ignored; nohup and background jobs of scripts ignore some."""
    default = (signal.SIG_DFL, signal.default_int_handler)
    for number in SIGNALS:
        if signal.getsignal(number) in default:
            signal.signal(number, handle)
            State.handled.append(number)
    sys.unraisablehook = unraisable


def handle(number: int, frame: FrameType | None) -> None:
    """End the process, or the command that runs; a second Ctrl-C ends the process without any cleaning up.

    At the prompt, a second Ctrl-C ends the cleaning up, and not the process.
    """
    State.number = State.number or number
    if not State.running:
        os._exit(128 + number)
    for one in SIGNALS:
        if signal.getsignal(one) is handle:
            signal.signal(one, signal.SIG_IGN if one != signal.SIGINT else again if State.at_prompt else signal.SIG_DFL)
    raise Interrupted


def reset() -> None:
    """Handle signals as before the first one: it ended a command, and the process goes on."""
    State.outlived = State.outlived or State.number != 0
    State.number = 0
    for number in State.handled:
        signal.signal(number, handle)


def unraisable(problem: Any) -> None:
    """Raise an Interrupted again that Python discarded, because it was raised in a destructor or a callback."""
    if not isinstance(problem.exc_value, Interrupted):
        sys.__unraisablehook__(problem)
        return
    signal.signal(signal.SIGALRM, again)
    signal.setitimer(signal.ITIMER_REAL, RETRY_SECONDS)


def again(number: int, frame: FrameType | None) -> None:
    """Raise Interrupted."""
    raise Interrupted


def exit_code() -> int:
    """Return the exit code of a program that a signal ended: 130 for Ctrl-C."""
    return 128 + (State.number or signal.SIGINT)


def leave(code: int) -> None:
    """End the process without waiting for threads, if a signal was received."""
    State.running = False
    if State.number or State.outlived:
        os._exit(code)
