"""Identity: projects, users, groups, roles, assignments, domains, services, endpoints, credentials."""

from secrets import token_urlsafe
from typing import Any

from .api_errors import raise_if
from .data import Json, pick
from .engine import Collection, add_routes, link, route
from .messages import Request, Response, abort_if
from .services import KEYSTONE
from .store import new_id
from .tokens import (
    IMPLIED_ROLES,
    catalog,
    endpoint_url,
    hash_secret,
    reference,
    roles_on,
    verify_secret,
    with_implied_roles,
)


def keystone_collection(kind: str, fields: str, **extra: Any) -> Collection:
    """Return a collection of Keystone, whose items have a link to themselves."""
    return Collection(KEYSTONE, kind, fields, has_links=True, **extra)


def require_domain(request: Request, item: Json, body: Json) -> None:
    """Check that the domain of a new item exists."""
    DOMAIN.find(request, item["domain_id"])


def before_project_create(request: Request, item: Json, body: Json) -> None:
    """Set the parent and the domain of a new project."""
    item["parent_id"] = item["parent_id"] or item["domain_id"]
    parent = request.store.get("project", item["parent_id"]) or DOMAIN.find(request, item["parent_id"])
    raise_if(not parent["enabled"], "ParentDisabled", id=parent["id"])
    item["domain_id"] = parent.get("domain_id", parent["id"])


def validate_mutable(request: Request, item: Json, body: Json) -> None:
    """Raise 403 for an immutable item, unless only the option `immutable` is turned off."""
    immutable = item["options"].get("immutable") and body != {"options": {"immutable": False}}
    raise_if(immutable, "Immutable", verb="update" if body else "delete", id=item["id"])


# The options of a user, in the order in which Keystone returns them.
USER_OPTIONS = """ignore_change_password_upon_first_use ignore_password_expiry ignore_lockout_failure_attempts
    lock_password multi_factor_auth_enabled multi_factor_auth_rules"""


def before_user_update(request: Request, item: Json, body: Json) -> None:
    """Hash a new password, and keep the options that Keystone knows."""
    if secret := body.pop("password", None):
        item["_password"] = hash_secret(str(secret))
    body["options"] = pick({**item["options"], **body.get("options", {})}, USER_OPTIONS)


def before_user_create(request: Request, item: Json, body: Json) -> None:
    """Set the domain, password and options of a new user."""
    require_domain(request, item, body)
    before_user_update(request, item, item)


def set_endpoint_region(request: Request, item: Json, body: Json) -> None:
    """Set the region of an endpoint under both of its keys."""
    if region := body.get("region_id") or body.get("region"):
        body |= {"region": region, "region_id": region}
        item |= body
    raise_if(not request.store.get("service", item["service_id"]), "ServiceUnknown", id=item["service_id"])


