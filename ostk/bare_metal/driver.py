"""Drivers: the hardware types that the conductors offer."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.bare_metal import DRIVER
from ..language import LONG, Json, Noun, Opt, exclusive
from ..session.cloud import Cloud
from .fields import Rows, argument, call, column, columns, fetch, fields_option, list_all, some
from .vendor import CALL, METHOD_FIELDS, call_method, method_rows

INTERFACES = "bios boot console deploy firmware inspect management network power raid rescue storage vendor".split()
FIELDS = " ".join(
    [
        "name type hosts",
        *(f"default_{name}_interface" for name in INTERFACES),
        *(f"enabled_{name}_interfaces" for name in INTERFACES),
    ]
)
DETAILED = columns(FIELDS)
PROPERTY = columns("property description")
driver = Noun(DRIVER, "Manage drivers of bare metal nodes.", columns=some(DETAILED, "name hosts"))


def joined(item: Json) -> Json:
    """Return a driver with each list as one text."""
    return {key: ", ".join(map(str, value)) if isinstance(value, list) else value for key, value in item.items()}


@driver.lister(
    "list",
    Opt("--type", "Filter by type.", choices="classic dynamic"),
    *exclusive(LONG, fields_option(FIELDS)),
    also=DETAILED,
)
def list_drivers(cloud: Cloud, body: Json, values: Json) -> Rows:
    """List drivers."""
    shown, found = list_all(cloud, DRIVER, body, values, "name hosts", DETAILED)
    return shown, map(joined, sorted(found, key=lambda item: str(item.get("name"))))


@driver.shower("show", argument(DRIVER), fields_option(FIELDS), fields=[])
def show(cloud: Cloud, driver: str, fields: tuple[str, ...]) -> Json:
    """Show a driver."""
    return joined(fetch(cloud, DRIVER, driver, fields, ["properties"]))


def property_rows(cloud: Cloud, *path: str) -> list[Json]:
    """Return properties of a driver with their descriptions, sorted by name."""
    found: dict[str, str] = call(cloud, "GET", DRIVER.at(*path))
    return [{"property": name, "description": found[name]} for name in sorted(found)]


@driver.lister("property list", argument(DRIVER), columns=PROPERTY)
def list_properties(cloud: Cloud, driver: str) -> list[Json]:
    """List settings (driver info) that a driver knows."""
    return property_rows(cloud, driver, "properties")


@driver.lister("raid property list", argument(DRIVER), columns=PROPERTY)
def list_raid_properties(cloud: Cloud, driver: str) -> list[Json]:
    """List properties of RAID logical disks that a driver knows."""
    return property_rows(cloud, driver, "raid", "logical_disk_properties")


@driver.lister("passthru list", argument(DRIVER), columns=[column(one.key) for one in METHOD_FIELDS])
def list_methods(cloud: Cloud, driver: str) -> Iterator[Json]:
    """List the methods of the vendor that a driver has."""
    return method_rows(call(cloud, "GET", f"{DRIVER.at(driver, 'vendor_passthru', 'methods')}"))


@driver.shower("passthru call", argument(DRIVER), CALL, fields=[])
def call_vendor(cloud: Cloud, driver: str, body: Json, values: Json) -> Json | None:
    """Call a method of the vendor for a driver, and show the answer."""
    found: Json | None = call_method(cloud, DRIVER, driver, body, values)
    return found
