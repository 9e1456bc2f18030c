"""Network meters: the metering labels of the L3 metering service."""

from ..api.network import METER
from ..language import DESCRIPTION, PAGES, Arg, Noun
from ..owner import OWNER
from .extra_properties import EXTRA
from .fields import OTHER_FIELDS
from .shared_options import SHARE_BY_OWNER

meter = Noun(
    METER,
    "Manage network meters: traffic metering labels.",
    columns=["id name description shared"],
    fields=["description id name project_id shared", *OTHER_FIELDS],
)
meter.create(Arg("name", "Name of the network meter."), DESCRIPTION, OWNER, SHARE_BY_OWNER, EXTRA)
meter.list(PAGES)
meter.show()
meter.delete()
