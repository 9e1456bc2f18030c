"""Values of the options of ports that have a form of their own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

import click

from ..errors import OstkError
from ..language import Json
from .extra_properties import joined
from .lists import Parts

STEERING = [{"openvswitch": {"other_config": {"tx-steering": how}}} for how in ("thread", "hash")]


class DhcpOption(Parts):
    """name=NAME,value=VALUE,ip-version=VERSION, where the value may hold commas."""

    def parts(self, text: str) -> list[str]:
        """Split at the commas that a key follows."""
        return re.split(r",(?=[^,=]+=)", text)


class JsonOrPair(click.ParamType[Json]):
    """KEY=VALUE, or a JSON object."""

    name = "key=value or json"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Json:
        """Read JSON, or split at the first equals sign."""
        if isinstance(value, dict):
            return value
        try:
            found = json.loads(value)
        except ValueError:
            key, equals, text = value.partition("=")
            found = {key: text} if equals and key else None
        if not isinstance(found, dict):
            self.fail(f"{value!r} is neither KEY=VALUE nor a JSON object.", param, ctx)
        return found


def hints(values: Iterable[Json]) -> Json:
    """Hints as Neutron has them, from those or from their aliases. Errors: OstkError for others."""
    given = joined(values)
    if given.keys() == {"ovs-tx-steering"}:
        given = {"openvswitch": {"other_config": {"tx-steering": given["ovs-tx-steering"]}}}
    if given not in STEERING:
        raise OstkError("A hint is ovs-tx-steering=thread, ovs-tx-steering=hash, or the same as JSON.")
    return given
