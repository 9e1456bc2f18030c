"""Files of stacks: what the template and the environments of a stack name."""

from typing import Any

from ..api.orchestration import STACK
from ..language import Cloud, Noun
from .stacks import STACK_NAME, get, locate

file = Noun(STACK, "Show files of stacks: nested templates and other files that the template names.")


@file.shower("list", STACK_NAME, default_format="yaml")
def list_files(cloud: Cloud, stack: str) -> Any:
    """Show the files map of a stack: URLs and contents of files."""
    return {"files": get(cloud, locate(cloud, stack), "files")}
