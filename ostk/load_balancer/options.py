"""Options, value types and formats that the nouns of the Load Balancer service share."""

from typing import Any

import click

from ..api.load_balancer import L7_POLICY, LISTENER, LOAD_BALANCER, POOL
from ..errors import OstkError
from ..language import NULL, Cloud, Json, Opt, Resource, Wait

NO_VALUE = ("none", "null", "void")  # words that stand for no policy and for no container
DEFAULTS = {"admin_state_up": True}


class Range(click.ParamType[int]):
    """The type of a number from `low` to `high`."""

    name = "number"

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number after it is validated."""
        try:
            number = int(value)
        except ValueError:
            self.fail(f"{value!r} is not a number.", param, ctx)
        if not self.low <= number <= self.high:
            flag = param.opts[0] if param else "The number"
            raise OstkError(f"{flag}: {number} is not in the range from {self.low} to {self.high}.")
        return number


PROTOCOL_PORT = Range(1, 65535)


def any_case(words: str) -> click.Choice[str]:
    """Return the type of one of some words, in upper or lower case."""
    return click.Choice(words.split(), case_sensitive=False)


def container(flag: str, help: str) -> Opt:
    """Return the option for the reference of a secret or container of the Key Manager service; `none` is no one."""
    return Opt(
        flag,
        f"{help}; none for no {help.split()[0].lower()}.",
        metavar="URI",
        convert=lambda text: None if is_no_value(text) else text,
    )


def is_no_value(text: str) -> bool:
    """Return whether a value is a word for no value."""
    return text.lower() in NO_VALUE


def enabling(what: str, key: str = "admin_state_up") -> Opt:
    """Return the options --enable and --disable of a resource."""
    return Opt("--enable/--disable", f"Enable or disable the {what}.", key=key)


def enabled(what: str, key: str = "admin_state_up") -> Opt:
    """Return the filters --enable and --disable of a list."""
    return Opt("--enable/--disable", f"List enabled or disabled {what}.", key=key)


def removed(flag: str, help: str, key: str = "") -> Opt:
    """Return a flag of `unset`, which sends null."""
    return Opt(flag, help, key=key or flag.lstrip("-").replace("-", "_"), value=NULL)


def balancer_of(cloud: Cloud, resource: Resource, item: Json) -> str:
    """Return the ID of the load balancer that a part belongs to."""
    if balancers := item.get("loadbalancers"):
        return str(balancers[0]["id"])
    if pools := item.get("pools"):
        return balancer_of(cloud, POOL, cloud.fetch(POOL, pools[0]["id"]))
    if listener := item.get("listener_id"):
        return balancer_of(cloud, LISTENER, cloud.fetch(LISTENER, listener))
    *_, collection, parent, _ = resource.path.split("/")  # of members and rules: /lbaas/pools/ID/members
    outer = POOL if collection == "pools" else L7_POLICY
    return balancer_of(cloud, outer, cloud.fetch(outer, parent))


READY = Wait("ACTIVE")
PARENT_READY = Wait("ACTIVE", resource=LOAD_BALANCER, owner=balancer_of)
GONE = Wait("deleted")
