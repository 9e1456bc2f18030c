"""Parts that things of several services have alike: tags, properties, quotas."""

from __future__ import annotations

from collections.abc import Callable

from .engine import Collection, Manner, on
from .quotas import Quotas
from .store import Json
from .wire import Answer, Ask, Refusal

Which = Callable[[Ask], Collection]


def tags(manner: Manner, path: str, which: Which, missing: str, type: str = "") -> None:
    """Answer requests for the tags below a path, all of them or one."""

    def answer(ask: Ask) -> Json | Answer:
        collection, tag, writes = which(ask), ask.args.get("tag"), ask.method != "GET"
        item = collection.find(ask)
        if tag and ask.method != "PUT" and tag not in item["tags"]:
            raise Refusal(404, missing.format(tag=tag, id=item["id"]), type)
        if writes:
            collection.allow(ask, "update", item)
            given = {*item["tags"], tag} if tag else {*ask.json()["tags"]} if ask.method == "PUT" else set()
            item["tags"] = sorted(given if ask.method == "PUT" else set(item["tags"] if tag else ()) - {tag})
            collection.save(ask, item)
        if tag or ask.method == "DELETE":
            return Answer(None, 201 if ask.method == "PUT" else 204)
        return {"tags": item["tags"]}

    methods = ("GET", "PUT", "DELETE")
    on(manner, *(f"{m} {path}/tags" for m in methods), *(f"{m} {path}/tags/{{tag}}" for m in methods))(answer)


def properties(
    manner: Manner, path: str, which: Which, field: str, missing: str, one: str = "", deleted: int = 200
) -> None:
    """Answer requests for the properties in a field, all of them or one, which stands under the key `one`."""

    def answer(ask: Ask) -> Json | Answer:
        collection, key = which(ask), ask.args.get("key")
        item = collection.find(ask)
        data = item[field]
        if key and ask.method != "PUT" and key not in data:
            raise Refusal(404, missing.format(id=item["id"], key=key))
        if ask.method != "GET":
            collection.allow(ask, "update", item)
            if ask.method == "DELETE":
                del data[key]
            elif key:
                data.update(ask.json(one) if one else ask.json())
            else:
                item[field] = {**(data if ask.method == "POST" else {}), **ask.json(field)}
            collection.save(ask, item)
        if ask.method == "DELETE":
            return Answer(None, deleted)
        found = {key: item[field][key]} if key else dict(sorted(item[field].items()))
        return {one: found} if key and one else found if key else {field: found}

    all_of, one_of = ("GET", "POST", "PUT"), ("GET", "PUT", "DELETE")
    on(manner, *(f"{m} {path}" for m in all_of), *(f"{m} {path}/{{key}}" for m in one_of))(answer)


def quotas(
    quotas: Quotas, manner: Manner, path: str, key: str, forbidden: str, used: Callable[[Ask, str], Json]
) -> None:
    """Answer requests for the quotas of a project: what it may have, has by default, has used."""

    def answer(ask: Ask) -> Json | Answer:
        project, form = ask.args["id"], ask.args.get("form", "")
        if not ask.by.admin and (ask.method != "GET" or project != ask.by.project_id):
            verb = {"GET": 0, "PUT": 1, "DELETE": 2}[ask.method]
            raise Refusal(403, forbidden.format(*(("show", "get"), ("update",) * 2, ("delete",) * 2)[verb]))
        if ask.method == "DELETE":
            ask.store.drop("quota", f"{quotas.service}/{project}")
            return Answer(None, manner.deleted if manner.name != "compute" else 202)
        if ask.method == "PUT":
            return {key: quotas.change(ask, project, ask.json(key))}
        limits: Json = quotas.limits(ask, project)
        if form.startswith("default"):
            limits = dict(quotas.defaults)
        elif form.startswith("detail") or ask.asked("usage").lower() == "true":
            now, word = used(ask, project), "used" if manner.name == "network" else "in_use"
            limits = {k: {"limit": x, word: now.get(k, 0), "reserved": 0} for k, x in limits.items()}
        return {key: {**limits, **({} if manner.name == "network" else {"id": project})}}

    on(manner, *(f"{m} {path}/{{id}}" for m in ("GET", "PUT", "DELETE")), f"GET {path}/{{id}}/{{form}}")(answer)
