"""The Accelerator (Cyborg) API: its conventions and its resource types.

API reference: https://docs.openstack.org/api-ref/accelerator/
"""

from ..record import replace
from .resource import Resource
from .service import Service

CYBORG = Service(
    "cyborg",
    ("accelerator",),
    "v2",
    microversion_type="accelerator",
    wrapped=False,
    listed_whole=True,
    docs_url="https://docs.openstack.org/api-ref/accelerator/",
)
NEWEST = "2.3"
DEVICE = Resource(CYBORG, "device", "/devices", id="uuid", name="uuid", microversion=NEWEST, docs="#devices")
DEPLOYABLE = Resource(
    CYBORG, "deployable", "/deployables", id="uuid", by_name="", microversion=NEWEST, docs="#deployables"
)
# Of all answers of Cyborg, that to a request for one device profile has an envelope.
DEVICE_PROFILE = Resource(
    replace(CYBORG, wrapped=True),
    "device profile",
    "/device_profiles",
    id="uuid",
    by_name="",
    microversion=NEWEST,
    docs="#device-profiles",
)
DEVICE_ATTRIBUTE = Resource(
    CYBORG, "device attribute", "/attributes", "attribute", id="uuid", name="uuid", microversion=NEWEST
)
ACCELERATOR_REQUEST = Resource(
    CYBORG,
    "accelerator request",
    "/accelerator_requests",
    "arq",
    id="uuid",
    name="uuid",
    status="state",
    microversion=NEWEST,
    docs="#accelerator-requests",
)
