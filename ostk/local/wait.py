"""`ostk wait`: poll any resource until it has a status, a value in a column, or is deleted."""

from collections.abc import Callable, Sequence
from typing import Any

import click

from ..api.resource import Resource
from ..api.states import STATES
from ..errors import OstkError, WaitError, WaitTimeout
from ..language import Arg, Column, Command, Json, Value
from ..language.bulk import is_missing
from ..language.command_lookup import look_up, nearest
from ..language.subresource import SubresourceVerb
from ..language.verbs import Show, Shower
from ..language.view import filtered_column, values_to_compare
from ..language.waiting import DELETED, MAX_POLLS_IN_ERROR
from ..record import replace
from ..render.filter import Condition, parse_condition
from ..session.cloud import Cloud, fault

STATUS_KEYS = ("status", "state")
Shown = tuple[Sequence[Column], Json]


class Target:
    """What is waited for: a resource of the type of a `show` command, looked up as that command does.

    Args:
        cloud: The cloud.
        command: The `show` command.
        words: The arguments of the command: the name or ID, after those of the parents.
        ctx: The context of `ostk wait`.

    Attributes:
        id: The ID of the resource, once it is known.
        state: What the field of the condition is, as a sentence.

    Raises:
        click.UsageError: The arguments are not those of the command.
    """

    def __init__(self, cloud: Cloud, command: Command, words: Sequence[str], ctx: click.Context) -> None:
        self.cloud = cloud
        self.params: Sequence[click.Parameter] = command.params
        self.ctx = command.make_context("show", ["--", *words], parent=ctx)
        self.values, self.run = self.ctx.params, command.run
        if isinstance(self.run, SubresourceVerb):
            self.run, self.params, self.values = self.run.below(cloud, self.params, self.values)
        self.id = self.state = ""

    @property
    def resource(self) -> Resource:
        """The resource type."""
        resource: Resource = self.run.resource  # type: ignore[attr-defined]
        return resource

    def shown(self) -> Shown:
        """Return the fields that `show` prints, and the resource; after the first look-up by ID."""
        with self.ctx.scope(cleanup=False):
            if isinstance(self.run, Show):
                fields, item = self.run.fields, self.run.item(self.cloud, self.params, self.values)
            else:
                assert isinstance(self.run, Shower)
                result = self.run.result(self.cloud, self.params, self.values)
                fields, item = result if isinstance(result, tuple) else (self.run.fields, result)
        arguments = [param.name or "" for param in self.params if isinstance(param, click.Argument)]
        if not self.id and item.get(self.resource.id) and len(arguments) == 1:
            self.id = str(item[self.resource.id])
            self.values = {**self.values, arguments[0]: self.id}
        return fields, item

    def fetch(self) -> Json:
        """Return the resource, by the fewest requests: what `show` adds to it is left out after the first look-up."""
        if self.id and "{}" not in self.resource.path:
            return self.cloud.fetch(self.resource, self.id)
        return self.shown()[1]


def find_show(root: click.Group, ctx: click.Context, words: Sequence[str]) -> tuple[Command, Sequence[str]]:
    """Return the `show` command of the noun that the words begin with, and the words after the noun.

    The longest noun whose command takes as many arguments as words are left is meant. As in `NOUN show`, a word of
    the noun may be a unique prefix.

    Raises:
        click.UsageError: The words begin with no noun that has the command, or too few or too many words follow.
    """
    fitting: tuple[Command, Sequence[str]] | None = None
    noun = ""
    for count in range(1, len(words) + 1):
        phrase, show = command_with(root, ctx.find_root(), [*words[:count], "show"])
        if isinstance(show, Command) and isinstance(getattr(show.run, "verb", show.run), Show | Shower):
            noun, left = phrase.removesuffix(" show"), words[count:]
            arguments = [param for param in show.params if isinstance(param, click.Argument)]
            if len([param for param in arguments if param.required]) <= len(left) <= len(arguments):
                fitting = show, left
    if fitting is None and noun:
        raise click.UsageError(f"Give the name or ID of one {noun}, as for '{noun} show'.", ctx)
    if fitting is None:
        near = nearest_noun(ctx.find_root(), words)
        also = f" Did you mean {near}?" if near else ""
        raise click.UsageError(
            f"{' '.join(words)!r} does not begin with a resource type that has a show command.{also}", ctx
        )
    return fitting


def nearest_noun(root: click.Context, words: Sequence[str]) -> str:
    """Return the resource type with a show command that the words most likely begin with, "" for none."""
    from difflib import SequenceMatcher

    near: list[tuple[float, str]] = []
    for count in range(1, len(words) + 1):
        typed = " ".join([*words[:count], "show"])
        for phrase in nearest(root, typed.split(" ")):
            if phrase.endswith(" show") and phrase.count(" ") == count:
                near.append((SequenceMatcher(None, phrase, typed).ratio(), phrase.removesuffix(" show")))
    return max(near, default=(0.0, ""))[1]


def command_with(root: click.Group, ctx: click.Context, words: Sequence[str]) -> tuple[str, click.Command | None]:
    """Return the command that words abbreviate, with its words in full; None if they are no command."""
    command: click.Command | None = root
    names, rest = [], list(words)
    while rest and isinstance(command, click.Group):
        found = look_up(command, ctx, rest)
        if found is None:
            return "", None
        name, command, rest = found
        names.append(name)
    return " ".join(names), None if rest else getattr(command, "own", None) or command


