"""The practice cloud: OpenStack services small enough to live inside ostk, to practise, show and test with.

No network, no server: `--os-cloud sandbox` reaches them in the same process. Nothing in here is safe for
real work: passwords are known to everyone, and servers are rows in a file.
"""

from __future__ import annotations

from typing import Any

ADDRESS = "http://sandbox.invalid"  # RFC 2606 keeps .invalid free: nobody can ever be at this address


def cloud(name: str) -> dict[str, Any]:
    """A cloud that every ostk knows, shaped as in clouds.yaml: "sandbox" or "sandbox-admin"; else {}."""
    known = {"sandbox": "demo", "sandbox-admin": "admin"}
    return entry(ADDRESS, known[name]) if name in known else {}


def entry(address: str, user: str) -> dict[str, Any]:
    """What clouds.yaml says about the practice cloud at an address, for one of its users."""
    auth = {"auth_url": f"{address}/identity", "username": user, "password": "sandbox", "project_name": user}
    return {"region_name": "RegionOne", "auth": {**auth, "user_domain_id": "default", "project_domain_id": "default"}}


def answer(request: Any, httpx: Any) -> Any:
    """The practice cloud's answer to a request of httpx; nothing of it is imported before the first one."""
    from .app import handle_httpx

    return handle_httpx(request, httpx)
