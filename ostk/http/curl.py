"""`--curl`: a request as a cURL command."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING

from ..redaction import redact_headers, redact_json, redact_url
from .trace import shown_body

if TYPE_CHECKING:
    import httpx

TOKEN = '"X-Auth-Token: $OS_TOKEN"'
OMITTED_HEADERS = (
    "host",
    "accept-encoding",
    "connection",
    "user-agent",
    "content-length",
    "x-auth-token",
    "authorization",
)
METHODS = {"GET": [], "HEAD": ["--head"]}  # with -X HEAD, cURL waits for a body


def command(request: httpx.Request, token: bool = True) -> str:
    """Return the command line; the token, if there is one, is a shell variable; other secrets are hidden."""
    words = ["curl", *METHODS.get(request.method, ["-X", request.method])]
    words += [shlex.quote(redact_url(str(request.url))), *(["-H", TOKEN] if token else [])]
    for name, value in redact_headers(request.headers.multi_items()):
        if name not in OMITTED_HEADERS:
            words += ["-H", shlex.quote(f"{name}: {value}")]
    if sent := body(request):
        # Without the header, cURL says that the body is a form, and Swift keeps that as the type of an object.
        words += [] if "content-type" in request.headers else ["-H", "content-type:"]
    return " ".join(words + sent)


def body(request: httpx.Request) -> list[str]:
    """Return the arguments for the body of a request; for an upload, the name of its file."""
    file = request.extensions.get("file")
    if file is not None:
        name = getattr(file, "name", "-")
        return ["--data-binary", shlex.quote(f"@{name if isinstance(name, str) else '-'}")]
    content = request.read()
    if not content:
        return []
    if "bulk-delete" in request.url.params:  # the paths of the objects to delete
        return ["-d", shlex.quote(content.decode())]
    try:
        text = json.dumps(redact_json(json.loads(content)), ensure_ascii=False)
    except (ValueError, RecursionError):
        text = shown_body(content, request.headers.get("content-type", ""))
    return ["-d", shlex.quote(text)]
