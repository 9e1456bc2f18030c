"""The routes of quotas."""

from .data import Json, is_true
from .engine import route
from .messages import Request, Response, abort_if
from .quotas import limits_of, usage_of
from .services import CINDER, NEUTRON, NOVA, PracticeService


def add_quota_routes(service: PracticeService, path: str, key: str, policy: str) -> None:
    """Add routes for the quotas of a project: limits, defaults and usage."""

    def answer(request: Request) -> Json | Response:
        project, form = request.args["id"], request.args.get("form", "")
        verb = {"PUT": "update", "DELETE": "delete"}.get(request.method, "get" if service is NEUTRON else "show")
        own = request.method == "GET" and project == request.identity.project_id
        abort_if(
            not request.identity.admin and not own, 403, service.forbidden.format(verb=verb, policy=policy, kind=key)
        )
        id = f"{service.name}/{project}"
        if request.method == "DELETE":
            request.store.delete("quota", id)
            return Response(None, 202 if service is NOVA else service.delete_status)
        found = limits_of(request, service, "" if form.startswith("default") else project)
        if request.method == "PUT":
            found |= {k: int(v) for k, v in request.json(key).items() if k in found}
            request.store.put("quota", found, id)
            return {key: found}
        if form.startswith("detail") or is_true(request.query_param("usage")):
            now, word = usage_of(request, service, project), "used" if service is NEUTRON else "in_use"
            found = {k: {"limit": limit, word: now[k], "reserved": 0} for k, limit in found.items()}
        return {key: found if service is NEUTRON else {**found, "id": project}}

    route(service, f"GET,PUT,DELETE {path}/{{id}}", f"GET {path}/{{id}}/{{form}}")(answer)


add_quota_routes(NOVA, "/v2.1/os-quota-sets", "quota_set", "os-quota-sets:")
add_quota_routes(CINDER, "/v3/os-quota-sets", "quota_set", "volume_extension:quotas:")
add_quota_routes(NEUTRON, "/v2.0/quotas", "quota", "")
