"""BGP VPNs: interconnection of Neutron networks with BGP/MPLS L3 VPNs and EVPNs."""

from ..api.network import BGPVPN
from ..language import LONG, NAME, Cloud, Column, Flag, Items, Json, Noun, Opt
from ..owner import OWNER, PROJECT_FILTER
from ..render.format import LIST, Cell
from .client_side_filter import PROPERTY, filter_resources
from .fields import OTHER_FIELDS
from .list_fields import add_entries, discard_entries

LISTS = {
    "route-target": "Route target{purpose}, for import and export, e.g. 64512:1.",
    "import-target": "Import route target{purpose}, e.g. 64512:1.",
    "export-target": "Export route target{purpose}, e.g. 64512:1.",
    "route-distinguisher": "Route distinguisher{purpose}, e.g. 64512:1.",
}


def ports(item: Json) -> list[str]:
    """Return the associated ports, [] where the cloud lacks the extension `bgpvpn-routes-control`."""
    return item.get("ports") or []


bgpvpn = Noun(
    BGPVPN,
    "Manage BGP VPNs: interconnection with BGP/MPLS VPNs and EVPNs.",
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
        *OTHER_FIELDS,
    ],
    formats={"route_targets import_targets export_targets route_distinguishers networks routers ports": LIST},
    admin="create delete",
)


def list_options(purpose: str = "") -> list[Opt]:
    """Return a repeatable option for each list of a BGP VPN; `purpose` (" to add") goes into the help."""
    return [
        Opt(f"--{name}...", help.format(purpose=purpose), key=f"{name.replace('-', '_')}s", admin=bool(purpose))
        for name, help in LISTS.items()
    ]


def clear_flags(prefix: str, help: str) -> list[Flag]:
    """Return a flag that empties a list, for each list of a BGP VPN; `help` has {option} and {name} for the list."""
    names = {name: f"{name.replace('-', ' ')}s" for name in LISTS}
    return [
        Flag(f"--{prefix}-{option}", help.format(option=option, name=name, Name=name.capitalize()), admin=True)
        for option, name in names.items()
    ]


def add_to_lists(item: Json, body: Json, values: Json) -> Json:
    """Return the request with the given entries merged into the lists of a BGP VPN, or replacing the lists."""
    for name in LISTS:
        word = name.replace("-", "_")
        key = f"{word}s"
        body = add_entries(item, body, key, replace=values[f"no_{word}"], append=True)
        if key in body:
            body = {**body, key: list(dict.fromkeys(body[key]))}
    return body


def remove_from_lists(item: Json, body: Json, values: Json) -> Json:
    """Return the request with the lists of a BGP VPN without the given entries, or with empty lists."""
    for name in LISTS:
        word = name.replace("-", "_")
        body = discard_entries(item, body, f"{word}s", clear=values[f"all_{word}"])
    return body


def format_ports(item: Json) -> Json:
    """Return the BGP VPN with its ports, where the cloud returns them, formatted like the associated networks."""
    return {**item, "ports": Cell(ports(item), LIST)} if "ports" in item else item


def to_null(value: int) -> None:
    """Return null for any value: the reference client requires a value for `unset --vni` and ignores the value."""


VNI = Opt("--vni", "VXLAN network identifier (VNI) of the VPN.", type=int, admin=True)
PREFERENCE = Opt("--local-pref", "BGP LOCAL_PREF of the routes of the VPN.", type=int)
bgpvpn.create(
    Opt("--name", "Name of the BGP VPN."),
    list_options(),
    VNI,
    PREFERENCE,
    Opt("--type", "VPN type: l3 for BGP/MPLS IPVPN, l2 for EVPN.", choices="l2 l3", default="l3"),
    OWNER,
)


@bgpvpn.lister("list", PROJECT_FILTER, LONG, PROPERTY)
def list_vpns(cloud: Cloud, body: Json, property: tuple[tuple[str, str], ...]) -> Items:
    """List BGP VPNs."""
    return filter_resources(cloud, BGPVPN, {**body, **dict(property)})


bgpvpn.show(prepare=format_ports)
bgpvpn.set(
    NAME,
    list_options(" to add"),
    clear_flags("no", "{Name}: remove all; with --{option}, replace the entries."),
    VNI,
    PREFERENCE,
    prepare=add_to_lists,
)
bgpvpn.unset(
    list_options(" to remove"),
    clear_flags("all", "Remove all {name}."),
    Opt("--vni", "Clear the VNI; a value is required, but not used.", type=int, convert=to_null, admin=True),
    Opt("--local-pref", "Clear the BGP LOCAL_PREF; a value is required, but not used.", type=int, convert=to_null),
    prepare=remove_from_lists,
)
bgpvpn.delete()
