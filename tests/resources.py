"""Every resource type that ostk knows."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import ostk.api
from ostk.api.resource import Resource


def all_resources() -> list[Resource]:
    """Return the resource types of all services, each once."""
    modules = [import_module(f"ostk.api.{module.name}") for module in iter_modules(ostk.api.__path__)]
    found = [value for module in modules for value in vars(module).values() if isinstance(value, Resource)]
    return list({id(resource): resource for resource in found}.values())
