"""Parameters of commands: options and arguments that know their field in the request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from typing import TYPE_CHECKING, Any

import click

from ..errors import OstkError
from ..render.options import Full, Option
from ..text import parse_boolean
from .grammar import plural, term

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from ..api.resource import Json, Resource
    from ..api.service import Service
    from ..session.cloud import Cloud

Convert = Callable[[Any], Any]
MERGE_INTO_BODY = "*"  # the key of an option whose value is an object of several fields
NULL = object()  # the value of a flag that sends null


class Opt(Option):
    """An option whose value becomes a field of the request.

    Args:
        flags: The flags, and optionally the parameter name, separated by blanks: "-n --name new_name"; then "..." if
            the option may be repeated: "--tag...".
        help: The help sentence, without the notes that `language.help.describe` adds.
        key: The field in the API (default: the parameter name, which ends with `_id` for a `ref`); dots nest.
        ref: The resource type that the value names; the request gets the ID.
        names: The resource type whose names are completed; the value is sent as typed.
        domain: The option with the domain, or the argument with the owner, in which the name is looked up.
        value: The value of a flag, sent where the flag is given.
        since: The microversion that the field requires.
        action: Send the value in a request of its own: the action with this name, or this function.
        convert: A function that turns the typed value into the value of the field.
        not_sent: The option controls the command and is not sent; needless where a function takes no `body`.
        greedy: Take all arguments up to the next option; "+" requires at least one argument.
        needs: Flags, separated by blanks, of which one is required beside the option.
        choices: The valid values: a list, or a text separated by blanks.
        admin: By default policy, only administrators may use the option.
        header: A service and the header that carries the value in all requests to it; nothing else is sent.
        prepare: A function that returns the request of a `set` or `unset` with the option, as that of a noun.
        attrs: Parameters of click.Option.
    """

    def __init__(
        self,
        flags: str,
        help: str,
        *,
        key: str = "",
        ref: Resource | None = None,
        names: Resource | None = None,
        domain: Opt | Arg | None = None,
        value: Any = None,
        since: str = "",
        action: str | Callable[..., Any] = "",
        convert: Convert | None = None,
        not_sent: bool = False,
        greedy: bool | str = False,
        needs: str = "",
        choices: str | Iterable[str] = (),
        admin: bool = False,
        header: tuple[Service, str] | None = None,
        prepare: Callable[..., Any] | None = None,
        **attrs: Any,
    ) -> None:
        if greedy or flags.endswith("..."):
            attrs["multiple"] = True
        if choices:
            attrs["type"] = click.Choice(words(choices))
        if value is not None:
            attrs |= {"is_flag": True, "flag_value": value, "type": DeclaredValue()}
        if ref and "metavar" not in attrs and "type" not in attrs:
            attrs["metavar"] = ref.noun.upper().replace(" ", "_")
        if not attrs.get("required"):
            attrs.setdefault("default", None)  # to click, None is a value too: nothing would be missing
        self.needs = needs.split()
        super().__init__(flags.removesuffix("...").split(), help=help, **attrs)
        assert self.name is not None
        self.key = key or (f"{self.name.removesuffix('_id')}_id" if ref else self.name)
        self.ref, self.domain, self.since, self.action = ref, domain, since, action
        self.names = names or ref
        self.convert_value, self.not_sent, self.greedy = convert, not_sent or header is not None, greedy
        self.admin, self.header, self.prepare = admin, header, prepare
        self.group: ExclusiveOptions | None = None

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete the names of resources where the option has a resource type."""
        return complete_names(self.names, ctx, incomplete) or super().shell_complete(ctx, incomplete)


class Value(Opt):
    """An option that the command's function reads, and that is not sent as it is."""

    def __init__(self, flags: str, help: str, **attrs: Any) -> None:
        super().__init__(flags, help, not_sent=True, **attrs)


class Flag(Value):
    """A flag that controls the command and is not sent."""

    def __init__(self, flags: str, help: str, **attrs: Any) -> None:
        super().__init__(flags, help, is_flag=True, default=False, **attrs)


class FullOpt(Opt, Full):
    """An option that `openstack` lacks: read only when typed in full."""


