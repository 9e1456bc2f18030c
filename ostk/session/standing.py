"""What a refusal means for whoever asked: who that is, what that may help, which name was perhaps meant."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..errors import HTTPError
from .access import Access
from .credentials import listed
from .failure import address

ALIKE = 0.7
QUOTA = re.compile(r"(?i)\bquotas?\b|\w*LimitExceeded\b|limit .*exceeded|maximum number of ")


def advice(error: HTTPError, access: Access, service: str, url: str) -> str:
    """What to do about an answer with an error status, "" where it says so itself.

    `service` is the type of the service that gave it, `url` the address that was asked.
    """
    if error.status in (403, 409, 413) and QUOTA.search(error.message):
        return "What is used and how much there may be: ostk quota show --usage"
    if error.status == 403 and access.version:
        return f"You are {asker(access)}. Another role, project or scope may be allowed to."
    if error.status >= 500:
        return f"So says the {service} service ({address(url)}); what happened is in its own log."
    return ""


def asker(access: Access) -> str:
    """Who a token is for, on what and in which roles."""
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


def near(name: str, names: Iterable[str]) -> str:
    """The question whether one of the names was meant, "" where none is like it or begins like it."""
    from difflib import SequenceMatcher

    wanted = name.lower()
    scored = []
    for one in dict.fromkeys(filter(None, names)):
        parts = (one.lower(), one.lower()[: len(wanted) + 1])
        scored.append((max(SequenceMatcher(None, wanted, part).ratio() for part in parts), one))
    best = sorted((pair for pair in scored if pair[0] >= ALIKE), key=lambda pair: -pair[0])[:3]
    told = [repr(one) for _, one in best]
    return f"Did you mean {listed(told, 'or')}?" if told else ""
