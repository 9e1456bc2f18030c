"""Network service providers: the drivers that implement service types such as L3 or VPN."""

from ..api.network import NETWORK_SERVICE_PROVIDER
from ..language import Noun

provider = Noun(NETWORK_SERVICE_PROVIDER, "List network service providers.", columns=["service_type name default"])
provider.list()
