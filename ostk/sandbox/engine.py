"""The one engine behind all collections: routes, lists with filters and pages, show, create, change, delete.

A service is a `Manner` (its conventions), `Collection`s (what it keeps, as data) and functions for what
is peculiar to it, each named by the request that it answers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from .store import Json, new_id
from .wire import Answer, Ask, Refusal, truth

Handler = Callable[[Ask], Any]
Hook = Callable[[Ask, Json, Json], Any]
NEEDED: Any = ...  # the default of a field that must be given
CONTROL = frozenset(
    "limit marker offset sort sort_key sort_dir fields page_reverse all_tenants all_projects deleted "
    "with_count is_public changes-since changes-before include_names".split()
)


@dataclass(frozen=True)
class Manner:
    """The conventions of a service: how it words refusals, pages lists, stamps times and numbers versions."""

    name: str
    root: str
    fault: Callable[[Ask, Refusal], Answer]
    forbid: Callable[[Collection, str], str]
    stamp: Callable[[Ask, Json, bool], None] = lambda ask, item, new: None
    more: Callable[[Ask, Collection, str], Json] = lambda ask, collection, following: {}
    dashes: bool = True
    update: str = "PUT"
    created: int = 200
    deleted: int = 204
    newest_first: bool = False
    needed: str = "Invalid input for field/attribute {one}. Value: {value}. '{key}' is a required property"
    unknown: str = ""
    nowhere: str = "The resource could not be found."
    stranger: str = ""  # the refusal of a filter that there is not
    filters: str = ""  # filters besides the fields
    lists_all: bool = True  # to an administrator, without being asked for all projects
    microversions: tuple[str, int, int] = ("", 0, 0)  # the name in the header, the major one, the newest
    public: Callable[[Ask], Answer | None] = lambda ask: None  # what is told to anybody
    sign: Callable[[Ask, Answer], None] = lambda ask, answer: None  # puts headers on every answer


@dataclass(frozen=True)
class Collection:
    """What a service keeps of one kind.

    `fields` may be given, with their defaults; `fixed` is what a new one has besides. `see` and `do` say
    who reads and who writes: "own" project, "all", or "admin". The hooks get the request, the thing and
    the body: `making` before one is kept, `changing` and `removing` before that is done.
    """

    manner: Manner
    kind: str
    path: str
    one: str
    many: str
    fields: Json = field(default_factory=dict)
    fixed: Json = field(default_factory=dict)
    missing: str = "The resource could not be found."
    type: str = ""
    verbs: str = "list show create update delete"
    see: str = "own"
    do: str = "own"
    reserved: frozenset[str] = frozenset()  # fields that only an administrator sees and gives
    guarded: frozenset[str] = frozenset()  # fields that all see and only an administrator gives
    unique: tuple[str, ...] = ()
    conflict: str = "Conflict occurred attempting to store {one} - Duplicate entry found with name {name}."
    policy: str = ""
    detail: str = ""  # a second path that lists all fields; the first one then lists few
    brief: tuple[str, ...] = ("id", "name", "links")
    view: Callable[[Ask, Json, Json], Json] | None = None
    shared: Callable[[Ask, Json], bool] = lambda ask, item: False
    matches: Callable[[Ask, Json, str, str], bool | None] = lambda ask, item, key, value: None
    making: Hook | None = None
    changing: Hook | None = None
    removing: Hook | None = None

    # -- finding ----------------------------------------------------------------------------------

    def visible(self, ask: Ask, item: Json, listing: bool = False) -> bool:
        """Whether the one who asks may know of it."""
        if self.see != "own" or self.shared(ask, item) or item.get("project_id") == ask.by.project_id:
            return True
        everywhere = self.manner.lists_all or truth(ask.asked("all_tenants") or ask.asked("all_projects"))
        return ask.by.admin and (not listing or everywhere)

    def find(self, ask: Ask, id: str = "", status: int = 404) -> Json:
        """The thing with this ID, by default the one in the path."""
        wanted = id or ask.args.get("id", "")
        item = ask.store.get(self.kind, wanted)
        if item is None or not self.visible(ask, item):
            raise Refusal(status, self.missing.format(id=wanted), f"{self.type}NotFound")
        return item

    def allow(self, ask: Ask, verb: str, item: Json | None = None) -> None:
        """Refuse what the one who asks may not do."""
        reads = verb in ("list", "get")
        needs = self.see if reads else self.do
        able = ask.by.admin or (
            needs != "admin"
            and (reads or bool(ask.by.roles & {"member", "manager"}))
            and (reads or item is None or needs == "all" or item.get("project_id") == ask.by.project_id)
        )
        if not able:
            raise Refusal(403, self.manner.forbid(self, verb), "PolicyNotAuthorized")

    def shown(self, ask: Ask, item: Json) -> Json:
        """A thing as the service tells of it."""
        told = {k: v for k, v in item.items() if k[0] != "_" and (k not in self.reserved or ask.by.admin)}
        if self.view:
            told = self.view(ask, told, item)
        wanted = [value for key, value in ask.query if key == "fields"] if ask.method == "GET" else []
        return {key: told[key] for key in wanted if key in told} if wanted else told

    # -- verbs ------------------------------------------------------------------------------------

    def several(self, ask: Ask) -> Json:
        """Those that the query asks for, a page of them."""
        self.allow(ask, "list")
        self.strangers(ask)
        items = [x for x in ask.store.all(self.kind) if self.visible(ask, x, True) and self.chosen(ask, x)]
        brief = bool(self.detail) and not ask.path.endswith(self.detail)
        return self.pages(ask, items, brief)

    def pages(self, ask: Ask, items: list[Json], brief: bool = False) -> Json:
        """These things in the order asked for, from the marker on, as many as asked for."""
        if self.manner.newest_first:
            items.reverse()
        for key, direction in reversed(orders(ask)):
            items.sort(key=lambda x: (x.get(key) is not None, str(x.get(key) or "")))
            if direction == "desc":
                items.reverse()
        if truth(ask.asked("page_reverse")):
            items.reverse()
        if marker := ask.asked("marker"):
            places = [number for number, x in enumerate(items) if marker in (x["id"], x.get("name"))]
            if not places:
                raise Refusal(400, f"marker [{marker}] not found")
            items = items[places[0] + 1 :]
        items = items[int(ask.asked("offset") or 0) :]
        limit, following = ask.asked("limit"), ""
        if limit and (not limit.isdigit()):
            raise Refusal(400, f"Invalid input for field/attribute limit. Value: {limit}.")
        if limit and len(items) > int(limit):
            items = items[: int(limit)]
            following = str(items[-1]["id"]) if items else ""
        told = [self.shown(ask, x) for x in items]
        if brief:
            told = [{key: x[key] for key in self.brief if key in x} for x in told]
        return {self.many: told, **self.manner.more(ask, self, following)}

    def chosen(self, ask: Ask, item: Json) -> bool:
        """Whether the filters of the query let it through; those named twice want either value."""
        for key in dict.fromkeys(key for key, _ in ask.query if key not in CONTROL):
            values = [value for name, value in ask.query if name == key]
            own = [self.matches(ask, item, key, value) for value in values]
            if None not in own:
                if not any(own):
                    return False
            elif key in item and not any(same(item[key], value) for value in values):
                return False
        return True

    def strangers(self, ask: Ask) -> None:
        """Refuse filters that there are not."""
        known = CONTROL | self.fields.keys() | self.fixed.keys() | set(self.manner.filters.split())
        for key, _ in ask.query:
            if self.manner.stranger and key not in known and key[0] != "_":
                raise Refusal(400, self.manner.stranger.format(key=key), "HTTPBadRequest")

    def show(self, ask: Ask) -> Json:
        """One of them."""
        self.allow(ask, "get")
        return {self.one: self.shown(ask, self.find(ask))}

    def create(self, ask: Ask) -> Answer:
        """A new one."""
        self.allow(ask, "create")
        return Answer({self.one: self.shown(ask, self.make(ask, ask.json(self.one)))}, self.manner.created)

    def make(self, ask: Ask, body: Json) -> Json:
        """Keep a new one, made of what was given."""
        self.inspect(ask, body, "create")
        for key, default in self.fields.items():
            if default is NEEDED and body.get(key) is None:
                raise Refusal(400, self.manner.needed.format(one=self.one, value=body, key=key), "HTTPBadRequest")
        own = {} if self.see != "own" else {"project_id": body.get("project_id") or ask.by.project_id}
        defaults = {key: value for key, value in self.fields.items() if value is not NEEDED}
        item = {"id": new_id(self.manner.dashes), **fresh(defaults), **own, **body, **fresh(self.fixed)}
        self.manner.stamp(ask, item, True)
        if self.making:
            self.making(ask, item, body)
        self.distinct(ask, item)
        return ask.store.put(self.kind, item)

    def inspect(self, ask: Ask, body: Json, verb: str) -> None:
        """Refuse fields that do not exist, and those that only an administrator may give."""
        if body.pop("tenant_id", body.get("project_id")) not in (None, ask.by.project_id):
            self.only_admin(ask, verb, "tenant_id", self.see == "own")
        for key in body:
            if key not in self.fields and key != "project_id" and self.manner.unknown:
                raise Refusal(400, self.manner.unknown.format(key=key), "HTTPBadRequest")
            own = key in self.reserved | self.guarded and body[key] != self.fields.get(key)
            self.only_admin(ask, verb, key, own)

    def only_admin(self, ask: Ask, verb: str, key: str, given: bool) -> None:
        """Refuse a field that is for administrators."""
        if given and not ask.by.admin:
            rule = f"(rule:{verb}_{self.one} and rule:{verb}_{self.one}:{key}) is disallowed by policy"
            raise Refusal(403, rule, "PolicyNotAuthorized")

    def distinct(self, ask: Ask, item: Json) -> None:
        """Refuse a second one with the same name."""
        wanted: Any = {key: item.get(key) for key in self.unique}
        if self.unique and any(x["id"] != item["id"] for x in ask.store.all(self.kind, **wanted)):
            raise Refusal(409, self.conflict.format(one=self.one, **item))

    def update(self, ask: Ask) -> Json:
        """One of them, changed."""
        item = self.find(ask)
        self.allow(ask, "update", item)
        body = ask.json(self.one)
        self.inspect(ask, body, "update")
        if self.changing:
            self.changing(ask, item, body)
        item.update(body)
        self.distinct(ask, item)
        return {self.one: self.shown(ask, self.save(ask, item))}

    def save(self, ask: Ask, item: Json) -> Json:
        """Keep what was changed."""
        self.manner.stamp(ask, item, False)
        return ask.store.put(self.kind, item)

    def delete(self, ask: Ask) -> Answer:
        """One of them gone."""
        item = self.find(ask)
        self.allow(ask, "delete", item)
        if self.removing is None or self.removing(ask, item, {}) is not False:
            ask.store.drop(self.kind, item["id"])
        return Answer(None, self.manner.deleted)


def same(value: Any, text: str) -> bool:
    """Whether a field has the value that a query names."""
    if isinstance(value, bool):
        return value == truth(text)
    if isinstance(value, list):
        return text in value
    return text == ("" if value is None else str(value))


def orders(ask: Ask) -> list[tuple[str, str]]:
    """The keys to sort by and their directions, as `sort=a:desc,b` or `sort_key=a&sort_dir=desc` say it."""
    if sort := ask.asked("sort"):
        pairs = [part.partition(":") for part in sort.split(",")]
        return [(key, direction or "asc") for key, _, direction in pairs]
    keys = [value for key, value in ask.query if key == "sort_key"]
    directions = [value for key, value in ask.query if key == "sort_dir"]
    directions += ["asc"] * len(keys)
    return list(zip(keys, directions, strict=False))


def fresh(data: Json) -> Json:
    """A copy of plain data."""
    copied: Json = json.loads(json.dumps(data))
    return copied


def following_query(ask: Ask, marker: str) -> str:
    """The query that asks for the page after this marker."""
    kept = [(key, value) for key, value in ask.query if key != "marker"]
    return urlencode([*kept, ("marker", marker)])


def links(ask: Ask, collection: Collection, following: str) -> Json:
    """Where the next page is, as Nova, Neutron and Cinder tell it."""
    if not following:
        return {}
    href = f"{ask.host}{ask.path}?{following_query(ask, following)}"
    return {f"{collection.many}_links": [{"rel": "next", "href": href}]}


# -- routes -------------------------------------------------------------------------------------------

ROUTES: dict[str, list[tuple[str, re.Pattern[str], Handler]]] = {}


def on(manner: Manner, *requests: str) -> Callable[[Handler], Handler]:
    """Make a function answer requests such as "GET /servers/{id}/ips"; {name*} may hold slashes."""

    def register(handler: Handler) -> Handler:
        for request in requests:
            method, path = request.split(" ")
            pattern = re.sub(r"{(\w+)\*}", r"(?P<\1>.+)", path)
            pattern = re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", pattern)
            ROUTES.setdefault(manner.name, []).append((method, re.compile(pattern + "(?:[.]json)?"), handler))
        return handler

    return register


def serve(*collections: Collection) -> None:
    """Answer the requests for collections; what a function answers already goes before."""
    for one in collections:
        verbs = one.verbs.split()
        path = f"{one.path}/{{id}}"
        table = [
            ("list", f"GET {one.path}", one.several),
            ("list", f"GET {one.path}{one.detail}", one.several if one.detail else None),
            ("show", f"GET {path}", one.show),
            ("create", f"POST {one.path}", one.create),
            ("update", f"{one.manner.update} {path}", one.update),
            ("delete", f"DELETE {path}", one.delete),
        ]
        for verb, request, handler in table:
            if verb in verbs and handler is not None:
                on(one.manner, request)(handler)


def handler_for(ask: Ask, manner: Manner) -> Handler:
    """The function that answers a request; 404 and 405 where there is none."""
    path = ask.path[len(manner.root) :].rstrip("/") or "/"
    found = False
    for method, pattern, handler in ROUTES.get(manner.name, ()):
        if match := pattern.fullmatch(path):
            found = True
            if method == ask.method or (method == "GET" and ask.method == "HEAD"):
                ask.args = match.groupdict()
                return handler
    raise Refusal(405 if found else 404, manner.nowhere, "HTTPNotFound")
