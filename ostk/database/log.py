"""Logs of database instances. Trove publishes them as objects in a container of the object store."""

from collections.abc import Iterator
from typing import Any, cast

from ..api.database import DATABASE_LOG
from ..api.object_store import CONTAINER, OBJECT
from ..api.resource import Json, segment
from ..console import data_output, write_text
from ..errors import HTTPNotFound, OstkError
from ..files import whole
from ..language import COUNT, Arg, Cloud, Noun, Opt
from ..session.paging import name_pages
from .options import OF_INSTANCE

log = Noun(
    DATABASE_LOG, "Manage logs of database instances.", columns=["name type status published pending container prefix"]
)
LOG_NAME = Arg("log_name", "Name of the log.", not_sent=True)
OF_LOG = [OF_INSTANCE, LOG_NAME]


@log.lister("list", OF_INSTANCE)
def list_logs(cloud: Cloud, instance: str) -> Any:
    """List the logs of an instance."""
    return cloud.pages(DATABASE_LOG.under(instance))


def act(cloud: Cloud, instance: str, log_name: str, body: Json) -> Json:
    """Send an action about a log, or none; return the log."""
    path, content = DATABASE_LOG.under(instance).path, {"name": log_name, **body}
    return cast(Json, cloud.call(DATABASE_LOG.service, "POST", path, json=content)["log"])


@log.shower("show", *OF_LOG, fields=(), reads=False)
def show(cloud: Cloud, instance: str, log_name: str) -> Json:
    """Show a log of an instance."""
    return act(cloud, instance, log_name, {})


@log.shower(
    "set",
    *OF_LOG,
    Opt("--enable", "Enable the collection of the log.", value=1),
    Opt("--disable", "Disable the collection of the log.", value=1),
    Opt("--publish", "Publish the log to the object store.", value=1),
    Opt("--discard", "Discard the published log.", value=1),
    fields=(),
)
def set_log(cloud: Cloud, instance: str, log_name: str, body: Json) -> Json:
    """Enable, disable, publish or discard a log of an instance."""
    return act(cloud, instance, log_name, body)


def parts_of(cloud: Cloud, instance: str, log_name: str) -> list[str]:
    """Return the paths of the objects that hold a log, the oldest first.

    Raises:
        OstkError: The log is not published.
    """
    found = act(cloud, instance, log_name, {})
    container, prefix, parts = str(found.get("container") or ""), found.get("prefix"), []
    try:
        if container not in ("", "None"):
            query = {"format": "json", **({"prefix": prefix} if prefix else {})}
            pages = name_pages(lambda params: cloud.send(CONTAINER, "GET", container, params=params), query)
            parts = [part for page in pages for part in page if part.get("name") != found.get("metafile")]
    except HTTPNotFound:
        pass
    if not parts:
        raise OstkError(
            f"The log {log_name!r} of the instance {instance} is not published.",
            "Publish the log with: database log set INSTANCE LOG --publish.",
        )
    parts.sort(key=lambda part: str(part.get("last_modified")))
    return [OBJECT.under(container).at(part["name"]) for part in parts]


def last_lines(cloud: Cloud, parts: list[str], lines: int) -> Iterator[bytes]:
    """Yield the last lines of a log, all of them for 0; no part is requested that holds none of them."""
    if not lines:
        yield from (read(cloud, part) for part in parts)
        return
    found: list[bytes] = []
    for part in reversed(parts):
        found = [*read(cloud, part).splitlines(keepends=True), *found]
        if len(found) >= lines:
            break
    yield from found[-lines:]


def read(cloud: Cloud, path: str) -> bytes:
    """Return the content of an object."""
    return cloud.request(OBJECT.service, "GET", path).content


@log.action("tail", *OF_LOG, Opt("--lines", "Number of lines; 0 is all.", type=COUNT, default=50))
def tail(cloud: Cloud, instance: str, log_name: str, lines: int) -> None:
    """Show the last lines of a published log."""
    text = b"".join(last_lines(cloud, parts_of(cloud, instance, log_name), lines))
    data_output().write(text if text.endswith(b"\n") or not text else text + b"\n")


@log.action("save", *OF_LOG, Opt("--file", "File to write (default: trove-INSTANCE-LOG.log).", metavar="FILE"))
def save(cloud: Cloud, instance: str, log_name: str, file: str | None) -> None:
    """Save a published log to a file."""
    parts = parts_of(cloud, instance, log_name)
    name = file or f"trove-{instance}-{segment(log_name, 'log')}.log"
    with whole(name) as new:
        for part in parts:
            new.write(read(cloud, part))
    write_text(f'Log "{log_name}" written to {name}')
