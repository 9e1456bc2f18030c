"""The prompt: reads command lines from the terminal, with completion, history and editing."""

import asyncio
import os
import threading
from collections.abc import AsyncGenerator, Iterable
from contextlib import suppress
from typing import Any

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.input import Input
from prompt_toolkit.output import ColorDepth, Output
from prompt_toolkit.output.defaults import create_output
from prompt_toolkit.styles import Style
from prompt_toolkit.utils import is_dumb_terminal

from .. import __version__
from ..console import write_message
from ..interrupt import State, reset
from ..text import visible
from .completion import candidates
from .history import History
from .interpreter import Interpreter
from .script import continued

CONTINUATION = "> "
GOES_ON = ("/", "=")  # a word that ends so has more to come
STYLE = Style.from_dict({"cloud": "ansicyan", "project": "ansigreen", "region": "ansibrightblack"})


class CommandCompleter(Completer):
    """Completes command lines; live names are requested in a thread that nothing waits for."""

    def __init__(self, interpreter: Interpreter) -> None:
        self.interpreter = interpreter

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """Yield what may stand at the cursor; a blank follows the only candidate, as in a shell."""
        found = candidates(self.interpreter, document.text_before_cursor)
        for one in found:
            ends = len(found) == 1 and not one.text.endswith(GOES_ON)
            text = f"{one.text} " if ends else one.text
            yield Completion(text, -one.length, display=one.shown, display_meta=one.help)

    async def get_completions_async(
        self, document: Document, complete_event: CompleteEvent
    ) -> AsyncGenerator[Completion, None]:
        """Yield what may stand at the cursor, found out in a thread of its own.

        The threads of asyncio would be waited for at the end of the line.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[list[Completion]] = loop.create_future()

        def deliver(found: list[Completion]) -> None:
            if not future.done():
                future.set_result(found)

        def work() -> None:
            found: list[Completion] = []
            with suppress(Exception):
                found = list(self.get_completions(document, complete_event))
            with suppress(RuntimeError):  # the line was finished meanwhile
                loop.call_soon_threadsafe(deliver, found)

        threading.Thread(target=work, daemon=True).start()
        for completion in await future:
            yield completion


class Prompt:
    """Reads lines from the terminal and runs them, until the user leaves.

    Args:
        interpreter: Runs the lines.
        terminal_input: The input (default: the terminal).
        output: The output (default: the terminal).

    """

    def __init__(
        self, interpreter: Interpreter, terminal_input: Input | None = None, output: Output | None = None
    ) -> None:
        self.interpreter = interpreter
        plain = bool(interpreter.options.get("no_color")) or not wants_color()
        self.session: PromptSession[str] = PromptSession(
            history=History(),
            completer=CommandCompleter(interpreter),
            complete_while_typing=False,
            auto_suggest=None if plain else AutoSuggestFromHistory(),  # without colors it would look as if typed
            multiline=Condition(self.is_continued),
            prompt_continuation=CONTINUATION,
            enable_suspend=True,
            style=STYLE,
            color_depth=ColorDepth.DEPTH_1_BIT if plain else None,
            input=terminal_input,
            output=output or terminal_output(),
        )

    def is_continued(self) -> bool:
        """Return whether the line that is typed ends with a backslash, so that another one follows."""
        return continued(self.session.default_buffer.text)

    def run(self) -> None:
        """Read and run lines until the user leaves.

        Raises:
            Interrupted: A signal other than Ctrl-C ends the process.

        """
        write_message(f"ostk {__version__}. Type help for the commands, Ctrl-D to leave.")
        State.at_prompt = True
        try:
            while not self.interpreter.ended:
                try:
                    self.interpreter.run(self.read())
                except KeyboardInterrupt:
                    self.interpreter.recover()
        finally:
            State.at_prompt = False
            with suppress(Exception):
                self.interpreter.shared.close()

    def read(self) -> str:
        """Return the next line, "" after Ctrl-C and at the end.

        Raises:
            Interrupted: A signal came.

        """
        try:
            return self.session.prompt(self.message())
        except EOFError:
            self.interpreter.ended = True
        except KeyboardInterrupt:
            if State.number:
                raise
        finally:
            if not State.number:
                reset()  # prompt_toolkit may have replaced the handlers
        return ""

    def message(self) -> StyleAndTextTuples:
        """Return the text of the prompt: cloud, project and region."""
        place = self.interpreter.place()
        parts: list[tuple[str, Any]] = [
            ("class:cloud", place.cloud or "ostk"),
            ("class:project", place.project),
            ("class:region", place.region),
        ]
        shown: StyleAndTextTuples = []
        for style, text in parts:
            if text:
                shown += [("", " ")] if shown else []
                shown.append((style, visible(text)))
        return [*shown, ("", "> ")]


def terminal_output() -> Output | None:
    """Return the terminal as output, also where standard output is none; None for a dumb terminal.

    prompt_toolkit writes without control sequences only where it chooses the output itself.
    """
    return None if is_dumb_terminal() else create_output(always_prefer_tty=True)


def wants_color() -> bool:
    """Return whether the terminal is to show colors, by NO_COLOR and TERM."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM", "dumb") != "dumb"
