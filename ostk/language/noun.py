"""Nouns: the commands on one resource type, and what a command is."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import click

from .. import log_file
from ..api.resource import Json, Resource
from ..errors import FileError
from ..files import because
from ..record import replace
from ..render.format import Format
from ..render.options import LIST_OPTIONS, SHOW_OPTIONS, WATCH, Full, formatted, watch_from
from ..render.preferences import with_preferences
from . import verbs
from .argv import HELP_NAMES, ArgvCommand
from .column import Column, as_columns
from .grammar import article, plural, prose
from .options import IGNORE_MISSING, Arg, Opt, Param, flatten, target, targets
from .results import same
from .subresource import SubresourceVerb, Verb
from .view import alphabetical, plain_title

if TYPE_CHECKING:
    from .waiting import Wait

Params = click.Parameter | Sequence[click.Parameter]
Function = Callable[..., Any]


def begin_log(path: str) -> None:
    """Add the messages of the command to the file of --log-file, "" for none.

    Raises:
        FileError: The file cannot be written.
    """
    try:
        log_file.begin(path)
    except (OSError, ValueError) as error:
        raise FileError(f"The log file {path} cannot be written: {because(error)}.") from None


class Command(ArgvCommand):
    """A command. `run` does the work after the command line is parsed."""

    def __init__(
        self,
        name: str,
        params: Iterable[Params],
        help: str,
        run: verbs.Run,
        validate: Function | None = None,
        parse: Function | None = None,
    ) -> None:
        super().__init__(
            name,
            params=with_wait(own_first(flatten(params)), run),
            help=help,
            callback=self.start,
            context_settings=dict(HELP_NAMES),
        )
        self.run, self.validate, self.parse = run, validate, parse

    def start(self, **values: Any) -> None:
        """Run the command on the cloud selected by the global options."""
        from ..session.shared import close_cloud, open_cloud

        values = with_preferences(values)
        if self.validate:
            verbs.call(self.validate, values=MappingProxyType(values))
        if self.parse:
            values = {**values, **verbs.call(self.parse, values=MappingProxyType(values))}
        root = click.get_current_context().find_root()
        begin_log(root.params.get("log_file") or "")
        resource = getattr(self.run, "resource", None)
        if resource and resource.path:
            # The command sends requests. httpx is imported here and not where it is used: Python maps memory at each
            # call beyond 16 KB of frames and unmaps it at the return, up to 500 times in this import (5 to 15 ms).
            from ..http import imports  # noqa: F401
        cloud = open_cloud(root.obj, root.params)
        cloud.limit_wait(wait_limit(values))
        watch = watch_from(values)
        try:
            if watch:
                watch.rounds(lambda: self.run(cloud, self.params, values))
            self.run(cloud, self.params, values)
        except (LookupError, TypeError, AttributeError, ValueError) as error:
            if cloud.flags.get("debug") or (found := cloud.unexpected(error)) is None:
                raise
            raise found from error
        finally:
            close_cloud(root.obj, cloud)


def own_first(params: builtins.list[click.Parameter]) -> builtins.list[click.Parameter]:
    """Return parameters without the output options whose flags are those of a command's own: `alarm list --query`."""
    own = {flag for param in params if isinstance(param, Opt) for flag in param.opts}
    return [
        param for param in params if isinstance(param, Opt) or not (isinstance(param, Full) and param.opts[0] in own)
    ]


def wait_limit(values: Json) -> float | None:
    """Return the seconds that a command may wait: by --timeout, else by `--wait SECONDS`; None is no limit."""
    seconds, wait = values.get("wait_timeout"), values.get("wait")
    return seconds if seconds is not None or isinstance(wait, bool) else wait or None


def with_wait(params: builtins.list[click.Parameter], run: verbs.Run) -> builtins.list[click.Parameter]:
    """Return the parameters of a command, with --wait if its verb has a `wait`, and with --timeout beside --wait."""
    wait: Wait | None = getattr(run.verb if isinstance(run, SubresourceVerb) else run, "wait", None)
    if wait is None and all(param.name != "wait" for param in params):
        return params
    from .waiting import wait_options

    return wait_options(params, wait)


