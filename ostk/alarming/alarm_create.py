"""New alarms, and changes of alarms."""

from typing import Any

import click

from ..api.alarming import ALARM
from ..api.identity import PROJECT, USER
from ..api.metric import METRIC, METRIC_RESOURCE, METRIC_RESOURCE_TYPE
from ..errors import Forbidden, OstkError
from ..language import ALL_FIELDS_IN_API_ORDER, Boolean, Cloud, Json, KeyValues, Noun, Opt, Value
from ..language.options import given, plain
from .options import ALARM_NAME, STATES, get_alarm, validate_any
from .rules import RULES, SIGNS, flattened, rule_of, validate_rule

alarm = Noun(
    ALARM,
    "Manage alarms: actions that run when metrics or events meet a condition.",
    fields=[ALL_FIELDS_IN_API_ORDER],
    in_order=True,
)


class TimeConstraint(KeyValues):
    """The type of a time constraint: KEY=VALUE;KEY=VALUE, without blanks and quotes around keys and values."""

    name = "key=value;…"

    def parts(self, text: str) -> list[str]:
        """Return the KEY=VALUE pairs of a text."""
        pairs = (part.partition("=") for part in text.split(";"))
        return ["".join(word.strip(" \"'") for word in pair) for pair in pairs]


def read_rule(text: str) -> Json:
    """Return a composite rule, which is JSON.

    Raises:
        click.UsageError: The rule is not valid JSON.
        OstkError: The rule is not a JSON object.
    """
    import json

    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise click.UsageError(f"--composite-rule is not valid JSON: {error}.") from None
    if not isinstance(found, dict):
        raise OstkError('--composite-rule is not a JSON object, such as {"or": [RULE, RULE]}.')
    return found


def webhook(flag: str, state: str) -> Opt:
    """Return the option for the URLs that are requested when an alarm goes into a state; "" is none."""
    return Opt(
        f"{flag} {flag.strip('-').replace('-', '_')}s...",
        f"Webhook URL to call when the alarm enters the state {state}.",
        metavar="URL",
        convert=lambda urls: None if urls == ("",) else list(urls),
    )


def rule(flags: str, help: str, **attrs: Any) -> Opt:
    """Return an option for the rule of an alarm."""
    return Value(flags, help, **attrs)


GENERAL = [
    Opt("--project-id", "Project of the alarm.", ref=PROJECT, key="project_id", admin=True),
    Opt("--user-id", "User of the alarm.", ref=USER, key="user_id", admin=True),
    Opt("--description", "Description."),
    Opt("--state", "State of the alarm.", choices=STATES),
    Opt("--severity", "Severity.", choices="low moderate critical"),
    Opt("--enabled", "Evaluate the alarm (default: true).", type=Boolean()),
    webhook("--alarm-action", "alarm"),
    webhook("--ok-action", "ok"),
    webhook("--insufficient-data-action", "insufficient data"),
    Opt(
        "--time-constraint time_constraints...",
        "Time constraint: name=NAME;start=CRON;duration=SECONDS, also with description and timezone.",
        type=TimeConstraint(),
        convert=list,
    ),
    Opt("--repeat-actions", "Repeat the actions while the alarm stays in a state (default: false).", type=Boolean()),
]
RULE = [
    rule("--query", "Query: FIELD=TYPE::VALUE;… for events, JSON for resources, PromQL for prometheus alarms."),
    rule("--comparison-operator", "Comparison with the threshold (default: eq).", choices=tuple(SIGNS)),
    rule("--evaluation-periods", "Number of periods that must meet the condition.", type=int),
    rule("--threshold", "Threshold.", type=float),
    rule("--event-type", "Type of events, e.g. compute.instance.*."),
    rule("-m --meter-name", "Meter of Ceilometer (older releases of Aodh)."),
    rule("--period", "Length of a period, in seconds (older releases of Aodh).", type=int),
    rule("--statistic", "Statistic of the meter (older releases of Aodh).", choices="max min avg sum count"),
    rule("--granularity", "Granularity of the measures, in seconds."),
    rule("--aggregation-method", "Aggregation method of the measures, e.g. mean or rate:mean."),
    rule(
        "--metric --metrics metrics",
        "Metric, by name, or by ID for alarms of the type by_metrics.",
        names=METRIC,
        multiple=True,
    ),
    rule(
        "--resource-type", "Resource type of the resources with the metric.", names=METRIC_RESOURCE_TYPE, metavar="TYPE"
    ),
    rule("--resource-id", "Resource of the metric.", names=METRIC_RESOURCE, metavar="RESOURCE_ID"),
    rule(
        "--composite-rule",
        'Rules joined by "and" and "or", as JSON; every rule has a "type".',
        type=read_rule,
        metavar="JSON",
    ),
    rule(
        "--stack-id",
        "Heat stack (ID) of the load balancer pool; the stack is updated if a member fails.",
        metavar="STACK",
    ),
    rule("--pool-id", "Load balancer pool (ID) whose members are checked.", metavar="POOL"),
    rule("--autoscaling-group-id", "Heat autoscaling group (ID) of the members.", metavar="GROUP"),
]
TYPE_HELP = "Type of the alarm."
# GET /v2/quotas of a project without a quota stores -1 in Aodh 23, and POST /v2/alarms takes that for a limit.
QUOTA_HINT = (
    "Aodh refuses all alarms of a project with the quota -1. "
    "An administrator sets another quota: alarm quota set PROJECT --alarm NUMBER."
)


def rule_options(values: Json) -> Json:
    """Return the values of the options for rules that were given."""
    return {param.name or "": plain(value) for param, value in given(RULE, values)}


@alarm.shower(
    "create",
    Opt("--name", "Name of the alarm.", required=True),
    Opt("-t --type", TYPE_HELP, choices=RULES, required=True),
    GENERAL,
    RULE,
    validate=validate_rule,
)
def create(cloud: Cloud, body: Json, values: Json) -> Json:
    """Create an alarm."""
    type = body["type"]
    try:
        return flattened(cloud.create(ALARM, {**body, f"{type}_rule": rule_of(type, rule_options(values))}))
    except Forbidden as error:
        error.hint = QUOTA_HINT if "quota exceeded" in error.message else error.hint
        raise


@alarm.shower(
    "update",
    ALARM_NAME,
    Opt("--name", "New name of the alarm; without the argument ALARM, the name of the alarm to update."),
    Opt("-t --type", TYPE_HELP, choices=RULES),
    GENERAL,
    RULE,
    validate=validate_any,
)
def update(cloud: Cloud, alarm: str | None, name: str | None, body: Json, values: Json) -> Json | None:
    """Update an alarm."""
    old = get_alarm(cloud, alarm, name)
    changes = changed(old, body, rule_options(values))
    if changes == old:
        return flattened(old)
    new = cloud.update(ALARM, old["alarm_id"], changes)
    return flattened(new) if new else None


def changed(old: Json, body: Json, options: Json) -> Json:
    """Return an alarm with changes; the rule of another type begins anew.

    Args:
        old: The alarm.
        body: The new values of fields.
        options: The options for rules that were given.

    Raises:
        click.UsageError: The options do not belong to the type of the alarm.
    """
    type = str(body.get("type", old["type"]))
    key, rule = f"{type}_rule", rule_of(type, options)
    if options and not rule:
        raise click.UsageError(f"An alarm of the type {type} has none of the given options for rules.")
    if type != old["type"]:
        rest = {name: value for name, value in old.items() if name != f"{old['type']}_rule"}
        return {**rest, **body, key: rule}
    return {**old, **body, key: rule if type == "composite" and rule else {**old[key], **(rule or {})}}
