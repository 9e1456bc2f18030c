"""Errors for responses of an unexpected shape: valid JSON in which a field is missing or of another type."""

import dis
from collections.abc import Iterable, Iterator, Sequence
from traceback import walk_tb
from types import CodeType, FrameType
from typing import Any

from ..errors import ConnectionFailed, OstkError
from ..http.connection_errors import message_url
from ..http.large_page import LargePage
from ..record import Record

SHAPE_ERRORS = (KeyError, TypeError, AttributeError, IndexError, ValueError)
FETCHING = frozenset("call fetch get pages json find_or_none find_by_name find_by_id unwrap create act".split())


class ReceivedAnswer(Record):
    """The decoded body of a response and its request; `service` is the service type."""

    service: str
    method: str
    url: str
    body: Any

    @property
    def decoded(self) -> Any:
        """The body, or what is decoded of a large page at the moment."""
        return self.body.decoded if isinstance(self.body, LargePage) else self.body

    def error(self, problem: str) -> ConnectionFailed:
        """Return the error that says what is wrong with the shape of this answer."""
        return ConnectionFailed(
            f"The answer of the {self.service} service to {self.method} {message_url(self.url)} "
            f"has an unexpected shape: {problem}.",
            "--debug shows the answer; a proxy may have changed it, or ostk does not know this release of the service.",
        )


def shape_error(problem: str, body: Any, answers: Iterable[tuple[str, str, str, Any]]) -> OstkError:
    """Return the error for the answer with this body, which has this problem."""
    found = next((ReceivedAnswer(*one) for one in reversed([*answers]) if one[3] is body), None)
    return found.error(problem) if found else ConnectionFailed(f"An answer has an unexpected shape: {problem}.")


def unexpected(error: Exception, latest: Iterable[tuple[str, str, str, Any]]) -> OstkError | None:
    """Return the error for an exception that an answer's shape has caused; None if the cause is ostk itself.

    An answer is the cause if the function that failed, or one that called it, held a part of that answer, or if the
    expression that failed was fetching one. `latest` are the latest answers, the newest last.
    """
    answers = [ReceivedAnswer(*one) for one in latest]
    if not isinstance(error, SHAPE_ERRORS) or not answers:
        return None
    steps = [(frame, instruction(frame.f_code, line)) for frame, line in positions(error)]
    parts = [(answer, {id(part): path for path, part in containers(answer.decoded)}) for answer in reversed(answers)]
    for frame, failing in reversed(steps):
        held = [id(value) for value in values_in(frame)]
        for answer, paths in parts:
            if path := [paths[one] for one in held if one in paths]:
                return answer.error(problem(error, steps, path[0]))
        if FETCHING.intersection(names_in(failing)):
            return answers[-1].error(problem(error, steps))
    return None


def positions(error: Exception) -> Iterator[tuple[FrameType, int]]:
    """Yield the frames of ostk's functions that an exception passed, each with its failing instruction's offset."""
    trace = error.__traceback__
    offsets = []
    while trace:
        offsets.append(trace.tb_lasti)
        trace = trace.tb_next
    for (frame, _), offset in zip(walk_tb(error.__traceback__), offsets, strict=True):
        if frame.f_globals.get("__name__", "").startswith("ostk."):
            yield frame, offset


def instruction(code: CodeType, offset: int) -> list[dis.Instruction]:
    """Return the instructions of the expression that failed at this offset."""
    found = list(dis.get_instructions(code))
    failing = next((one for one in found if one.offset == offset), None)
    if failing is None or failing.positions is None or failing.positions.lineno is None:
        return []
    first, last = failing.positions.lineno, failing.positions.end_lineno or failing.positions.lineno
    start, end = failing.positions.col_offset or 0, failing.positions.end_col_offset or 0
    return [
        one
        for one in found
        if one.positions
        and one.positions.lineno is not None
        and (first, start) <= (one.positions.lineno, one.positions.col_offset or 0)
        and (one.positions.end_lineno or 0, one.positions.end_col_offset or 0) <= (last, end)
    ]


def names_in(instructions: Iterable[dis.Instruction]) -> set[str]:
    """Return the names of attributes and methods in an expression."""
    return {str(one.argval) for one in instructions if one.opname in ("LOAD_ATTR", "LOAD_METHOD")}


def keys_in(instructions: Sequence[dis.Instruction]) -> list[str]:
    """Return the keys of an expression such as `item["flavor"]["id"]`, or else those it hands to `get`."""
    following = zip(instructions, [*instructions[1:], None], strict=False)
    texts = [(one.argval, after) for one, after in following if one.opname == "LOAD_CONST" and type(one.argval) is str]
    subscripts = [text for text, after in texts if after and after.opname.startswith("BINARY_")]
    return subscripts or [text for text, _ in texts if text.replace("_", "").isalnum() and not text.isupper()]


def problem(error: Exception, steps: Sequence[tuple[FrameType, list[dis.Instruction]]], path: str = "") -> str:
    """Return what is wrong: the field that is missing, or the one of another type; `path` leads to what was held."""
    if isinstance(error, KeyError) and error.args and isinstance(error.args[0], str):
        return f"it has no field {error.args[0]!r}"
    for frame, failing in reversed(steps):
        field = getattr(frame.f_locals.get("column"), "key", "") or ".".join(keys_in(failing))
        if field:
            return f"its field {field!r} is not of the expected type ({error})"
    return f"its field {path!r} is not of the expected type ({error})" if path else f"it has another type ({error})"


def values_in(frame: FrameType) -> Iterator[Any]:
    """Yield the values of a function's variables, and what stands in those that are lists or objects."""
    for value in frame.f_locals.values():
        yield value
        if isinstance(value, dict):
            yield from value.values()
        elif isinstance(value, list | tuple):
            yield from value


def containers(body: Any) -> Iterator[tuple[str, Any]]:
    """Yield a decoded body and every list and object in it, each with its path: `servers.addresses`."""
    stack = [("", body)]
    while stack:
        path, one = stack.pop()
        if isinstance(one, dict):
            yield path, one
            stack += [(f"{path}.{key}".lstrip("."), value) for key, value in one.items()]
        elif isinstance(one, list):
            yield path, one
            stack += [(path, value) for value in one]
