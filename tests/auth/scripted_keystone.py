"""A scripted Keystone, and settings without files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ostk.config.settings import Settings, Value

Json = dict[str, Any]
Reply = tuple[int, dict[str, str], Any]
ENDPOINTS = [
    {"interface": "public", "region": "One", "region_id": "One", "url": "http://c:8774/v2.1", "id": "e1"},
    {"interface": "internal", "region": "One", "region_id": "One", "url": "http://in:8774/v2.1", "id": "e2"},
    {"interface": "public", "region": "Two", "region_id": "Two", "url": "http://two:8774/v2.1/", "id": "e3"},
]
V3_BODY: Json = {
    "token": {
        "expires_at": "2099-01-01T00:00:00.000000Z",
        "issued_at": "2026-01-01T00:00:00.000000Z",
        "user": {"id": "u1", "name": "alice", "domain": {"id": "default", "name": "Default"}},
        "project": {"id": "p1", "name": "web", "domain": {"id": "default", "name": "Default"}},
        "roles": [{"id": "r1", "name": "member"}],
        "catalog": [{"type": "compute", "name": "nova", "id": "s1", "endpoints": ENDPOINTS}],
    }
}
V2_BODY: Json = {
    "access": {
        "token": {"id": "T2", "expires": "2099-01-01T00:00:00.000-05:00", "tenant": {"id": "p1", "name": "web"}},
        "user": {"id": "u1", "name": "alice", "roles": [{"name": "member"}]},
        "serviceCatalog": [
            {
                "type": "compute",
                "name": "nova",
                "endpoints": [
                    {"region": "DFW", "tenantId": "p1", "publicURL": "http://c/v2/p1", "adminURL": "http://a/v2/p1"}
                ],
            }
        ],
    }
}
GRANTED: Reply = (201, {"X-Subject-Token": "T1"}, V3_BODY)


def settings(**values: Any) -> Settings:
    """Return settings whose sources are variables: OS_<KEY>."""
    return Settings({key: Value(value, f"OS_{key.upper()}") for key, value in values.items()})


class ScriptedKeystone:
    """Scripted responses by method and URL; `asked` has the requests."""

    def __init__(self, replies: Mapping[str, Reply]) -> None:
        self.replies = replies
        self.asked: list[tuple[str, Any]] = []

    def send(self, method: str, url: str, headers: dict[str, str], body: Any) -> Reply:
        self.asked.append((f"{method} {url}", body))
        return self.replies.get(f"{method} {url}", (404, {}, "<h1>Not Found</h1>"))
