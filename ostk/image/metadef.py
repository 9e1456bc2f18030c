"""What the nouns of metadata definitions share."""

from __future__ import annotations

from ..kinds import METADEF_NAMESPACE
from ..language import Arg, Json, Kind
from ..session.cloud import Cloud, quote

NAMESPACE = Arg("namespace", local=True)
WRITABLE = ("namespace", "display_name", "description", "visibility", "protected", "owner")


def place(name: str, *words: str) -> str:
    """The path of a namespace, or of something in it."""
    return "/".join([METADEF_NAMESPACE.path, *map(quote, (name, *words))])


def change(cloud: Cloud, item: Json, body: Json) -> None:
    """Change some fields of a namespace, and keep the others."""
    put(cloud, METADEF_NAMESPACE, item["namespace"], {**kept(item, WRITABLE), **body})


def put(cloud: Cloud, kind: Kind, name: str, body: Json) -> None:
    """Replace a definition: Glance forgets what is not sent."""
    cloud.call(kind.service, "PUT", f"{kind.path}/{quote(name)}", json=body)


def kept(item: Json, keys: tuple[str, ...]) -> Json:
    """Those of these fields that have a value."""
    return {key: item[key] for key in keys if item.get(key) is not None}
