"""Templates of stacks."""

from __future__ import annotations

from typing import Any

from ..api.orchestration import STACK
from ..language import Column, Noun
from ..session.cloud import Cloud
from .stacks import STACK_NAME, get, locate

template = Noun(STACK, "Show templates of stacks.")


@template.shower("show", STACK_NAME, default_format="yaml")
def show(cloud: Cloud, stack: str) -> Any:
    """Show the template of a stack."""
    item = get(cloud, locate(cloud, stack), "template")
    return [Column(key) for key in item], item
