"""Extensions: what the services of a cloud can do beyond the least."""

from __future__ import annotations

from ..api.block_storage import CINDER
from ..api.compute import NOVA
from ..api.identity import KEYSTONE
from ..api.network import NETWORK_EXTENSION, NEUTRON
from ..errors import OstkError
from ..language import LONG, Arg, Column, Flag, Json, Noun
from ..session.cloud import Cloud

extension = Noun(
    NETWORK_EXTENSION,
    "See what the services can do beyond the least.",
    columns=["name alias description"],
    long=["namespace", Column("updated", "Updated At"), "links"],
    fields=["alias description name updated=updated_at"],
)
SERVICES = {"identity": KEYSTONE, "compute": NOVA, "volume": CINDER, "network": NEUTRON}


@extension.lister("list", *(Flag(f"--{name}", f"Those of the {name} service.") for name in SERVICES), LONG)
def list_extensions(cloud: Cloud, values: Json) -> list[Json]:
    """List extensions, those of all services unless some are named."""

    def found(name: str) -> list[Json]:
        if name == "identity":  # Keystone lists none since v3
            return []
        try:
            return list(cloud.call(SERVICES[name], "GET", "/extensions")["extensions"])
        except OstkError as error:
            OstkError(f"The {name} service does not tell its extensions: {error.message}").show()
            return []

    names = [name for name in SERVICES if values[name]] or list(SERVICES)
    return [row for rows in cloud.map_concurrent(found, names) for row in rows]


@extension.shower("show", Arg("extension", not_sent=True, names=NETWORK_EXTENSION))
def show_extension(cloud: Cloud, extension: str) -> Json:
    """Show an extension of the network service."""
    return cloud.get(NETWORK_EXTENSION, extension)
