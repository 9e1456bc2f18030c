"""Failures of stacks: the resources that failed, with the reasons."""

from collections.abc import Iterator, Sequence
from typing import Any

from ..api.orchestration import SOFTWARE_DEPLOYMENT, STACK, STACK_RESOURCE
from ..console import write_text
from ..errors import HTTPNotFound
from ..language import Cloud, Flag, Json, Noun
from .deployment_outputs import LOGS, indented, output_lines
from .stacks import STACK_NAME, get, link, locate, without_outputs

failures = Noun(STACK_RESOURCE, "List failures of stacks.")
DEPLOYMENTS = ("OS::Heat::StructuredDeployment", "OS::Heat::SoftwareDeployment")


def failed(cloud: Cloud, stack: Json, path: Sequence[str]) -> Iterator[tuple[str, Json]]:
    """Yield the path and the data of each resource that failed; in the place of a nested stack those in it."""
    for item in get(cloud, stack, "resources")["resources"]:
        if not item["resource_status"].endswith("FAILED"):
            continue
        here, inner = [*path, item["resource_name"]], []
        if link(item, "nested"):
            inner = nested(cloud, item, here)
        yield from inner or [(".".join(here), item)]


def nested(cloud: Cloud, item: Json, path: Sequence[str]) -> list[tuple[str, Json]]:
    """Return the resources that failed in a nested stack, [] if it is not there."""
    from ..errors import ResourceNotFound

    try:
        return list(failed(cloud, locate(cloud, item["physical_resource_id"]), path))
    except (HTTPNotFound, ResourceNotFound):
        return []


def deployment(cloud: Cloud, item: Json) -> Any:
    """Return the output values of the software deployment that failed, {} for another resource."""
    if item["resource_type"] not in DEPLOYMENTS:
        return {}
    try:
        return cloud.fetch(SOFTWARE_DEPLOYMENT, item["physical_resource_id"]).get("output_values") or {}
    except HTTPNotFound:
        return {}


@failures.action("list", STACK_NAME, Flag("--long", "Show complete reasons and logs instead of the last ten lines."))
def list_failures(cloud: Cloud, stack: str, long: bool) -> None:
    """List the failed resources of a stack and of nested stacks, with the reasons."""
    found = without_outputs(cloud, locate(cloud, stack))
    if not found[STACK.status].endswith("_FAILED"):
        return
    for path, item in failed(cloud, found, [found["stack_name"]]):
        lines = [f"{path}:", *(f"  {key}: {item[key]}" for key in ("resource_type", "physical_resource_id"))]
        lines += [f"  status: {item['resource_status']}"]
        lines += ["  status_reason: |", indented(item["resource_status_reason"], long, "...\n")]
        values = deployment(cloud, item)
        for name in LOGS if values else ():
            lines += output_lines(values, name, long)
        write_text("\n".join(lines))
