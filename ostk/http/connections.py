"""The open connections of an HTTP client: a deadline for each answer, and a way to break them all off."""

from __future__ import annotations

import socket
import threading
import time
import weakref
from contextlib import suppress
from typing import Any

INCOMPLETE = "the answer is not complete"


class Connections:
    """Watches the connections that httpcore opens.

    A read time-out holds for each piece of an answer, so that an answer that comes byte by byte would never end.
    `limit` sets how long the whole of an answer may take. `expired` is the exception to raise after that.
    """

    def __init__(self, expired: type[Exception]) -> None:
        self.expired = expired
        self.thread = threading.local()
        self.streams: weakref.WeakSet[Any] = weakref.WeakSet()

    def limit(self, seconds: float | None) -> float | None:
        """Limit the answers that this thread reads from now on, each from the end of its request.

        Args:
            seconds: How long a whole answer may take, None for no limit.

        Returns:
            The limit before.
        """
        before: float | None = getattr(self.thread, "seconds", None)
        self.thread.seconds, self.thread.since = seconds, None
        return before

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """Handle an event of httpcore's `trace` extension: watch a connection that was opened."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self.watch(info["return_value"])

    def watch(self, stream: Any) -> None:
        """Replace the methods `read` and `write` of a connection by ones that know the deadline."""
        read, write = stream.read, stream.write

        def read_in_time(max_bytes: int, timeout: float | None = None) -> Any:
            left = self.left()
            return read(max_bytes, timeout if left is None else min(left, timeout or left))

        def write_and_reset(buffer: bytes, timeout: float | None = None) -> None:
            self.thread.since = None
            write(buffer, timeout)

        stream.read, stream.write = read_in_time, write_and_reset
        self.streams.add(stream)

    def left(self) -> float | None:
        """Return the seconds left for the answer that this thread reads, None where there is no limit.

        Raises:
            The exception `expired`: none is left.
        """
        seconds = getattr(self.thread, "seconds", None)
        if seconds is None:
            return None
        now = time.monotonic()
        if self.thread.since is None:
            self.thread.since = now
        left = float(self.thread.since + seconds - now)
        if left <= 0:
            raise self.expired(INCOMPLETE)
        return left

    def abort(self) -> None:
        """Break off all connections, so that threads that wait for an answer wait no longer."""
        for stream in list(self.streams):
            with suppress(OSError, AttributeError):
                # The method of SSLSocket would change what another thread reads with.
                socket.socket.shutdown(stream.get_extra_info("socket"), socket.SHUT_RDWR)
