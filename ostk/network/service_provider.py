"""Network service providers: who makes the services of a network."""

from __future__ import annotations

from ..api.network import NETWORK_SERVICE_PROVIDER
from ..language import Noun

provider = Noun(
    NETWORK_SERVICE_PROVIDER, "See who makes the services of networks.", columns=["service_type name default"]
)
provider.list()
