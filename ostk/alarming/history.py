"""The history of alarms: when they were created, changed and deleted, and their states."""

from ..api.alarming import ALARM, ALARM_CHANGE
from ..language import Arg, Cloud, Column, Items, Json, Noun
from .options import PAGING, get_alarm, query_alarms, query_option
from .rules import with_zone

TIMESTAMP = Column("timestamp", "timestamp", value=lambda change: with_zone(change.get("timestamp")))
alarm_history = Noun(ALARM_CHANGE, "Show the history of alarms.", columns=[TIMESTAMP, "type= detail= event_id="])


@alarm_history.lister(
    "search",
    query_option("Search query, e.g. 'type=\"state transition\" and alarm_id=ID', or JSON."),
    columns=["alarm_id=", TIMESTAMP, "type= detail="],
    reads=False,
)
def search(cloud: Cloud, query: Json | None) -> list[Json]:
    """List changes of all alarms."""
    return query_alarms(cloud, query or {}, ALARM_CHANGE.path)


@alarm_history.lister("show", Arg("alarm", "Alarm.", names=ALARM), PAGING)
def show(cloud: Cloud, alarm: str, body: Json, limit: int | None) -> Items:
    """List changes of an alarm."""
    alarm_id = alarm if cloud.like_id(ALARM, alarm) else get_alarm(cloud, alarm)["alarm_id"]
    return cloud.pages(ALARM_CHANGE, body, path=ALARM.at(alarm_id, "history"), limit=limit)
