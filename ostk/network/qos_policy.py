"""QoS policies: how well traffic is served."""

from __future__ import annotations

from ..api.network import QOS_POLICY
from ..language import DESCRIPTION, NAME, PAGES, Arg, Json, Noun, Opt
from ..owner import OF_PROJECT, OWNER
from ..render.format import LINES, Cell
from .extra_properties import EXTRA, OTHERS, SHARE

policy = Noun(
    QOS_POLICY,
    "Manage QoS policies.",
    columns=["id name shared is_default=Default project_id=Project"],
    fields=["description id is_default name project_id rules shared tags", *OTHERS],
)
DEFAULT = Opt("--default/--no-default", "Whether it is the project's default.", key="is_default")


def readable(item: Json) -> None:
    """Show the rules a line each."""
    item["rules"] = Cell(item.get("rules") or [], LINES)


policy.create(Arg("name"), DESCRIPTION, SHARE, OWNER, DEFAULT, EXTRA)
policy.list(OF_PROJECT, SHARE, PAGES)
policy.show(prepare=readable)
policy.set(NAME, DESCRIPTION, SHARE, DEFAULT, EXTRA)
policy.delete()
