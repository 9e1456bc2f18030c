"""Providers: the drivers that implement load balancers."""

from ..api.load_balancer import PROVIDER
from ..language import Arg, Cloud, Flag, Items, Noun, exclusive
from ..record import replace

provider = Noun(
    PROVIDER, "List providers of load balancers, and capabilities of a provider.", columns=["name= description="]
)
provider.list()


@provider.lister(
    "capability list",
    Arg("provider", "Provider.", names=PROVIDER),
    exclusive(
        Flag("--flavor", "List capabilities for flavors only."),
        Flag("--availability-zone", "List capabilities for availability zones only."),
    ),
    columns=["type= name= description="],
)
def list_capabilities(cloud: Cloud, provider: str, flavor: bool, availability_zone: bool) -> Items:
    """List the capabilities of a provider for flavors and availability zones (admin only)."""
    for kind, left_out in ("flavor", availability_zone), ("availability_zone", flavor):
        if not left_out:
            key = f"{kind}_capability"
            path = PROVIDER.at(provider, f"{kind}_capabilities")
            capabilities = replace(PROVIDER, path=path, key=key, plural=f"{kind}_capabilities")
            yield from ({**item, "type": kind} for item in cloud.pages(capabilities))