def condition_of(text: str) -> Condition | None:
    """Return the condition on a column that --for gives, None for a status.

    Raises:
        click.UsageError: The text is no condition, or empty.
    """
    if not text.strip():
        raise click.UsageError("--for: Give a status, 'deleted' or COLUMN=VALUE.")
    if not set("=~<>") & set(text):
        return None
    try:
        return replace(parse_condition(text), any_case=True)
    except ValueError as error:
        raise click.UsageError(f"--for: {error}") from None


def status_of(resource: Resource, item: Json) -> tuple[str, str]:
    """Return the field with the status of a resource, and the status; empty texts if it has none."""
    key = next((key for key in (resource.status, *STATUS_KEYS) if isinstance(item.get(key), str)), "")
    return key, str(item.get(key) or "")


def check_for_error(resource: Resource, item: Json) -> None:
    """Raise WaitError if the status of a resource is an error."""
    state = status_of(resource, item)[1]
    if "error" in state.lower() or state == "killed":
        because = fault(item) and f": {fault(item)}"
        name = item.get(resource.name) or item.get(resource.id)
        raise WaitError(f"The {resource.noun} {name} went into {state}{because}.")


def wait_for_resource(cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> None:
    """Poll a resource until it is as --for says.

    Raises:
        WaitError: The resource has an error status.
        WaitTimeout: The time of --timeout is over.
    """
    ctx = click.get_current_context()
    root = ctx.find_root().command
    assert isinstance(root, click.Group)
    wanted = values["wanted"].strip()
    target = Target(cloud, *find_show(root, ctx, values["words"]), ctx)
    warn_of_unknown_status(target.resource, wanted)
    fetch, reached = until(target, wanted)

    def found() -> Json:
        try:
            return fetch()
        except OstkError as error:
            if wanted.lower() == DELETED and is_missing(error):
                return {}
            raise

    try:
        cloud.poll(found, reached, noun=target.resource.noun, interval=values["interval"])
    except WaitTimeout as error:
        error.hint = error.hint or target.state
        raise


def warn_of_unknown_status(resource: Resource, wanted: str) -> None:
    """Print a warning of a status that the API reference does not name: it may be misspelt, or newer than ostk."""
    known = STATES.get(resource.noun, {}).get(resource.status)
    if known and condition_of(wanted) is None and wanted.lower() not in map(str.lower, [*known, DELETED]):
        from ..session.error_hints import did_you_mean

        OstkError(f"{wanted} is not a known status of a {resource.noun}.", did_you_mean(wanted, known)).show()


def until(target: Target, wanted: str) -> tuple[Callable[[], Json], Callable[[Json], bool]]:
    """Return the function that fetches a resource, and the condition on the resource: that it is as `wanted` says."""
    condition, polls = condition_of(wanted), 0
    if condition is None:

        def first() -> Json:
            return target.fetch() if target.id else target.shown()[1]

        def has_status(item: Json) -> bool:
            nonlocal polls
            polls += 1
            key, state = status_of(target.resource, item)
            if not item or state.lower() == wanted.lower():
                return True
            deleted = wanted.lower() == DELETED
            if not (key or deleted):
                raise OstkError(
                    f"A {target.resource.noun} has no status to wait for.",
                    "Wait for the value of a field: --for COLUMN=VALUE.",
                )
            if not deleted or "delet" in state.lower() or polls > MAX_POLLS_IN_ERROR:
                check_for_error(target.resource, item)
            return False

        return first, has_status

    fields: Sequence[Column] = ()

    def look() -> Json:
        nonlocal fields
        fields, item = target.shown()
        return item

    def has_value(item: Json) -> bool:
        values = values_of(condition, fields, item)
        if condition.holds(*values):
            return True
        check_for_error(target.resource, item)
        if condition.column.lower() not in STATUS_KEYS:  # the message has the status
            target.state = f"{condition.column} is {values[0]!r}."
        return False

    return look, has_value


def values_of(condition: Condition, fields: Sequence[Column], item: Json) -> tuple[Any, Any]:
    """Return the values that a condition is about: of a field that `show` prints, or of another one of the resource.

    Raises:
        OstkError: There is no such field.
    """
    named = [replace(c, title=c.title or c.key) for c in fields if not c.hidden and (c.key in item or c.value)]
    others = [Column(key, key) for key in item if key not in {column.key for column in named}]
    return values_to_compare(filtered_column(condition, [*named, *others], option="--for"), item)


wait = Command(
    "wait",
    [
        Arg(
            "words",
            "Resource type and the name or ID of a resource, e.g. volume snapshot daily.",
            nargs=-1,
            required=True,
            metavar="NOUN... NAME",
            not_sent=True,
        ),
        Value(
            "--for wanted",
            "Status to wait for, `deleted`, or a condition on a field, e.g. COLUMN=VALUE or COLUMN>=VALUE.",
            required=True,
            metavar="CONDITION",
        ),
        Value(
            "--timeout wait_timeout",
            "Maximum time to wait, in seconds; the exit status is 124 after that time.",
            type=click.FloatRange(0),
            metavar="SECONDS",
        ),
        Value(
            "--interval",
            "Time between two requests, in seconds (default: growing from 0.5 to 5).",
            type=click.FloatRange(0.1),
            metavar="SECONDS",
        ),
    ],
    "Wait until a resource has a status, a value in a field, or is deleted.",
    wait_for_resource,
    validate=lambda wanted: condition_of(wanted),
)
