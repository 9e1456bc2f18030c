"""--debug and --timing: requests and responses on standard error, without secrets."""

import json
import sys
import threading
from collections.abc import Iterable

from ..log_file import log
from ..redaction import redact_form, redact_headers, redact_json, redact_text, redact_url

MAX_BODY = 20000  # characters of a body that are shown


class Trace:
    """Log of requests and responses, with the time of each."""

    def __init__(self, debug: bool) -> None:
        self.debug = debug
        self.records: list[tuple[str, str, float]] = []  # method, URL, seconds
        self.lock = threading.Lock()

    @property
    def timing(self) -> list[tuple[str, float]]:
        """Method and URL, and the seconds, of each request that got a response."""
        return [(f"{method} {redact_url(url)}", seconds) for method, url, seconds in self.records]

    def request(self, method: str, url: str, headers: Iterable[tuple[str, str]], body: bytes | None) -> None:
        """Write a request; `body` is None if it is a stream."""
        if self.debug:
            self.write(">", f"{method} {redact_url(url)}", headers, body)

    def response(
        self, method: str, url: str, status: str, headers: Iterable[tuple[str, str]], body: bytes | None, seconds: float
    ) -> None:
        """Record a response, and write it."""
        with self.lock:
            self.records.append((method, url, seconds))
        if self.debug:
            self.write("<", f"{status} ({seconds:.3f} s, {method} {redact_url(url)})", headers, body)

    def write(self, mark: str, first: str, headers: Iterable[tuple[str, str]], body: bytes | None) -> None:
        """Write a message in one piece, also from several threads."""
        from ..text import visible

        lines = [first]
        kind = ""
        for name, value in redact_headers(headers):
            kind = value if name.lower() == "content-type" else kind
            lines.append(f"{name}: {value}")
        if body is None:
            lines.append("(a stream)")
        elif body:
            lines.append(shown_body(body, kind))
        text = "".join(f"{mark} {visible(redact_text(line))}\n" for line in lines)
        with self.lock:
            log(text, "DEBUG")
            sys.stderr.write(text)
            sys.stderr.flush()

    def print_timing(self) -> None:
        """Write each request with its seconds, and their sum, as a table on standard error."""
        from ..text import visible

        rows = [(visible(redact_text(what)), f"{seconds:.6f}") for what, seconds in self.timing]
        rows.append(("Total", f"{sum(seconds for _, _, seconds in self.records):.6f}"))
        width = max(len(row[0]) for row in rows)
        right = max(len("Seconds"), *(len(row[1]) for row in rows))
        line = f"+{'-' * (width + 2)}+{'-' * (right + 2)}+"
        table = [line, f"| {'URL':<{width}} | {'Seconds':>{right}} |", line]
        table += [f"| {what:<{width}} | {seconds:>{right}} |" for what, seconds in rows]
        sys.stderr.write("\n".join([*table, line, ""]))


def shown_body(body: bytes, kind: str) -> str:
    """Return a body as one line of text with its secrets hidden, or its size where it is not text.

    Args:
        body: The body.
        kind: The value of the header Content-Type.
    """
    if "json" in kind or body[:1] in (b"{", b"["):
        try:
            data = json.loads(body)
        except (ValueError, RecursionError):
            return f"({len(body)} bytes that are not valid JSON)"
        return json.dumps(redact_json(data), ensure_ascii=True)[:MAX_BODY]
    if "x-www-form-urlencoded" in kind:
        return redact_form(body.decode("utf-8", "replace"))[:MAX_BODY]
    if kind.startswith("text/html"):
        return " ".join(redact_text(body.decode("utf-8", "replace")).split())[:MAX_BODY]
    return f"({len(body)} bytes)"
