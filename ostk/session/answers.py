"""The latest answers of the services, kept to explain an error that one of them causes."""

from collections.abc import Iterator
from typing import Any

Answer = tuple[str, str, str, Any]  # service, method, URL, decoded body
COUNT = 64
SIZE = 1 << 22  # bytes of the bodies as they were received; decoded they take about ten times that


class Answers:
    """The latest answers, at most 64 and at most 4 MiB; the newest is kept, whatever its size. It is thread-safe."""

    def __init__(self) -> None:
        self.kept: tuple[tuple[Answer, int], ...] = ()

    def add(self, answer: Answer, size: int) -> None:
        """Add an answer of so many bytes."""
        kept, room = [(answer, size)], SIZE - size
        for one in reversed(self.kept[1 - COUNT :]):
            room -= one[1]
            if room < 0:
                break
            kept.append(one)
        self.kept = tuple(reversed(kept))

    def clear(self) -> None:
        """Forget all answers."""
        self.kept = ()

    def __iter__(self) -> Iterator[Answer]:
        """Yield the answers, the newest last."""
        return iter([answer for answer, _ in self.kept])
