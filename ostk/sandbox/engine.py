"""The one engine behind all collections: routes, lists with filters and pages, show, create, change, delete.

A `Collection` says as data what a service keeps of one kind; functions do what is peculiar to it, each named by
the request that it answers or given to the collection as a hook.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .data import Json, fields, is_true, pick, value
from .quotas import spend
from .refusals import refuse
from .services import SandboxService, footer, links, stamp
from .store import new_id
from .wire import Answer, Ask, Refusal, deny

Handler = Callable[[Ask], Any]
Hook = Callable[[Ask, Json, Json], Any]
CONTROL = frozenset("""limit marker offset sort sort_key sort_dir fields page_reverse all_tenants all_projects
    with_count is_public include_names""".split())  # fmt: skip


@dataclass(eq=False)
class Collection:
    """What a service keeps of one kind.

    `fields` are what a thing has and holds by default: "name size:int shared=false". What has no default must be
    given. Marks tell of the others: "!" only an administrator gives it, "*" nor does anybody else see it, "+" is
    not given at all. A hook gets the request, the thing and the body: `making` before one is kept, `changing` and
    `removing` before that is done, `view` before it is told.
    """

    service: SandboxService
    kind: str
    fields: str
    path: str = ""
    one: str | None = None  # the key of one in a body, "" for none; by default its kind
    verbs: str = "list show create update delete"
    missing: str = ""
    conflict: str = ""
    type: str = ""  # of a refusal because it is not there
    policy: str = ""
    see: str = ""  # who reads: "own" project, "all" or "admin"
    do: str = ""  # who writes, by default those who read
    owner: str = "project_id"  # the field that says whose it is
    unique: str = ""  # fields that no two have alike
    quota: str = ""
    since: str = ""  # the microversion since which a field is told, or with a minus until which
    brief: str = ""  # the fields that a list has; all of them below the path /detail
    order: str = ""  # of lists: a field, or "newest"
    linked: bool = False  # tells its own addresses
    names: str = ""  # filters that go by another name than the field
    fades: float = 0.0  # seconds from the request to delete one to its end
    held: str = ""  # what keeps one from going and how that is refused: "port.network_id=NetworkInUse"
    parts: str = ""  # what goes with it: "subnet.network_id"
    rows: Callable[[Ask], list[Json]] | None = None  # what there is without being kept, or as a part of another
    key: str = "id"  # the field that its address ends in
    shared: Callable[[Ask, Json], Any] = lambda ask, item: False  # who sees it besides the owner
    matches: Callable[[Ask, Json, str, str], bool | None] = lambda ask, item, key, value: None
    making: Hook = lambda ask, item, body: None
    changing: Hook = lambda ask, item, body: None
    removing: Hook = lambda ask, item, body: None
    view: Hook = lambda ask, told, item: None

    def __post_init__(self) -> None:
        self.many = f"{self.kind}s"
        service, word = self.service, self.many.replace("_", "-") if self.service.unknown else self.many
        self.path = self.path or f"/{service.version}/{word}"
        self.one = self.kind if self.one is None else self.one
        self.see = self.see or service.see
        self.do = self.do or self.see
        self.defaults: Json = {}
        self.needed: list[str] = []
        self.types: dict[str, Callable[[Any], Any]] = {}
        self.marks: dict[str, str] = {}
        for word in self.fields.split():
            name, equals, text = word.lstrip("!*+").partition("=")
            key = name.removesuffix(":int")
            self.marks[key] = word[: -len(word.lstrip("!*+"))]
            if equals:
                self.defaults[key] = value(text)
            else:
                self.needed.append(key)
            kind = int if key != name else type(self.defaults.get(key))
            if kind in (bool, int, float):
                self.types[key] = is_true if kind is bool else kind
        self.versions, words = fields(self.since), self.kind.replace("_", " ")
        self.words = {"kind": self.kind, "many": self.many, "words": words, "Kind": words.capitalize()}
        requests = {"list": ("GET", "", self.several), "create": ("POST", "", self.create),
                    "show": ("GET", "/{id}", self.show), "delete": ("DELETE", "/{id}", self.delete),
                    "update": (service.update, "/{id}", self.update)}  # fmt: skip
        if self.brief:
            on(service, f"GET {self.path}/detail", general=True)(self.several)
        for verb in self.verbs.split():
            method, end, handler = requests[verb]
            on(service, f"{method} {self.path}{end}", general=True)(handler)
        if "tags" in self.marks:
            base = f"GET,PUT,DELETE {self.path}/{{id}}/tags"
            on(service, base, f"{base}/{{tag}}", general=True)(self.tags)

    def visible(self, ask: Ask, item: Json, listing: bool = False) -> bool:
        """Whether the one who asks may know of it."""
        own = self.see != "own" or self.shared(ask, item) or item.get(self.owner) == ask.by.project_id
        return own or (ask.by.admin and (not listing or self.service.lists_all or everywhere(ask)))

    def find(self, ask: Ask, id: str = "", status: int = 404) -> Json:
        """The thing with this ID, by default the one in the path."""
        wanted = id or ask.args.get("id", "")
        rows = self.rows(ask) if self.rows else [ask.store.get(self.kind, wanted)]
        item = next((x for x in rows if x and str(x[self.key]) == wanted), None)
        if item is None or not self.visible(ask, item):
            sentence = (self.missing or self.service.missing).format(**{**self.words, **ask.args, "id": wanted})
            raise Refusal(status, sentence, f"{self.type or self.kind.title().replace('_', '')}NotFound")
        return item

    def allow(self, ask: Ask, verb: str, item: Json | None = None) -> None:
        """Refuse what the one who asks may not do."""
        reads = verb in ("list", "get")
        needs = self.see if reads else self.do
        own = reads or item is None or needs == "all" or item.get(self.owner) == ask.by.project_id
        self.forbid(not (ask.by.admin or (needs != "admin" and own and (reads or ask.by.writes))), verb)

    def reach(self, ask: Ask, verb: str) -> Json:
        """The thing in the path, for one who may do this to it; whoever may do it to none learns nothing of it."""
        if self.do == "admin":
            self.allow(ask, verb)
        item = self.find(ask)
        self.allow(ask, verb, item)
        return item

    def forbid(self, when: Any, verb: str, policy: str = "") -> None:
        """Refuse what one may not do, if that is so."""
        policy = policy or self.policy or self.service.policy.format(many=self.many)
        what = self.many if verb == "list" else self.kind
        words = self.service.forbid.format(verb=verb, what=what, policy=policy, **self.words)
        deny(when, 403, words, "PolicyNotAuthorized")

    def shown(self, ask: Ask, item: Json) -> Json:
        """A thing as the service tells of it."""
        told = {k: v for k, v in item.items() if k[0] != "_" and (ask.by.admin or "*" not in self.marks.get(k, ""))}
        if self.linked:
            told["links"] = links(ask, self.service, self.path, item["id"])
        self.view(ask, told, item)
        for key, minor in self.versions.items():
            if ask.version[1] < minor or ask.version[1] >= -minor > 0:
                told.pop(key, None)
        wanted = [value for key, value in ask.query if key == "fields"] if ask.method == "GET" else []
        return pick(told, " ".join(wanted)) if wanted else told

    def wrap(self, ask: Ask, item: Json) -> Json:
        """A thing as it stands in an answer."""
        return {self.one: self.shown(ask, item)} if self.one else self.shown(ask, item)

    def several(self, ask: Ask) -> Json:
        """Those that the query asks for, a page of them."""
        self.allow(ask, "list")
        known = CONTROL | self.marks.keys() | set(self.service.filters.split())
        for key in dict(ask.query):
            words = self.service.stranger.format(key=key)
            deny(words and key not in known and key[0] != "_", 400, words, "HTTPBadRequest")
        every = self.rows(ask) if self.rows else ask.store.all(self.kind)
        return self.pages(ask, [x for x in every if self.visible(ask, x, True)])

    def pages(self, ask: Ask, items: list[Json]) -> Json:
        """Of these things those that the filters let through, in order, from the marker on, as many as asked for."""
        items = [x for x in items if self.chosen(ask, x)]
        if self.order not in ("", "newest"):
            items.sort(key=lambda x: str(x[self.order]))
        elif self.order or self.service.newest_first:
            items.reverse()
        for key, direction in reversed(orders(ask)):
            items.sort(key=lambda x: (x.get(key) is not None, str(x.get(key) or "")), reverse=direction == "desc")
        if is_true(ask.asked("page_reverse")):
            items.reverse()
        if marker := ask.asked("marker"):
            places = [number for number, x in enumerate(items) if marker in (x[self.key], x.get("name"))]
            refuse(not places, "MarkerNotFound", marker=marker)
            items = items[places[0] + 1 :]
        items = items[int(ask.asked("offset") or 0) :]
        limit = ask.asked("limit") or str(len(items))
        refuse(not limit.isdigit(), "InvalidLimit", limit=limit)
        page, rest = items[: int(limit)], items[int(limit) :]
        following = str(page[-1][self.key]) if page and rest else ""
        told = [self.shown(ask, x) for x in page]
        if self.brief and not ask.path.endswith("detail"):
            told = [pick(x, self.brief) for x in told]
        return {self.many: told, **footer(ask, self.service, self.many, following)}

    def chosen(self, ask: Ask, item: Json) -> bool:
        """Whether the filters of the query let it through; those named twice want either value."""
        keys = {key for key, _ in ask.query} - CONTROL
        return all(any(self.fits(ask, item, key, text) for name, text in ask.query if name == key) for key in keys)

    def fits(self, ask: Ask, item: Json, key: str, value: str) -> bool:
        """Whether one filter lets it through; what it has not is no matter."""
        own, field = self.matches(ask, item, key, value), fields(self.names).get(key, key)
        told = tags_match(item, key, value) if key.endswith(TAGS) else field not in item or same(item[field], value)
        return told if own is None else own

    def show(self, ask: Ask) -> Json:
        """One of them."""
        self.allow(ask, "get")
        return self.wrap(ask, self.find(ask))

    def create(self, ask: Ask) -> Answer:
        """A new one."""
        self.allow(ask, "create")
        body = ask.json(self.one or "")
        self.inspect(ask, body, "create")
        return Answer(self.wrap(ask, self.make(ask, body)), self.service.created)

    def make(self, ask: Ask, body: Json, id: str = "") -> Json:
        """Keep a new one, made of what was given."""
        for key in (x for x in self.needed if body.get(x) is None):
            raise Refusal(400, self.service.needed.format(body=body, key=key, **self.words), "HTTPBadRequest")
        own = {self.owner: body.get(self.owner) or ask.by.project_id} if self.see == "own" else {}
        body = self.typed(body)
        item = {"id": id or new_id(self.service.dashes), **json.loads(json.dumps(self.defaults)), **body, **own}
        stamp(ask, self.service, item, True)
        if self.quota:
            spend(ask, self.service, **{self.quota: 1})
        self.making(ask, item, body)
        self.distinct(ask, item)
        return ask.store.put(self.kind, item)

    def typed(self, body: Json) -> Json:
        """What was given, texts as the numbers and truths they mean."""
        return {k: self.types[k](v) if k in self.types and v is not None else v for k, v in body.items()}

    def inspect(self, ask: Ask, body: Json, verb: str) -> None:
        """Refuse fields that do not exist, and those that only an administrator may give."""
        project = body.pop("tenant_id", body.get("project_id")) if self.see == "own" else None
        others = ["tenant_id"] if project not in (None, ask.by.project_id) else []
        for key in [*body]:
            mark = self.marks.get(key, "+")
            words = self.service.unknown.format(key=key)
            deny("+" in mark and key != "project_id" and words, 400, words, "HTTPBadRequest")
            if {"!", "*"} & {*mark} and body[key] != self.defaults.get(key):
                others.append(key)
            if key[0] == "_" or (self.one and "+" in self.marks.get(key, "")):
                del body[key]  # as the services do: what is not for the user to give is passed over
        rule = f"rule:{verb}_{self.kind}"
        refuse(others and not ask.by.admin, "PolicyNotAuthorized", what=f"({rule} and {rule}:{others and others[0]})")

    def distinct(self, ask: Ask, item: Json) -> None:
        """Refuse a second one with the same name."""
        wanted: Any = {key: item.get(key) for key in self.unique.split()}
        if self.unique and any(x["id"] != item["id"] for x in ask.store.all(self.kind, **wanted)):
            raise Refusal(409, (self.conflict or self.service.conflict).format(**{**self.words, **item}), "Conflict")

    def update(self, ask: Ask) -> Json:
        """One of them, changed."""
        item = self.reach(ask, "update")
        body = self.typed(ask.json(self.one or ""))
        self.inspect(ask, body, "update")
        self.changing(ask, item, body)
        item.update(body)
        self.distinct(ask, item)
        return self.wrap(ask, self.save(ask, item))

    def save(self, ask: Ask, item: Json) -> Json:
        """Keep what was changed."""
        stamp(ask, self.service, item, False)
        return ask.store.put(self.kind, item)

    def delete(self, ask: Ask) -> Answer:
        """One of them gone, or about to go."""
        item = self.reach(ask, "delete")
        self.removing(ask, item, {})
        for place, name in fields(self.held).items():
            others = pointing(ask, item["id"], place)
            refuse(others, name, id=item["id"], others=",".join(others))
        for place in self.parts.split():
            ask.store.drop(place.partition(".")[0], *pointing(ask, item["id"], place))
        ask.store.put(self.kind, ask.store.later({**item, "status": "deleting"}, self.fades, None))
        return Answer(None, self.service.deleted)

    def tags(self, ask: Ask) -> Json | Answer:
        """The tags of one, all of them or one."""
        item, tag = self.find(ask) if ask.method == "GET" else self.reach(ask, "update"), ask.args.get("tag")
        lost = tag and ask.method != "PUT" and tag not in item["tags"]
        deny(lost, 404, self.service.no_tag.format(tag=tag, id=item["id"]), "TagNotFound")
        if ask.method != "GET":
            given = {*item["tags"], tag} if tag else {*ask.json()["tags"]} if ask.method == "PUT" else set()
            item["tags"] = sorted(given if ask.method == "PUT" else set(item["tags"] if tag else ()) - {tag})
            self.save(ask, item)
        if tag or ask.method == "DELETE":
            return Answer(None, self.service.tagged if ask.method == "PUT" else 204)
        return {"tags": item["tags"]}


def offered(kind: str, field: str) -> Callable[[Ask], list[Json]]:
    """Those of a kind for everybody or for this project, as a field says; administrators may ask for the others."""

    def rows(ask: Ask) -> list[Json]:
        wanted = ask.asked("is_public", "none" if "id" in ask.args else "true").lower() if ask.by.admin else "true"
        return [x for x in ask.store.all(kind) if wanted in ("none", str(x[field]).lower())
                or (wanted == "true" and ask.by.project_id in x.get("_access", ()))]  # fmt: skip

    return rows


def pointing(ask: Ask, id: str, place: str) -> list[str]:
    """The IDs of those that name an ID in a field, however deep: "port.fixed_ips"."""
    kind, _, field = place.partition(".")
    return [x["id"] for x in ask.store.all(kind) if f'"{id}"' in json.dumps(x.get(field))]


def everywhere(ask: Ask) -> bool:
    """Whether things of all projects are asked for."""
    return any(is_true(ask.asked(key, "0") or "1") for key in ("all_tenants", "all_projects"))


TAGS = ("tags", "tags-any")


def tags_match(item: Json, key: str, value: str) -> bool:
    """Whether the tags of a thing are those that a filter wants."""
    mine, wanted = set(item.get("tags", [])), set(value.split(","))
    fits = bool(wanted & mine) if key.endswith("any") else wanted <= mine
    return fits != key.startswith("not-")


def same(value: Any, text: str) -> bool:
    """Whether a field has the value that a query names."""
    other = text in value if isinstance(value, list) else text == ("" if value is None else str(value))
    return value == is_true(text) if isinstance(value, bool) else other


def orders(ask: Ask) -> list[tuple[str, str]]:
    """The keys to sort by and their directions, as `sort=a:desc,b` or `sort_key=a&sort_dir=desc` say it."""
    if sort := ask.asked("sort"):
        return [(key, direction or "asc") for key, _, direction in (part.partition(":") for part in sort.split(","))]
    keys, directions = ([value for key, value in ask.query if key == name] for name in ("sort_key", "sort_dir"))
    return list(zip(keys, directions + ["asc"] * len(keys), strict=False))


Route = tuple[str, re.Pattern[str], Handler, bool]
SPECIAL: dict[str, list[Route]] = {}  # by the name of the service; these go before
GENERAL: dict[str, list[Route]] = {}


def on(
    service: SandboxService, *requests: str, public: bool = False, general: bool = False
) -> Callable[[Handler], Handler]:
    """Make a function answer requests such as "GET,HEAD /servers/{id}/ips"; {name*} may hold slashes."""

    def register(handler: Handler) -> Handler:
        for request in requests:
            methods, path = request.split(" ")
            pattern = re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", re.sub(r"{(\w+)\*}", r"(?P<\1>.+)", path))
            route = (methods, re.compile(pattern + "(?:[.]json)?"), handler, public)
            (GENERAL if general else SPECIAL).setdefault(service.name, []).append(route)
        return handler

    return register


def answers(service: SandboxService, table: dict[str, Handler]) -> None:
    """Make functions answer requests, where one line says it."""
    for request, handler in table.items():
        on(service, request)(handler)


def handler_for(ask: Ask, service: SandboxService) -> tuple[Handler, bool]:
    """The function that answers a request, and whether anybody may ask; one that refuses where there is none."""
    path, found = ask.path.removeprefix(f"/{service.name}").rstrip("/") or "/", False
    path = re.sub(r"^(/v[\d.]+)/[0-9a-f]{32}(?=/)", r"\1", path)  # clients of old put the project there
    for methods, pattern, handler, public in (*SPECIAL.get(service.name, ()), *GENERAL.get(service.name, ())):
        if match := pattern.fullmatch(path):
            found = True
            if ask.method in methods.split(",") or (ask.method == "HEAD" and "GET" in methods):
                ask.args = match.groupdict()
                return handler, public

    return lambda ask: deny(True, 405 if found else 404, service.nowhere, "HTTPNotFound"), False


def properties(one: Collection, path: str, field: str, missing: str, key: str = "", deleted: int = 200) -> None:
    """Answer requests for the properties in a field, all of them or one, which stands under a key of its own."""

    def answer(ask: Ask) -> Json | Answer:
        item, name = one.find(ask) if ask.method == "GET" else one.reach(ask, "update"), ask.args.get("key")
        data = item[field]
        deny(name and ask.method != "PUT" and name not in data, 404, missing.format(id=item["id"], key=name))
        if ask.method == "DELETE":
            del data[name]
        elif ask.method != "GET":
            item[field] = {**(data if ask.method == "POST" or name else {}), **ask.json(key if name else field)}
        if ask.method != "GET":
            one.save(ask, item)
        if ask.method == "DELETE":
            return Answer(None, deleted)
        found = {name: item[field][name]} if name else dict(sorted(item[field].items()))
        return found if name and not key else {key if name else field: found}

    on(one.service, f"GET,POST,PUT {path}", f"GET,PUT,DELETE {path}/{{key}}")(answer)


def action(ask: Ask, one: Collection, known: dict[str, Any]) -> tuple[str, Json, Json]:
    """The action that a request asks for, of those known, on what, and with what it was given."""
    ((name, given),) = ask.json().items()
    item = one.reach(ask, name)
    deny(name not in known, 400, f"There is no such action: {name}")
    return name, item, given if isinstance(given, dict) else {}


def bond(ask: Ask, kind: str, item: Json, missing: str) -> Answer:
    """Whether two things belong together; PUT binds them and DELETE parts them."""
    kept = ask.store.get(kind, item["id"])
    deny(ask.method != "PUT" and not kept, 404, missing)
    if ask.method == "PUT":
        ask.store.put(kind, item)
    elif ask.method == "DELETE":
        ask.store.drop(kind, item["id"])
    return Answer(None, 204)