PROJECT = keystone_collection(
    "project",
    "name domain_id=default description= enabled=true parent_id= tags=[] +is_domain=false options={}",
    unique_fields="name domain_id",
    before_create=before_project_create,
    before_update=validate_mutable,
    before_delete=validate_mutable,
    blocks_delete="project.parent_id=NotALeaf",
    deleted_with="assignment.target_id",
    conflict_message="Conflict occurred attempting to store project - it is not permitted to have two projects with "
    "either the same name or same id in the same domain: name is {name}, project id {id}.",
)
USER = keystone_collection(
    "user",
    "name domain_id=default enabled=true +password_expires_at=null options={}",
    before_create=before_user_create,
    before_update=before_user_update,
    unique_fields="name domain_id",
    deleted_with="assignment.user_id membership.user_id",
)
GROUP = keystone_collection(
    "group",
    "name domain_id=default description=",
    unique_fields="name domain_id",
    before_create=require_domain,
    deleted_with="assignment.group_id membership.group_id",
)
ROLE = keystone_collection(
    "role",
    "name domain_id=null description=null options={}",
    unique_fields="name domain_id",
    before_update=validate_mutable,
    before_delete=validate_mutable,
    deleted_with="assignment.role_id",
)
DOMAIN = keystone_collection(
    "domain",
    "name description= enabled=true +tags=[] options={}",
    unique_fields="name",
    before_delete=lambda request, item, body: raise_if(item["enabled"], "DomainEnabled"),
    deleted_with="user.domain_id group.domain_id project.domain_id",
    conflict_message="Conflict occurred attempting to store project - it is not permitted to have two projects acting "
    "as domains with the same name: {name}.",
)
SERVICE = keystone_collection("service", "type name= enabled=true")
ENDPOINT = keystone_collection(
    "endpoint",
    "interface url service_id region_id=null region=null enabled=true",
    before_create=set_endpoint_region,
    before_update=set_endpoint_region,
    adjust_output=lambda request, output, item: output.update(url=endpoint_url(request, output["url"])),
)
REGION = keystone_collection(
    "region",
    "description= parent_region_id=null",
    read_scope="all",
    write_scope="admin",
    before_create=lambda request, item, body: raise_if(
        request.store.get("region", item["id"]), "RegionExists", id=item["id"]
    ),
)
# Since 2026.2 Keystone accepts a change of the blob only.
keystone_collection(
    "credential",
    "user_id type blob project_id=null",
    read_scope="all",
    before_update=lambda request, item, body: raise_if(
        body.keys() - {"blob"}, "BadRequest", what=f"Invalid input for field/attribute credential. Value: {body}."
    ),
)


def accessible_items(request: Request, kind: str) -> list[Json]:
    """Return the projects or domains in which the user, or the one in the path, has a role."""
    user = request.args.get("user", request.identity.user_id)
    abort_if(
        user != request.identity.user_id and not request.identity.admin,
        403,
        KEYSTONE.forbidden.format(verb="list", what="user_projects"),
    )
    return [x for x in request.store.all(kind) if roles_on(request, user, kind, x["id"])]


add_routes(
    KEYSTONE,
    {
        "GET /v3/auth/catalog": lambda request: {
            "catalog": catalog(request, request.identity),
            "links": {"self": request.url()},
        },
        "GET /v3/auth/projects": lambda request: PROJECT.paginate(request, accessible_items(request, "project")),
        "GET /v3/users/{user}/projects": lambda request: PROJECT.paginate(
            request, accessible_items(request, "project")
        ),
        "GET /v3/auth/domains": lambda request: DOMAIN.paginate(request, accessible_items(request, "domain")),
        "GET /v3/users/{id}": lambda request: (
            USER.wrap(request, USER.find(request))
            if request.args["id"] == request.identity.user_id
            else USER.show(request)
        ),
        "GET /v3/role_inferences": lambda request: {
            "role_inferences": [
                {"prior_role": ROLE.represent(request, x), "implies": [ROLE.represent(request, y)]}
                for x in request.store.all("role")
                for y in request.store.all("role", name=IMPLIED_ROLES.get(x["name"]))
            ]
        },
        "GET /v2.0/tenants": lambda request: {
            "tenants": [pick(x, "id name description enabled") for x in accessible_items(request, "project")],
            "tenants_links": [],
        },
    },
)


@route(KEYSTONE, "GET /v3/projects/{id}")
def _show_project(request: Request) -> Json:
    if request.args["id"] != request.identity.project_id:
        PROJECT.authorize(request, "get")
    found = PROJECT.find(request)
    output = PROJECT.represent(request, found)
    output |= {"subtree": subtree(request, found["id"])} if request.flag("subtree_as_ids") else {}
    output |= {"parents": parents(request, found)} if request.flag("parents_as_ids") else {}
    return {"project": output}


def subtree(request: Request, project_id: str) -> Json | None:
    """Return the projects below a project: ID → subtree; None for a leaf."""
    return {x["id"]: subtree(request, x["id"]) for x in request.store.all("project", parent_id=project_id)} or None


