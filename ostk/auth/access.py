"""Access: a token with its user, scope, roles and catalog, from a response of Keystone v3 or v2.0."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..record import Record, as_dict

Json = dict[str, Any]
MARGIN = 60  # seconds before its expiry at which a token counts as expired
V2_INTERFACES = {"publicURL": "public", "internalURL": "internal", "adminURL": "admin"}


class Access(Record):
    """A token with its user, scope, roles and catalog.

    `version` is "v3", "v2.0" or, without Keystone, "". Times are as the API gives them.
    `catalog` always has the v3 shape: [{"type", "name", "id", "endpoints": [{"interface", "region",
    "region_id", "url", "id"}]}]. A `token` that begins with "Basic " is HTTP basic authentication.
    `access_rules` are those of the application credential, if it has any: [{"method", "path", "service"}].
    """

    token: str
    expires_at: str = ""
    issued_at: str = ""
    version: str = "v3"
    user_id: str = ""
    user_name: str = ""
    user_domain_id: str = ""
    user_domain_name: str = ""
    project_id: str = ""
    project_name: str = ""
    project_domain_id: str = ""
    project_domain_name: str = ""
    domain_id: str = ""
    domain_name: str = ""
    system: bool = False
    roles: tuple[str, ...] = ()
    trust_id: str = ""
    bearer: str = ""  # an OAuth 2.0 access token, sent beside the token
    access_rules: list[dict[str, str]] = []
    catalog: list[Json] = []
    service_providers: list[Json] = []

    @property
    def scoped(self) -> bool:
        """Whether the token is scoped to a project, a domain or the system."""
        return bool(self.project_id or self.domain_id or self.system)

    def known(self, what: str) -> dict[str, str]:
        """Return the IDs and names in the token, ID → name, of a type: "user", "project" or "domain"."""
        pairs = {
            "user": [(self.user_id, self.user_name)],
            "project": [(self.project_id, self.project_name)],
            "domain": [
                (self.user_domain_id, self.user_domain_name),
                (self.project_domain_id, self.project_domain_name),
                (self.domain_id, self.domain_name),
            ],
        }
        return {id: name for id, name in pairs.get(what, []) if id}

    def has_id(self, what: str, text: str) -> bool:
        """Return whether a text is the ID of this token's user, project or domain."""
        return text in self.known(what)

    def own(self, what: str, name_or_id: str) -> str:
        """Return the ID of this token's user, project or domain if that is its name, else the text itself."""
        found = [id for id, name in self.known(what).items() if name == name_or_id]
        return found[0] if found else name_or_id

    def as_json(self) -> Json:
        """Return plain data for JSON; it is secret: it has the token."""
        return as_dict(self)

    @classmethod
    def from_json(cls, data: Any) -> Access | None:
        """Return the access that `as_json` was called on, None if the data is anything else."""
        if not isinstance(data, dict) or set(data) != set(cls.FIELDS):
            return None
        if not isinstance(data["token"], str) or not isinstance(data["catalog"], list):
            return None
        return cls(**{**data, "roles": tuple(data["roles"] or ())})

    def expires_soon(self, now: float | None = None) -> bool:
        """Return whether the token expires within MARGIN seconds; without a known time it never does."""
        at = seconds(self.expires_at)
        if at is None:
            return False
        if now is None:
            import time

            now = time.time()
        return at - MARGIN <= now


def seconds(text: str) -> float | None:
    """Return an ISO 8601 time as seconds since 1970, None if the text is none; UTC if it has no time zone."""
    from datetime import UTC, datetime

    try:
        at = datetime.fromisoformat(text.strip())
    except (ValueError, AttributeError):
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()


def read_v3(token: str, body: Any) -> Access | None:
    """Return the access in a response to POST /v3/auth/tokens, None if the body has another shape."""
    data = body.get("token") if isinstance(body, dict) else None
    if not token or not isinstance(data, dict):
        return None
    user, project, domain = _part(data, "user"), _part(data, "project"), _part(data, "domain")
    return Access(
        token=token,
        expires_at=_text(data, "expires_at"),
        issued_at=_text(data, "issued_at"),
        version="v3",
        user_id=_text(user, "id"),
        user_name=_text(user, "name"),
        user_domain_id=_text(_part(user, "domain"), "id"),
        user_domain_name=_text(_part(user, "domain"), "name"),
        project_id=_text(project, "id"),
        project_name=_text(project, "name"),
        project_domain_id=_text(_part(project, "domain"), "id"),
        project_domain_name=_text(_part(project, "domain"), "name"),
        domain_id=_text(domain, "id"),
        domain_name=_text(domain, "name"),
        system=bool(_part(data, "system").get("all")),
        roles=_names(data.get("roles")),
        trust_id=_text(_part(data, "OS-TRUST:trust"), "id"),
        service_providers=_items(data.get("service_providers")),
        access_rules=[
            {key: _text(rule, key) for key in ("method", "path", "service")}
            for rule in _items(_part(data, "application_credential").get("access_rules"))
        ],
        catalog=[
            {
                "type": _text(service, "type"),
                "name": _text(service, "name"),
                "id": _text(service, "id"),
                "endpoints": [
                    {key: _text(one, key) for key in ("id", "interface", "region_id", "url", "region")}
                    for one in _items(service.get("endpoints"))
                ],
            }
            for service in _items(data.get("catalog"))
        ],
    )


def read_v2(body: Any) -> Access | None:
    """Return the access in a response to POST /v2.0/tokens, None if the body has another shape."""
    data = body.get("access") if isinstance(body, dict) else None
    token = _part(data, "token") if isinstance(data, dict) else {}
    if not isinstance(data, dict) or not _text(token, "id"):
        return None
    user, tenant = _part(data, "user"), _part(token, "tenant")
    return Access(
        token=_text(token, "id"),
        expires_at=_text(token, "expires"),
        issued_at=_text(token, "issued_at"),
        version="v2.0",
        user_id=_text(user, "id"),
        user_name=_text(user, "name") or _text(user, "username"),
        project_id=_text(tenant, "id"),
        project_name=_text(tenant, "name"),
        roles=_names(user.get("roles")),
        catalog=[
            {
                "type": _text(service, "type"),
                "name": _text(service, "name"),
                "id": _text(service, "id"),
                "endpoints": [
                    {
                        "id": _text(one, "id"),
                        "interface": interface,
                        "region_id": _text(one, "region"),
                        "url": _text(one, key),
                        "region": _text(one, "region"),
                    }
                    for one in _items(service.get("endpoints"))
                    for key, interface in V2_INTERFACES.items()
                    if one.get(key)
                ],
            }
            for service in _items(data.get("serviceCatalog"))
        ],
    )


def _part(data: Mapping[str, Any], key: str) -> Json:
    value = data.get(key)
    return value if isinstance(value, dict) else {}


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    return "" if value is None else str(value)


def _items(value: Any) -> list[Json]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _names(roles: Any) -> tuple[str, ...]:
    return tuple(_text(role, "name") for role in _items(roles))
