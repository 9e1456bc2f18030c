"""Options that several nouns of Keystone share, and the kinds of value they take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..api.identity import REGION, ROLE, SERVICE, USER
from ..errors import FileError, Forbidden, OstkError
from ..files import read_text
from ..language import COUNT, Json, Opt, Resource
from ..owner import USER_DOMAIN
from ..record import replace
from ..session.cloud import Cloud
from ..session.name_forms import looks_like_id

ENABLE = Opt("--enable/--disable", "Whether it can be used.", key="enabled")
ENABLED = Opt("--enabled", "Only those that can be used.", value="True")
IMMUTABLE = Opt("--immutable/--no-immutable", "Whether it is guarded from changes.", key="options.immutable")
PAGE = Opt("--limit", "Largest number of results on a page.", type=COUNT)

# Keystone makes a region that an endpoint names and that is not there: it is looked for before.
THERE = replace(REGION, name="", by_name="", assume_id_if_missing=False)
IN_REGION = Opt("--region", "Region it is for, by ID.", ref=THERE)
OF_REGION = Opt("--region", "Only those for this region, by ID.", ref=THERE)
OF_SERVICE = Opt("--service", "Only those of this service.", ref=SERVICE)
OF_RESOURCE = Opt("--resource-name", "Only those on this.")


LENT_ROLES = Opt("--role", "Role to delegate (name or ID).", names=ROLE, multiple=True, required=True, not_sent=True)


def lent_roles(cloud: Cloud, names: Sequence[str]) -> list[Json]:
    """Return roles as Keystone takes them in a delegation: by ID, or by name if the user may not list roles."""

    def lent(name: str) -> Json:
        try:
            return {"id": cloud.find(LOOKED_UP_ROLE, name)}
        except Forbidden:
            return {"id" if looks_like_id(name) else "name": name}

    return cloud.map_concurrent(lent, names)


LOOKED_UP_ROLE = replace(ROLE, assume_id_if_forbidden=False)
FOR_USER = [Opt("--user", "User, if not you.", ref=USER, domain=USER_DOMAIN, not_sent=True), USER_DOMAIN]


def owned(resource: Resource, cloud: Cloud, user: str = "") -> Resource:
    """What a user has of a kind, by default the one who asks."""
    return resource.under(user or cloud.access.user_id)


def create_one(cloud: Cloud, resource: Resource, body: Json) -> Json:
    """Create one of a kind that Keystone creates several of at a time."""
    answer = cloud.call(resource.service, "POST", resource.path, json={resource.many: [body]})
    return dict(answer[resource.many][0])


def moment(text: str) -> str:
    """Return an ISO 8601 time in UTC, without the Z, as every Keystone takes it.

    2030-12-31T23:59:59, 2030-12-31T23:59:59Z and 2030-12-31T23:59:59+02:00 are taken. Errors: OstkError.
    """
    from datetime import UTC, datetime

    try:
        time = datetime.fromisoformat(text) if "T" in text.upper() else None
        if time is not None:
            return (time if time.tzinfo is None else time.astimezone(UTC)).replace(tzinfo=None).isoformat()
    except (ValueError, OverflowError):
        pass
    raise OstkError(f"{text!r} is not a time.", "Write it as 2030-12-31T23:59:59, in UTC.")


EXPIRATION = Opt(
    "--expiration", "Expiration (ISO 8601; UTC without an offset).", key="expires_at", type=moment, metavar="TIME"
)


def text_in(path: str) -> str:
    """The text in a file, without the space around it."""
    return read_text(path).strip()


def json_in(path: str) -> Any:
    """What the JSON in a file says. Errors: FileError, also if it holds none."""
    import json

    try:
        return json.loads(read_text(path))
    except ValueError as error:
        raise FileError(f"The file {path} is not valid JSON: {error}.") from None
