"""What goes over the wire, for --debug and --timing: on standard error, without secrets."""

from __future__ import annotations

import json
import re
import sys
import threading
from collections.abc import Iterable
from typing import Any

HIDDEN = "***"
LONGEST = 20000  # characters of a body that are shown
SECRET_HEADERS = r"(?i)token|authorization|cookie|secret|password|signature|temp-url-key|receipt|x-image-meta-location"
# Keys as they are with case, underscores and dashes taken away.
SECRET_KEYS = frozenset(
    {
        "adminpass",
        "adminpassword",
        "authkey",
        "accesskey",
        "blob",
        "contents",
        "credential",
        "jwt",
        "passcode",
        "passphrase",
        "passwd",
        "payload",
        "privatekey",
        "psk",
        "rescuepass",
        "secretkey",
        "sessionkey",
        "transportkey",
        "userdata",
        "apikey",
        "tempurlkey",
        "clientassertion",
        "kubeconfig",
    }
)
SECRET_ENDINGS = ("password", "secret", "token", "passphrase", "privatekey", "pass")
SECRET_QUERY = (
    r"(?i)([?&;](?:[\w.-]*(?:token|signature|secret|password|passcode)|temp_url_sig|sig|(?:access|api)_?key)=)"
    r"[^&#\s\"']+"
)


class Trace:
    """Notes requests and answers."""

    def __init__(self, debug: bool) -> None:
        self.debug = debug
        self.taken: list[tuple[str, str, float]] = []  # method, URL, seconds
        self.lock = threading.Lock()

    @property
    def timing(self) -> list[tuple[str, float]]:
        """Method and URL, and the seconds, of each request that was answered."""
        return [(f"{method} {shown_url(url)}", seconds) for method, url, seconds in self.taken]

    def asked(self, method: str, url: str, headers: Iterable[tuple[str, str]], body: bytes | None) -> None:
        """A request as it goes out; `body` is None where it is a stream."""
        if self.debug:
            self.write(">", f"{method} {shown_url(url)}", headers, body)

    def answered(
        self, method: str, url: str, status: str, headers: Iterable[tuple[str, str]], body: bytes | None, seconds: float
    ) -> None:
        """An answer as it came in."""
        with self.lock:
            self.taken.append((method, url, seconds))
        if self.debug:
            self.write("<", f"{status} ({seconds:.3f} s, {method} {shown_url(url)})", headers, body)

    def write(self, mark: str, first: str, headers: Iterable[tuple[str, str]], body: bytes | None) -> None:
        """One message, in one piece even where several threads speak."""
        from ..render.text import visible

        lines = [first]
        kind = ""
        for name, value in shown_headers(headers):
            kind = value if name.lower() == "content-type" else kind
            lines.append(f"{name}: {value}")
        if body is None:
            lines.append("(a stream)")
        elif body:
            lines.append(shown_body(body, kind))
        text = "".join(f"{mark} {visible(line)}\n" for line in lines)
        with self.lock:
            sys.stderr.write(text)
            sys.stderr.flush()

    def print_timing(self) -> None:
        """Each request and its seconds, and their sum, as a table on standard error."""
        rows = [(what, f"{seconds:.6f}") for what, seconds in self.timing]
        rows.append(("Total", f"{sum(seconds for _, _, seconds in self.taken):.6f}"))
        wide = max(len(row[0]) for row in rows)
        right = max(len("Seconds"), *(len(row[1]) for row in rows))
        line = f"+{'-' * (wide + 2)}+{'-' * (right + 2)}+"
        table = [line, f"| {'URL':<{wide}} | {'Seconds':>{right}} |", line]
        table += [f"| {what:<{wide}} | {seconds:>{right}} |" for what, seconds in rows]
        sys.stderr.write("\n".join([*table, line, ""]))


def shown_headers(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Headers with the secret ones hidden."""
    return [(name, HIDDEN if re.search(SECRET_HEADERS, name) else value) for name, value in headers]


def shown_url(url: str) -> str:
    """A URL without the secrets it may carry."""
    return re.sub(SECRET_QUERY, rf"\1{HIDDEN}", re.sub(r"(?<=://)[^/@?#]*@", "", url))


def shown_body(body: bytes, kind: str) -> str:
    """A body as one line of text, its secrets hidden; only its size where it is no text."""
    if "json" in kind or body[:1] in (b"{", b"["):
        try:
            data = json.loads(body)
        except (ValueError, RecursionError):
            return f"({len(body)} bytes that are not valid JSON)"
        return json.dumps(redacted(data), ensure_ascii=True)[:LONGEST]
    if "x-www-form-urlencoded" in kind:
        return re.sub(SECRET_QUERY, rf"\1{HIDDEN}", "?" + body.decode("utf-8", "replace"))[1:][:LONGEST]
    if kind.startswith("text/html"):
        return " ".join(shown_url(body.decode("utf-8", "replace")).split())[:LONGEST]
    return f"({len(body)} bytes)"


def redacted(data: Any, within: str = "") -> Any:
    """JSON with the values of secret keys hidden, at any depth."""
    if isinstance(data, dict):
        return {key: _value(str(key), value, within) for key, value in data.items()}
    if isinstance(data, list):
        return [redacted(one, within) for one in data]
    return shown_url(data) if isinstance(data, str) and "=" in data else data


def _value(key: str, value: Any, within: str) -> Any:
    word = re.sub(r"[_\-\s]", "", key.lower())
    # {"token": {"id": …}} is how Keystone takes and v2.0 gives a token.
    secret = word in SECRET_KEYS or word.endswith(SECRET_ENDINGS) or (word == "id" and within == "token")
    if secret and isinstance(value, str | int | float) and not isinstance(value, bool) and value != "":
        return HIDDEN
    if isinstance(value, str) and value.lstrip().startswith(("{", "[")):
        # Ironic and EC2 credentials keep JSON as text within JSON.
        try:
            return json.dumps(redacted(json.loads(value), word))
        except (ValueError, RecursionError):
            return shown_url(value)
    return redacted(value, word)
