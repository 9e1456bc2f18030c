"""Environments of stacks: parameters and resource types that a stack was created with."""

from typing import Any

from ..api.orchestration import STACK
from ..language import ALL_FIELDS_IN_API_ORDER, Cloud, Noun
from .stacks import STACK_NAME, get, locate

environment = Noun(STACK, "Show environments of stacks.", fields=[ALL_FIELDS_IN_API_ORDER])
SECTIONS = ("parameters", "resource_registry", "parameter_defaults")


@environment.shower("show", STACK_NAME, default_format="yaml")
def show(cloud: Cloud, stack: str) -> Any:
    """Show the environment of a stack: parameters, resource types and defaults."""
    item = get(cloud, locate(cloud, stack), "environment")
    return {key: item[key] for key in SECTIONS if key in item}
