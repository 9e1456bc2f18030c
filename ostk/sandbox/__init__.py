"""The practice cloud: OpenStack services small enough to live inside ostk, to practise, show and test with.

No network, no server: `--os-cloud sandbox` reaches them in the same process. Nothing in here is safe for
real work: passwords are known to everyone, and servers are rows in a file.
"""

from __future__ import annotations

from typing import Any

from ..config import built_in_clouds
from ..http import transports

ADDRESS = "http://sandbox.invalid"  # RFC 2606 keeps .invalid free: nobody can ever be at this address


def register() -> None:
    """Make the sandbox known to ostk: its clouds "sandbox" and "sandbox-admin", and the transport to it."""
    built_in_clouds.register("sandbox", entry(ADDRESS, "demo"))
    built_in_clouds.register("sandbox-admin", entry(ADDRESS, "admin"))
    transports.register(ADDRESS, answer)


def entry(address: str, who: str) -> dict[str, Any]:
    """What clouds.yaml says about the practice cloud at an address, for one of its users."""
    auth = {"auth_url": f"{address}/identity", "username": who, "password": "sandbox", "project_name": who}
    return {"region_name": "RegionOne", "auth": {**auth, "user_domain_id": "default", "project_domain_id": "default"}}


def answer(request: Any, httpx: Any) -> Any:
    """The practice cloud's answer to a request of httpx; nothing of it is imported before the first one."""
    from .app import inside

    return inside(request, httpx)
