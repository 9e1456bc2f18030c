"""QoS types: how well shares are served."""

from __future__ import annotations

from typing import Any

from ..errors import OstkError
from ..kinds import SHARE_QOS_TYPE
from ..language import DESCRIPTION, NULL, Arg, Json, KeyValue, Kind, Noun, Opt, each
from ..session.cloud import Cloud
from .lists import LIMIT, NAMED, OFFSET
from .shape import PAIRS, once

KEYS, DIRECTIONS = "id name created_at updated_at".split(), "asc desc".split()

type = Noun(
    SHARE_QOS_TYPE,
    "Manage QoS types: how well shares are served.",
    columns=["id name description specs created_at updated_at"],
    fields=["id name description specs created_at updated_at"],
    formats={"specs": PAIRS},
    in_order=True,
)


def specs(help: str, **attrs: Any) -> Opt:
    """The option for specs."""
    return Opt("--spec", help, key="specs", type=KeyValue(), multiple=True, convert=once, **attrs)


def specified(values: Json) -> None:
    """Refuse specs that are given twice."""
    once(values["spec"])


def sortable(values: Json) -> None:
    """Refuse an order that Manila does not know."""
    for word, known in (("sort_key", KEYS), ("sort_dir", DIRECTIONS)):
        if values[word] is not None and values[word] not in known:
            raise OstkError(f"--{word.replace('_', '-')} is one of {', '.join(known)}.")


type.create(
    Arg("name"), DESCRIPTION, specs("Spec to give it; may be repeated."), defaults={"specs": {}}, refuse=specified
)
type.list(
    NAMED,
    LIMIT,
    OFFSET,
    Opt("--sort-key --sort_key sort_key", "Field to sort by; created_at unless given."),
    Opt("--sort-dir --sort_dir sort_dir", "Order: asc, or desc as it is unless given."),
    refuse=sortable,
)
type.show()


def write(cloud: Cloud, kind: Kind, item: Json, body: Json) -> None:
    """Give a QoS type specs."""
    cloud.call(kind.service, "POST", kind.at(item["id"], "specs"), json=body, microversion=kind.microversion)


def remove(cloud: Cloud, kind: Kind, item: Json, body: Json) -> None:
    """Take specs from a QoS type."""

    def forget(key: str) -> None:
        cloud.request(kind.service, "DELETE", kind.at(item["id"], "specs", key), microversion=kind.microversion)

    each(cloud, forget, body["specs"], "remove", "spec")


type.set(DESCRIPTION, specs("Spec to set; may be repeated.", action=write), refuse=specified)
type.unset(
    Opt("--description", "Take its description away.", value=NULL),
    Opt("--spec", "Spec to remove; may be repeated.", key="specs", multiple=True, action=remove),
)
type.delete()
