"""Templates of stacks."""

from typing import Any

from ..api.orchestration import STACK
from ..language import ALL_FIELDS_IN_API_ORDER, Cloud, Noun
from .stacks import STACK_NAME, get, locate

template = Noun(STACK, "Show templates of stacks.", fields=[ALL_FIELDS_IN_API_ORDER])


@template.shower("show", STACK_NAME, default_format="yaml")
def show(cloud: Cloud, stack: str) -> Any:
    """Show the template of a stack."""
    return get(cloud, locate(cloud, stack), "template")