class Noun:
    """The commands on one resource type, by verb: `commands` has each by the words that follow the noun.

    Lists show `columns`, with --long also `long`, and those of `hidden` that `-c` names; `show` shows `fields`
    (default: all fields of the response). Each is a Column, or a text of keys as in `as_columns`; `formats`, `since`
    and `until` give the format, the first microversion, and the first microversion without the field, by key.
    Fields are sorted by name or, with `in_order`, shown in the given order. `parent` is the argument that names the
    parent of a subresource, before the resource or, with `parent_last`, after it; the ID fills the `{}` in the
    path. Each method adds one verb; its `domain` option says in which domain the name is looked for. A `prepare`
    function returns the request that is sent, or for `show` the resource that is shown: it is called with those of
    `cloud`, `body`, `values`, `item` and the parameters that it names. A `validate` function raises an error for values
    that do not go together, before anything is sent. A `parse` function returns the values that replace those of the
    same names, such as the contents of a file for its path. No function changes what it is given. `defaults` are the
    fields that are sent where nothing is said of them. A `wait` says what --wait polls for; it adds that option. A
    `present` function returns what is shown of a resource, from the resource as the service describes it. `admin` are
    the verbs, among those without a `help` of their own, that by default policy only administrators may use: their
    help says so. `shared` are options that each command has after its own; `wait` is that of `create`, `set` and
    `unset`.
    """

    def __init__(
        self,
        resource: Resource,
        help: str,
        columns: Sequence[Column | str] = (),
        fields: Sequence[Column | str] = (),
        formats: Mapping[str, Format] | None = None,
        in_order: bool = False,
        long: Sequence[Column | str] = (),
        hidden: Sequence[Column | str] = (),
        since: Mapping[str, str] | None = None,
        until: Mapping[str, str] | None = None,
        parent: Param | None = None,
        parent_last: bool = False,
        present: Callable[[Json], Json] = same,
        admin: str = "",
        shared: Sequence[click.Parameter] = (),
        wait: Wait | None = None,
    ) -> None:
        self.commands: dict[str, Command] = {}
        self.help, self.admin = help, admin.split()
        self.resource, self.in_order, self.parent, self.parent_last = resource, in_order, parent, parent_last
        self.formats, self.since, self.until, self.present = formats, since, until, present
        self.shared, self.wait = shared, wait
        more = [replace(column, long=True) for column in self.described(long)]
        more += [replace(column, hidden=True) for column in self.described(hidden)]
        self.columns = [*self.described(columns), *more]
        self.fields = self.arranged(fields)

    def list(
        self, *params: Params, help: str = "", prepare: Function | None = None, validate: Function | None = None
    ) -> None:
        """Add `list`."""
        run = verbs.List(self.resource, self.columns, prepare)
        self._verb("list", [*params, *self.shared, LIST_OPTIONS, WATCH], help, f"List {self.plural}", run, validate)

    def show(self, *params: Params, help: str = "", domain: Opt | None = None, prepare: Function | None = None) -> None:
        """Add `show`."""
        run = verbs.Show(self.resource, self.fields, prepare, self.present)
        words = [*within(domain, target(self.resource, domain=domain)), *params, *self.shared, SHOW_OPTIONS, WATCH]
        self._verb("show", words, help, f"Show {self.one}", run)

    def create(
        self,
        *params: Params,
        help: str = "",
        wait: Wait | None = None,
        defaults: Json | None = None,
        prepare: Function | None = None,
        validate: Function | None = None,
    ) -> None:
        """Add `create`."""
        run = verbs.Create(self.resource, self.fields, defaults or {}, prepare, wait or self.wait, self.present)
        words = [*params, *self.shared, SHOW_OPTIONS]
        self._verb("create", words, help, f"Create {self.one}", run, validate)

    def set(
        self,
        *params: Params,
        help: str = "",
        domain: Opt | None = None,
        wait: Wait | None = None,
        prepare: Function | None = None,
        validate: Function | None = None,
        parse: Function | None = None,
        shows: bool = False,
    ) -> None:
        """Add `set`, which prints nothing or, with `shows`, the resource as it is then."""
        run = verbs.Change(self.resource, prepare, wait or self.wait, self.fields if shows else None, self.present)
        words = [
            *within(domain, target(self.resource, domain=domain)),
            *params,
            *self.shared,
            SHOW_OPTIONS if shows else (),
        ]
        self._verb("set", words, help, f"Update {self.one}", run, validate, parse)

    def unset(
        self,
        *params: Params,
        help: str = "",
        wait: Wait | None = None,
        prepare: Function | None = None,
        validate: Function | None = None,
    ) -> None:
        """Add `unset`."""
        run = verbs.Change(self.resource, prepare, wait or self.wait)
        words = [target(self.resource), *params, *self.shared]
        self._verb("unset", words, help, f"Unset properties of {self.one}", run, validate)

    def delete(
        self,
        *params: Params,
        help: str = "",
        domain: Opt | None = None,
        wait: Wait | None = None,
        prepare: Function | None = None,
        validate: Function | None = None,
        accepted: str = "",
    ) -> None:
        """Add `delete`, which takes several resources; `accepted` is the line that is printed for each of them."""
        run = verbs.Delete(self.resource, prepare, wait, accepted)
        words = [*within(domain, targets(self.resource, domain=domain)), *params, *self.shared, IGNORE_MISSING]
        self._verb("delete", words, help, f"Delete {self.plural}", run, validate)

    def _verb(
        self,
        verb: str,
        words: Sequence[Params],
        help: str,
        default: str,
        run: Verb,
        validate: Function | None = None,
        parse: Function | None = None,
    ) -> None:
        text = help or f"{default}{' (admin only)' if verb in self.admin else ''}."
        outer = [self.parent] if self.parent else []
        named = words[:1] if self.parent_last and verb not in ("list", "create") else []
        params = [*named, *outer, *words[len(named) :]]
        runner = SubresourceVerb(run, outer[0]) if outer else run
        self.commands[verb] = Command(verb, params, text, runner, validate, parse)

    def action(
        self,
        verb: str,
        *params: Params,
        help: str = "",
        since: str = "",
        wait: Wait | None = None,
        validate: Function | None = None,
        parse: Function | None = None,
    ) -> Callable[[Function], Function]:
        """Add a verb that is a function and prints nothing of its own accord.

        The function's docstring is the help unless `help` is given; `since` is the microversion that the
        verb needs. `validate` raises an error for values that do not go together, before anything is sent.
        """
        words = [*params, *self.shared, *self.of_deletion(verb)]
        run = partial(verbs.Action, self.resource, since=since, wait=wait)
        return self._function(verb, words, run, validate, help, parse)

    def each(
        self,
        verb: str,
        *params: Params,
        help: str = "",
        since: str = "",
        wait: Wait | None = None,
        validate: Function | None = None,
        doing: str = "",
    ) -> Callable[[Function], Function]:
        """Add a verb that calls a function for each of several resources, with the name or ID as typed.

        `doing` is the verb in messages about failures, if it is not the first word of the verb.
        """
        word = plain_title(self.resource.noun)
        help_of_names = f"{self.plural[:1].upper()}{self.plural[1:]}."
        names = Arg(word, help_of_names, nargs=-1, required=True, names=self.resource, metavar=f"{word.upper()}...")
        done, words = doing or verb.split()[0], [names, *params, *self.shared, *self.of_deletion(verb)]
        return self._function(verb, words, lambda f: verbs.Each(self.resource, f, since, wait, done), validate, help)

    def lister(
        self,
        verb: str,
        *params: Params,
        columns: Sequence[Column | str] = (),
        also: Sequence[Column | str] = (),
        help: str = "",
        validate: Function | None = None,
        parse: Function | None = None,
        reads: bool = True,
        default_format: str = "",
        writers: Mapping[str, Callable[[Iterable[Json]], None]] | None = None,
    ) -> Callable[[Function], Function]:
        """Add a verb that is a function which returns resources, printed as a list.

        A function that names `columns` or `result_limit` gets the columns to show or the largest number of results.
        The function's docstring is the help unless `help` is given.
        `also` are the columns that the function may return beside those, for some options or some answers.
        `reads` is False for a `list` that sends other requests than GET: it gets no --watch. `writers` are further
        formats, each with a function that prints the resources; `default_format` is the format without --format.
        """
        shown, more = self.described(columns) or self.columns, self.described(also)
        words = [*params, *self.shared, formatted(LIST_OPTIONS, default_format, writers or ()), watched(verb, reads)]
        run = partial(verbs.Lister, self.resource, columns=shown, also=more, writers=writers or {})
        return self._function(verb, words, run, validate, help, parse)

    def shower(
        self,
        verb: str,
        *params: Params,
        fields: Sequence[Column | str] | None = None,
        also: Sequence[Column | str] = (),
        help: str = "",
        since: str = "",
        wait: Wait | None = None,
        validate: Function | None = None,
        parse: Function | None = None,
        reads: bool = True,
        default_format: str = "",
    ) -> Callable[[Function], Function]:
        """Add a verb that is a function which returns one resource, printed as `show` does.

        The function's docstring is the help unless `help` is given.
        `also` are the fields that the function may return beside `fields`, for some options or some answers.
        `reads` is False for a `show` that sends other requests than GET: it gets no --watch. `default_format` is the
        format without --format.
        """
        shown, more, present = self.fields, self.described(also), self.present
        if fields is not None:
            shown, present = self.arranged(fields), same
        words = [*params, *self.shared, formatted(SHOW_OPTIONS, default_format), watched(verb, reads)]
        run = partial(verbs.Shower, self.resource, since=since, wait=wait, fields=shown, also=more, present=present)
        return self._function(verb, words, run, validate, help, parse)

    def _function(
        self,
        verb: str,
        params: Sequence[Params],
        run: Callable[[Function], verbs.Run],
        validate: Function | None = None,
        help: str = "",
        parse: Function | None = None,
    ) -> Callable[[Function], Function]:
        def register(function: Function) -> Function:
            text = help or (function.__doc__ or "").strip()
            self.commands[verb] = Command(verb.split()[-1], params, text, run(function), validate, parse)
            return function

        return register

    def of_deletion(self, verb: str) -> Sequence[click.Parameter]:
        """Return --ignore-missing for a verb that deletes resources of a cloud."""
        return [IGNORE_MISSING] if verb.split()[-1] == "delete" and self.resource.service.name != "ostk" else []

    def described(self, columns: Iterable[Column | str]) -> builtins.list[Column]:
        """Return columns from columns and texts, with the formats and microversions of the noun."""
        return as_columns(columns, self.formats, self.since, self.until)

    def arranged(self, fields: Iterable[Column | str]) -> builtins.list[Column]:
        """Return fields as Columns, in the order of output."""
        columns = self.described(fields)
        return columns if self.in_order else alphabetical(columns)

    @property
    def one(self) -> str:
        """A noun phrase with article: `a server`, `an image`, `a user`."""
        return f"{article(self.resource.noun)} {prose(self.resource.noun)}"

    @property
    def plural(self) -> str:
        """The plural in a sentence: `servers`, `floating IPs`."""
        return plural(prose(self.resource.noun))


def within(domain: Opt | None, named: Arg) -> Sequence[click.Parameter]:
    """Return the argument that names a resource, and the option of the domain if there is one."""
    return [named, domain] if domain else [named]


def watched(verb: str, reads: bool) -> Sequence[click.Parameter]:
    """Return --watch for a verb that lists or shows and sends only GET requests; to repeat others is not safe."""
    return [WATCH] if reads and not {"list", "show"}.isdisjoint(verb.split()) else []


__all__ = ["Column", "Command", "Json", "Noun"]
