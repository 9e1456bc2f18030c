"""Share access rules: who may mount shares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ..api.shared_file_system import SHARE, SHARE_ACCESS
from ..language import WAIT, Arg, Json, KeyValue, Noun, Opt, target
from ..session.cloud import Cloud
from . import metadata
from .access_validation import checked
from .change import something
from .shape import PAIRS, once
from .wait import gone, settled

MANILA, VERSION = SHARE_ACCESS.service, SHARE_ACCESS.microversion
LEVELS = "rw ro"
access = Noun(
    SHARE_ACCESS,
    "Manage who may mount shares.",
    columns=["id access_type access_to access_level state access_key created_at updated_at"],
    fields=["id share_id access_level access_to access_type state access_key created_at updated_at properties"],
    since={"access_key": "2.21", "created_at updated_at": "2.33"},
    in_order=True,
)


def properties(help: str, **attrs: Any) -> Opt:
    """The option of properties that takes several at once."""
    return Opt("--properties", help, type=KeyValue(), greedy=True, key="metadata", since="2.45", **attrs)


def told(item: Json) -> Json:
    """An access rule with its properties in lines."""
    return {**item, "properties": PAIRS.human(item.get("metadata"))}


def sensible(values: Json) -> None:
    """Refuse who cannot be meant."""
    checked(values["access_type"], values["access_to"])
    once(values["properties"])


@access.shower(
    "create",
    target(SHARE),
    Arg("access_type"),
    Arg("access_to"),
    properties("Properties of the rule."),
    Opt("--access-level", "What they may do: rw, unless given, or ro.", choices=LEVELS),
    WAIT,
    Opt("--lock-visibility", "Hide from others who it is for.", is_flag=True, since="2.82"),
    Opt("--lock-deletion", "Let nobody delete it before it is unlocked.", is_flag=True, since="2.82"),
    Opt("--lock-reason", "Why it is locked.", since="2.82", needs="--lock-visibility --lock-deletion"),
    validate=sensible,
)
def create(cloud: Cloud, share: str, body: Json, wait: bool) -> Json:
    """Let somebody mount a share."""
    item = cloud.unwrap(SHARE_ACCESS, cloud.act(SHARE, share, "allow_access", body))
    return told(settled(cloud, SHARE_ACCESS, item["id"], "active", "state") if wait else item)


@access.action(
    "delete",
    target(SHARE),
    Arg("id", key="access_id"),
    WAIT,
    Opt("--unrestrict", "Even if it is locked.", is_flag=True, since="2.82"),
)
def delete(cloud: Cloud, share: str, id: str, body: Json, wait: bool) -> None:
    """Let somebody mount a share no more."""
    cloud.act(SHARE, share, "deny_access", body)
    if wait:
        gone(cloud, SHARE_ACCESS, id)


@access.lister(
    "list",
    target(SHARE, not_sent=False, key="share_id"),
    properties("Only those with these properties.", convert=lambda pairs: str(dict(pairs))),
    Opt("--access-type", "Only those of this type.", since="2.82"),
    Opt("--access-key", "Only those with this key.", since="2.82"),
    Opt("--access-to", "Only those for this address or user.", since="2.82"),
    Opt("--access-level", "Only those at this level.", since="2.82"),
    validate=lambda properties: once(properties),
)
def list_access(cloud: Cloud, share: str, body: Json) -> Iterable[Json]:
    """List who may mount a share."""
    if cloud.supports(MANILA, "2.45"):
        return cloud.pages(SHARE_ACCESS, body)
    found: Sequence[Json] = cloud.act(SHARE, share, "access_list")["access_list"]
    return found


@access.shower("show", Arg("access_id", not_sent=True), since="2.45")
def show(cloud: Cloud, access_id: str) -> Json:
    """Show an access rule."""
    return told(cloud.get(SHARE_ACCESS, access_id))


def allow(cloud: Cloud, item: Json, body: Json) -> None:
    """Give a rule another level."""
    cloud.call(MANILA, "PUT", SHARE_ACCESS.at(item["id"]), json={"update_access": body}, microversion=VERSION)


access.set(
    metadata.setting("2.45", "PUT"),
    Opt("--access-level", "What they may do from now on.", choices=LEVELS, action=allow, since="2.88"),
)


access.unset(
    metadata.unsetting("2.45"), validate=something("There is nothing to remove.", "Give --property KEY.", "property")
)
