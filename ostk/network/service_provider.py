"""Network service providers: who makes the services of a network."""

from __future__ import annotations

from ..kinds import NETWORK_SERVICE_PROVIDER
from ..language.kind import Column
from ..language.noun import Noun

provider = Noun(
    NETWORK_SERVICE_PROVIDER,
    "See who makes the services of networks.",
    columns=[Column("service_type"), Column("name"), Column("default")],
)
provider.list()
