"""Identity, continued: who is in which group, and who has which role where."""

from __future__ import annotations

from . import tokens
from .engine import on
from .identity import GROUP, MANNER, ROLE, USER, more
from .store import Json
from .wire import Answer, Ask, Refusal


@on(MANNER, *(f"{method} /v3/groups/{{group}}/users/{{user}}" for method in ("GET", "PUT", "DELETE")))
def member(ask: Ask) -> Answer:
    """Whether a user is in a group; put in it; taken out."""
    GROUP.allow(ask, "update")
    group, user = GROUP.find(ask, ask.args["group"])["id"], USER.find(ask, ask.args["user"])["id"]
    known = ask.store.get("membership", f"{group}/{user}")
    if ask.method != "PUT" and not known:
        raise Refusal(404, f"Could not find user: {user} in group: {group}.")
    if ask.method == "PUT":
        ask.store.put("membership", {"id": f"{group}/{user}", "group_id": group, "user_id": user})
    elif ask.method == "DELETE":
        ask.store.drop("membership", f"{group}/{user}")
    return Answer(None, 204)


@on(MANNER, "GET /v3/groups/{group}/users", "GET /v3/users/{user}/groups")
def members(ask: Ask) -> Json:
    """The users in a group; the groups of a user."""
    collection, key = (USER, "user_id") if "group" in ask.args else (GROUP, "group_id")
    collection.allow(ask, "list") if ask.args.get("user") != ask.by.user_id else None
    kept = ask.store.all("membership", **{f"{name}_id": value for name, value in ask.args.items()})
    found = [x for x in (ask.store.get(collection.kind, one[key]) for one in kept) if x]
    return collection.pages(ask, [x for x in found if collection.chosen(ask, x)])


PLACE = "/v3/{target}/{target_id}/{actor}/{actor_id}/roles"
SYSTEM = "/v3/system/{actor}/{actor_id}/roles"
INHERITED = PLACE.replace("/v3", "/v3/OS-INHERIT")
EACH = ("GET", "PUT", "DELETE")


def assigned(ask: Ask) -> Json:
    """The assignment that a path names, without its role."""
    target = ask.args.get("target", "systems").removesuffix("s")
    actor = ask.args["actor"].removesuffix("s")
    if target not in ("project", "domain", "system") or actor not in ("user", "group"):
        raise Refusal(404, "The resource could not be found.")
    where = ask.args.get("target_id", "all")
    found: Json = {"target": target, "target_id": where, "user_id": None, "group_id": None}
    for kind, id in ((target, where), (actor, ask.args["actor_id"])):
        if kind != "system" and not ask.store.get(kind, id):
            raise Refusal(404, f"Could not find {kind}: {id}.")
    return {**found, f"{actor}_id": ask.args["actor_id"], "inherited": "OS-INHERIT" in ask.path}


@on(MANNER, *(f"{method} {path}/{{role}}" for method in EACH for path in (PLACE, SYSTEM)))
@on(MANNER, *(f"{method} {INHERITED}/{{role}}/inherited_to_projects" for method in EACH))
def assignment(ask: Ask) -> Answer:
    """Whether someone has a role somewhere; given; taken away."""
    ROLE.allow(ask, "update")
    item = {**assigned(ask), "role_id": ROLE.find(ask, ask.args["role"])["id"]}
    item["id"] = "/".join(str(value) for value in item.values())
    if ask.method != "PUT" and not ask.store.get("assignment", item["id"]):
        who, where = ask.args["actor_id"], item["target_id"]
        raise Refusal(
            404,
            f"Could not find role assignment with role: {item['role_id']}, user or group: {who}, "
            f"project, domain, or system: {where}.",
        )
    if ask.method == "PUT":
        ask.store.put("assignment", item)
    elif ask.method == "DELETE":
        ask.store.drop("assignment", item["id"])
    return Answer(None, 204)


@on(MANNER, f"GET {PLACE}", f"GET {SYSTEM}")
def roles_there(ask: Ask) -> Json:
    """The roles that someone has somewhere."""
    ROLE.allow(ask, "list")
    found = [ask.store.get("role", x["role_id"]) for x in ask.store.all("assignment", **assigned(ask))]
    return ROLE.pages(ask, [x for x in found if x])


@on(MANNER, "GET /v3/role_assignments")
def role_assignments(ask: Ask) -> Json:
    """Who has which role where."""
    if not ask.by.admin:
        raise Refusal(403, "You are not authorized to perform the requested action: identity:list_role_assignments.")
    asked, found = dict(ask.query), []
    names = "include_names" in asked and asked["include_names"].lower() not in ("0", "false")
    effective = "effective" in asked and asked["effective"].lower() not in ("0", "false")
    for x in ask.store.all("assignment"):
        for one in expanded(ask, x) if effective else [x]:
            wanted = {
                "user.id": one["user_id"],
                "group.id": one["group_id"],
                "role.id": one["role_id"],
                f"scope.{one['target']}.id": one["target_id"],
                "scope.system": "all" if one["target"] == "system" else None,
                "scope.OS-INHERIT:inherited_to": "projects" if one["inherited"] else None,
            }
            filters = {k: v for k, v in asked.items() if k.startswith(("user.", "group.", "role.", "scope."))}
            if all(wanted.get(key) == (value if "system" not in key else "all") for key, value in filters.items()):
                found.append(assignment_told(ask, one, names))
    return {"role_assignments": found, **more(ask, ROLE, "")}


def expanded(ask: Ask, item: Json) -> list[Json]:
    """An assignment and those that follow from it: by groups and by roles that imply others."""
    users = [x["user_id"] for x in ask.store.all("membership", group_id=item["group_id"])]
    actors = [{"user_id": user, "group_id": None} for user in users] if item["group_id"] else [{}]
    role = ask.store.get("role", item["role_id"])
    name, ids = (role or {}).get("name"), [item["role_id"]]
    while name := tokens.IMPLIED.get(name or ""):
        ids += [x["id"] for x in ask.store.all("role", name=name)]
    return [{**item, **actor, "role_id": id} for actor in actors for id in ids]


def assignment_told(ask: Ask, item: Json, names: bool) -> Json:
    """An assignment as the API tells of it."""

    def named(kind: str, id: str) -> Json:
        kept = ask.store.get(kind, id)
        return tokens.reference(ask, kept) if names and kept else {"id": id}

    actor = "user" if item["user_id"] else "group"
    place: Json = {"system": {"all": True}}
    if item["target"] != "system":
        place = {item["target"]: named(item["target"], item["target_id"])}
    if item["inherited"]:
        place["OS-INHERIT:inherited_to"] = "projects"
    path = f"{item['target']}s/{item['target_id']}/{actor}s/{item[f'{actor}_id']}/roles/{item['role_id']}"
    return {
        "links": {"assignment": f"{ask.host}/identity/v3/{path}"},
        "scope": place,
        actor: named(actor, item[f"{actor}_id"]),
        "role": named("role", item["role_id"]),
    }
