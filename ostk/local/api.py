"""Requests to the API of any service, with the token and the endpoint of the cloud: `ostk api`."""

import contextlib
import sys
from collections.abc import Sequence
from typing import Any

import click

from ..api.object_store import SWIFT
from ..api.service import LINK_HEADER, Service
from ..api.services import SERVICES, known_service
from ..errors import ConnectionFailed, FileError, OstkError
from ..language import Arg, Cloud, Command, Json, Opt
from ..other_services import OTHER_SERVICES
from ..session.catalog import url_at
from ..session.paging import Markers, fingerprint, linked_page, next_query, next_url, pages, url_query


def find_service(name: str) -> Service:
    """Return the service with this project name or service type; an unknown name is taken as a type of the catalog."""
    if known := known_service(name):
        return known
    types = (other.types for other in OTHER_SERVICES if name in (other.name, *other.types))
    return Service(name, next(types, (name,)))


def request_body(data: str) -> bytes:
    """Return the request body that `--data` gives: text, @FILE, or - for standard input.

    Raises:
        FileError: The file cannot be read.
    """
    if data == "-":
        return sys.stdin.buffer.read()
    if not data.startswith("@"):
        return data.encode()
    try:
        with open(data[1:], "rb") as file:
            return file.read()
    except OSError as error:
        raise FileError(f"{data[1:]} cannot be read: {error.strerror}.") from None


def parse_header(text: str) -> tuple[str, str]:
    """Return the name and the value of a header in `Name: value`; errors leave out the value, which may be a secret.

    Raises:
        click.UsageError: The text is no header.
    """
    name, colon, value = text.partition(":")
    if not colon or not name.strip():
        raise click.UsageError("A header has the form 'Name: value', with a colon.")
    if not text.isprintable():
        raise click.UsageError(f"The header {name.strip()!r} contains a line break or another control character.")
    return name.strip(), value.strip()