def parents(request: Request, item: Json | None) -> Json | None:
    """Return the parents of a project: ID → its parents; the last one is the domain."""
    return {item["parent_id"]: parents(request, request.store.get("project", item["parent_id"]))} if item else None


@route(KEYSTONE, "POST /v3/users/{id}/password")
def _change_password(request: Request) -> None:
    body, user = request.json("user"), USER.find(request)
    raise_if(not verify_secret(body.get("original_password"), user.get("_password", "")), "Unauthorized")
    request.store.put("user", {**user, "_password": hash_secret(str(body.get("password", "")))})


def before_credential_create(request: Request, item: Json, body: Json) -> None:
    """Set the owner, roles and secret of a new application credential; the secret is returned once."""
    request.args["secret"] = secret = item.pop("secret", None) or token_urlsafe(64)
    assignable = {
        x[key]: x for x in request.store.all("role") if x["name"] in request.identity.roles for key in ("id", "name")
    }
    requested = [role.get("id") or role.get("name") for role in item.pop("roles", None) or []] or sorted(
        request.identity.roles
    )
    for name in requested:
        raise_if(name not in assignable, "RoleUndefined", name=name)
    item["roles"] = [pick(assignable[name], "id name domain_id description options") for name in requested]
    item |= {
        "user_id": request.identity.user_id,
        "project_id": request.identity.project_id,
        "_secret": hash_secret(secret),
    }
    item["expires_at"] = item["expires_at"] and f"{item['expires_at'][:19]}.000000"
    if rules := item.pop("access_rules", None):
        item["access_rules"] = [{"id": new_id(dashes=False), **pick(x, "service path method")} for x in rules]


APPLICATION_CREDENTIAL = keystone_collection(
    "application_credential",
    "name description=null expires_at=null unrestricted=null +system=null",
    path="/v3/users/{user}/application_credentials",
    not_found="Could not find Application Credential: {id}.",
    unique_fields="name user_id",
    read_scope="all",
    before_create=before_credential_create,
    adjust_output=lambda request, output, item: output.update(pick(request.args, "secret")),
    source=lambda request: request.store.all("application_credential", user_id=request.args["user"]),
)


@route(KEYSTONE, "GET,PUT,DELETE /v3/groups/{group}/users/{user}")
def _member(request: Request) -> Response:
    GROUP.authorize(request, "update")
    group, user = GROUP.find(request, request.args["group"])["id"], USER.find(request, request.args["user"])["id"]
    item = {"id": f"{group}/{user}", "group_id": group, "user_id": user}
    return link(request, "membership", item, f"Could not find user: {user} in group: {group}.")


@route(KEYSTONE, "GET /v3/groups/{group}/users", "GET /v3/users/{user}/groups")
def _members(request: Request) -> Json:
    collection = USER if "group" in request.args else GROUP
    if request.args.get("user") != request.identity.user_id:
        collection.authorize(request, "list")
    stored = request.store.all("membership", **{f"{name}_id": value for name, value in request.args.items()})
    found = [request.store.get(collection.kind, x[f"{collection.kind}_id"]) for x in stored]
    return collection.paginate(request, [x for x in found if x])


TARGETS = ("/v3/{target}/{target_id}", "/v3/OS-INHERIT/{target}/{target_id}", "/v3/{target}")  # the last: the system
ASSIGNMENT_PATHS = [f"{target}/{{actor}}/{{actor_id}}/roles" for target in TARGETS]


def assignment_in_path(request: Request) -> Json:
    """Return the assignment in the path, without its role."""
    target, actor = (request.args[key].removesuffix("s") for key in ("target", "actor"))
    where = request.args.get("target_id", "all")
    for kind, id in ((target, where), (actor, request.args["actor_id"])):
        abort_if(kind != "system" and not request.store.get(kind, id), 404, f"Could not find {kind}: {id}.")
    found: Json = {"target": target, "target_id": where, "user_id": None, "group_id": None}
    return {**found, f"{actor}_id": request.args["actor_id"], "inherited": "OS-INHERIT" in request.path}


