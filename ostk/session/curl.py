"""`--curl`: the cURL command that would send a request, instead of sending it."""

from __future__ import annotations

import json
import shlex
import sys
from typing import TYPE_CHECKING

import click

from .trace import HIDDEN, shown_body, shown_url

if TYPE_CHECKING:
    import httpx

TOKEN = '"X-Auth-Token: $OS_TOKEN"'
LEFT_OUT = ("host", "accept-encoding", "connection", "user-agent", "content-length", "x-auth-token", "authorization")


class Told(click.exceptions.Exit):
    """The command was told and its answer would be needed to go on: the end of `--curl`, exit status 0."""

    def __init__(self) -> None:
        super().__init__(0)


def command(request: httpx.Request) -> str:
    """The command line, with the token as a variable of the shell and secrets in the body hidden."""
    words = ["curl", "-X", request.method] if request.method != "GET" else ["curl"]
    words += [shlex.quote(shown_url(str(request.url))), "-H", TOKEN]
    for name, value in request.headers.items():
        if name not in LEFT_OUT:
            words += ["-H", shlex.quote(f"{name}: {value}")]
    return " ".join(words + body(request))


def body(request: httpx.Request) -> list[str]:
    """The words that give a request its body; of one that is a stream only where it goes."""
    file = getattr(getattr(request.stream, "_stream", None), "file", None)
    if file is not None:
        name = getattr(file, "name", "-")
        return ["--data-binary", shlex.quote(f"@{name if isinstance(name, str) else '-'}")]
    content = request.read()
    if not content:
        return []
    text = shown_body(content, request.headers.get("content-type", ""))
    try:
        plain = json.dumps(json.loads(content), ensure_ascii=False)
    except ValueError:
        plain = text
    return ["-d", shlex.quote(text if HIDDEN in text else plain)]


def tell(request: httpx.Request) -> bool:
    """Print the command on standard output; whether its answer would be needed for what follows."""
    sys.stdout.write(command(request) + "\n")
    return request.method in ("GET", "HEAD") or (request.method == "POST" and not request.url.path.endswith("/action"))
