"""How Swift is spoken to: names in paths, pages by the last name, metadata in headers, data in streams."""

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
from ..language import LIMIT, Arg, Flag, Json, Opt, properties
from ..render.format import DICT, Cell
from ..session.cloud import Cloud
from ..session.error_hints import near
from ..session.lookup import known_names
from ..session.paging import name_pages

if TYPE_CHECKING:
    from ..http.client import Headers

SWIFT = CONTAINER.service
# A POST to an object takes away what it does not name of these, and all metadata.
KEPT = """Cache-Control Content-Disposition Content-Encoding Content-Language Expires X-Delete-At X-Object-Manifest
    X-Robots-Tag""".split()
SET = properties("Property to set: KEY=VALUE; may be repeated.", required=True, not_sent=True)
UNSET = Opt("--property", "Property to remove; may be repeated.", multiple=True, required=True, not_sent=True)

# Which of a list: those that begin so, from where to where, how many, and whether it goes on from page to page.
PART = [
    Opt("--prefix", "Only those whose name begins so."),
    LIMIT,
    Opt("--marker", "Results after this name."),
    Opt("--end-marker", "Results before this name."),
    Flag("--all every", "All of them, not only the first 10000."),
]


class Name(click.ParamType[str]):
    """The name of an object or, without a slash, of a container; an empty one would be what is around it."""

    name = "name"

    def __init__(self, slash: bool) -> None:
        self.slash = slash

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuse what is no name."""
        if not value or ("/" in value and not self.slash):
            self.fail(f"{value!r} is no name{'' if self.slash else ' of a container'}.", param, ctx)
        return value


OBJECT_NAME = Name(slash=True)
BOX = Arg("container", names=CONTAINER, not_sent=True, type=Name(slash=False))
BOXES = Arg(
    "containers", names=CONTAINER, not_sent=True, type=BOX.type, nargs=-1, required=True, metavar="CONTAINER..."
)


def at(container: str, name: str = "", told: bool = False) -> str:
    """The path of a container or an object; ./ and ../ are steps in a typed name, but not in one that Swift told."""
    box, path = quote(container, safe="", errors="surrogatepass"), quote(name, errors="surrogatepass")
    if told or normpath(name.lstrip("/")).partition("/")[0] in (".", ".."):
        path = still(path)
    return f"/{still(box)}/{path}" if name else f"/{still(box)}"


def still(path: str) -> str:
    """A path whose names of dots alone are no steps on the way."""
    return re.sub(r"(?<![^/])\.{1,2}(?![^/])", lambda dots: dots[0].replace(".", "%2E"), path)


@contextlib.contextmanager
def about(cloud: Cloud, container: str, name: str = "") -> Iterator[None]:
    """Name the container or the object in the error of a request that did not find it; Swift's answer (404) does not.

    Errors: NotFoundError in place of NotFound.
    """
    try:
        yield
    except HTTPNotFound as error:
        if name:
            with contextlib.suppress(HTTPNotFound):
                cloud.request(SWIFT, "HEAD", at(container))
                message = f"No Object found for {name} in container {container} (HTTP 404)."
                raise ResourceNotFound(message, near(name, known_names(cloud, OBJECT.under(container)))) from error
        raise cloud.not_found_error(CONTAINER, container, error.status) from error


def account_name(cloud: Cloud) -> str:
    """The name of the account: the last word of its address."""
    return cloud.endpoint(SWIFT).rstrip("/").rpartition("/")[2]


def listing(cloud: Cloud, path: str, query: Mapping[str, Any], every: bool) -> Iterator[Json]:
    """Return what is in an account or a container: the first page, as Swift cuts it, or every page."""
    query = {**{key: value for key, value in query.items() if value}, "format": "json"}
    pages = name_pages(lambda part: cloud.call(SWIFT, "GET", path, params=part), query)
    for page in islice(pages, None if every else 1):
        yield from page


def contents(cloud: Cloud, container: str) -> list[Json]:
    """All objects in a container, which the requests that follow name."""
    with cloud.force_send(), about(cloud, container):
        return [*listing(cloud, at(container), {}, True)]


def metadata(kind: str, headers: Headers) -> dict[str, str]:
    """The metadata in headers, with the capitals that they have there."""
    prefix = f"x-{kind}-meta-"
    words = ((key.decode("latin-1"), value.decode(errors="replace")) for key, value in headers.raw)
    return {key[len(prefix) :]: value for key, value in words if key.lower().startswith(prefix)}


def told(kind: str, headers: Headers) -> Json:
    """Metadata as it is shown, if there is any."""
    found = metadata(kind, headers)
    return {"properties": Cell(found, DICT)} if found else {}


def refuse_unsound(property: Any) -> None:
    """Refuse properties, or keys of them, that no header can carry."""
    for key, value in ((one, "") if isinstance(one, str) else one for one in property):
        if not re.fullmatch(r"[\w!#$%&'*+.^`|~-]+", key, re.ASCII) or re.search(r"^\s|[\0-\x08\n-\x1f\x7f]", value):
            raise OstkError(f"{key!r} cannot be a property so: its key is an ASCII word, its value a single line.")


def change(cloud: Cloud, path: str, kind: str, added: Any = (), removed: Any = ()) -> None:
    """Give an account or a container more metadata, or take some from it."""
    headers: Any = {f"X-{kind}-Meta-{key}": value.rstrip().encode() for key, value in dict(added).items()}
    headers |= {f"X-Remove-{kind}-Meta-{key}": "x" for key in removed}
    cloud.request(SWIFT, "POST", path, headers=headers)


def change_object(cloud: Cloud, path: str, added: Any = (), removed: Any = ()) -> None:
    """Give an object more metadata, or take some from it; what it has besides stays."""
    with cloud.force_send():
        now = cloud.request(SWIFT, "HEAD", path).headers
    changed = {key.lower() for key in (*dict(added), *removed)}
    kept = {key: value for key, value in metadata("object", now).items() if key.lower() not in changed}
    headers: Any = {f"X-Object-Meta-{key}": value.rstrip().encode() for key, value in {**kept, **dict(added)}.items()}
    headers |= {key: now[key] for key in KEPT if key in now}
    cloud.request(SWIFT, "POST", path, headers=headers)
