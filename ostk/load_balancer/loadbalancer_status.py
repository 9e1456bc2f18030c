"""The status of a load balancer and all of its parts, as a tree or as JSON."""

import json
from collections.abc import Iterator
from typing import Any

from ..api.load_balancer import LOAD_BALANCER
from ..console import write_text
from ..language import Cloud, Json, Noun, Value, target
from ..render import terminal
from ..render.options import NOINDENT, QUERY, WATCH, output_from
from ..render.output import print_resource
from ..render.tree import Branch, tree_text
from ..text import visible

loadbalancer = Noun(LOAD_BALANCER, "Manage load balancers.")
PARTS = {"listeners": "listener", "l7policies": "L7 policy", "rules": "L7 rule", "pools": "pool", "members": "member"}
FORMAT = Value(
    "-f --format output_format",
    "Output format (default: tree on a terminal, otherwise json).",
    choices="json tree yaml",
)


def branch(kind: str, item: Json) -> Branch:
    """Return a part of a load balancer with its statuses, and the parts below."""
    address = f"{item['address']}:{item['protocol_port']}" if item.get("address") else item.get("type")
    states = [item.get("provisioning_status"), item.get("operating_status")]
    words = [kind, item.get("name") or item.get("id"), address, *states]
    return Branch(" ".join(visible(str(word)) for word in words if word), [branch(*part) for part in parts_of(item)])


def parts_of(item: Json) -> Iterator[tuple[str, Json]]:
    """Yield the kind and the data of each part below a part."""
    for key, value in item.items():
        if key in PARTS:
            yield from ((PARTS[key], part) for part in value)
        elif key == "health_monitor" and value:
            yield "health monitor", value


@loadbalancer.action("status show", target(LOAD_BALANCER), FORMAT, NOINDENT, QUERY, WATCH)
def show_status(cloud: Cloud, load_balancer: str, values: Json) -> None:
    """Show the status tree of a load balancer: the load balancer and all child objects."""
    tree = "tree" if terminal.is_terminal() and not values["output_query"] else "json"
    drawn_as = values["output_format"] or tree
    output = output_from({**values, "output_format": "json" if drawn_as == "tree" else drawn_as})
    found: Any = cloud.send(LOAD_BALANCER, "GET", load_balancer, "status")
    statuses = found.get("statuses", {})
    if drawn_as == "tree":
        if output.watch:
            output.watch.begin()
        write_text(tree_text([branch("load balancer", item) for item in statuses.values()]))
    elif drawn_as == "yaml" or output.query or output.noindent or output.watch:
        print_resource(list(statuses), list(statuses.values()), output)
    else:
        write_text(json.dumps(statuses, indent=4))
