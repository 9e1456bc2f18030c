"""Network flavor profiles: the drivers that make what a network flavor promises."""

from __future__ import annotations

from ..api.network import NETWORK_FLAVOR_PROFILE
from ..errors import OstkError
from ..language import DESCRIPTION, PAGES, Noun, Opt
from .extra_properties import EXTRA, others

profile = Noun(
    NETWORK_FLAVOR_PROFILE,
    "Manage the profiles of network flavors.",
    columns=["id driver enabled metainfo description"],
    fields=["description driver enabled id metainfo=meta_info", *others("name project_id")],
)
OPTIONS = [
    DESCRIPTION,
    Opt("--enable/--disable", "Whether it is used.", key="enabled"),
    Opt("--driver", "Python path of the driver."),
    Opt("--metainfo", "What the driver is told."),
    EXTRA,
]


def useful(driver: str | None, metainfo: str | None) -> None:
    """Refuse a profile that says nothing."""
    if driver is None and metainfo is None:
        raise OstkError("A profile needs --driver, --metainfo, or both.")


profile.create(OPTIONS, validate=useful)
profile.list(PAGES)
profile.show()
profile.set(OPTIONS)
profile.delete()
