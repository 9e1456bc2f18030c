"""Fields of database instances, as lists and `show` print them."""

from collections.abc import Callable
from typing import Any

from ..language import Column, Json


def size_of(item: Json) -> Any:
    """Return the size of the volume of an instance, in GiB; "-" for an instance without a volume."""
    return (item.get("volume") or {}).get("size", "-")


def role_of(item: Json) -> str:
    """Return the role of an instance in replication."""
    return "primary" if "replicas" in item else "replica" if "replica_of" in item else ""


def is_public(item: Json) -> Any:
    """Return whether an instance can be reached from outside of the cloud; "" where the service does not say."""
    return item["access"].get("is_public", False) if "access" in item else ""


COLUMNS: list[Column | str] = [
    "id, name, datastore.type=Datastore, datastore.version=Datastore Version, status",
    Column("operating_status", value=lambda item: item.get("operating_status", "")),
    Column("access.is_public", "Public", value=is_public),
    Column("addresses", value=lambda item: item.get("addresses", "")),
    Column("flavor.id", "Flavor ID"),
    Column("volume.size", "Size", value=size_of),
    Column("role", value=role_of),
    Column("server_id", "Server ID", given="all_projects project_id"),
    Column("tenant_id", "Tenant ID", given="all_projects project_id"),
]


def flat(item: Json) -> Json:
    """Return an instance without nested objects: the ID of the flavor for the flavor, and so on."""
    found = {key: value for key, value in item.items() if key not in ("links", "fault", "access")}
    found |= {
        key: item[key].get("id") for key in ("flavor", "configuration", "replica_of") if isinstance(item.get(key), dict)
    }
    for key in ("volume", "datastore", "fault", "access", "networks"):
        found |= PARTS[key](item[key]) if isinstance(item.get(key), dict) else {}
    if "ip" in item:
        found["ip"] = ", ".join(item["ip"])
    if "replicas" in item:
        found["replicas"] = ", ".join(replica["id"] for replica in item["replicas"])
    return found


def flat_fault(fault: Json) -> Json:
    """Return the fields of a failure."""
    details = {"fault_details": fault["details"]} if fault.get("details") else {}
    return {"fault": fault.get("message"), "fault_date": fault.get("created"), **details}


def flat_volume(volume: Json) -> Json:
    """Return the fields of a volume: the size, and the used space where it is known."""
    return {"volume": volume.get("size"), **({"volume_used": volume["used"]} if "used" in volume else {})}


PARTS: dict[str, Callable[[Json], Json]] = {
    "volume": flat_volume,
    "datastore": lambda found: {
        "datastore": found.get("type"),
        "datastore_version": found.get("version"),
        "datastore_version_number": found.get("version_number"),
    },
    "fault": flat_fault,
    "access": lambda found: {"public": found.get("is_public", False), "allowed_cidrs": found.get("allowed_cidrs", [])},
    "networks": lambda found: {"networks": found.get("name"), "networks_id": found.get("id")},
}
