"""The open connections of an HTTP client: a deadline for each response, and a way to abort them all."""

import socket
import threading
import time
import weakref
from contextlib import suppress
from typing import Any

INCOMPLETE = "the response is not complete"


class Connections:
    """Watches the open connections.

    The read time-out of httpx applies to each read, so a response that arrives byte by byte would never time out.
    `limit` sets how long a whole response may take. `timeout_error` is the exception to raise after that.
    """

    def __init__(self, timeout_error: type[Exception]) -> None:
        self.timeout_error = timeout_error
        self.thread = threading.local()
        self.streams: weakref.WeakSet[Any] = weakref.WeakSet()

    def limit(self, seconds: float | None) -> float | None:
        """Limit the time for each response that this thread reads from now on, counted from the end of its request.

        Args:
            seconds: How long a whole response may take, None for no limit.

        Returns:
            The previous limit.
        """
        previous: float | None = getattr(self.thread, "seconds", None)
        self.thread.seconds, self.thread.since = seconds, None
        return previous

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """Handle an event of httpcore's `trace` extension: watch a connection that was opened."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self.watch(info["return_value"])

    def watch(self, stream: Any) -> None:
        """Replace the methods `read` and `write` of a connection by ones that respect the deadline."""
        read, write = stream.read, stream.write

        def read_in_time(max_bytes: int, timeout: float | None = None) -> Any:
            remaining = self.remaining()
            return read(max_bytes, timeout if remaining is None else min(remaining, timeout or remaining))

        def write_and_reset(buffer: bytes, timeout: float | None = None) -> None:
            self.restart()
            write(buffer, timeout)

        stream.read, stream.write = read_in_time, write_and_reset
        self.streams.add(stream)

    def restart(self) -> None:
        """Restart the time for a response: a request is sent."""
        self.thread.since = None

    def remaining(self) -> float | None:
        """Return the seconds left for the response that this thread reads, None if there is no limit.

        Raises:
            timeout_error: The deadline has passed.
        """
        seconds = getattr(self.thread, "seconds", None)
        if seconds is None:
            return None
        now = time.monotonic()
        if self.thread.since is None:
            self.thread.since = now
        remaining = float(self.thread.since + seconds - now)
        if remaining <= 0:
            raise self.timeout_error(INCOMPLETE)
        return remaining

    def abort(self) -> None:
        """Shut down all connections, so that threads that wait for a response fail at once."""
        for stream in list(self.streams):
            with suppress(OSError, AttributeError):
                # Not SSLSocket.shutdown, which drops the TLS object that another thread reads with.
                socket.socket.shutdown(stream.get_extra_info("socket"), socket.SHUT_RDWR)