def send(cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> None:
    """Send the request and print the response body unchanged.

    Raises:
        click.UsageError: The path has no leading slash, or --paginate is used with another method than GET.
        OstkError: The HTTP status is 300 or higher; the body is printed all the same.
    """
    service, given, method = find_service(values["service"]), values["path"], values["request"]
    if not given.startswith("/"):
        raise click.UsageError(f"{given!r} is not a path: a path begins with a slash, as in /servers.")
    if values["paginate"] and (values["data"] or method not in (None, "GET")):
        raise click.UsageError("--paginate requires a GET request without a body.")
    headers = dict(parse_header(text) for text in values["header"])
    body = request_body(values["data"]) if values["data"] is not None else None
    if body is not None:
        headers.setdefault("Content-Type", "application/json")
    headers |= service.in_version(values["microversion"] or cloud.microversion(service))
    method = (method or ("POST" if body is not None else "GET")).upper()
    path = url_at(cloud.endpoint(service), given)
    reply = cloud.request(service, method, path, headers=headers, content=body, raw=True)
    if values["include"]:
        write_headers(reply)
    shown = reply.content
    if values["paginate"] and reply.status_code < 300:
        shown = all_pages(cloud, service, path, headers, reply)
    write(shown, reply.headers.get("Content-Type", ""))
    if reply.status_code >= 300:
        raise OstkError(f"{method} {given} was answered with HTTP {reply.status_code}.")


def all_pages(cloud: Cloud, service: Service, path: str, headers: dict[str, str], reply: Any) -> bytes:
    """Return the first page with the items of all following pages, without the fields that describe one page."""
    import json

    if service.name == "swift":
        return all_listings(cloud, path, headers, reply)
    page = result = cloud.http.json(reply)
    if isinstance(result, list):
        return all_linked(cloud, service, path, headers, reply)
    if not isinstance(result, dict) or not any(is_page_field(key, value) for key, value in result.items()):
        return bytes(reply.content)
    begin, seen = int(url_query(path).get("offset") or 0), 0
    requested, found = Markers([fingerprint(url_query(path))]), Markers()
    while url := next(filter(None, map(next_url, links_of(page))), ""):
        lists = lists_of(page)
        if not lists:
            raise OstkError(
                f"The pages of {path} cannot be joined: they hold no list.", "Request the pages one by one."
            )
        if not any(lists.values()):
            break
        seen += max(len(items) for items in lists.values())
        query = next_query(url, url_query(path), begin + seen if service.by_offset else None)
        requested.advance(fingerprint(query))
        page = cloud.call(service, "GET", path.partition("?")[0], headers=headers, params=query)
        if not isinstance(page, dict) or not lists_of(page).keys() & lists_of(result).keys():
            raise ConnectionFailed(f"A page of {path} is no object with the lists of the first page.")
        if any(following := lists_of(page).values()):
            found.advance(fingerprint(sorted(map(fingerprint, following))))
        for key, items in lists_of(page).items():
            result.setdefault(key, []).extend(items)
    return json.dumps({key: value for key, value in result.items() if not is_page_field(key, value)}).encode()


def all_linked(cloud: Cloud, service: Service, path: str, headers: dict[str, str], reply: Any) -> bytes:
    """Return all pages of a list without an envelope, whose next page the header Link names (Gnocchi)."""
    import json

    if "next" not in reply.links:
        return bytes(reply.content)

    def fetch(query: Json) -> Any:
        response = reply if query is first else cloud.request(service, "GET", where, headers=headers, params=query)
        return linked_page(cloud.http.json(response), "items", response)

    where, first = path.partition("?")[0], url_query(path)
    return json.dumps([*pages(fetch, "items", LINK_HEADER, first)]).encode()


PAGE_LINKS = {"next", "previous", "prev", "first", "last"}


def is_page_field(key: str, value: Any) -> bool:
    """Return whether a field belongs to one page of a list: links to other pages, or `truncated`."""
    if key == "truncated":
        return isinstance(value, bool)
    if key in PAGE_LINKS:
        return value is None or isinstance(value, str)
    if key == "links" and isinstance(value, dict):
        return bool(PAGE_LINKS & value.keys())
    if not (key == "links" or key.endswith("_links")) or not isinstance(value, list):
        return False
    return all(isinstance(link, dict) and link.get("rel") in PAGE_LINKS for link in value)


def links_of(page: Json) -> list[Any]:
    """Return the fields of a page that may name the next one."""
    return [value for key, value in page.items() if is_page_field(key, value) and key not in PAGE_LINKS - {"next"}]


def lists_of(page: Json) -> dict[str, list[Any]]:
    """Return the lists of items in a page."""
    return {key: value for key, value in page.items() if isinstance(value, list) and not is_page_field(key, value)}


def all_listings(cloud: Cloud, path: str, headers: dict[str, str], reply: Any) -> bytes:
    """Return all pages of a Swift listing, as JSON or lines; the marker of a page is the last name before the page."""
    import json

    kind = reply.headers.get("Content-Type", "")
    plain = kind.startswith("text/plain")

    def names(reply: Any) -> list[Any]:
        return reply.content.splitlines() if plain else cloud.http.json(reply) or []

    if not plain and not isinstance(cloud.http.json(reply) if "json" in kind else None, list):
        return bytes(reply.content)
    result = page = names(reply)
    markers = Markers()
    while page:
        marker = page[-1].decode(errors="surrogateescape") if plain else page[-1].get("name") or page[-1].get("subdir")
        markers.advance(str(marker))
        query = {**url_query(path), "marker": marker}
        page = names(cloud.request(SWIFT, "GET", path.partition("?")[0], headers=headers, params=query))
        result += page
    return b"".join(line + b"\n" for line in result) if plain else json.dumps(result).encode()


def write_headers(reply: Any) -> None:
    """Print the status line and the headers of a response; the values of secret headers are redacted."""
    from ..console import write_text
    from ..redaction import redact_headers

    lines = [f"HTTP/1.1 {reply.status_code} {reply.reason_phrase}"]
    lines += [f"{name}: {value}" for name, value in redact_headers(reply.headers.multi_items())]
    write_text("\n".join([*lines, "", ""]))


def write(body: bytes, kind: str) -> None:
    """Print a response body: JSON indented on a terminal, the bytes unchanged elsewhere."""
    import json

    from ..console import write_text

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


def services(ctx: click.Context, param: click.Parameter, typed: str) -> list[str]:
    """Return the types and project names of services that begin with a text, for completion."""
    known = [(service.name, service.types[0]) for service in (*SERVICES, *OTHER_SERVICES)]
    return sorted({name for pair in known for name in pair if name.startswith(typed)})


METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]
api = Command(
    "api",
    [
        Arg("service", "Service type or project name, e.g. compute or nova.", not_sent=True, shell_complete=services),
        Arg("path", "Path below the endpoint of the service, with an optional query: /servers?limit=1.", not_sent=True),
        Opt(
            "-X --request",
            "HTTP method (default: GET, or POST with --data).",
            type=click.Choice(METHODS, case_sensitive=False),
        ),
        Opt("-d --data", "Request body: text, @FILE, or - for standard input."),
        Opt("-H --header...", "Request header: 'Name: value'."),
        Opt("--microversion", "API microversion of the request, e.g. 2.79."),
        Opt("--paginate", "Request all pages and join the items.", is_flag=True, default=False),
        Opt("-i --include", "Print the status line and the headers of the response too.", is_flag=True, default=False),
    ],
    "Send any request to a service.",
    send,
)
