"""Swift requests and shared parameters: paths, listings by marker, metadata in headers, errors for missing names."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from posixpath import normpath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import click

from ..api.object_store import CONTAINER, OBJECT
from ..errors import HTTPNotFound, OstkError, ResourceNotFound
from ..language import LIMIT, Arg, Cloud, Flag, FullOpt, Json, Opt, Value, properties
from ..progress import FORMS
from ..redaction import HIDDEN
from ..render.format import DICT, Cell
from ..session.error_hints import did_you_mean
from ..session.lookup import known_names
from ..session.paging import name_pages

if TYPE_CHECKING:
    from ..http.client import Headers

SWIFT = CONTAINER.service
# A POST to an object deletes all metadata and those of these headers that are not in the request.
KEPT_HEADERS = """Cache-Control Content-Disposition Content-Encoding Content-Language Expires X-Delete-At
    X-Object-Manifest X-Robots-Tag""".split()
PROPERTIES = properties("Set a property: KEY=VALUE.", not_sent=True)
REMOVED_PROPERTIES = Value("--property...", "Key of the property to remove.")
LIST_OPTIONS = [
    Opt("--prefix", "Filter by prefix of the name."),
    LIMIT,
    Opt("--marker", "Marker: start after the container or object with this name."),
    Opt("--end-marker", "End marker: end before the container or object with this name."),
    Flag("--all every", "List all results, on as many pages as needed (default: the first page, up to 10000)."),
]
# Shared by all commands that transfer data.
PROGRESS = FullOpt(
    "--progress",
    "Progress on standard error: lines on a terminal (auto), JSON lines for programs (json), or none.",
    choices=FORMS,
    default="auto",
    not_sent=True,
)


class Name(click.ParamType[str]):
    """Parameter type of the name of a container or, with `slash`, of an object.

    An empty name is rejected: the path would be that of the account or the container.
    """

    name = "name"

    def __init__(self, slash: bool) -> None:
        self.slash = slash

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name; fail if it is empty, or has a slash where none is allowed."""
        if not value or ("/" in value and not self.slash):
            self.fail(
                f"{value!r} is not a valid name{' of an object' if self.slash else ' of a container'}.", param, ctx
            )
        return value


OBJECT_NAME = Name(slash=True)
CONTAINER_ARGUMENT = Arg("container", "Container.", names=CONTAINER, type=Name(slash=False))
CONTAINERS_ARGUMENT = Arg(
    "containers",
    "Containers.",
    names=CONTAINER,
    type=CONTAINER_ARGUMENT.type,
    nargs=-1,
    required=True,
    metavar="CONTAINER...",
)


def path_of(container: str, name: str = "", listed: bool = False) -> str:
    """Return the path of a container or an object, for a URL.

    Args:
        container: Name of the container.
        name: Name of the object, "" for the container.
        listed: The name is from a listing. There `./` and `../` are parts of the name; in a name that the user typed
            they are path segments to resolve.
    """
    container_part, object_part = quote(container, safe="", errors="surrogatepass"), quote(name, errors="surrogatepass")
    if listed or normpath(name.lstrip("/")).partition("/")[0] in (".", ".."):
        object_part = escape_dot_segments(object_part)
    return f"/{escape_dot_segments(container_part)}" + (f"/{object_part}" if name else "")


def has_dot_segments(name: str) -> bool:
    """Return whether `.` or `..` is a part of a name, which is resolved in a URL."""
    return any(part in (".", "..") for part in name.split("/"))


def escape_dot_segments(path: str) -> str:
    """Return a path with the dots of its segments `.` and `..` percent-encoded."""
    return re.sub(r"(?<![^/])\.{1,2}(?![^/])", lambda dots: dots[0].replace(".", "%2E"), path)


@contextlib.contextmanager
def naming_missing(cloud: Cloud, container: str, name: str = "") -> Iterator[None]:
    """Name the missing container or object in the error of a 404; the response of Swift does not name it.

    Raises:
        ResourceNotFound: In place of HTTPNotFound.
    """
    try:
        yield
    except HTTPNotFound as error:
        if name:
            with contextlib.suppress(HTTPNotFound):
                cloud.request(SWIFT, "HEAD", path_of(container))
                message = f"No Object found for {name} in container {container} (HTTP 404)."
                raise ResourceNotFound(
                    message, did_you_mean(name, known_names(cloud, OBJECT.under(container)))
                ) from error
        raise cloud.not_found_error(CONTAINER, container, error.status) from error


@contextlib.contextmanager
def naming_missing_target(cloud: Cloud, container: str) -> Iterator[None]:
    """Name the container of a copy in the error of a 404 if that is what is missing, and not the object to copy.

    Raises:
        ResourceNotFound: In place of HTTPNotFound.
    """
    try:
        yield
    except HTTPNotFound:
        with naming_missing(cloud, container):
            cloud.request(SWIFT, "HEAD", path_of(container))
        raise


