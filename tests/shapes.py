"""The shapes of the services' answers, read from recordings: the keys of lists and of resources, and of their fields.

Nothing here comes from `ostk`: a key that is wrong in its tables is not repeated by the fake cloud. What no recording
shows stands in `api_reference.json`, written by hand from the OpenStack API reference.
"""

from __future__ import annotations

import re
import shlex
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from .replay import RECORDED, Json, load, session_exchanges

API_REFERENCE = Path(__file__).parent / "api_reference.json"
ROOTS = {  # the paths of the services in the fake cloud, by their types
    "identity": "/identity",
    "compute": "/compute/v2.1",
    "image": "/image",
    "network": "/network",
    "block-storage": "/volume/v3",
    "object-store": "/object/v1/AUTH_p",
    "placement": "/placement",
    "shared-file-system": "/share/v2",
    "orchestration": "/orchestration/v1/p",
    "load-balancer": "/load-balancer",
    "dns": "/dns",
    "key-manager": "/key-manager",
    "container-infra": "/container-infra/v1",
    "accelerator": "/accelerator/v2",
    "baremetal": "/baremetal",
    "database": "/database/v1.0/p",
    "metric": "/metric",
    "alarming": "/alarming",
}
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}")


class Answer(NamedTuple):
    """A recorded answer: the method, path and query of its request, the body, and the words of the command line.

    The body is {} where there is none, and b"" for one that is not JSON.
    """

    method: str
    path: str
    query: dict[str, str]
    body: Any
    words: list[str]


class Collection(NamedTuple):
    """How a service answers for a collection of resources.

    Attributes:
        many: The keys that hold the list; Manila gives the list of share types twice.
        one: The keys that hold a resource, () where it has none (Glance, Placement), None where no answer shows it.
        each: The key that holds each resource of a list, "" for none (Nova wraps key pairs).
        id: The field that the path of a resource ends with.
        name: The field with the name.
        fields: The fields of a resource, none where the answer has no body (traits).
        url: What a URL has before the ID, where the field `id` is a URL (Barbican), else "".
    """

    many: tuple[str, ...]
    one: tuple[str, ...] | None
    each: str
    id: str
    name: str
    fields: frozenset[str]
    url: str = ""

    def resource(self, name: str) -> Json:
        """Return a resource with this name: its ID is the name and "-id", or the name where that is the ID."""
        status = {"status": "ACTIVE"} if "status" in self.fields else {}
        return {**status, self.name: name, self.id: name if self.id == self.name else f"{self.url}{name}-id"}

    def listed(self, resources: list[Json]) -> Json:
        """Return the answer with a list of resources."""
        inside = [{self.each: resource} for resource in resources] if self.each else resources
        return dict.fromkeys(self.many, inside)

    def shown(self, resource: Json) -> Json:
        """Return the answer with one resource."""
        return dict.fromkeys(self.one, resource) if self.one else resource


class Shapes(NamedTuple):
    """What some answers show: the collections by path, and the bodies of all answers that read, with nothing in them.

    A path has `{}` for each ID: "/compute/v2.1/servers/{}/os-interface". `known` holds the paths that IDs follow.
    """

    collections: dict[str, Collection]
    empty: dict[str, Any]
    known: frozenset[str]


@cache
def shapes() -> Shapes:
    """Return what the recordings show, and what is written by hand."""
    return read([*sorted(RECORDED.glob("*.json")), API_REFERENCE])


def find(path: str) -> tuple[Collection | None, str | None]:
    """Return the collection that a path is about, and the last segment where that is the ID of a resource in it."""
    place = pattern(path, shapes().known).removesuffix("/detail")
    if place.endswith("/{}") and (found := shapes().collections.get(place.removesuffix("/{}"))):
        return found, unquote(path.rpartition("/")[2])
    return shapes().collections.get(place), None


def emptied(path: str) -> Any:
    """Return the body of the answer to a request that reads, with nothing in it; None for a path without answers."""
    collection, last = find(path)
    if collection and collection.many and last is None:
        return collection.listed([])
    return shapes().empty.get(pattern(path, shapes().known))


def read(paths: Iterable[Path]) -> Shapes:
    """Return what the answers in some files show."""
    lists: dict[str, list[Answer]] = defaultdict(list)
    items: dict[str, list[Answer]] = defaultdict(list)
    created: dict[str, list[Answer]] = defaultdict(list)
    empty: dict[str, Any] = {}
    known: set[str] = set()
    for answer in sorted(answers(paths), key=lambda answer: answer.path.removesuffix("/detail").count("/")):
        path = pattern(answer.path, known)
        base = path.removesuffix("/{}").removesuffix("/detail")
        if answer.method == "GET":
            empty.setdefault(path, emptied_body(answer.body))
        if isinstance(answer.body, list):  # of Swift
            known.add(path)
        elif not isinstance(answer.body, dict):
            continue
        elif path.endswith("/{}"):
            if answer.method == "GET" or (answer.method != "POST" and holders(answer.body) is not None):
                items[base].append(answer)
        elif answer.method == "GET" and list_keys(answer.body):
            lists[base].append(answer)
            known.add(base)
        elif answer.method == "POST" and holders(answer.body) is not None:
            created[path].append(answer)
    found = {path: collection(lists[path], items[path], created[path]) for path in [*lists, *items]}
    return Shapes(found, empty, frozenset(known | found.keys()))


