"""The services that ostk has commands for."""

from .accelerator import CYBORG
from .alarming import AODH
from .bare_metal import IRONIC
from .block_storage import CINDER
from .compute import NOVA
from .container_infra import MAGNUM
from .database import TROVE
from .dns import DESIGNATE
from .identity import KEYSTONE
from .image import GLANCE
from .key_manager import BARBICAN
from .load_balancer import OCTAVIA
from .metric import GNOCCHI
from .network import NEUTRON
from .object_store import SWIFT
from .orchestration import HEAT
from .placement import PLACEMENT
from .service import Service
from .shared_file_system import MANILA

SERVICES = (
    KEYSTONE,
    NOVA,
    NEUTRON,
    CINDER,
    GLANCE,
    SWIFT,
    PLACEMENT,
    MANILA,
    HEAT,
    OCTAVIA,
    DESIGNATE,
    BARBICAN,
    IRONIC,
    MAGNUM,
    TROVE,
    CYBORG,
    GNOCCHI,
    AODH,
)


def known_service(name: str) -> Service | None:
    """Return the service with this project name, setting or service type, None if ostk has no commands for it."""
    return next((one for one in SERVICES if name in (one.name, one.setting, *one.types)), None)
