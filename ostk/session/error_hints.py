"""Error hints: why a service refused a request, what was not found, and what to do."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from .. import program
from ..api.class_names import class_name
from ..api.error_body import TITLES
from ..auth.access import Access
from ..config.credentials import join_words
from ..errors import AmbiguousError, HTTPError, OstkError, ResourceNotFound
from ..http.connection_errors import message_url

if TYPE_CHECKING:
    from ..api.resource import Resource

MIN_SIMILARITY = 0.7
POLICY = re.compile(
    r"(?i)polic(y|ies)\b|not (authori[sz]ed|permitted|allowed)|disallowed|privilege|permission|forbidden|denied"
)
QUOTA = re.compile(
    r"(?i)quota\b.*\bexceed|exceed\w*\b.*\bquota|\bover.?quota|over limit of|LimitExceeded\b"
    r"|limit .*\bexceed|maximum number of .*\bexceed|quota has been met"
)
USAGE = {
    "compute": "quota show --usage",
    "network": "quota show --usage",
    "block-storage": "quota show --usage",
    "object-store": "object store account show",
    "shared-file-system": "share quota show --detail PROJECT",
    "load-balancer": "loadbalancer quota show PROJECT",
    "database": "database quota show PROJECT",
    "dns": "dns quota list",
}
"""Service type → the command that shows the usage of its quotas."""


def hint_for(error: HTTPError, access: Access, service: str, method: str, url: str, token_source: str = "") -> str:
    """Return a hint for an error response, "" if its message says enough.

    Args:
        error: The error.
        access: The token that was sent.
        service: The type of the service.
        method: The request's method.
        url: The request's URL.
        token_source: The source of the token, if the token is not from Keystone.
    """
    policy = bool(POLICY.search(error.message))
    if error.status in (403, 409, 413) and QUOTA.search(error.message):
        return f"Quotas and their usage: {program()} {USAGE[service]}" if service in USAGE else ""
    if error.status == 401 and "privileges" not in error.message:  # Trove refuses users who are no administrators so
        return unauthorized(error, access, service, f"{method} {urlsplit(url).path}", token_source)
    if error.status in (401, 403) and access.version and policy:
        return f"You are {identity_of(access)}. {other_rights(access)}".strip()
    if error.status == 404 and error.message.startswith((TITLES[404], "The resource could not be found")):
        return f"The {service} service has no resource at {message_url(url)} ({method})."
    if error.status >= 500 and (error.status != 501 or error.message.startswith(TITLES[501])):
        return f"The error is from the {service} service ({message_url(url)}); the cause is in its log."
    return ""


def unauthorized(error: HTTPError, access: Access, service: str, request: str, token_source: str) -> str:
    """Return why a service may refuse a token (401)."""
    if access.access_rules:
        rules = join_words(f"{one['method']} {one['path']} ({one['service']})" for one in access.access_rules)
        return (
            f"The application credential has access rules, which may not allow {request} of the {service} service. "
            f"They allow {rules}."
        )
    if not access.version:
        return f"The token from {token_source} was sent without Keystone." if token_source else ""
    if error.renewed:
        return (
            f"A new token was refused too: the {service} service may not be able to validate tokens of this Keystone, "
            "or the clocks of the cloud differ."
        )
    return "The token may have expired; run the command again."


def identity_of(access: Access) -> str:
    """Return the user, scope and roles of a token, for a message."""
    user = access.user_name or access.user_id or "unknown"
    if access.user_domain_name and access.user_domain_name.lower() != "default":
        user = f"{user} of domain {access.user_domain_name}"
    on = "with no project"
    if access.system:
        on = "on the system"
    elif access.project_id:
        on = f"in project {access.project_name or access.project_id}"
    elif access.domain_id:
        on = f"on domain {access.domain_name or access.domain_id}"
    roles = f"the role{'s' if len(access.roles) > 1 else ''} {', '.join(access.roles)}" if access.roles else "no role"
    return f"{user} {on}, with {roles}"


def other_rights(access: Access) -> str:
    """Return which other role or scope a policy may require; there is no higher role than admin."""
    if "admin" not in access.roles:
        return "The policy may require another role, project or scope."
    if access.system:
        return "The policy may require project scope (--os-project-name) instead of system scope."
    return "The policy may require another scope, such as the system (--os-system-scope all)."


def scope_of(access: Access) -> str:
    """Return the scope of a token for a message: `project demo`, `system scope`; "" where it has none."""
    if access.system:
        return "system scope"
    if access.project_id:
        return f"project {access.project_name or access.project_id}"
    return f"domain {access.domain_name or access.domain_id}" if access.domain_id else ""


def empty_list(get_access: Callable[[], Access], resource: Resource) -> None:
    """Write to a terminal's standard error that a list may be empty because the token has no project."""
    if not sys.stderr.isatty() or resource.service.name in ("keystone", "ostk"):
        return
    access = get_access()
    if access.version and not access.project_id:
        scope = scope_of(access) or "no scope"
        OstkError(f"The list is empty: the token has {scope}, and most resources belong to a project.").show()


def not_found(resource: Resource, name: str, status: int, scope: str, names: Iterable[str]) -> ResourceNotFound:
    """Return the error for a name or ID that no resource has.

    Args:
        resource: The type of the resource.
        name: The name or ID as it was typed.
        status: The HTTP status of the response, 0 if it is not from a single request.
        scope: The scope that was searched, "" to leave it out.
        names: Names that exist; those similar to `name` are suggested.
    """
    service = resource.service.name
    code = f" (HTTP {status})" if status else ""
    type_name = class_name(resource.noun)
    exists = f"No {type_name.lower()} with a name or ID of '{name}' exists{code}."
    if service == "manila":
        message = exists
    elif service == "keystone":
        message = f"No {type_name} found for {name or repr(name)}: {exists}"
    else:
        message = f"No {type_name} found for {name or repr(name)}{f' ({scope})' if scope else ''}{code}."
    return ResourceNotFound(message, did_you_mean(name, names) if name else "")


def ambiguous_error(resource: Resource, name: str, ids: Iterable[Any]) -> AmbiguousError:
    """Return the error for a name that several resources have, with their IDs."""
    return AmbiguousError(
        f"More than one {class_name(resource.noun)} exists with the name '{name}'.",
        f"Give the ID of one of them: {', '.join(map(str, ids))}.",
    )


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """Return a "Did you mean" with up to three similar names, "" if there is none."""
    from difflib import SequenceMatcher

    lowered = name.lower()
    scored = []
    for one in dict.fromkeys(filter(None, names)):
        parts = (one.lower(), one.lower()[: len(lowered) + 1])
        scored.append((max(SequenceMatcher(None, lowered, part).ratio() for part in parts), one))
    best = sorted((pair for pair in scored if pair[0] >= MIN_SIMILARITY), key=lambda pair: -pair[0])[:3]
    meant = [repr(one) for _, one in best]
    return f"Did you mean {join_words(meant, 'or')}?" if meant else ""
