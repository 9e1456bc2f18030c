"""Rules of alarms: the options that each type of alarm has, and how a rule is shown."""

import json
import re
from collections.abc import Mapping
from typing import Any

import click

from ..errors import OstkError
from ..language import Json

COMPARED = "comparison_operator threshold"
# The fields of the rule of each type: its options, and with a star those that a new alarm needs.
RULES = {
    "threshold": f"meter_name* period evaluation_periods statistic {COMPARED}* query",
    "event": "event_type query",
    "prometheus": f"{COMPARED}* query*",
    "gnocchi_resources_threshold": f"granularity {COMPARED}* aggregation_method* evaluation_periods metric* "
    "resource_id* resource_type*",
    "gnocchi_aggregation_by_metrics_threshold": f"granularity {COMPARED}* aggregation_method* evaluation_periods "
    "metrics*",
    "gnocchi_aggregation_by_resources_threshold": f"granularity {COMPARED}* aggregation_method* evaluation_periods "
    "metric* query* resource_type*",
    "loadbalancer_member_health": "stack_id* pool_id* autoscaling_group_id*",
    "composite": "composite_rule*",
}
OPERATORS = {"!=": "ne", ">=": "ge", "<=": "le", ">": "gt", "<": "lt", "=": "eq"}
SIGNS = {"lt": "<", "le": "<=", "eq": "=", "ne": "!=", "ge": ">=", "gt": ">"}
TYPES = ("string", "integer", "float", "datetime", "boolean")
CONDITION = re.compile(r"([^<>=!]+?)\s*(!=|>=|<=|[<>=])(.+)", re.DOTALL)
FLAGS = {"metrics": "--metric"}  # of fields that are named otherwise than their options


def fields_of(type: str) -> list[tuple[str, bool]]:
    """Return the fields of the rule of a type of alarm, each with whether a new alarm needs it."""
    return [(word.rstrip("*"), word.endswith("*")) for word in RULES[type].split()]


def validate_rule(type: str, values: Mapping[str, Any]) -> None:
    """Reject a new alarm without an option that its type needs.

    Raises:
        click.UsageError: An option is missing.
    """
    needed = ["metrics" if field == "metric" else field for field, required in fields_of(type) if required]
    flags = [FLAGS.get(field, f"--{field.replace('_', '-')}") for field in needed if values[field] in (None, ())]
    if flags:
        raise click.UsageError(f"An alarm of the type {type} needs {', '.join(flags)}.")


def rule_of(type: str, options: Json) -> Any:
    """Return the rule of an alarm from the values of the options.

    Args:
        type: The type of the alarm.
        options: The values of the options for rules that were given, by name.
    """
    if type == "composite":
        return options.get("composite_rule")
    given = {**options, "metric": options["metrics"][0]} if options.get("metrics") else options
    rule = {field: given[field] for field, _ in fields_of(type) if field in given}
    if type in ("threshold", "event") and rule.get("query"):
        rule["query"] = conditions(rule["query"])
    return rule


def conditions(text: str) -> list[Json]:
    """Return the conditions of an event alarm: FIELD=VALUE or FIELD=TYPE::VALUE, separated by semicolons.

    Raises:
        OstkError: A condition cannot be read.
    """
    found = []
    for part in text.split(";"):
        match = CONDITION.fullmatch(part)
        if not match:
            raise OstkError(f"--query: {part!r} is not FIELD, one of {' '.join(OPERATORS)}, VALUE.")
        kind, colons, value = match[3].partition("::")
        if colons and kind and kind not in TYPES:
            raise OstkError(f"--query: {kind!r} in {part!r} is not one of {', '.join(TYPES)}.")
        named = {"type": kind, "value": value} if colons else {"type": "", "value": match[3]}
        found.append({"field": match[1], "op": OPERATORS[match[2]], **named})
    return found


TIMES = ("timestamp", "state_timestamp", "evaluate_timestamp")


def with_zone(time: Any) -> Any:
    """Return a time of Aodh, which is in UTC without saying so, with the time zone."""
    return f"{time}+00:00" if isinstance(time, str) and re.fullmatch(r"[-\d]+T[:.\d]+", time) else time


def flattened(alarm: Json) -> Json:
    """Return an alarm as it is shown: the fields of its rule at its end, times with their zone, conditions as text."""
    alarm = {key: with_zone(value) if key in TIMES else value for key, value in alarm.items()}
    if alarm.get("composite_rule"):
        return {**alarm, "composite_rule": json.dumps(alarm["composite_rule"], indent=2)}
    rule = alarm.get(f"{alarm['type']}_rule") or {}
    found = {key: value for key, value in alarm.items() if key != f"{alarm['type']}_rule"} | rule
    if found.get("time_constraints"):
        found["time_constraints"] = json.dumps(found["time_constraints"], sort_keys=True, indent=2)
    if isinstance(found.get("query"), list):
        found["query"] = " AND\n".join(
            f"{one['field']} {SIGNS.get(one['op'], one['op'])} {one['value']}" for one in found["query"]
        )
    return found
