"""Network segment ranges: the VLAN IDs and tunnel IDs that networks are given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..api.network import NETWORK_SEGMENT_RANGE
from ..errors import OstkError
from ..language import LONG, NAME, PAGES, Arg, Column, Json, Noun, Opt, exclusive
from ..owner import OWNER
from ..session.cloud import Cloud
from .extra_properties import EXTRA, OTHERS


def runs(numbers: Iterable[str | int]) -> list[str]:
    """Numbers with runs of them written as `first-last`."""
    found: list[list[int]] = []
    for number in sorted(map(int, numbers)):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return [str(first) if first == last else f"{first}-{last}" for first, last in found]


def available(item: Json) -> list[str]:
    """The numbers that are free."""
    return runs(item.get("available") or ())


def used(item: Json) -> dict[str, list[str]]:
    """The numbers that each project uses."""
    by_project: dict[str, list[str]] = {}
    for number, project in (item.get("used") or {}).items():
        by_project.setdefault(project, []).append(number)
    return {project: runs(numbers) for project, numbers in by_project.items()}


range = Noun(
    NETWORK_SEGMENT_RANGE,
    "Manage network segment ranges.",
    columns=[
        "id name default shared project_id network_type physical_network",
        Column("minimum", "Minimum ID"),
        Column("maximum", "Maximum ID"),
        Column("used", hidden=True, value=used),
        Column("available", hidden=True, value=available),
    ],
    fields=[
        "default id maximum minimum name network_type physical_network project_id shared",
        Column("available", value=available),
        Column("used", value=used),
        *OTHERS,
    ],
)


def bounds(required: bool) -> list[Opt]:
    """The first and the last number of a range."""
    return [
        Opt("--minimum", "First number.", type=int, required=required),
        Opt("--maximum", "Last number.", type=int, required=required),
    ]


def coherent(private: bool | None, project: str | None, network_type: str, physical_network: str | None) -> None:
    """Refuse an owner of what is shared, and a physical network of what needs none."""
    if project and private is None:
        raise OstkError("--project needs --private.")
    if physical_network and network_type != "vlan":
        raise OstkError("--physical-network is for --network-type vlan.")


def owned(cloud: Cloud, body: Json) -> None:
    """A private one is the user's own unless told otherwise."""
    if not body["shared"]:
        body.setdefault("project_id", cloud.access.project_id)


range.create(
    Arg("name"),
    exclusive(
        Opt("--private", "For one project.", key="shared", value=False),
        Opt("--shared", "For all projects (as is usual).", value=True),
    ),
    OWNER,
    Opt("--network-type", "What the numbers are for.", choices="geneve gre vlan vxlan", required=True),
    Opt("--physical-network", "Physical network of the VLANs."),
    bounds(required=True),
    EXTRA,
    defaults={"shared": True},
    prepare=owned,
    validate=coherent,
)


@range.lister(
    "list",
    LONG,
    Opt("--used/--unused", "Whether any number is in use.", not_sent=True),
    Opt("--available/--unavailable", "Whether any number is free.", not_sent=True),
    PAGES,
)
def list_ranges(
    cloud: Cloud, body: Json, long: bool, used: bool | None, available: bool | None, max_items: int
) -> tuple[list[Column], Iterator[Json]]:
    """List network segment ranges."""
    wanted = {key: value for key, value in {"used": used, "available": available}.items() if value is not None}
    found = cloud.pages(NETWORK_SEGMENT_RANGE, body, limit=max_items)
    chosen = (one for one in found if all(bool(one.get(key)) is value for key, value in wanted.items()))
    return range.columns if long or wanted else range.columns[:-2], chosen


def whole(minimum: int | None, maximum: int | None) -> None:
    """Refuse half of a range."""
    if bool(minimum) != bool(maximum):
        raise OstkError("--minimum and --maximum need each other.")


range.show()
range.set(NAME, bounds(required=False), EXTRA, validate=whole)
range.delete()