def account_name(cloud: Cloud) -> str:
    """Return the name of the account: the last segment of the endpoint URL."""
    return cloud.endpoint(SWIFT).rstrip("/").rpartition("/")[2]


def pages_of(cloud: Cloud, path: str, query: Mapping[str, Any], all_pages: bool) -> Iterator[Json]:
    """List an account or a container.

    Args:
        cloud: The cloud.
        path: Path of the container, "" for the account.
        query: Query of the request: prefix, delimiter, limit, marker, end_marker.
        all_pages: Request all pages and not the first page alone.

    Yields:
        The rows of the listing. A container has `name`, `bytes` and `count`; an object has `name`, `bytes`, `hash`,
        `content_type` and `last_modified`; a group of objects (delimiter) has `subdir` alone.
    """
    query = {**{key: value for key, value in query.items() if value}, "format": "json"}
    # Not `call`, which keeps the latest answers: a container may have a million objects.
    pages = name_pages(lambda part: cloud.http.json(cloud.request(SWIFT, "GET", path, params=part)), query)
    for page in islice(pages, None if all_pages else 1):
        yield from page
        del page


def names_in(cloud: Cloud, container: str, prefix: str = "") -> Iterator[str]:
    """Yield the names of the objects in a container that begin with a prefix. In a dry run they are listed too."""
    rows = pages_of(cloud, path_of(container), {"prefix": prefix}, True)
    while True:
        with cloud.force_send():
            row = next(rows, None)
        if row is None:
            return
        if "name" in row:
            yield row["name"]


def list_all_objects(cloud: Cloud, container: str, prefix: str | None = None) -> list[Json]:
    """Return all objects in a container, whose names begin with a prefix if one is given.

    In a dry run the listing is requested all the same.
    """
    with cloud.force_send(), naming_missing(cloud, container):
        return [*pages_of(cloud, path_of(container), {"prefix": prefix}, True)]


def metadata(resource: str, headers: Headers) -> dict[str, str]:
    """Return the metadata in the headers X-{resource}-Meta-*, with the keys in the case of the headers."""
    prefix = f"x-{resource}-meta-"
    pairs = ((key.decode("latin-1"), value.decode(errors="replace")) for key, value in headers.raw)
    return {key[len(prefix) :]: value for key, value in pairs if key.lower().startswith(prefix)}


def format_metadata(resource: str, headers: Headers, show_keys: bool = False) -> Json:
    """Return the field `properties` with the metadata in the headers, {} if there is none.

    The secret keys of temporary URLs are hidden, except with `show_keys`.
    """
    found = metadata(resource, headers)
    if not show_keys:
        found = {key: HIDDEN if key.lower().startswith("temp-url-key") else value for key, value in found.items()}
    return {"properties": Cell(found, DICT)} if found else {}


def validate_metadata(property: Any) -> None:
    """Reject properties that a header cannot carry.

    Args:
        property: Pairs of a key and a value, or keys.
    """
    for key, value in ((one, "") if isinstance(one, str) else one for one in property):
        if not re.fullmatch(r"[\w!#$%&'*+.^`|~-]+", key, re.ASCII) or re.search(r"^\s|[\0-\x08\n-\x1f\x7f]", value):
            raise OstkError(
                f"{key!r} cannot be a property with this key and value.",
                "A key is a word in ASCII, and a value is a single line that does not begin with a space.",
            )


def update_metadata(
    cloud: Cloud, path: str, resource: str, added: Any = (), removed: Any = (), headers: Mapping[str, str] | None = None
) -> None:
    """Add and remove metadata of an account or a container.

    Args:
        cloud: The cloud.
        path: Path of the container, "" for the account.
        resource: The word in the headers: Account or Container.
        added: Pairs of a key and a value.
        removed: Keys.
        headers: The headers of settings beside the metadata.
    """
    sent: Any = {f"X-{resource}-Meta-{key}": value.rstrip().encode() for key, value in dict(added).items()}
    sent |= {f"X-Remove-{resource}-Meta-{key}": "x" for key in removed}
    sent |= {name: value.encode() for name, value in (headers or {}).items()}
    cloud.request(SWIFT, "POST", path, headers=sent)


def update_object_metadata(cloud: Cloud, path: str, added: Any = (), removed: Any = ()) -> None:
    """Add and remove metadata of an object. The current metadata is read first, as POST replaces all of it.

    Args:
        cloud: The cloud.
        path: Path of the object.
        added: Pairs of a key and a value.
        removed: Keys.
    """
    with cloud.force_send():
        current = cloud.request(SWIFT, "HEAD", path).headers
    changed = {key.lower() for key in (*dict(added), *removed)}
    kept = {key: value for key, value in metadata("object", current).items() if key.lower() not in changed}
    headers: Any = {f"X-Object-Meta-{key}": value.rstrip().encode() for key, value in {**kept, **dict(added)}.items()}
    headers |= {key: current[key] for key in KEPT_HEADERS if key in current}
    cloud.request(SWIFT, "POST", path, headers=headers)