class Arg(click.Argument):
    """A positional argument whose value becomes a field of the request; parameters as for `Opt`.

    An argument with `names` and no `key` is not sent: the command's function gets what was typed.
    """

    def __init__(
        self,
        name: str,
        help: str = "",
        *,
        key: str = "",
        ref: Resource | None = None,
        names: Resource | None = None,
        domain: Opt | None = None,
        convert: Convert | None = None,
        not_sent: bool = False,
        choices: str | Iterable[str] = (),
        **attrs: Any,
    ) -> None:
        if choices:
            attrs["type"] = click.Choice(words(choices))
        attrs.setdefault("metavar", name.upper())
        super().__init__([name], **attrs)
        self.help = help  # as it is written, see Option
        self.key = key or (f"{name.removesuffix('_id')}_id" if ref else name)
        self.ref, self.domain, self.since, self.action = ref, domain, "", ""
        self.names = names or ref
        self.convert_value, self.not_sent = convert, not_sent or (names is not None and not key)

    def process_value(self, ctx: click.Context, value: Any) -> Any:
        """Return the value; of several resources, one that is named twice is there once."""
        found = super().process_value(ctx, value)
        return tuple(dict.fromkeys(found)) if self.nargs == -1 and self.names else found

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete the names of resources where the argument has a resource type."""
        return complete_names(self.names, ctx, incomplete) or super().shell_complete(ctx, incomplete)


Param = Opt | Arg


def words(given: str | Iterable[str]) -> list[str]:
    """Return the words of a text; other iterables as a list."""
    return given.split() if isinstance(given, str) else list(given)


def complete_names(resource: Resource | None, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
    """Return completions: the names of resources of a type that begin with `incomplete`."""
    if resource is None:
        return []
    from click.shell_completion import CompletionItem

    from .completion import names

    return [CompletionItem(name) for name in names(ctx, resource, incomplete)]


class ExclusiveOptions:
    """Options that exclude each other; with `required`, exactly one must be given."""

    def __init__(self, options: Sequence[Opt], required: bool) -> None:
        self.options, self.required = options, required


def exclusive(*options: Opt, required: bool = False) -> list[Opt]:
    """Return copies of the options that exclude each other; the originals may be used without the group."""
    copies = [copy(option) for option in options]
    group = ExclusiveOptions(copies, required)
    for option in copies:
        option.group = group
    return copies


def require_any(verb: str, *flags: str) -> Callable[[Json], None]:
    """Return a validator that raises OstkError when none of these options is given; `verb` is for the message."""
    names = [flag.removeprefix("--").replace("-", "_") for flag in flags]
    hint = f"Give {flags[0]}." if len(flags) == 1 else f"Give at least one of {', '.join(flags)}."

    def validate(values: Json) -> None:
        if all(values[name] in (None, False, ()) for name in names):
            raise OstkError(f"Nothing to {verb}: no option is given.", hint)

    return validate


def target(resource: Resource, name: str = "", help: str = "", as_typed: bool = False, **attrs: Any) -> Arg:
    """Return the argument that names the resource a command is about.

    The command gets the ID or, with `as_typed`, what was typed: for services that take names, too.
    """
    attrs = {"not_sent": True, "names" if as_typed else "ref": resource, **attrs}
    word, several = name or resource.noun.replace(" ", "_"), attrs.get("nargs") == -1
    phrase = plural(term(resource.noun)) if several else term(resource.noun)
    if resource.id == resource.name and resource.id.endswith("_id"):  # the resource has no ID of its own
        phrase += f", by {resource.id.removesuffix('_id').replace('_', ' ')}"
    help = help or f"{phrase[:1].upper()}{phrase[1:]}."
    return Arg(word, help, metavar=word.upper() + ("..." if several else ""), **attrs)


def targets(resource: Resource, **attrs: Any) -> Arg:
    """Return the argument that names one or more resources."""
    return target(resource, nargs=-1, required=True, **attrs)


def flatten(params: Iterable[click.Parameter | Sequence[click.Parameter]]) -> list[click.Parameter]:
    """Return one list of parameters from parameters and lists of parameters."""
    flat: list[click.Parameter] = []
    for param in params:
        flat.extend([param] if isinstance(param, click.Parameter) else param)
    return flat


class DeclaredValue(click.ParamType[Any]):
    """The type of a flag with a declared value."""

    name = "value"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the declared value."""
        return value


