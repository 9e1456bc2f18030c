"""Implementations of the verbs: list, show, create, set, unset and delete, and verbs that call a function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..api.resource import Json, Resource
from ..errors import Conflict, HTTPNotFound, OstkError, PartialFailure
from ..record import Record
from ..render.options import output_from
from .bulk import each, is_missing
from .column import Column
from .options import Param, fields, given, send_headers
from .results import print_result, reported, same
from .view import check, confirmed, explain_empty, for_microversion, print_item, print_items, shown

if TYPE_CHECKING:
    from ..session.cloud import Cloud
    from .waiting import Wait

Function = Callable[..., Any]
R = TypeVar("R")
Run = Callable[["Cloud", Sequence[click.Parameter], Json], None]


def call(function: Function, **known: Any) -> Any:
    """Call a function with the values that its parameters name, from `known` and the values of the command line."""
    values = known.get("values", {})
    return function(**{name: known[name] if name in known else values[name] for name in parameters(function)})


def parameters(function: Function) -> tuple[str, ...]:
    """Return the names of the parameters of a function."""
    code = function.__code__
    return code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]


def resolve(
    cloud: Cloud, params: Sequence[click.Parameter], values: Json, resource: Resource | None, skip: str = ""
) -> tuple[list[tuple[Param, Any]], Json]:
    """Replace names by IDs, all looked up at once.

    Args:
        cloud: The cloud.
        params: The parameters of the command.
        values: Their values, by name.
        resource: The resource type whose microversion `since` of the parameters refers to, None to check nothing.
        skip: The name of a parameter whose value stays as it is.

    Returns:
        The given parameters, each with its value, and all values; both with IDs for names. `values` stays as it is.
    """
    pairs = given(params, values)
    send_headers(cloud, pairs)
    if resource:
        needs(cloud, resource, resource.since)
        for param, value in pairs:
            if param.since:
                flags = param.secondary_opts if value is False and param.secondary_opts else param.opts
                cloud.require(resource.service, param.since, flags[0])
    resolved = {**values, **{p.name or "": copied(v) for p, v in pairs if getattr(p.type, "refs", None)}}
    names = [(p, v) for p, v in pairs if p.ref and p.name != skip and not getattr(p, "header", None)]
    plain = [(p, v) for p, v in names if not within(p, values)]
    nested = nested_names([(p, resolved[p.name or ""]) for p, _ in pairs])
    for group in (plain, [pair for pair in names if pair not in plain]):
        lookups = [
            (p.ref, name, within(p, resolved)) for p, v in group for name in (v if isinstance(v, tuple) else (v,))
        ]
        lookups += [(type, one[key], {}) for type, one, key in nested]
        ids = iter(cloud.find_all([(type, name, place) for type, name, place in lookups if type]))
        for param, value in group:
            resolved[param.name or ""] = [next(ids) for _ in value] if isinstance(value, tuple) else next(ids)
        for _, one, key in nested:
            one[key] = next(ids)  # in the copies that were made above
        nested = []
    return [(p, resolved[p.name or ""]) for p, _ in pairs], resolved


def copied(value: Any) -> Any:
    """Return a copy of the KEY=VALUE,… value or values of a parameter."""
    return tuple(dict(one) for one in value) if isinstance(value, tuple) else dict(value)


def needs(cloud: Cloud, resource: Resource, since: str) -> None:
    """Validate that the negotiated microversion is at least `since`, the one the command requires; "" is none.

    Raises:
        OstkError: The microversion is older.
    """
    if since:
        words = click.get_current_context().command_path.partition(" ")[2]
        cloud.require(resource.service, since, words)


def nested_names(pairs: Sequence[tuple[Param, Any]]) -> list[tuple[Resource, Json, str]]:
    """Return the names in KEY=VALUE,… values: of each its resource type, the value it is in, and its key there."""
    return [
        (resource, one, key)
        for param, value in pairs
        for key, resource in getattr(param.type, "refs", {}).items()
        for one in (value if isinstance(value, tuple) else (value,))
        if one.get(key)
    ]


def within(param: click.Parameter, values: Json) -> Json:
    """Return the query that restricts the lookup of a name to the domain given by its option; {} without a domain."""
    domain: Param | None = getattr(param, "domain", None)
    found = values.get(domain.name or "") if domain else None
    return {domain.key: found} if domain and found else {}


class List(Record):
    """The verb `list`."""

    resource: Resource
    columns: Sequence[Column]
    prepare: Function | None = None

    def __call__(self, cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> None:
        """Request all pages and print the resources."""
        output = output_from(values)
        columns = shown(self.columns, values, output)
        pairs, values = resolve(cloud, params, values, self.resource)
        query = fields(pairs)
        if self.prepare:
            query = call(self.prepare, cloud=cloud, body=query, values=values)
        columns = for_microversion(cloud, self.resource, columns)
        found = print_items(columns, cloud.pages(self.resource, query, limit=result_limit(values)), output)
        explain_empty(cloud, self.resource, found, output)


def result_limit(values: Json) -> int | None:
    """Return the maximum number of results by --limit and --max-items; None is no limit."""
    return min(filter(None, (values.get("max_items"), values.get("limit"))), default=None)


class Show(Record):
    """The verb `show`."""

    resource: Resource
    fields: Sequence[Column]
    prepare: Function | None = None
    present: Function = staticmethod(same)

    def __call__(self, cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> None:
        """Look up the resource and print it."""
        output = output_from(values)
        check(self.fields, output)
        item = self.item(cloud, params, values)
        print_item(for_microversion(cloud, self.resource, self.fields), self.present(item), output)

    def item(self, cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> Json:
        """Return the resource that the command line names."""
        target = params[0]
        name = values[target.name or ""]
        _, values = resolve(cloud, params, values, self.resource, skip=target.name or "")
        item = cloud.get(self.resource, name, within(target, values))
        return call(self.prepare, cloud=cloud, item=item, values=values) if self.prepare else item


class Create(Record):
    """The verb `create`."""

    resource: Resource
    fields: Sequence[Column]
    defaults: Json
    prepare: Function | None = None
    wait: Wait | None = None
    present: Function = staticmethod(same)

    def __call__(self, cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> None:
        """Send the request, then the separate requests; wait with --wait; print the resource."""
        output = output_from(values)
        check(self.fields, output)
        pairs, values = resolve(cloud, params, values, self.resource)
        sent = fields([(p, v) for p, v in pairs if not p.action])
        body = {**sent, **{key: value for key, value in self.defaults.items() if key not in sent}}
        if self.prepare:
            body = call(self.prepare, cloud=cloud, body=body, values=values)
        try:
            item = cloud.create(self.resource, body)
        except Conflict:
            if not values.get("or_show"):
                raise
            named = params[0]
            item = cloud.get(self.resource, values[named.name or ""], within(named, values))
            print_item(self.fields, self.present(item), output)
            return
        done = f"The {self.resource.noun} was created ({item.get(self.resource.id)}); "
        item = apply_separate_requests(cloud, self.resource, item, pairs, values, done)
        if self.wait and values.get("wait"):
            item = self.wait.finish_new(cloud, self.resource, item, values)
        with reported(f"The {self.resource.noun} was created ({item.get(self.resource.id)}), but", item):
            print_item(for_microversion(cloud, self.resource, self.fields), self.present(item), output)


class Change(Record):
    """The verbs `set` and `unset`: one request for the fields, and separate requests for options with an action.

    With `fields`, the resource is printed as it is then; otherwise nothing is.
    """

    resource: Resource
    prepare: Function | None = None
    wait: Wait | None = None
    fields: Sequence[Column] | None = None
    present: Function = staticmethod(same)

    @property
    def free(self) -> bool:
        """Whether the lookup of the ID returns the whole resource without a further request."""
        resource = self.resource
        return resource.service.listed_whole and resource.id != resource.name and not resource.assume_id_if_forbidden

    def __call__(self, cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> None:
        """Look up the resource and send the changes; fetch the whole resource if free or needed by `prepare`."""
        output = output_from(values)
        check(self.fields or (), output)
        target = params[0]
        name = target.name or ""
        prepares = list(dict.fromkeys(filter(None, [self.prepare, *(getattr(p, "prepare", None) for p in params)])))
        whole = self.free or any("item" in parameters(prepare) for prepare in prepares)
        pairs, values = resolve(cloud, params, values, self.resource, skip=name if whole else "")
        if whole:
            with cloud.force_send():
                item = cloud.get(self.resource, values[name], within(target, values))
            values = {**values, name: item[self.resource.id]}
        else:
            item = {self.resource.id: values[name]}
        body = fields([(p, v) for p, v in pairs if not p.action])
        for prepare in prepares:
            body = call(prepare, cloud=cloud, body=body, values=values, item=item)
        shown: Json | None = item
        if body:
            shown = cloud.update(self.resource, item[self.resource.id], body)
        elif not (whole or prepares or any(p.action for p, _ in pairs)):
            # No change is requested: still fail if the resource does not exist.
            shown = cloud.get(self.resource, values[name], within(target, values))
        done = f"{', '.join(body)} changed; " if body else ""
        apply_separate_requests(cloud, self.resource, item, pairs, values, done)
        if self.wait and values.get("wait"):
            now = self.wait.finish(cloud, self.resource, item, values)
            shown = shown and {**shown, **now}
        if self.fields is not None:
            print_result(cloud, self.resource, self.fields, shown, output, self.present)


def apply_separate_requests(
    cloud: Cloud, resource: Resource, item: Json, pairs: Sequence[tuple[Param, Any]], values: Json, done: str = ""
) -> Json:
    """Send the requests of options with an action, and return the resource with the fields they return.

    Raises:
        OstkError: A request failed; the message names what was `done` before.
    """
    for action in dict.fromkeys(p.action for p, _ in pairs if p.action):
        group = [(p, v) for p, v in pairs if p.action == action]
        flags = ", ".join(p.opts[-1] for p, _ in group)
        try:
            if isinstance(action, str):
                cloud.act(resource, item[resource.id], action, fields(group))
            else:
                given = {"cloud": cloud, "resource": resource, "item": item, "body": fields(group), "values": values}
                item = {**item, **(call(action, **given) or {})}
        except OstkError as error:
            if not done:
                raise
            raise OstkError(f"{done}{flags} failed: {error.message}", error.hint) from error
        done = f"{done}{flags} was done; "
    return item


class Delete(Record):
    """The verb `delete`, of several resources concurrently; a failure does not stop the others.

    An option with an action sends that in the place of the request to delete: --force, --remote. `accepted` is the
    line that is printed for each request that was accepted, with `{}` for the name as typed.
    """

    resource: Resource
    prepare: Function | None = None
    wait: Wait | None = None
    accepted: str = ""

    def __call__(self, cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> None:
        """Look up and delete each resource."""
        target = params[0]
        names = values[target.name or ""]
        pairs, values = resolve(cloud, params, values, self.resource, skip=target.name or "")
        query = fields(pairs)
        place = within(target, values)
        action = next((p.action for p, _ in pairs if p.action), None)
        accepted: list[str] = []

        def delete(name: str) -> None:
            found = cloud.find(self.resource, name, place)
            sent = query
            if self.prepare:
                sent = call(self.prepare, cloud=cloud, body=query, values=values, found=found)
            try:
                if isinstance(action, str):
                    cloud.act(self.resource, found, action)
                else:
                    cloud.delete(self.resource, found, sent)
            except HTTPNotFound as error:
                if values["ignore_missing"] and not is_missing(error):
                    raise
                if not self.resource.assume_id_if_missing:
                    raise cloud.not_found_error(self.resource, name, error.status) from error
                if not values["ignore_missing"]:
                    OstkError(f"No {self.resource.noun} has the ID {name!r}: nothing to delete.").show()
            else:
                accepted.append(name)
            if self.wait and values.get("wait"):
                self.wait.finish(cloud, self.resource, found, values)

        with confirmed("" if cloud.dry_run() else self.accepted, names, accepted):
            each(cloud, delete, names, "delete", self.resource.noun)


class Action(Record):
    """A verb that calls a function; `since` is the microversion that the verb requires.

    With a `wait`, the function returns what --wait polls: a resource, its ID, or a list of IDs; None stands for the
    resource that the first argument names.
    """

    resource: Resource
    function: Function
    since: str = ""
    wait: Wait | None = None

    def __call__(self, cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> None:
        """Call the function with IDs for names, and with the request fields as `body`."""
        self.result(cloud, params, values)

    def finish(self, cloud: Cloud, params: Sequence[click.Parameter], result: Any, values: Json) -> Any:
        """Wait with --wait for the resources that the function returned; return what to print."""
        if self.wait and values.get("wait"):
            polled = values[params[0].name or ""] if result is None else result
            for one in polled if isinstance(polled, list) else [polled]:
                self.wait.finish(cloud, self.resource, one, values)
        return result

    def result(self, cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> Any:
        """Return what the function returns."""
        body, values = self.arguments(cloud, params, values)
        try:
            result = call(self.function, cloud=cloud, body=body, values=values)
        except OstkError as error:
            if values.get("ignore_missing") and is_missing(error):
                return None
            raise
        return self.finish(cloud, params, result, values)

    def arguments(self, cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> tuple[Json, Json]:
        """Return the request fields and all values, with IDs for names; fail where the cloud lacks the command."""
        needs(cloud, self.resource, self.since)
        pairs, resolved = resolve(cloud, params, values, self.resource)
        return fields(pairs), resolved


class Each(Action):
    """A verb that calls a function for each of several resources, concurrently."""

    verb: str = ""

    def result(self, cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> None:
        """Call the function with each name or ID as typed; a failure does not stop the others."""
        name = params[0].name or ""
        body, resolved = self.arguments(cloud, params, values)

        def work(one: str) -> None:
            result = call(self.function, cloud=cloud, body=body, values={**resolved, name: one})
            if result is not None:
                self.finish(cloud, params, result, resolved)

        each(cloud, work, values[name], self.verb, self.resource.noun)


class Lister(Action):
    """A verb that calls a function and prints the returned resources as a list.

    `also` are columns that the function may return in addition to `columns`, depending on options or responses.
    `writers` are further output formats, each with a function that prints the resources.
    """

    columns: Sequence[Column] = ()
    also: Sequence[Column] = ()
    writers: Mapping[str, Callable[[Iterable[Json]], None]] = MappingProxyType({})

    def __call__(self, cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> None:
        """Call the function and print the result: resources, a tuple of columns and resources, or nothing for None."""
        output = output_from(values)
        columns = for_microversion(cloud, self.resource, shown(self.columns, values, output, self.also))
        result = self.result(cloud, params, {**values, "columns": columns, "result_limit": result_limit(values)})
        if result is None:
            return
        if isinstance(result, tuple):
            columns, result = result
        if output.format in self.writers and not output.query:
            self.writers[output.format](result)
            return
        explain_empty(cloud, self.resource, print_items(columns, result, output), output)


class Shower(Action):
    """A verb that calls a function and prints the returned resource as `show` does.

    `also` are fields that the function may return in addition to `fields`, depending on options or responses.
    """

    fields: Sequence[Column] = ()
    also: Sequence[Column] = ()
    present: Function = staticmethod(same)

    def __call__(self, cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> None:
        """Call the function and print the result.

        It is a resource, a tuple of fields and a resource, a tuple of columns and a list of resources, or None for
        nothing. A PartialFailure has such a tuple in `done`, of what succeeded.
        """
        output = output_from(values)
        check(self.fields, output, self.also)
        try:
            item = self.result(cloud, params, values)
        except PartialFailure as failure:
            print_result(cloud, self.resource, self.fields, failure.done or None, output, self.present)
            raise
        print_result(cloud, self.resource, self.fields, item, output, self.present)

    def finish(self, cloud: Cloud, params: Sequence[click.Parameter], result: Any, values: Json) -> Any:
        """Wait with --wait for the resource that the function returned; return what to print."""
        if result is None or not (self.wait and values.get("wait")):
            return result
        return self.wait.finish_shown(cloud, self.resource, result, values)
