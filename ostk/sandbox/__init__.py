"""The practice cloud: small OpenStack services inside ostk, for practice, demonstrations and tests.

`--os-cloud sandbox` reaches them in the same process, without a network. Passwords are public, and servers are rows
in a file.
"""

from typing import Any

from ..config import built_in_clouds
from ..http import transports

ADDRESS = "http://sandbox.invalid"  # RFC 2606 reserves .invalid: the name never resolves


def register() -> None:
    """Register the clouds "sandbox" and "sandbox-admin", and the transport to them."""
    built_in_clouds.register("sandbox", entry(ADDRESS, "demo"))
    built_in_clouds.register("sandbox-admin", entry(ADDRESS, "admin"))
    transports.register(ADDRESS, answer)


def entry(address: str, user: str) -> dict[str, Any]:
    """Return the entry of clouds.yaml for a user of the practice cloud at an address."""
    auth = {"auth_url": f"{address}/identity", "username": user, "password": "sandbox", "project_name": user}
    return {"region_name": "RegionOne", "auth": {**auth, "user_domain_id": "default", "project_domain_id": "default"}}


def answer(request: Any, httpx: Any) -> Any:
    """Return the response of the practice cloud to an httpx request; its modules are imported at the first one."""
    from .app import handle_httpx

    return handle_httpx(request, httpx)
