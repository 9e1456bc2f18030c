"""Share access rules: which clients may mount a share, and with which access level."""

from collections.abc import Iterable, Sequence
from typing import Any

from ..api.shared_file_system import SHARE, SHARE_ACCESS
from ..language import WAIT, Arg, Cloud, Json, KeyValue, Noun, Opt, Wait, require_any, target
from . import metadata
from .access_validation import validate_access
from .value_types import PAIRS, unique_pairs

MANILA = SHARE_ACCESS.service
LEVELS = "rw ro"
access = Noun(
    SHARE_ACCESS,
    "Manage share access rules.",
    columns=["id access_type access_to access_level state access_key created_at updated_at"],
    fields=["id share_id access_level access_to access_type state access_key created_at updated_at properties"],
    since={"access_key": "2.21", "created_at updated_at": "2.33"},
    in_order=True,
)


def properties_option(help: str, **attrs: Any) -> Opt:
    """Return --properties, which takes every KEY=VALUE up to the next option."""
    return Opt("--properties", help, type=KeyValue(), greedy=True, key="metadata", since="2.45", **attrs)


def with_properties(item: Json) -> Json:
    """Return an access rule with its metadata as `properties`, a line for each."""
    return {**item, "properties": PAIRS.human(item.get("metadata"))}


def validate_rule(values: Json) -> None:
    """Raise OstkError for an invalid type or value of access, or a property that is given twice."""
    validate_access(values["access_type"], values["access_to"])
    unique_pairs(values["properties"])


@access.shower(
    "create",
    target(SHARE),
    Arg("access_type", "Access type: ip, user, cert or cephx."),
    Arg("access_to", "IP address or network, user or group, common name of a certificate, or Ceph ID."),
    properties_option("Properties of the access rule: KEY=VALUE."),
    Opt("--access-level", "Access level: read-write or read-only (default: rw).", choices=LEVELS),
    WAIT,
    Opt("--lock-visibility", "Hide access_to and access_key from other users.", is_flag=True, since="2.82"),
    Opt("--lock-deletion", "Lock the access rule against deletion.", is_flag=True, since="2.82"),
    Opt("--lock-reason", "Reason for the lock.", since="2.82", needs="--lock-visibility --lock-deletion"),
    validate=validate_rule,
)
def create(cloud: Cloud, share: str, body: Json, wait: bool) -> Json:
    """Create an access rule: allow clients to mount a share."""
    item = cloud.unwrap(SHARE_ACCESS, cloud.act(SHARE, share, "allow_access", body))
    return with_properties(cloud.wait(SHARE_ACCESS, item, "active", key="state") if wait else item)


@access.action(
    "delete",
    target(SHARE),
    Arg("id", "ID of the access rule.", key="access_id"),
    WAIT,
    Opt("--unrestrict", "Delete the access rule despite a deletion lock.", is_flag=True, since="2.82"),
    wait=Wait("deleted", key="state"),
)
def delete(cloud: Cloud, share: str, id: str, body: Json) -> str:
    """Delete an access rule: revoke access to a share."""
    cloud.act(SHARE, share, "deny_access", body)
    return id


@access.lister(
    "list",
    target(SHARE, not_sent=False, key="share_id"),
    properties_option("Filter by properties: KEY=VALUE.", convert=lambda pairs: str(dict(pairs))),
    Opt("--access-type", "Filter by access type: ip, user, cert or cephx.", since="2.82"),
    Opt("--access-key", "Filter by access key.", since="2.82"),
    Opt("--access-to", "Filter by IP address, user, common name or Ceph ID.", since="2.82"),
    Opt("--access-level", "Filter by access level: rw or ro.", since="2.82"),
    validate=lambda properties: unique_pairs(properties),
)
def list_access(cloud: Cloud, share: str, body: Json) -> Iterable[Json]:
    """List the access rules of a share."""
    if cloud.supports(MANILA, "2.45"):
        return cloud.pages(SHARE_ACCESS, body)
    # Before 2.45 there is no /share-access-rules: POST /shares/{id}/action {"access_list": null}.
    found: Sequence[Json] = cloud.act(SHARE, share, "access_list")["access_list"]
    return found


@access.shower("show", Arg("access_id", "ID of the access rule.", not_sent=True), since="2.45")
def show(cloud: Cloud, access_id: str) -> Json:
    """Show an access rule."""
    return with_properties(cloud.get(SHARE_ACCESS, access_id))


def set_access_level(cloud: Cloud, item: Json, body: Json) -> None:
    """Update the access level of an access rule to `body["access_level"]`."""
    cloud.send(SHARE_ACCESS, "PUT", item["id"], json={"update_access": body})


access.set(
    metadata.set_property_option("2.45", "PUT"),
    Opt(
        "--access-level",
        "New access level: read-write or read-only.",
        choices=LEVELS,
        action=set_access_level,
        since="2.88",
    ),
    help="Update a share access rule.",
)


access.unset(
    metadata.unset_property_option("2.45"),
    help="Remove properties of a share access rule.",
    validate=require_any("remove", "--property"),
)
