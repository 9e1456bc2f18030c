"""The format dot: resources of stacks as a graph for Graphviz."""

import hashlib
from collections.abc import Iterable, Iterator

from ..console import write_text
from ..language import Json
from .stacks import link

GRAPH = '  graph [\n    fontsize=10 fontname="Verdana" compound=true rankdir=LR\n  ]'
EDGE = "  {} -> {} [\n    color=dimgray lhead=cluster_{} arrowhead=none\n  ];"


def node_id(item: Json, rel: str) -> str:
    """Return the ID of what a link of a resource leads to, "" without the link: a hash of the URL."""
    url, prefix = link(item, rel), "r" if rel == "self" else "stack"
    return f"{prefix}_{hashlib.sha256(url.encode()).hexdigest()[:20]}" if url else ""


def write_dot(items: Iterable[Json]) -> None:
    """Write resources as a graph: a node each, a box for a nested stack, and an arrow to each that requires it."""
    found = {node_id(item, "self"): item for item in items}
    stacks: dict[str, dict[str, str]] = {}
    for node, item in found.items():
        stacks.setdefault(node_id(item, "stack"), {})[item["resource_name"]] = node
    nested = {node: node_id(item, "nested") for node, item in found.items() if node_id(item, "nested") in stacks}
    lines = ["digraph G {", GRAPH]
    for stack, members in stacks.items():
        if stack not in nested.values():
            lines += [*nodes(found, members, "  "), ""]
    for node, stack in nested.items():
        label = f'    label="{quoted(found[node]["resource_name"])}";'
        lines += [f"  subgraph cluster_{stack} {{", label, *nodes(found, stacks[stack], "    "), "", "  }", ""]
    lines += [EDGE.format(node, next(iter(stacks[stack].values())), stack) for node, stack in nested.items()]
    lines += ["", *requirements(found, stacks), "", "}"]
    write_text("\n".join(lines))


def nodes(found: dict[str, Json], members: dict[str, str], indent: str) -> Iterator[str]:
    """Yield the lines of the nodes of a stack; resources that failed are red."""
    for name, node in members.items():
        item = found[node]
        style = "style=filled color=red" if str(item.get("resource_status")).endswith("FAILED") else ""
        yield f'{indent}{node} [label="{quoted(name)}\n{quoted(str(item.get("resource_type")))}" {style}];'


def requirements(found: dict[str, Json], stacks: dict[str, dict[str, str]]) -> Iterator[str]:
    """Yield an arrow from each resource to each that requires it."""
    for node, item in found.items():
        members = stacks[node_id(item, "stack")]
        yield from (f"  {node} -> {members[name]};" for name in item.get("required_by") or () if name in members)


def quoted(text: str) -> str:
    """Return a text for a string of the format."""
    return text.replace("\\", "\\\\").replace('"', '\\"')
