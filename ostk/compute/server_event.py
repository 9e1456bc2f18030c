"""Events of servers: the actions that were performed on a server (os-instance-actions)."""

from ..api.compute import SERVER, SERVER_EVENT
from ..language import COUNT, LONG, MAX_ITEMS, Arg, Cloud, Items, Json, Noun, Opt, Resource, unlimited
from ..record import replace
from ..render.format import LIST_OF_DICTS
from ..session.name_forms import looks_like_id
from .change_filters import CHANGES_BEFORE, changes_since
from .server_fields import SERVER_ARG

STEP_FIELDS = "details event finish_time host hostId result start_time traceback".split()

event = Noun(
    SERVER_EVENT,
    "Show events of servers: actions that were performed on a server.",
    columns=["request_id, instance_uuid=Server ID, action, start_time"],
    long=["message project_id user_id"],
    fields=["action events message project_id request_id request_id=id start_time user_id"],
    formats={"events": LIST_OF_DICTS},
)


def events_of(cloud: Cloud, server: str) -> Resource:
    """Return the events of a server as a resource type; events of a deleted server are found by its ID."""
    return SERVER_EVENT.under(cloud.find(replace(SERVER, assume_id_if_missing=looks_like_id(server)), server))


@event.lister(
    "list",
    SERVER_ARG,
    LONG,
    changes_since("2.58"),
    CHANGES_BEFORE,
    Opt("--limit", "Maximum number of events to list; 0 lists all.", type=COUNT, callback=unlimited, since="2.58"),
    Opt("--marker", "List the events after the event with this request ID.", since="2.58"),
    MAX_ITEMS,
)
def list_events(cloud: Cloud, server: str, body: Json, result_limit: int | None) -> Items:
    """List the events of a server."""
    return cloud.pages(events_of(cloud, server), body, limit=result_limit)


@event.shower("show", SERVER_ARG, Arg("request_id", "Request ID of the event.", not_sent=True, metavar="REQUEST-ID"))
def show_event(cloud: Cloud, server: str, request_id: str) -> Json:
    """Show an event of a server, with the result of each step."""
    item = cloud.fetch(events_of(cloud, server), request_id)
    steps = [
        {key.replace("hostId", "host_id"): step.get(key) for key in STEP_FIELDS} for step in item.get("events") or ()
    ]
    return {**item, "events": steps}
