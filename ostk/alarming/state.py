"""States of alarms."""

from ..api.alarming import ALARM
from ..language import Cloud, Json, Noun, Value
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
    Value("--state", "State of the alarm.", choices=STATES, required=True),
    validate=validate_named,
)
def set_state(cloud: Cloud, alarm: str | None, name: str | None, state: str) -> Json:
    """Set the state of an alarm. The next evaluation may change the state again."""
    return {"state": cloud.send(ALARM, "PUT", get_alarm(cloud, alarm, name)["alarm_id"], "state", json=state)}
