"""`ostk api`: any request to any service, with the token and the address of the cloud."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Sequence
from typing import Any

import click

from ..errors import ConnectionFailed, FileError, OstkError
from ..language import Arg, Command, Json, Opt
from ..language import service as services
from ..language.service import Service
from ..session.cloud import Cloud
from ..session.pages import Markers, fingerprint, next_address, next_query, query_of

KNOWN = [value for value in vars(services).values() if isinstance(value, Service)]


def service_named(name: str) -> Service:
    """A service by project name or catalog type; an unknown one is taken as the catalog has it."""
    for known in KNOWN:
        if name in (known.name, known.setting, *known.types):
            return known
    return Service(name, (name,))


def content(data: str) -> bytes:
    """The body that `-d` means: text, @FILE, or - for standard input."""
    if data == "-":
        return sys.stdin.buffer.read()
    if not data.startswith("@"):
        return data.encode()
    try:
        with open(data[1:], "rb") as file:
            return file.read()
    except OSError as error:
        raise FileError(f"{data[1:]} cannot be read: {error.strerror}.") from None


def header(text: str) -> tuple[str, str]:
    """Return the name and the value of a header in `Name: value`; messages leave out the value, a secret perhaps."""
    name, colon, value = text.partition(":")
    if not colon or not name.strip():
        raise click.UsageError("A header is written as 'Name: value', with a colon.")
    if not text.isprintable():
        raise click.UsageError(f"The header {name.strip()!r} contains a line break or another control character.")
    return name.strip(), value.strip()


def send(cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> None:
    """Send the request and print the answer's body as it came; fail if the service did."""
    service, path, method = service_named(values["service"]), values["path"], values["request"]
    if not path.startswith("/"):
        raise click.UsageError(f"{path!r} is not a path; it begins with a slash, as in /servers.")
    if values["paginate"] and (values["data"] or method not in (None, "GET")):
        raise click.UsageError("--paginate is for GET requests without a body.")
    headers = dict(header(text) for text in values["header"])
    body = content(values["data"]) if values["data"] is not None else None
    if body is not None:
        headers.setdefault("Content-Type", "application/json")
    headers |= service.in_version(values["microversion"] or cloud.microversion(service))
    method = (method or ("POST" if body is not None else "GET")).upper()
    reply = cloud.request(service, method, path, headers=headers, content=body, raw=True)
    if values["include"]:
        write_headers(reply)
    shown = reply.content
    if values["paginate"] and reply.status_code < 300:
        shown = all_pages(cloud, service, path, headers, reply)
    write(shown, reply.headers.get("Content-Type", ""))
    if reply.status_code >= 300:
        raise OstkError(f"{method} {path} was answered with HTTP {reply.status_code}.")


def all_pages(cloud: Cloud, service: Service, path: str, headers: dict[str, str], reply: Any) -> bytes:
    """Return the first page with the items of all pages that follow it.

    Raises:
        ConnectionFailed: A page is no object with the lists of the first one, or the pages do not end.

    """
    import json

    page = whole = cloud.http.json(reply)
    begin = int(query_of(path).get("offset") or 0)
    asked, found = Markers([fingerprint(query_of(path))]), Markers()
    while isinstance(page, dict):
        links = [page[k] for k in page if k in ("next", "links") or k.endswith("_links")]
        address = next((a for a in map(next_address, links) if a), "")
        if not address:
            break
        count = max((len(v) for k, v in whole.items() if isinstance(v, list) and not k.endswith("links")), default=0)
        query = next_query(address, query_of(path), begin + count if service.by_offset else None)
        asked.advance(fingerprint(query))
        page = cloud.call(service, "GET", path.partition("?")[0], headers=headers, params=query)
        lists = listed(whole) & listed(page)
        if not lists:
            raise ConnectionFailed(f"A page of {path} is no object with the lists of the first page.")
        if not any(page[k] for k in lists):
            break
        found.advance(fingerprint([page[k] for k in sorted(lists)]))
        for key in lists:
            whole[key] += page[key]
    if not isinstance(whole, dict):
        raise ConnectionFailed(f"{path} did not answer with an object whose pages could be joined.")
    whole = {k: v for k, v in whole.items() if k not in ("next", "links") and not k.endswith("_links")}
    return json.dumps(whole).encode()


def listed(page: Any) -> set[str]:
    """Return the fields of a page that are lists of items."""
    items = page.items() if isinstance(page, dict) else ()
    return {key for key, value in items if isinstance(value, list) and not key.endswith("links")}


def write_headers(reply: Any) -> None:
    """Print the status and the headers as HTTP writes them; secret headers are hidden."""
    from ..redaction import redact_headers
    from ..render.plain import write_text

    lines = [f"HTTP/1.1 {reply.status_code} {reply.reason_phrase}"]
    lines += [f"{name}: {value}" for name, value in redact_headers(reply.headers.multi_items())]
    write_text("\n".join([*lines, "", ""]))


def write(body: bytes, kind: str) -> None:
    """Print a body: indented JSON on a terminal, its bytes unchanged elsewhere."""
    import json

    from ..render.plain import write_text

    sys.stdout.flush()
    if not sys.stdout.isatty():
        sys.stdout.buffer.write(body)
        sys.stdout.buffer.flush()
        return
    text = body.decode(errors="backslashreplace")
    if "json" in kind:
        with contextlib.suppress(ValueError, RecursionError):
            text = json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    write_text(text)


METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]
api = Command(
    "api",
    [
        Arg("service", local=True),
        Arg("path", local=True),
        Opt("-X --request", "Method; GET, or POST with a body.", type=click.Choice(METHODS, case_sensitive=False)),
        Opt("-d --data", "Body: text, @FILE, or - for standard input."),
        Opt("-H --header", "Header as 'Name: value'; may be repeated.", multiple=True),
        Opt("--microversion", "API version to ask for."),
        Opt("--paginate", "Join the items of all pages.", is_flag=True, default=False),
        Opt("-i --include", "Print the status and the headers too.", is_flag=True, default=False),
    ],
    "Send any request to a service, as in: ostk api compute /servers.",
    send,
)
