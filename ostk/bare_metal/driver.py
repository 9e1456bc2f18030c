"""Drivers: the hardware types that the conductors offer."""

from ..api.bare_metal import DRIVER
from ..language import LONG, Cloud, Items, Json, Opt, exclusive, target
from .fields import Rows, columns, fetch, fields_option, joined, list_all
from .node_options import INTERFACES
from .vendor import CALL, call_method, method_rows
from .verbs import described

FIELDS = [
    "name type hosts",
    *(f"default_{name}_interface" for name in INTERFACES),
    *(f"enabled_{name}_interfaces" for name in INTERFACES),
]
PROPERTY = columns("property description")
ONE = target(DRIVER, as_typed=True)
driver = described(DRIVER, "Manage drivers of bare metal nodes.", " ".join(FIELDS), "name hosts")


@driver.lister(
    "list",
    Opt("--type", "Filter by type.", choices="classic dynamic"),
    *exclusive(LONG, fields_option(driver.fields)),
    also=driver.fields,
)
def list_drivers(cloud: Cloud, body: Json, values: Json) -> Rows:
    """List drivers."""
    shown, found = list_all(cloud, DRIVER, body, values, driver.columns, driver.fields)
    return shown, map(joined, sorted(found, key=lambda item: str(item.get("name"))))


@driver.shower("show", ONE, fields_option(driver.fields), fields=[])
def show(cloud: Cloud, driver: str, fields: tuple[str, ...]) -> Json:
    """Show a driver."""
    return joined(fetch(cloud, DRIVER, driver, fields, ["properties"]))


def property_rows(cloud: Cloud, *path: str) -> list[Json]:
    """Return properties of a driver with their descriptions, sorted by name."""
    found: dict[str, str] = cloud.send(DRIVER, "GET", *path)
    return [{"property": name, "description": found[name]} for name in sorted(found)]


@driver.lister("property list", ONE, columns=PROPERTY)
def list_properties(cloud: Cloud, driver: str) -> list[Json]:
    """List the properties of a driver: the keys of the driver info of nodes."""
    return property_rows(cloud, driver, "properties")


@driver.lister("raid property list", ONE, columns=PROPERTY)
def list_raid_properties(cloud: Cloud, driver: str) -> list[Json]:
    """List the RAID logical disk properties of a driver."""
    return property_rows(cloud, driver, "raid", "logical_disk_properties")


@driver.lister("passthru list", ONE, columns=columns("name http_methods async description attach"))
def list_methods(cloud: Cloud, driver: str) -> Items:
    """List the vendor passthru methods of a driver."""
    return method_rows(cloud.send(DRIVER, "GET", driver, "vendor_passthru", "methods"))


@driver.shower("passthru call", ONE, CALL, fields=[])
def call_vendor(cloud: Cloud, driver: str, body: Json, values: Json) -> Json | None:
    """Call a vendor passthru method of a driver, and show the response."""
    return call_method(cloud, DRIVER, driver, body, values)  # type: ignore[no-any-return]
