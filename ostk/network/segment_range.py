"""Network segment ranges: the VLAN IDs and tunnel IDs from which Neutron allocates segments."""

from collections.abc import Iterable, Iterator

from ..api.identity import PROJECT
from ..api.network import NETWORK_SEGMENT_RANGE
from ..errors import OstkError
from ..language import LONG, NAME, PAGES, Arg, Cloud, Column, Json, Noun, Opt, Value, exclusive
from ..owner import PROJECT_DOMAIN
from .extra_properties import EXTRA
from .fields import OTHER_FIELDS


def format_ranges(numbers: Iterable[str | int]) -> list[str]:
    """Format numbers as ranges: [1, 2, 3, 7] as ["1-3", "7"]."""
    found: list[list[int]] = []
    for number in sorted(map(int, numbers)):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return [str(first) if first == last else f"{first}-{last}" for first, last in found]


def available(item: Json) -> list[str]:
    """Return the available IDs as ranges."""
    return format_ranges(item.get("available") or ())


def used(item: Json) -> dict[str, list[str]]:
    """Return the used IDs as ranges, by project ID."""
    by_project: dict[str, list[str]] = {}
    for number, project in (item.get("used") or {}).items():
        by_project.setdefault(project, []).append(number)
    return {project: format_ranges(numbers) for project, numbers in by_project.items()}


range = Noun(
    NETWORK_SEGMENT_RANGE,
    "Manage network segment ranges: VLAN IDs and tunnel IDs.",
    columns=[
        "id, name, default, shared, project_id, network_type, physical_network, minimum=Minimum ID, maximum=Maximum ID",
        Column("used", hidden=True, value=used),
        Column("available", hidden=True, value=available),
    ],
    fields=[
        "default id maximum minimum name network_type physical_network project_id shared",
        Column("available", value=available),
        Column("used", value=used),
        *OTHER_FIELDS,
    ],
    admin="show create set delete",
)


def bounds(required: bool) -> list[Opt]:
    """Return the options for the first and the last ID of a range."""
    return [
        Opt("--minimum", "Minimum segmentation ID.", type=int, required=required),
        Opt("--maximum", "Maximum segmentation ID.", type=int, required=required),
    ]


def validate_new(network_type: str, physical_network: str | None) -> None:
    """Reject a physical network for other types than VLAN."""
    if physical_network and network_type != "vlan":
        raise OstkError("--physical-network is only for --network-type vlan.")


def with_project(cloud: Cloud, body: Json) -> Json:
    """Return the request with a project for a private range: the given project or the current project."""
    return body if body["shared"] else {"project_id": cloud.access.project_id, **body}


range.create(
    Arg("name", "Name of the network segment range."),
    exclusive(
        Opt("--private", "Make the range private to a project.", key="shared", value=False),
        Opt("--shared", "Share the range with all projects (default).", value=True),
    ),
    Opt(
        "--project",
        "Owner project of the range (default: the current project).",
        ref=PROJECT,
        domain=PROJECT_DOMAIN,
        needs="--private",
    ),
    PROJECT_DOMAIN,
    Opt("--network-type", "Network type of the segmentation IDs.", choices="geneve gre vlan vxlan", required=True),
    Opt("--physical-network", "Physical network of the range; only for VLAN."),
    bounds(required=True),
    EXTRA,
    defaults={"shared": True},
    prepare=with_project,
    validate=validate_new,
)


@range.lister(
    "list",
    LONG,
    Value("--used/--unused", "Filter by ranges with or without used IDs."),
    Value("--available/--unavailable", "Filter by ranges with or without available IDs."),
    PAGES,
)
def list_ranges(
    cloud: Cloud, body: Json, long: bool, used: bool | None, available: bool | None, max_items: int | None
) -> tuple[list[Column], Iterator[Json]]:
    """List network segment ranges (admin only)."""
    filters = {key: value for key, value in {"used": used, "available": available}.items() if value is not None}
    items = cloud.pages(NETWORK_SEGMENT_RANGE, body, limit=max_items)
    matching = (item for item in items if all(bool(item.get(key)) is value for key, value in filters.items()))
    return range.columns if long or filters else range.columns[:-2], matching


def validate_bounds(minimum: int | None, maximum: int | None) -> None:
    """Reject --minimum without --maximum and the reverse."""
    if bool(minimum) != bool(maximum):
        raise OstkError("--minimum and --maximum need each other.")


range.show()
range.set(NAME, bounds(required=False), EXTRA, validate=validate_bounds)
range.delete()