def emptied_body(body: Any) -> Any:
    """Return a body with nothing in its lists and objects."""
    if isinstance(body, dict):
        return {key: type(value)() if isinstance(value, list | dict) else value for key, value in body.items()}
    return type(body)()


def answers(paths: Iterable[Path]) -> Iterator[Answer]:
    """Give the answers in some files.

    Cases with filled fields are left out: their fields come from the columns of `ostk`.
    """
    roots = addresses()
    cases = chain.from_iterable(load(path).get("cases", []) for path in paths)
    for case in (case for case in cases if not case.get("filled")):
        words = shlex.split(case.get("line", ""))
        for exchange in case["exchanges"]:
            method, _, url = exchange["request"].partition(" ")
            body = exchange.get("json", {}) if exchange.keys().isdisjoint({"text", "base64"}) else b""
            if exchange["status"] < 300 and body is not None:
                parts = urlsplit(url)
                where = f"{parts.netloc}{parts.path}"
                root = next(root for root in roots if where.startswith(root))
                path = roots[root] + where.removeprefix(root)
                yield Answer(method, path, dict(parse_qsl(parts.query)), body, words)


def addresses() -> dict[str, str]:
    """Return the path of each service in the fake cloud by the host, port and path that it was recorded at."""
    token = next(one["json"]["token"] for one in session_exchanges() if "token" in (one.get("json") or {}))
    urls = {service["type"]: service["endpoints"][0]["url"] for service in token["catalog"]}
    return {urls[type].partition("://")[2]: path for type, path in ROOTS.items()}


def pattern(path: str, known: Container[str]) -> str:
    """Return a path with `{}` for each ID: what looks like one, or what follows the path of a known collection.

    The name of an object may have slashes: all that follows its container.
    """
    account = ROOTS["object-store"]
    parent = ""
    for segment in path.split("/", account.count("/") + 2 if path.startswith(account) else -1)[1:]:
        is_id = ID.fullmatch(segment) or (parent in known and segment != "detail")
        parent += "/{}" if is_id else f"/{segment}"
    return parent


def list_keys(body: Json) -> tuple[str, ...]:
    """Return the keys of the lists in an answer, without those of links."""
    return tuple(key for key, value in body.items() if isinstance(value, list) and not key.endswith("links"))


def holders(body: Json) -> tuple[str, ...] | None:
    """Return the keys that hold the resource of an answer, () for a resource without one, None for no resource."""
    keys = tuple(key for key, value in body.items() if isinstance(value, dict) and not key.endswith("links"))
    if keys and all(key in keys or key.endswith("links") for key in body):
        return keys
    return () if any(isinstance(value, str) for value in body.values()) else None


def collection(lists: list[Answer], items: list[Answer], created: list[Answer]) -> Collection:
    """Return what the answers with lists, with single resources and with new resources of a collection show."""
    ids = Counter[str]()
    urls: list[str] = []
    ones = Counter[tuple[str, ...]](holders(answer.body) or () for answer in created)
    fields: set[str] = set()
    for answer in [*items, *created]:
        one = holders(answer.body) or ()
        resource = answer.body[one[0]] if one else answer.body
        last = unquote(answer.path.rpartition("/")[2])
        same = [key for key, value in resource.items() if str(value) == last]
        if "name" in same and "uuid" in resource:  # a name in the place of the ID (Magnum)
            same = ["uuid"]
        urls = [key for key, value in resource.items() if str(value).startswith("http") and value.endswith(f"/{last}")]
        same = same or urls
        if answer.method != "POST" and (same or not answer.body):
            ones[one] += len(created) + 1  # what shows the resource tells more than what creates it
            # Ironic takes a name in the place of the UUID.
            ids.update(["id"] if "id" in same else ["uuid"] if same and "uuid" in resource else same[:1])
        if same or answer.method == "POST":
            fields |= resource.keys()
    many = list_keys(lists[0].body) if lists else ()
    listed = [(answer, one) for answer in lists for one in answer.body.get(many[0], []) if isinstance(one, dict)]
    one_keys = ones.most_common(1)[0][0] if ones else None
    each = one_keys[0] if one_keys and any(one.keys() == {one_keys[0]} for _, one in listed) else ""
    listed = [(answer, one[each] if each else one) for answer, one in listed]
    fields = fields.union(*(one for _, one in listed))
    asked = [field for answer, one in listed for field in looked_up(answer, one)]
    id = next(iter([*dict(ids.most_common(1)), *(["id"] if "id" in fields else []), *asked, "name"]))
    name = "name" if "name" in fields else next(iter(asked), id)
    path = items[0].path.rpartition("/")[0] if id in urls else ""
    return Collection(many, one_keys, each, id, name, frozenset(fields), path and f"http://cloud{path}/")


def looked_up(answer: Answer, resource: Json) -> Iterator[str]:
    """Give the fields that a look-up by name has asked for: with the value of an argument of the command line."""
    for key, value in answer.query.items():
        field = key.removesuffix("_pattern")
        before = answer.words[answer.words.index(value) - 1] if value in answer.words else "--"
        if resource.get(field) == value and not before.startswith("-"):
            yield field
