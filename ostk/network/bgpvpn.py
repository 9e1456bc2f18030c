"""BGP VPNs: private networks that reach beyond the cloud."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.network import BGPVPN
from ..language import LONG, NAME, Column, Flag, Json, Noun, Opt
from ..owner import OF_PROJECT, OWNER
from ..render.format import LIST, Cell
from ..session.cloud import Cloud
from .client_side_filter import PROPERTY, chosen
from .extra_properties import OTHERS
from .lists import drop, extend

LISTS = {
    "route-target": "Route target, imported and exported",
    "import-target": "Route target to import",
    "export-target": "Route target to export",
    "route-distinguisher": "Route distinguisher to choose from",
}


def ports(item: Json) -> list[str]:
    """The ports that are in it; not every cloud tells of them."""
    return item.get("ports") or []


bgpvpn = Noun(
    BGPVPN,
    "Manage BGP VPNs: private networks that reach beyond the cloud.",
    columns=["id", Column("project_id", "Project", long=True), "name type"],
    long=[
        "route_targets import_targets export_targets route_distinguishers",
        "networks=Associated Networks, routers=Associated Routers",
        Column("ports", "Associated Ports", value=ports),
        "vni local_pref",
    ],
    fields=[
        "export_targets id import_targets local_pref name networks project_id route_distinguishers route_targets",
        "routers type vni",
        *OTHERS,
    ],
    formats={"route_targets import_targets export_targets route_distinguishers networks routers ports": LIST},
)


def listed(doing: str = "") -> list[Opt]:
    """The options for what is in the lists of a BGP VPN."""
    return [
        Opt(f"--{one}", f"{help}{doing}; repeatable.", key=f"{one.replace('-', '_')}s", multiple=True)
        for one, help in LISTS.items()
    ]


def emptied(prefix: str, help: str) -> list[Flag]:
    """The options for emptying each of the lists of a BGP VPN."""
    return [Flag(f"--{prefix}-{one}", f"{help} {one.replace('-', ' ')}s.") for one in LISTS]


def join(item: Json, body: Json, values: Json) -> None:
    """Add to the lists of a BGP VPN what they do not have, or replace them."""
    for one in LISTS:
        word = one.replace("-", "_")
        key = f"{word}s"
        extend(item, body, key, anew=values[f"no_{word}"], behind=True)
        if key in body:
            body[key] = list(dict.fromkeys(body[key]))


def part(item: Json, body: Json, values: Json) -> None:
    """Take from the lists of a BGP VPN."""
    for one in LISTS:
        word = one.replace("-", "_")
        drop(item, body, f"{word}s", every=values[f"all_{word}"])


def readable(item: Json) -> None:
    """Show ports as networks are shown, where the cloud tells of them."""
    if "ports" in item:
        item["ports"] = Cell(ports(item), LIST)


def forget(value: int) -> None:
    """Nothing, whatever it is now."""


VNI = Opt("--vni", "Number of its VXLAN.", type=int)
PREFERENCE = Opt("--local-pref", "How much its routes are preferred.", type=int)
bgpvpn.create(
    Opt("--name", "Its name."),
    listed(),
    VNI,
    PREFERENCE,
    Opt("--type", "l3 (as is usual) or l2.", choices="l2 l3", default="l3"),
    OWNER,
)


@bgpvpn.lister("list", OF_PROJECT, LONG, PROPERTY)
def list_vpns(cloud: Cloud, body: Json, property: list[tuple[str, str]]) -> Iterator[Json]:
    """List BGP VPNs."""
    return chosen(cloud, BGPVPN, {**body, **dict(property)})


bgpvpn.show(prepare=readable)
bgpvpn.set(NAME, listed(", to add"), emptied("no", "None but the given"), VNI, PREFERENCE, prepare=join)
bgpvpn.unset(
    listed(", to remove"),
    emptied("all", "Remove all"),
    Opt("--vni", "No VXLAN of a certain number.", type=int, convert=forget),
    Opt("--local-pref", "No preference of its own.", type=int, convert=forget),
    prepare=part,
)
bgpvpn.delete()
