"""Lists that are narrowed here: Neutron's plugins for BGP, BGP VPNs and taps refuse every filter."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..language import Json, Resource, properties
from ..session.cloud import Cloud


def chosen(cloud: Cloud, resource: Resource, wanted: Json) -> Iterator[Json]:
    """Those of a kind whose fields are as wanted or, where they are lists, hold what is wanted."""
    found = cloud.pages(resource)
    return (one for one in found if all(fits(one.get(key), value) for key, value in wanted.items()))


def fits(value: Any, text: str) -> bool:
    """Whether a value is written so, or one of a list."""
    if isinstance(value, list):
        return any(fits(one, text) for one in value)
    return text in (str(value), json.dumps(value))


PROPERTY = properties("Only those whose field is so; repeatable.", not_sent=True)
