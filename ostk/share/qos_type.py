"""QoS types: how well shares are served."""

from __future__ import annotations

from typing import Any

from ..api.shared_file_system import SHARE_QOS_TYPE
from ..language import DESCRIPTION, NULL, Arg, Json, KeyValue, Noun, Opt, Resource
from ..session.cloud import Cloud
from .lists import LIMIT, NAMED, OFFSET, sorting
from .metadata import forget, writes
from .shape import PAIRS, once

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


type.create(
    Arg("name"), DESCRIPTION, specs("Spec to give it; may be repeated."), defaults={"specs": {}}, validate=specified
)
type.list(NAMED, LIMIT, OFFSET, sorting("id name created_at updated_at"))
type.show()


def remove(cloud: Cloud, resource: Resource, item: Json, body: Json) -> None:
    """Take specs from a QoS type."""
    forget(cloud, resource, item["id"], "specs", body["specs"], "spec")


type.set(DESCRIPTION, specs("Spec to set; may be repeated.", action=writes(below="specs")), validate=specified)
type.unset(
    Opt("--description", "Take its description away.", value=NULL),
    Opt("--spec", "Spec to remove; may be repeated.", key="specs", multiple=True, action=remove),
)
type.delete()
