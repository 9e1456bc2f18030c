"""Requests for quotas: what a project may have, has by default, and has used."""

from __future__ import annotations

from .data import Json, is_true
from .engine import on
from .quotas import limits, used
from .services import CINDER, NEUTRON, NOVA, SandboxService
from .wire import Answer, Ask, deny


def serve(service: SandboxService, path: str, key: str, policy: str) -> None:
    """Answer requests for the quotas of a project: what it may have, has by default, has used."""

    def answer(ask: Ask) -> Json | Answer:
        project, form = ask.args["id"], ask.args.get("form", "")
        verb = {"PUT": "update", "DELETE": "delete"}.get(ask.method, "get" if service is NEUTRON else "show")
        mine = ask.method == "GET" and project == ask.by.project_id
        deny(not ask.by.admin and not mine, 403, service.forbid.format(verb=verb, policy=policy, kind=key))
        id = f"{service.name}/{project}"
        if ask.method == "DELETE":
            ask.store.drop("quota", id)
            return Answer(None, 202 if service is NOVA else service.deleted)
        found = limits(ask, service, "" if form.startswith("default") else project)
        if ask.method == "PUT":
            found |= {k: int(v) for k, v in ask.json(key).items() if k in found}
            ask.store.put("quota", found, id)
            return {key: found}
        if form.startswith("detail") or is_true(ask.asked("usage")):
            now, word = used(ask, service, project), "used" if service is NEUTRON else "in_use"
            found = {k: {"limit": limit, word: now[k], "reserved": 0} for k, limit in found.items()}
        return {key: found if service is NEUTRON else {**found, "id": project}}

    on(service, f"GET,PUT,DELETE {path}/{{id}}", f"GET {path}/{{id}}/{{form}}")(answer)


serve(NOVA, "/v2.1/os-quota-sets", "quota_set", "os-quota-sets:")
serve(CINDER, "/v3/os-quota-sets", "quota_set", "volume_extension:quotas:")
serve(NEUTRON, "/v2.0/quotas", "quota", "")
