"""API extensions of the identity, compute, volume and network services."""

from ..api.block_storage import CINDER
from ..api.compute import NOVA
from ..api.identity import KEYSTONE
from ..api.network import NETWORK_EXTENSION, NEUTRON
from ..errors import OstkError
from ..language import LONG, Arg, Cloud, Column, Flag, Json, Noun

extension = Noun(
    NETWORK_EXTENSION,
    "Show API extensions.",
    columns=["name alias description"],
    long=["namespace", Column("updated", "Updated At"), "links"],
    fields=["alias description name updated=updated_at"],
)
SERVICES = {"identity": KEYSTONE, "compute": NOVA, "volume": CINDER, "network": NEUTRON}


@extension.lister("list", *(Flag(f"--{name}", f"List extensions of the {name} service.") for name in SERVICES), LONG)
def list_extensions(cloud: Cloud, values: Json) -> list[Json]:
    """List API extensions of the given services (default: all services)."""

    def fetch_extensions(name: str) -> list[Json]:
        if name == "identity":  # the Identity API v3 has no list of extensions
            return []
        try:
            found = cloud.call(SERVICES[name], "GET", "/extensions")["extensions"]
            return [{"namespace": "", **item} for item in found]  # Neutron's extensions have none
        except OstkError as error:
            OstkError(f"The extensions of the {name} service could not be listed: {error.message}").show()
            return []

    names = [name for name in SERVICES if values[name]] or list(SERVICES)
    return [row for rows in cloud.map_concurrent(fetch_extensions, names) for row in rows]


@extension.shower("show", Arg("extension", "Network extension.", names=NETWORK_EXTENSION))
def show_extension(cloud: Cloud, extension: str) -> Json:
    """Show an extension of the network service."""
    return cloud.get(NETWORK_EXTENSION, extension)
