"""The instances of a cluster, as --instance describes them."""

import re
from collections.abc import Sequence
from typing import Any

import click

from ..api.database import DATABASE_FLAVOR, MODULE
from ..api.network import NETWORK, SUBNET
from ..api.resource import Resource
from ..language import Cloud, Json, KeyValues, Value
from .options import NIC_FIELDS

KEYS = "flavor volume volume_type nic availability_zone module type related_to name region".split()
SEVERAL = ("nic", "module", "type")
PART = re.compile(r"""\s*([^=,]+)=("[^"]*"|'[^']*'|[^,]*)\s*(?:,|$)""")
NIC = KeyValues(optional=[*NIC_FIELDS, "port-id", "v4-fixed-ip"])


class NewInstance(click.ParamType[dict[str, list[str]]]):
    """The type KEY=VALUE,… of an instance of a cluster; a value with commas is in quotes, and keys may be repeated."""

    name = "key=value,…"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dict[str, list[str]]:
        """Return the values of each key."""
        if isinstance(value, dict):
            return value
        found: dict[str, list[str]] = {}
        place = 0
        while place < len(value):
            part = PART.match(value, place)
            if part is None:
                self.fail(f"{value[place:]!r} is not KEY=VALUE.", param, ctx)
            key, text = part[1].strip(), part[2].strip()
            if key not in KEYS:
                self.fail(f"{key!r} is not one of {', '.join(KEYS)}.", param, ctx)
            if key in found and key not in SEVERAL:
                self.fail(f"{key} is given more than once in {value!r}.", param, ctx)
            quoted = text[:1] in ("'", '"') and text[-1:] == text[:1]
            found.setdefault(key, []).append(text[1:-1] if quoted else text)
            place = part.end()
        self.check(found, value, param, ctx)
        return found

    def check(
        self, found: dict[str, list[str]], text: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> None:
        """Fail if a needed key is missing or a value is none of its key."""
        if missing := [key for key in ("flavor", "volume") if not found.get(key, [""])[0]]:
            self.fail(f"{', '.join(missing)} missing in {text!r}.", param, ctx)
        if not found["volume"][0].isdecimal():
            self.fail(f"volume={found['volume'][0]} is not a size in GiB.", param, ctx)
        for nic in found.get("nic", []):
            NIC.convert(nic, param, ctx)


INSTANCES = Value(
    "--instance instances...",
    "Instance: flavor=FLAVOR,volume=GIB; also nic='net-id=NETWORK,…', volume_type, module and name.",
    type=NewInstance(),
    required=True,
)


def request_instances(cloud: Cloud, given: Sequence[dict[str, list[str]]]) -> list[Json]:
    """Return the instances of a request; flavors, networks and modules may be named by name."""
    return cloud.map_concurrent(lambda one: request_instance(cloud, one), given)


def request_instance(cloud: Cloud, given: dict[str, list[str]]) -> Json:
    """Return an instance of a request."""
    volume = {"size": given["volume"][0], **({"type": given["volume_type"][0]} if "volume_type" in given else {})}
    found: Json = {"flavorRef": cloud.find(DATABASE_FLAVOR, given["flavor"][0]), "volume": volume}
    if "nic" in given:
        found["nics"] = [request_nic(cloud, nic) for nic in given["nic"]]
    if "module" in given:
        found["modules"] = [{"id": cloud.find(MODULE, name)} for name in given["module"]]
    if "type" in given:
        found["type"] = given["type"]
    plain: Json = {key: given[key][0] for key in ("availability_zone", "related_to", "name") if key in given}
    return {**found, **plain, **({"region_name": given["region"][0]} if "region" in given else {})}


def request_nic(cloud: Cloud, text: str) -> Json:
    """Return the network interface of a request."""
    kinds: dict[str, Resource] = {"net-id": NETWORK, "subnet-id": SUBNET}
    return {
        NIC_FIELDS.get(key, key): cloud.find(kinds[key], value) if key in kinds else value
        for key, value in NIC.convert(text, None, None).items()
        if value
    }
