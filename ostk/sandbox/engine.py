"""Routes and the generic CRUD of collections: list with filters and paging, show, create, update, delete.

A `Collection` describes a resource type of a service as data. What only one resource type does is a function: a route
of its own, or a hook of the collection.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .api_errors import raise_if
from .data import Json, fields, is_true, pick, value
from .messages import ApiError, Request, Response, abort_if
from .quotas import check_quota
from .services import PracticeService, links, page_links, set_timestamps
from .store import new_id

Handler = Callable[[Request], Any]
Hook = Callable[[Request, Json, Json], Any]
LIST_PARAMETERS = frozenset(
    """limit marker offset sort sort_key sort_dir fields page_reverse all_tenants all_projects
    with_count is_public include_names""".split()
)


@dataclass(eq=False)
class Collection:
    """The resources of one kind in a service, and the routes of their CRUD.

    `fields` are the fields of a new item with their defaults: "name size:int shared=false"; one without a default
    is required. Marks before a field: "!" only administrators set it, "*" only administrators set and see it, "+" the
    service sets it. A hook gets the request, the item and the body.
    """

    service: PracticeService
    kind: str
    fields: str
    path: str = ""
    body_key: str | None = None  # the key of an item in a body, "" for none; by default the kind
    verbs: str = "list show create update delete"
    not_found: str = ""  # the message of a 404
    conflict_message: str = ""
    error_type: str = ""  # the type of a 404
    policy: str = ""
    read_scope: str = ""  # who reads: "own" project, "all" or "admin"
    write_scope: str = ""  # who writes; by default the same
    owner_field: str = "project_id"
    unique_fields: str = ""
    quota: str = ""  # the quota that counts the items
    since: str = ""  # field=minor microversion that adds it; a negative one removes it
    list_fields: str = ""  # the fields in a list; below the path /detail it has all
    sort_order: str = ""  # of lists: a field, or "newest"
    has_links: bool = False
    filter_aliases: str = ""  # filter=field
    delete_delay: float = 0.0  # seconds from the request until an item is gone
    blocks_delete: str = ""  # references that block a delete, and the error: "port.network_id=NetworkInUse"
    deleted_with: str = ""  # references that are deleted too: "subnet.network_id"
    source: Callable[[Request], list[Json]] | None = None  # the items, if they are not those stored under the kind
    id_field: str = "id"  # the field that the path of an item ends in
    is_shared: Callable[[Request, Json], Any] = lambda request, item: False  # whether other projects see an item
    match_filter: Callable[[Request, Json, str, str], bool | None] = lambda request, item, key, value: None
    before_create: Hook = lambda request, item, body: None
    before_update: Hook = lambda request, item, body: None
    before_delete: Hook = lambda request, item, body: None
    adjust_output: Hook = lambda request, output, item: None

    def __post_init__(self) -> None:
        self.plural = f"{self.kind}s"
        service, word = self.service, self.plural.replace("_", "-") if self.service.unknown_field else self.plural
        self.path = self.path or f"/{service.version}/{word}"
        self.body_key = self.kind if self.body_key is None else self.body_key
        self.read_scope = self.read_scope or service.read_scope
        self.write_scope = self.write_scope or self.read_scope
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
        self.words = {"kind": self.kind, "many": self.plural, "words": words, "Kind": words.capitalize()}
        requests = {
            "list": ("GET", "", self.list_page),
            "create": ("POST", "", self.create),
            "show": ("GET", "/{id}", self.show),
            "delete": ("DELETE", "/{id}", self.delete),
            "update": (service.update_method, "/{id}", self.update),
        }
        if self.list_fields:
            route(service, f"GET {self.path}/detail", general=True)(self.list_page)
        for verb in self.verbs.split():
            method, end, handler = requests[verb]
            route(service, f"{method} {self.path}{end}", general=True)(handler)
        if "tags" in self.marks:
            base = f"GET,PUT,DELETE {self.path}/{{id}}/tags"
            route(service, base, f"{base}/{{tag}}", general=True)(self.tags)

    def visible(self, request: Request, item: Json, listing: bool = False) -> bool:
        """Return whether the user may see an item."""
        own = (
            self.read_scope != "own"
            or self.is_shared(request, item)
            or item.get(self.owner_field) == request.identity.project_id
        )
        return own or (
            request.identity.admin and (not listing or self.service.admin_lists_all or requests_all_projects(request))
        )

    def find(self, request: Request, item_id: str = "", status: int = 404) -> Json:
        """Return the item with this ID, by default the one in the path; raises `status` if it is not visible."""
        requested = item_id or request.args.get("id", "")
        rows = self.source(request) if self.source else [request.store.get(self.kind, requested)]
        item = next((x for x in rows if x and str(x[self.id_field]) == requested), None)
        if item is None or not self.visible(request, item):
            message = (self.not_found or self.service.not_found).format(
                **{**self.words, **request.args, "id": requested}
            )
            raise ApiError(status, message, f"{self.error_type or self.kind.title().replace('_', '')}NotFound")
        return item

    def authorize(self, request: Request, verb: str, item: Json | None = None) -> None:
        """Raise 403 if the user may not do this to the item."""
        reads = verb in ("list", "get")
        scope = self.read_scope if reads else self.write_scope
        own = reads or item is None or scope == "all" or item.get(self.owner_field) == request.identity.project_id
        self.forbid_if(
            not (request.identity.admin or (scope != "admin" and own and (reads or request.identity.writes))), verb
        )

    def find_writable(self, request: Request, verb: str) -> Json:
        """Return the item in the path if the user may change it; a user who may change none gets 403, not 404."""
        if self.write_scope == "admin":
            self.authorize(request, verb)
        item = self.find(request)
        self.authorize(request, verb, item)
        return item

    def forbid_if(self, condition: Any, verb: str, policy: str = "") -> None:
        """Raise 403 with the message of the service if `condition` is true."""
        policy = policy or self.policy or self.service.policy.format(many=self.plural)
        what = self.plural if verb == "list" else self.kind
        words = self.service.forbidden.format(verb=verb, what=what, policy=policy, **self.words)
        abort_if(condition, 403, words, "PolicyNotAuthorized")

    def represent(self, request: Request, item: Json) -> Json:
        """Return an item as the service returns it."""
        output = {
            k: v
            for k, v in item.items()
            if k[0] != "_" and (request.identity.admin or "*" not in self.marks.get(k, ""))
        }
        if self.has_links:
            output["links"] = links(request, self.service, self.path, item["id"])
        self.adjust_output(request, output, item)
        for key, minor in self.versions.items():
            if request.version[1] < minor or request.version[1] >= -minor > 0:
                output.pop(key, None)
        requested = [value for key, value in request.query if key == "fields"] if request.method == "GET" else []
        return pick(output, " ".join(requested)) if requested else output

    def wrap(self, request: Request, item: Json) -> Json:
        """Return an item as a response body, under the key of its kind."""
        return {self.body_key: self.represent(request, item)} if self.body_key else self.represent(request, item)

    def list_page(self, request: Request) -> Json:
        """Return one page of the items that match the query."""
        self.authorize(request, "list")
        known = LIST_PARAMETERS | self.marks.keys() | set(self.service.extra_filters.split())
        for key in dict(request.query):
            words = self.service.unknown_filter.format(key=key)
            abort_if(words and key not in known and key[0] != "_", 400, words, "HTTPBadRequest")
        items = self.source(request) if self.source else request.store.all(self.kind)
        return self.paginate(request, [x for x in items if self.visible(request, x, True)])

    def paginate(self, request: Request, items: list[Json]) -> Json:
        """Filter and sort items, and return the page after the marker."""
        items = [x for x in items if self.matches_query(request, x)]
        if self.sort_order not in ("", "newest"):
            items.sort(key=lambda x: str(x[self.sort_order]))
        elif self.sort_order or self.service.newest_first:
            items.reverse()
        for key, direction in reversed(sort_keys(request)):
            items.sort(key=lambda x: (x.get(key) is not None, str(x.get(key) or "")), reverse=direction == "desc")
        if is_true(request.query_param("page_reverse")):
            items.reverse()
        if marker := request.query_param("marker"):
            positions = [number for number, x in enumerate(items) if marker in (x[self.id_field], x.get("name"))]
            raise_if(not positions, "MarkerNotFound", marker=marker)
            items = items[positions[0] + 1 :]
        items = items[int(request.query_param("offset") or 0) :]
        limit = request.query_param("limit") or str(len(items))
        raise_if(not limit.isdigit(), "InvalidLimit", limit=limit)
        page, rest = items[: int(limit)], items[int(limit) :]
        following = str(page[-1][self.id_field]) if page and rest else ""
        output = [self.represent(request, x) for x in page]
        if self.list_fields and not request.path.endswith("detail"):
            output = [pick(x, self.list_fields) for x in output]
        return {self.plural: output, **page_links(request, self.service, self.plural, following)}

    def matches_query(self, request: Request, item: Json) -> bool:
        """Return whether an item passes all filters of the query; a filter given twice accepts either value."""
        keys = {key for key, _ in request.query} - LIST_PARAMETERS
        return all(
            any(self.matches_filter(request, item, key, text) for name, text in request.query if name == key)
            for key in keys
        )

    def matches_filter(self, request: Request, item: Json, key: str, value: str) -> bool:
        """Return whether an item passes one filter; a field that it does not have is ignored."""
        own, field = self.match_filter(request, item, key, value), fields(self.filter_aliases).get(key, key)
        output = tags_match(item, key, value) if key.endswith(TAGS) else field not in item or equals(item[field], value)
        return output if own is None else own

    def show(self, request: Request) -> Json:
        """Return the item in the path."""
        self.authorize(request, "get")
        return self.wrap(request, self.find(request))

    def create(self, request: Request) -> Response:
        """Create an item from the request body."""
        self.authorize(request, "create")
        body = request.json(self.body_key or "")
        self.validate_fields(request, body, "create")
        return Response(self.wrap(request, self.insert(request, body)), self.service.create_status)

    def insert(self, request: Request, body: Json, item_id: str = "") -> Json:
        """Store a new item with these fields, the defaults, and an ID."""
        for key in (x for x in self.needed if body.get(x) is None):
            raise ApiError(400, self.service.required_field.format(body=body, key=key, **self.words), "HTTPBadRequest")
        own = (
            {self.owner_field: body.get(self.owner_field) or request.identity.project_id}
            if self.read_scope == "own"
            else {}
        )
        body = self.convert_types(body)
        item = {
            "id": item_id or new_id(self.service.uuid_dashes),
            **json.loads(json.dumps(self.defaults)),
            **body,
            **own,
        }
        set_timestamps(request, self.service, item, True)
        if self.quota:
            check_quota(request, self.service, **{self.quota: 1})
        self.before_create(request, item, body)
        self.validate_unique(request, item)
        return request.store.put(self.kind, item)

    def convert_types(self, body: Json) -> Json:
        """Return the body with text converted to the types of the fields."""
        return {k: self.types[k](v) if k in self.types and v is not None else v for k, v in body.items()}

    def validate_fields(self, request: Request, body: Json, verb: str) -> None:
        """Raise an error for unknown fields, and for those that only administrators may set."""
        project = body.pop("tenant_id", body.get("project_id")) if self.read_scope == "own" else None
        others = ["tenant_id"] if project not in (None, request.identity.project_id) else []
        for key in [*body]:
            mark = self.marks.get(key, "+")
            words = self.service.unknown_field.format(key=key)
            abort_if("+" in mark and key != "project_id" and words, 400, words, "HTTPBadRequest")
            if {"!", "*"} & {*mark} and body[key] != self.defaults.get(key):
                others.append(key)
            if key[0] == "_" or (self.body_key and "+" in self.marks.get(key, "")):
                del body[key]  # the services ignore fields that the user may not set
        rule = f"rule:{verb}_{self.kind}"
        raise_if(
            others and not request.identity.admin,
            "PolicyNotAuthorized",
            what=f"({rule} and {rule}:{others and others[0]})",
        )

    def validate_unique(self, request: Request, item: Json) -> None:
        """Raise 409 if another item has the same unique fields."""
        requested: Any = {key: item.get(key) for key in self.unique_fields.split()}
        if self.unique_fields and any(x["id"] != item["id"] for x in request.store.all(self.kind, **requested)):
            raise ApiError(
                409,
                (self.conflict_message or self.service.conflict_message).format(**{**self.words, **item}),
                "Conflict",
            )

    def update(self, request: Request) -> Json:
        """Change the item in the path."""
        item = self.find_writable(request, "update")
        body = self.convert_types(request.json(self.body_key or ""))
        self.validate_fields(request, body, "update")
        self.before_update(request, item, body)
        item.update(body)
        self.validate_unique(request, item)
        return self.wrap(request, self.save(request, item))

    def save(self, request: Request, item: Json) -> Json:
        """Store a changed item."""
        set_timestamps(request, self.service, item, False)
        return request.store.put(self.kind, item)

    def delete(self, request: Request) -> Response:
        """Delete the item in the path, now or after `delete_delay`."""
        item = self.find_writable(request, "delete")
        self.before_delete(request, item, {})
        for reference, name in fields(self.blocks_delete).items():
            others = referrers(request, item["id"], reference)
            raise_if(others, name, id=item["id"], others=",".join(others))
        for reference in self.deleted_with.split():
            request.store.delete(reference.partition(".")[0], *referrers(request, item["id"], reference))
        request.store.put(
            self.kind, request.store.schedule_change({**item, "status": "deleting"}, self.delete_delay, None)
        )
        return Response(None, self.service.delete_status)

    def tags(self, request: Request) -> Json | Response:
        """Show, replace or delete the tags of an item, or one tag."""
        item, tag = (
            self.find(request) if request.method == "GET" else self.find_writable(request, "update"),
            request.args.get("tag"),
        )
        missing = tag and request.method != "PUT" and tag not in item["tags"]
        abort_if(missing, 404, self.service.tag_not_found.format(tag=tag, id=item["id"]), "TagNotFound")
        if request.method != "GET":
            tags = {*item["tags"], tag} if tag else {*request.json()["tags"]} if request.method == "PUT" else set()
            item["tags"] = sorted(tags if request.method == "PUT" else set(item["tags"] if tag else ()) - {tag})
            self.save(request, item)
        if tag or request.method == "DELETE":
            return Response(None, self.service.tag_status if request.method == "PUT" else 204)
        return {"tags": item["tags"]}


def public_or_shared(kind: str, field: str) -> Callable[[Request], list[Json]]:
    """Return a source of the items that are public or shared with the project; `field` holds whether one is public."""

    def rows(request: Request) -> list[Json]:
        requested = (
            request.query_param("is_public", "none" if "id" in request.args else "true").lower()
            if request.identity.admin
            else "true"
        )
        return [
            x
            for x in request.store.all(kind)
            if requested in ("none", str(x[field]).lower())
            or (requested == "true" and request.identity.project_id in x.get("_access", ()))
        ]

    return rows


def referrers(request: Request, item_id: str, reference: str) -> list[str]:
    """Return the IDs of the items that refer to an ID in a field: "port.fixed_ips"."""
    kind, _, field = reference.partition(".")
    return [x["id"] for x in request.store.all(kind) if f'"{item_id}"' in json.dumps(x.get(field))]


def requests_all_projects(request: Request) -> bool:
    """Return whether the query asks for items of all projects."""
    return any(is_true(request.query_param(key, "0") or "1") for key in ("all_tenants", "all_projects"))


TAGS = ("tags", "tags-any")


def tags_match(item: Json, key: str, value: str) -> bool:
    """Return whether the tags of an item pass a filter: tags, tags-any, not-tags, not-tags-any."""
    own, requested = set(item.get("tags", [])), set(value.split(","))
    matches_filter = bool(requested & own) if key.endswith("any") else requested <= own
    return matches_filter != key.startswith("not-")


def equals(value: Any, text: str) -> bool:
    """Return whether a field has the value that a query gives as text."""
    other = text in value if isinstance(value, list) else text == ("" if value is None else str(value))
    return value == is_true(text) if isinstance(value, bool) else other


def sort_keys(request: Request) -> list[tuple[str, str]]:
    """Return the sort keys and directions of `sort=a:desc,b` or `sort_key=a&sort_dir=desc`."""
    if sort := request.query_param("sort"):
        return [(key, direction or "asc") for key, _, direction in (part.partition(":") for part in sort.split(","))]
    keys, directions = ([value for key, value in request.query if key == name] for name in ("sort_key", "sort_dir"))
    return list(zip(keys, directions + ["asc"] * len(keys), strict=False))


Route = tuple[str, re.Pattern[str], Handler, bool]
SPECIFIC_ROUTES: dict[str, list[Route]] = {}  # by the name of the service; matched before the generic ones
GENERIC_ROUTES: dict[str, list[Route]] = {}


def route(
    service: PracticeService, *requests: str, public: bool = False, general: bool = False
) -> Callable[[Handler], Handler]:
    """Return a decorator that adds routes such as "GET,HEAD /servers/{id}/ips"; {name*} matches slashes too."""

    def register(handler: Handler) -> Handler:
        for request in requests:
            methods, path = request.split(" ")
            pattern = re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", re.sub(r"{(\w+)\*}", r"(?P<\1>.+)", path))
            entry = (methods, re.compile(pattern + "(?:[.]json)?"), handler, public)
            (GENERIC_ROUTES if general else SPECIFIC_ROUTES).setdefault(service.name, []).append(entry)
        return handler

    return register


def add_routes(service: PracticeService, table: dict[str, Handler]) -> None:
    """Add several routes, each with its handler."""
    for request, handler in table.items():
        route(service, request)(handler)


def find_handler(request: Request, service: PracticeService) -> tuple[Handler, bool]:
    """Return the handler of a request and whether it is public; without a route one that raises 404 or 405."""
    path, found = request.path.removeprefix(f"/{service.name}").rstrip("/") or "/", False
    path = re.sub(r"^(/v[\d.]+)/[0-9a-f]{32}(?=/)", r"\1", path)  # older clients put the project ID there
    for methods, pattern, handler, public in (
        *SPECIFIC_ROUTES.get(service.name, ()),
        *GENERIC_ROUTES.get(service.name, ()),
    ):
        if match := pattern.fullmatch(path):
            found = True
            if request.method in methods.split(",") or (request.method == "HEAD" and "GET" in methods):
                request.args = match.groupdict()
                return handler, public

    return lambda request: abort_if(True, 405 if found else 404, service.no_route, "HTTPNotFound"), False


def add_property_routes(
    collection: Collection, path: str, field: str, missing: str, key: str = "", deleted: int = 200
) -> None:
    """Add routes for the properties in a field of a collection; `key` is the key of a single one in a body."""

    def answer(request: Request) -> Json | Response:
        item, name = (
            collection.find(request) if request.method == "GET" else collection.find_writable(request, "update"),
            request.args.get("key"),
        )
        data = item[field]
        abort_if(name and request.method != "PUT" and name not in data, 404, missing.format(id=item["id"], key=name))
        if request.method == "DELETE":
            del data[name]
        elif request.method != "GET":
            item[field] = {**(data if request.method == "POST" or name else {}), **request.json(key if name else field)}
        if request.method != "GET":
            collection.save(request, item)
        if request.method == "DELETE":
            return Response(None, deleted)
        found = {name: item[field][name]} if name else dict(sorted(item[field].items()))
        return found if name and not key else {key if name else field: found}

    route(collection.service, f"GET,POST,PUT {path}", f"GET,PUT,DELETE {path}/{{key}}")(answer)


def action(request: Request, collection: Collection, actions: dict[str, Any]) -> tuple[str, Json, Json]:
    """Return the name of the action in a request, its item and its arguments; raises 400 for an unknown action."""
    ((name, given),) = request.json().items()
    item = collection.find_writable(request, name)
    abort_if(name not in actions, 400, f"There is no such action: {name}")
    return name, item, given if isinstance(given, dict) else {}


def link(request: Request, kind: str, item: Json, missing: str) -> Response:
    """Check, create (PUT) or delete a link between two resources; raises 404 if it is absent."""
    stored = request.store.get(kind, item["id"])
    abort_if(request.method != "PUT" and not stored, 404, missing)
    if request.method == "PUT":
        request.store.put(kind, item)
    elif request.method == "DELETE":
        request.store.delete(kind, item["id"])
    return Response(None, 204)
