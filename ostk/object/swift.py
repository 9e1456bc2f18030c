"""How Swift is spoken to: names in paths, pages by the last name, metadata in headers, data in streams."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ..errors import OstkError
from ..files import whole
from ..kinds import CONTAINER
from ..language import LIMIT, Flag, Json, Opt, properties
from ..render.format import DICT, Cell
from ..session.cloud import Cloud
from ..streams import CHUNK, Check, Progress

if TYPE_CHECKING:
    import httpx

SWIFT = CONTAINER.service
# A POST to an object takes away what it does not name of these, and all metadata.
KEPT = ("Content-Encoding", "Content-Disposition", "X-Delete-At")
SET = properties("Property to set: KEY=VALUE; may be repeated.", required=True, local=True)
UNSET = Opt("--property", "Property to remove; may be repeated.", multiple=True, required=True, local=True)

# Which of a list: those that begin so, from where to where, how many, and whether it goes on from page to page.
PART = [
    Opt("--prefix", "Only those whose name begins so."),
    LIMIT,
    Opt("--marker", "Results after this name."),
    Opt("--end-marker", "Results before this name."),
    Flag("--all every", "All of them, not only the first 10000."),
]


def at(container: str, name: str = "") -> str:
    """The path of a container, or of an object; names of dots alone are no steps on the way."""
    path = "/" + quote(container, safe="") + (f"/{quote(name)}" if name else "")
    return re.sub(r"(?<=/)\.{1,2}(?=/|$)", lambda dots: dots[0].replace(".", "%2E"), path)


def account(cloud: Cloud) -> str:
    """The name of the account: the last word of its address."""
    return cloud.endpoint(SWIFT).rstrip("/").rpartition("/")[2]


def listing(cloud: Cloud, path: str, query: Mapping[str, Any], every: bool) -> Iterator[Json]:
    """What is in an account or a container: the first page, as Swift cuts it, or every one."""
    query = {**query, "format": "json"}
    while page := cloud.call(SWIFT, "GET", path, params=query):
        yield from page
        if not every:
            return
        query["marker"] = page[-1].get("name") or page[-1].get("subdir")


def metadata(kind: str, headers: httpx.Headers) -> dict[str, str]:
    """The metadata in headers, with the capitals that they have there."""
    prefix = f"x-{kind}-meta-"
    words = ((key.decode("latin-1"), value.decode(errors="replace")) for key, value in headers.raw)
    return {key[len(prefix) :]: value for key, value in words if key.lower().startswith(prefix)}


def told(kind: str, headers: httpx.Headers) -> Json:
    """Metadata as it is shown, if there is any."""
    found = metadata(kind, headers)
    return {"properties": Cell(found, DICT)} if found else {}


def refuse_unsound(property: Any) -> None:
    """Refuse properties that no header can carry."""
    for key, value in dict(property).items():
        if not re.fullmatch(r"[\w!#$%&'*+.^`|~-]+", key, re.ASCII) or re.search(r"[\r\n\0]", value):
            raise OstkError(f"{key}={value!r} cannot be a property: keys are ASCII words, values a single line.")


def change(cloud: Cloud, path: str, kind: str, added: Any = (), removed: Any = ()) -> None:
    """Give an account or a container more metadata, or take some from it."""
    headers: Any = {f"X-{kind}-Meta-{key}": value.encode() for key, value in dict(added).items()}
    headers |= {f"X-Remove-{kind}-Meta-{key}": "x" for key in removed}
    cloud.request(SWIFT, "POST", path, headers=headers)


def change_object(cloud: Cloud, path: str, added: Any = (), removed: Any = ()) -> None:
    """Give an object more metadata, or take some from it; what it has besides stays."""
    with cloud.needed():
        now = cloud.request(SWIFT, "HEAD", path).headers
    changed = {key.lower() for key in (*dict(added), *removed)}
    kept = {key: value for key, value in metadata("object", now).items() if key.lower() not in changed}
    headers: Any = {f"X-Object-Meta-{key}": value.encode() for key, value in {**kept, **dict(added)}.items()}
    headers |= {key: now[key] for key in KEPT if key in now}
    cloud.request(SWIFT, "POST", path, headers=headers)


def save(cloud: Cloud, container: str, name: str, file: str | None) -> None:
    """Write an object to a file, whole or not at all, or for "-" to standard output."""
    path = file or inside(name)
    with cloud.http.stream("GET", f"{cloud.endpoint(SWIFT)}{at(container, name)}") as answer:
        headers = answer.headers
        # The ETag of an object that is made of others is no hash of its data.
        single = not {"x-object-manifest", "x-static-large-object"} & headers.keys()
        check = Check(int(headers.get("Content-Length", 0)), headers.get("Etag") if single else None, "md5")
        progress = Progress(check.length, file is not None)
        if os.path.dirname(path):
            os.makedirs(os.path.dirname(path), exist_ok=True)
        with contextlib.nullcontext(sys.stdout.buffer) if path == "-" else whole(path) as target:
            for data in answer.iter_bytes(CHUNK):
                check.add(data)
                target.write(data)
                progress.at(check.size)
            progress.end()
            check.end()


def inside(name: str) -> str:
    """The path that an object's name is here; refused if it leads out of this directory."""
    here = os.path.realpath(".")
    if os.path.isabs(name) or not os.path.realpath(name).startswith(os.path.join(here, "")) or name.endswith("/"):
        raise OstkError(f"The object {name!r} has no name for a file in this directory.", "Give --file of object save.")
    return name
