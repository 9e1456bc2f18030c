"""Options, value parsers and requests that several nouns of the Identity service share."""

from collections.abc import Sequence
from typing import Any

from ..api.identity import REGION, ROLE, SERVICE, USER
from ..errors import FileError, Forbidden, OstkError
from ..files import read_text
from ..language import COUNT, Cloud, Json, Opt, Resource, Value
from ..owner import USER_DOMAIN
from ..record import replace
from ..session.name_forms import looks_like_id

IMMUTABLE = Opt(
    "--immutable/--no-immutable",
    "Set or clear the immutable option, which prevents changes and deletion.",
    key="options.immutable",
)
PAGE = Opt("--limit", "Maximum number of results per page.", type=COUNT)


def enable_option(noun: str) -> Opt:
    """Return the options --enable and --disable for a noun, given as in a sentence: "identity provider"."""
    return Opt("--enable/--disable", f"Enable or disable the {noun}.", key="enabled")


def enabled_filter(nouns: str) -> Opt:
    """Return the option --enabled of a list, which leaves out disabled resources; `nouns` is their plural."""
    return Opt("--enabled", f"Filter by state: enabled {nouns} only.", value="True")


# POST /v3/endpoints creates the region in its field `region` if there is none with this ID, so a misspelled ID would
# become a new region: a region is looked up first, by ID alone.
EXISTING_REGION = replace(REGION, name="", by_name="", assume_id_if_missing=False)
LIMIT_REGION = Opt("--region", "Region that the limit applies to.", ref=EXISTING_REGION)
REGION_FILTER = Opt("--region", "Filter by region.", ref=EXISTING_REGION)
SERVICE_FILTER = Opt("--service", "Filter by service.", ref=SERVICE)
RESOURCE_NAME_FILTER = Opt("--resource-name", "Filter by resource name.")

DELEGATED_ROLES = Value("--role...", "Role to delegate.", names=ROLE, required=True)
# ROLE without its fallback for users who may not list roles: the lookup raises Forbidden.
SEARCHABLE_ROLE = replace(ROLE, assume_id_if_forbidden=False)


def resolve_roles(cloud: Cloud, names: Sequence[str]) -> list[Json]:
    """Return roles as Keystone takes them in a delegation.

    Args:
        cloud: The cloud.
        names: Names or IDs of roles.

    Returns:
        `{"id": …}` for each role, or `{"name": …}` if the user may not list roles and it does not look like an ID.
    """

    def reference(name: str) -> Json:
        try:
            return {"id": cloud.find(SEARCHABLE_ROLE, name)}
        except Forbidden:
            return {"id" if looks_like_id(name) else "name": name}

    return cloud.map_concurrent(reference, names)


USER_OPTIONS = [
    Value("--user", "User who owns the resources (default: the current user).", ref=USER, domain=USER_DOMAIN),
    USER_DOMAIN,
]


def user_subresource(resource: Resource, cloud: Cloud, user: str | None = None) -> Resource:
    """Return a resource type below /users/{id}, for the user with this ID or for the current user."""
    return resource.under(user or cloud.access.user_id)


def create_limit(cloud: Cloud, resource: Resource, body: Json) -> Json:
    """Create a limit or registered limit, and return it; the API takes and returns lists of them."""
    answer = cloud.call(resource.service, "POST", resource.path, json={resource.many: [body]})
    return dict(answer[resource.many][0])


def parse_expiration(text: str) -> str:
    """Return an ISO 8601 time in UTC without an offset, the form that every release of Keystone takes.

    Args:
        text: 2030-12-31T23:59:59 (UTC), 2030-12-31T23:59:59Z or 2030-12-31T23:59:59+02:00.

    Raises:
        OstkError: The text is not an ISO 8601 time.
    """
    from datetime import UTC, datetime

    try:
        time = datetime.fromisoformat(text) if "T" in text.upper() else None
        if time is not None:
            return (time if time.tzinfo is None else time.astimezone(UTC)).replace(tzinfo=None).isoformat()
    except (ValueError, OverflowError):
        pass
    raise OstkError(f"{text!r} is not a time in ISO 8601.", "Write the time as 2030-12-31T23:59:59, in UTC.")


EXPIRATION = Opt(
    "--expiration",
    "Expiration time in ISO 8601, in UTC if without an offset.",
    key="expires_at",
    type=parse_expiration,
    metavar="TIME",
)


def read_stripped_text(path: str) -> str:
    """Return the text in a file, without leading and trailing whitespace."""
    return read_text(path).strip()


def read_json(path: str) -> Any:
    """Return the value in a JSON file.

    Raises:
        FileError: The file cannot be read, or does not hold JSON.
    """
    import json

    try:
        return json.loads(read_text(path))
    except ValueError as error:
        raise FileError(f"The file {path} is not valid JSON: {error}.") from None
