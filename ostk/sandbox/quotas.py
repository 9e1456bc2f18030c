"""Quotas: the limits of a project, set by an administrator, and refusals in the services' own words."""

from __future__ import annotations

from dataclasses import dataclass

from .store import Json
from .wire import Ask, Refusal


@dataclass(frozen=True)
class Quotas:
    """The limits that a service keeps; -1 is none."""

    service: str
    defaults: dict[str, int]

    def limits(self, ask: Ask, project_id: str) -> Json:
        """The limits of a project."""
        kept = ask.store.get("quota", f"{self.service}/{project_id}") or {}
        return {key: kept.get(key, default) for key, default in self.defaults.items()}

    def change(self, ask: Ask, project_id: str, given: Json) -> Json:
        """Set some limits of a project."""
        id = f"{self.service}/{project_id}"
        known = {key: int(value) for key, value in given.items() if key in self.defaults}
        ask.store.put("quota", {**(ask.store.get("quota", id) or {"id": id}), **known})
        return self.limits(ask, project_id)

    def used(self, ask: Ask, project_id: str, kind: str) -> list[Json]:
        """The things of a kind that a project has."""
        return ask.store.all(kind, project_id=project_id)

    def take(self, ask: Ask, resource: str, project_id: str = "") -> None:
        """Refuse one more of a resource where Neutron's quota is used up."""
        project = project_id or ask.by.project_id
        limit = self.limits(ask, project)[resource]
        if 0 <= limit <= len(self.used(ask, project, resource)):
            raise Refusal(409, f"Quota exceeded for resources: ['{resource}'].", "OverQuota")

    def spend(self, ask: Ask, resource: str, more: int, used: int) -> None:
        """Refuse what is more than Nova's quota allows."""
        limit = self.limits(ask, ask.by.project_id)[resource]
        if 0 <= limit < used + more:
            raise Refusal(
                403, f"Quota exceeded for {resource}: Requested {more}, but already used {used} of {limit} {resource}"
            )