@route(KEYSTONE, *(f"GET,PUT,DELETE {place}/{{role}}" for place in ASSIGNMENT_PATHS))
@route(KEYSTONE, f"GET,PUT,DELETE {ASSIGNMENT_PATHS[1]}/{{role}}/inherited_to_projects")
def _assignment(request: Request) -> Response:
    item = {**assignment_in_path(request), "role_id": ROLE.find(request, request.args["role"])["id"]}
    ROLE.authorize(request, "update")
    item["id"] = "/".join(str(value) for value in item.values())
    where = f"user or group: {request.args['actor_id']}, project, domain, or system: {item['target_id']}"
    return link(request, "assignment", item, f"Could not find role assignment with role: {item['role_id']}, {where}.")


@route(KEYSTONE, *(f"GET {place}" for place in ASSIGNMENT_PATHS))
def _assigned_roles(request: Request) -> Json:
    ROLE.authorize(request, "list")
    found = [
        request.store.get("role", x["role_id"]) for x in request.store.all("assignment", **assignment_in_path(request))
    ]
    return ROLE.paginate(request, [x for x in found if x])


def assignments(request: Request) -> list[Json]:
    """Return the role assignments; with `effective` also those by groups and implied roles."""
    stored = request.store.all("assignment")
    return [one for x in stored for one in effective_assignments(request, x)] if request.flag("effective") else stored


def effective_assignments(request: Request, item: Json) -> list[Json]:
    """Return an assignment for each user of its group, with the roles that it implies."""
    users = [x["user_id"] for x in request.store.all("membership", group_id=item["group_id"])]
    actors = [{"user_id": user, "group_id": None} for user in users] if item["group_id"] else [{}]
    role = request.store.get("role", item["role_id"]) or {"name": ""}
    also = [x["id"] for name in with_implied_roles(role["name"])[1:] for x in request.store.all("role", name=name)]
    return [{**item, **actor, "role_id": id} for actor in actors for id in (item["role_id"], *also)]


def match_assignment(request: Request, item: Json, key: str, value: str) -> bool | None:
    """Return whether an assignment passes a filter such as scope.project.id."""
    own = {f"{kind}.id": item[f"{kind}_id"] for kind in ("user", "group", "role")}
    own |= {f"scope.{item['target']}.id": item["target_id"], f"scope.{item['target']}": value}
    # Keystone returns system assignments for this filter too, inherited or not.
    own |= {"scope.OS-INHERIT:inherited_to": value} if item["inherited"] or item["target"] == "system" else {}
    return own.get(key) == value if "." in key else None


def assignment_output(request: Request, output: Json, item: Json) -> None:
    """Replace an assignment by its representation in the API, with names on request."""

    def named(kind: str, item_id: str) -> Json:
        stored = request.store.get(kind, item_id) if request.flag("include_names") else None
        return reference(request, stored or {"id": item_id})

    actor, target, where = "user" if item["user_id"] else "group", item["target"], item["target_id"]
    actor_id, role = item[f"{actor}_id"], item["role_id"]
    scope: Json = {target: named(target, where) if target != "system" else {"all": True}}
    scope |= {"OS-INHERIT:inherited_to": "projects"} if item["inherited"] else {}
    link = f"{request.host}/identity/v3/{target}s/{where}/{actor}s/{actor_id}/roles/{role}"
    output.clear()
    output |= {
        "links": {"assignment": link},
        "scope": scope,
        actor: named(actor, actor_id),
        "role": named("role", role),
    }


keystone_collection(
    "role_assignment",
    "",
    verbs="list",
    source=assignments,
    match_filter=match_assignment,
    adjust_output=assignment_output,
)
