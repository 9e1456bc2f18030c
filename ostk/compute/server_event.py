"""Events: what was done to servers."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.compute import SERVER, SERVER_EVENT
from ..language import COUNT, LONG, MAX_ITEMS, Arg, Json, Noun, Opt, Resource, unlimited
from ..record import replace
from ..render.format import LIST_OF_DICTS
from ..session.cloud import Cloud
from ..session.name_forms import looks_like_id
from .param_types import Moment
from .server_fields import ONE

PARTS = "details event finish_time host hostId result start_time traceback".split()

event = Noun(
    SERVER_EVENT,
    "See what was done to servers.",
    columns=["request_id, instance_uuid=Server ID, action, start_time"],
    long=["message project_id user_id"],
    fields=["action events message project_id request_id request_id=id start_time user_id"],
    formats={"events": LIST_OF_DICTS},
)


def events(cloud: Cloud, server: str) -> Resource:
    """The events of a server: they outlive it, under its ID."""
    return SERVER_EVENT.under(cloud.find(replace(SERVER, assume_id_if_missing=looks_like_id(server)), server))


@event.lister(
    "list",
    ONE,
    LONG,
    Opt("--changes-since", "Only those since (ISO 8601).", key="changes-since", type=Moment(), since="2.58"),
    Opt("--changes-before", "Only those before (ISO 8601).", key="changes-before", type=Moment(), since="2.66"),
    Opt("--limit", "Largest number of results; 0 is all.", type=COUNT, callback=unlimited, since="2.58"),
    Opt("--marker", "Results after this one, by request ID.", since="2.58"),
    MAX_ITEMS,
)
def list_events(cloud: Cloud, server: str, body: Json, result_limit: int) -> Iterator[Json]:
    """List what was done to a server."""
    return cloud.pages(events(cloud, server), body, limit=result_limit)


@event.shower("show", ONE, Arg("request_id", not_sent=True, metavar="REQUEST-ID"))
def show_event(cloud: Cloud, server: str, request_id: str) -> Json:
    """Show what was done to a server, step by step."""
    item = cloud.fetch(events(cloud, server), request_id)
    steps = [{key.replace("hostId", "host_id"): one.get(key) for key in PARTS} for one in item.get("events") or ()]
    return {**item, "events": steps}
