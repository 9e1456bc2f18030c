"""Find resources by name or ID.

A text may be a name or an ID. If it looks like an ID, the look-up by ID comes first, otherwise the look-up by name.
"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from ..errors import Forbidden, HTTPError, OstkError, ResourceNotFound
from .error_hints import ambiguous_error, not_found, scope_of
from .name_forms import escape, looks_like_id, matching

if TYPE_CHECKING:
    from ..api.resource import Resource
    from .session import Session

Json = dict[str, Any]
REUSE_SECONDS = 60.0  # for which commands that share a cloud use an ID that a look-up found
PAGE = 200  # names that a name which was not found is compared with


def find(
    session: Session, resource: Resource, name_or_id: str, within: Json | None = None, is_name: bool = False
) -> str:
    """Return the ID of the resource with this name or ID.

    Args:
        session: The session.
        resource: The type of the resource.
        name_or_id: The name or ID.
        within: A query that narrows the search by name, such as {"domain_id": "d1"}.
        is_name: Whether a look-up by ID has already found nothing.

    Returns:
        The ID. Where the service does not allow the look-up, or does not know the resource, or the text looks like an
        ID, and the resource type allows for that (`assume_id_if_…`), `name_or_id` itself.

    Raises:
        ResourceNotFound: No resource has this name or ID.
        AmbiguousError: Several resources have this name.
    """
    id = resource.id_in(name_or_id)
    if id != name_or_id or resource.id == resource.name:
        return id
    if resource.assume_id_if_like_id and like_id(session, resource, id):
        return id
    key = (resource, name_or_id, repr((within, session.headers.get(resource.service.name))))
    if session.found and key in session.found and time.monotonic() - session.found[key][1] < REUSE_SECONDS:
        return session.found[key][0]
    id = find_new(session, resource, name_or_id, within, is_name)
    if session.found is not None:
        session.found[key] = (id, time.monotonic())
    return id


def find_new(session: Session, resource: Resource, name_or_id: str, within: Json | None, is_name: bool) -> str:
    """Return the ID of the resource with this name or ID, by requests. The arguments and errors are those of `find`."""
    with session.force_send():
        if resource.assume_id_if_forbidden and session.access.version == "v2.0":
            return session.access.own(resource.one, name_or_id)
        try:
            found = find_or_none(session, resource, name_or_id, within, is_name)
        except Forbidden:
            if not resource.assume_id_if_forbidden:
                raise
            return session.access.own(resource.one, name_or_id)
        if found is None and resource.assume_id_if_missing:
            return name_or_id
        if found is None:
            raise not_found_error(session, resource, name_or_id)
        return str(found[resource.id])


def find_or_none(
    session: Session, resource: Resource, name_or_id: str, within: Json | None = None, is_name: bool = False
) -> Json | None:
    """Return the resource with this name or ID, None if there is none. The arguments are those of `find`."""
    if resource.in_path:
        return find_by_id(session, resource, name_or_id)
    if not is_name and like_id(session, resource, name_or_id):
        return find_by_id(session, resource, name_or_id) or find_by_name(session, resource, name_or_id, within)
    return find_by_name(session, resource, name_or_id, within) or find_by_id(session, resource, name_or_id)


def get(session: Session, resource: Resource, name_or_id: str, within: Json | None = None) -> Json:
    """Return the whole resource with this name or ID. The arguments and errors are those of `find`."""
    hint, id = "", resource.id_in(name_or_id)
    if id != name_or_id or resource.id == resource.name or resource.in_path:
        found = find_by_id(session, resource, id, within)
    elif like_id(session, resource, name_or_id):
        found = find_by_id(session, resource, name_or_id)
        found = found or session.fetch(resource, find(session, resource, name_or_id, within, is_name=True))
    elif resource.service.listed_whole or resource.listed_whole:
        try:
            found = find_by_name(session, resource, name_or_id, within) or find_by_id(session, resource, name_or_id)
        except Forbidden:
            if not resource.assume_id_if_forbidden:
                raise
            found = find_by_id(session, resource, session.access.own(resource.one, name_or_id))
            hint = f"Give the ID: this token may not look up a {resource.noun} by name."
    else:
        found = session.fetch(resource, find(session, resource, name_or_id, within))
    if found is None:
        # If the ID is the name, a single request looked for the resource: the message has its status.
        missing = not_found_error(session, resource, name_or_id, 404 if resource.id == resource.name else 0)
        missing.hint = hint or missing.hint
        raise missing
    return found


def like_id(session: Session, resource: Resource, text: str) -> bool:
    """Return whether a text looks like an ID: a UUID or hash, or an ID in the current token."""
    return looks_like_id(text) or (resource.assume_id_if_forbidden and session.access.has_id(resource.one, text))


def find_by_id(session: Session, resource: Resource, resource_id: str, query: Json | None = None) -> Json | None:
    """Return the resource with this ID, None if there is none.

    Some words are paths of their own where an ID is expected: Cinder and Manila answer `GET /types/default` with the
    default type, Nova answers `GET /servers/detail` with a list, and an empty ID is the path of the list. MySQL
    ignores case and trailing blanks, and takes "1abc" for 1. Such answers are not the resource with this ID.
    """
    if not resource_id:
        return None
    path = resource.at(resource_id)
    try:
        reply = session.call(resource.service, "GET", path, params=query or {}, microversion=resource.microversion)
    except HTTPError as error:
        if resource.in_path and error.status == 409:  # several have the name (Magnum)
            return find_by_name(session, resource, resource_id, query)
        if error.status not in (400, 404):
            raise
        return None
    unwrapped = resource.service.wrapped and isinstance(reply, dict) and resource.one not in reply
    if unwrapped and not looks_like_id(resource_id):
        return None
    found = resource.completed(session.unwrap(resource, reply))
    if resource.in_path:
        return None if resource.many in found else found
    return found if str(found.get(resource.id, resource_id)).casefold() == resource_id.casefold() else None


def find_by_name(session: Session, resource: Resource, name: str, within: Json | None = None) -> Json | None:
    """Return the one resource with this name, None if there is none.

    If the service does not filter the list by name, a resource with this ID is returned too.

    Raises:
        AmbiguousError: Several resources have this name.
    """
    if not name:
        return None  # ports, networks and volumes without a name have the name ""
    name = resource.full_name(name)
    query: Json = {}
    if resource.by_name:
        query[resource.by_name] = resource.service.exactly(escape(name) if resource.by_pattern else name)
    query.update(resource.find_query)
    query.update(within or {})
    for also in [(), resource.find_also] if resource.find_also else [()]:
        found = list(session.pages(resource, {**query, **dict(also)}, path=resource.find_path))
        if not resource.by_name:
            remember_names(session, resource, found)
        matches = matching(resource, name, found)
        if matches:
            break
    exact = [x for x in matches if x.get(resource.id) == name] or matches
    if len(exact) > 1:
        raise ambiguous_error(resource, name, [x.get(resource.id) for x in exact])
    return exact[0] if exact else None


def not_found_error(session: Session, resource: Resource, name: str, status: int = 0) -> ResourceNotFound:
    """Return the error for a name or ID that no resource has, with similar names as a hint.

    Args:
        session: The session.
        resource: The type of the resource.
        name: The name or ID as it was typed.
        status: The HTTP status of the answer, where the ID itself was requested.
    """
    similar = known_names(session, resource) if name else []
    scoped = resource.service.name not in ("manila", "keystone", "placement")
    return not_found(resource, name, status, scope_of(session.access) if scoped else "", similar)


def known_names(session: Session, resource: Resource) -> list[str]:
    """Return the names that an earlier look-up listed, else those of one page; IDs of resources without a name."""
    with session.names_lock:
        if resource not in session.listed_names and not session.flags.get("curl") and "{}" not in resource.path:
            query = {**dict(resource.find_query), "limit": PAGE}
            where = resource.find_path or resource.list or resource.path
            session.listed_names[resource] = []
            for sent in (query, dict(resource.find_query)):  # some lists of Nova and Keystone refuse a limit
                with suppress(OstkError):
                    remember_names(session, resource, [*session.pages(resource, sent, path=where, limit=PAGE)])
                    break
        return session.listed_names.get(resource, [])


def remember_names(session: Session, resource: Resource, items: list[Json]) -> None:
    """Remember the names in a list of resources, for suggestions."""
    inner = [one.get(resource.one) or one for one in items]  # Nova wraps each key pair of a list
    found = [str(x[resource.name]) for x in inner if isinstance(x, dict) and x.get(resource.name)]
    session.listed_names[resource] = found