class KeyValue(click.ParamType[tuple[str, str]]):
    """The type KEY=VALUE, or with another separator; the value may contain it."""

    def __init__(self, separator: str = "=") -> None:
        self.separator, self.name = separator, f"key{separator}value"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Return the key and the value."""
        if isinstance(value, tuple):
            return value
        key, separator, text = value.partition(self.separator)
        if not separator or not key:
            self.fail(f"{value!r} is not {self.name.upper()}.", param, ctx)
        return key, text


class KeyValues(click.ParamType[dict[str, str]]):
    """The type KEY=VALUE,KEY=VALUE.

    Args:
        required: Keys that must be given: a list, or a text separated by blanks.
        optional: Further valid keys; without `required` and `optional`, all keys are valid.
        refs: Resource types by key, for values that are names or IDs to look up.
    """

    name = "key=value,…"

    def __init__(
        self, required: Iterable[str] = (), optional: Iterable[str] = (), refs: Mapping[str, Resource] | None = None
    ) -> None:
        self.required, self.optional, self.refs = words(required), words(optional), refs or {}

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dict[str, str]:
        """Return the values by key."""
        if isinstance(value, dict):
            return value
        found: dict[str, str] = {}
        keys = (*self.required, *self.optional)
        for part in self.parts(value):
            key, equals, text = part.partition("=")
            if not equals or not key:
                self.fail(f"{part!r} is not KEY=VALUE.", param, ctx)
            if keys and key not in keys:
                self.fail(f"{key!r} is not one of {', '.join(keys)}.", param, ctx)
            found[key] = text
        if missing := [key for key in self.required if key not in found]:
            self.fail(f"{', '.join(missing)} missing in {value!r}.", param, ctx)
        return found

    def parts(self, text: str) -> list[str]:
        """Return the KEY=VALUE pairs of a text."""
        return text.split(",")


class Boolean(click.ParamType[bool]):
    """The type of a boolean in any usual spelling."""

    name = "boolean"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> bool:
        """Return the boolean."""
        found = parse_boolean(value)
        if found is None:
            self.fail(f"{value!r} is neither true nor false.", param, ctx)
        return found


class Comma(click.ParamType[list[str]]):
    """The type of a list of values separated by commas."""

    name = "value,…"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> list[str]:
        """Return the values; empty ones are left out."""
        return value if isinstance(value, list) else [v for v in value.split(",") if v]


COUNT = click.IntRange(0)


def properties(help: str, flag: str = "--property", **attrs: Any) -> Opt:
    """Return a repeatable KEY=VALUE option, sent as an object."""
    return Opt(flag, help, multiple=True, type=KeyValue(), **attrs)


LONG = Flag("--long", "Show additional columns.")
WAIT = Flag("--wait", "Wait until the operation is complete.")

IGNORE_MISSING = FullOpt(
    "--ignore-missing", "Treat a resource that does not exist as deleted.", is_flag=True, not_sent=True, default=False
)


def unlimited(ctx: click.Context, param: click.Parameter, value: int | None) -> int | None:
    """Return the value of a limit; None, which is not sent, for 0."""
    return value or None


LIMIT = Opt("--limit", "Maximum number of results; 0 is no limit.", type=COUNT, callback=unlimited)
PAGE_SIZE = Opt("--limit page_size", "Page size: number of results per request.", key="limit", type=COUNT)
MARKER = Opt("--marker", "Start after the resource with this ID.", metavar="ID")
MAX_ITEMS = Opt("--max-items", "Maximum number of results.", type=COUNT, not_sent=True)
UNLIMITED_PAGE_SIZE = Opt(
    "--limit page_size",
    "Number of results per request; all pages are requested (0: maximum of the service).",
    key="limit",
    type=COUNT,
    callback=unlimited,
)
PAGES = [PAGE_SIZE, MARKER, MAX_ITEMS]
DESCRIPTION = Opt("--description", "Description.")
NEW_DESCRIPTION = Opt("--description", "New description.")
NAME = Opt("--name", "New name.")
OR_SHOW = Opt("--or-show", "Show the existing resource if the name is already in use.", is_flag=True, not_sent=True)


def given(params: Iterable[click.Parameter], values: Json) -> list[tuple[Param, Any]]:
    """Return the parameters that have a value on the command line, each with the value."""
    pairs = [(p, values.get(p.name or "")) for p in params if isinstance(p, Opt | Arg)]
    return [(p, v) for p, v in pairs if not (v is None or v == () or (isinstance(p, Flag) and not v))]


def send_headers(cloud: Cloud, pairs: Sequence[tuple[Param, Any]]) -> None:
    """Send the values of options with a `header` in the requests of the command that follow, names as IDs."""
    for param, value in pairs:
        if isinstance(param, Opt) and param.header:
            service, name = param.header
            cloud.send_header(service, name, cloud.find(param.ref, value) if param.ref else value)


def fields(pairs: Iterable[tuple[Param, Any]]) -> Json:
    """Return the request fields of parameters and values; dots in a key nest."""
    body: Json = {}
    for param, value in pairs:
        if param.not_sent:
            continue
        sent = param.convert_value(value) if param.convert_value else plain(value)
        if param.key == MERGE_INTO_BODY:
            body.update(sent)
            continue
        place = body
        *parents, leaf = param.key.split(".")
        for parent in parents:
            place = place.setdefault(parent, {})
        place[leaf] = sent
    return body


def plain(value: Any) -> Any:
    """Return the JSON form of a value: KEY=VALUE pairs as an object, repeated values as a list, NULL as None."""
    if value is NULL:
        return None
    if isinstance(value, tuple):
        return dict(value) if isinstance(value[0], tuple) else list(value)
    return value
