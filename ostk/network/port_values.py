"""Parameter types for the options of ports: DHCP options, JSON or KEY=VALUE, and port hints."""

import json
import re
from typing import Any

import click

from ..errors import OstkError
from ..language import Items, Json
from .extra_properties import merge_objects
from .list_fields import FieldKeyValues

VALID_HINTS = [{"openvswitch": {"other_config": {"tx-steering": mode}}} for mode in ("thread", "hash")]


class DhcpOption(FieldKeyValues):
    """Parse `name=NAME,value=VALUE,ip-version=VERSION`; the value may contain commas."""

    def parts(self, text: str) -> list[str]:
        """Split at each comma that is followed by a key and an equals sign."""
        return re.split(r",(?=[^,=]+=)", text)


class JsonOrPair(click.ParamType[Json]):
    """A KEY=VALUE pair or a JSON object, as an object."""

    name = "key=value|json"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Json:
        """Parse JSON, or split at the first equals sign."""
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


def parse_hints(values: Items) -> Json:
    """Return the field `hints` of a port from its JSON form or from the alias ovs-tx-steering=thread|hash.

    Raises:
        OstkError: The hint is unknown.
    """
    hints = merge_objects(values)
    if hints.keys() == {"ovs-tx-steering"}:
        hints = {"openvswitch": {"other_config": {"tx-steering": hints["ovs-tx-steering"]}}}
    if hints not in VALID_HINTS:
        raise OstkError("--hint takes ovs-tx-steering=thread, ovs-tx-steering=hash, or the same as JSON.")
    return hints
