"""Network flavor profiles: the service profiles (drivers and metadata) that implement network flavors."""

from ..api.network import NETWORK_FLAVOR_PROFILE
from ..errors import OstkError
from ..language import DESCRIPTION, PAGES, Noun, Opt
from .extra_properties import EXTRA
from .fields import other_fields

profile = Noun(
    NETWORK_FLAVOR_PROFILE,
    "Manage network flavor profiles: drivers for network flavors.",
    columns=["id driver enabled metainfo description"],
    fields=["description driver enabled id metainfo=meta_info", *other_fields("name project_id")],
    admin="list show create set delete",
)
OPTIONS = [
    DESCRIPTION,
    Opt("--enable/--disable", "Enable or disable the service profile.", key="enabled"),
    Opt("--driver", "Python path of the driver."),
    Opt("--metainfo", "Metadata for the driver, e.g. a JSON text."),
    EXTRA,
]


def validate_profile(driver: str | None, metainfo: str | None) -> None:
    """Require a driver or metadata: Neutron rejects a service profile without both."""
    if driver is None and metainfo is None:
        raise OstkError("A network flavor profile needs --driver, --metainfo, or both.")


profile.create(OPTIONS, validate=validate_profile)
profile.list(PAGES)
profile.show()
profile.set(OPTIONS)
profile.delete()
