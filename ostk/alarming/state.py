"""States of alarms."""

from __future__ import annotations

from ..api.alarming import ALARM, AODH
from ..language import Json, Noun, Opt
from ..session.cloud import Cloud
from .options import ALARM_NAME, NAME, STATES, get_alarm, validate_named

state = Noun(ALARM, "Show and set the states of alarms.", fields=["state"])


@state.shower("get", ALARM_NAME, NAME, validate=validate_named)
def get(cloud: Cloud, alarm: str | None, name: str | None) -> Json:
    """Show the state of an alarm."""
    return {"state": get_alarm(cloud, alarm, name)["state"]}


@state.shower(
    "set",
    ALARM_NAME,
    NAME,
    Opt("--state", "State of the alarm.", choices=STATES, required=True, not_sent=True),
    validate=validate_named,
)
def set_state(cloud: Cloud, alarm: str | None, name: str | None, state: str) -> Json:
    """Set the state of an alarm, until the next evaluation."""
    path = ALARM.at(get_alarm(cloud, alarm, name)["alarm_id"], "state")
    return {"state": cloud.call(AODH, "PUT", path, json=state)}
