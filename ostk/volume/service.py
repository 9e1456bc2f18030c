"""Volume services: the parts that Cinder is made of."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.block_storage import VOLUME_SERVICE
from ..language import LONG, Arg, Column, Flag, Json, Noun, Opt, exclusive
from ..record import replace
from ..session.cloud import Cloud

# The reference client lists services with microversion 3.7 unless another one is pinned: the column
# "Backend State" is there from 3.49 on, and empty.
LISTED = replace(VOLUME_SERVICE, microversion="3.7")

service = Noun(
    VOLUME_SERVICE,
    "Manage volume services: the parts that Cinder is made of.",
    columns=[
        "binary host zone status state",
        Column("updated_at", "Updated At"),
        Column("cluster", since="3.7"),
        Column("backend_state", "Backend State", since="3.49"),
        Column("disabled_reason", "Disabled Reason", long=True),
    ],
)


@service.lister(
    "list",
    Opt("--host", "Only those on this host: host or host@backend."),
    Opt("--service", "Only those of this program, such as cinder-volume.", key="binary"),
    LONG,
)
def list_services(cloud: Cloud, body: Json) -> Iterator[Json]:
    """List volume services."""
    return cloud.pages(LISTED, body)


@service.action(
    "set",
    Arg("host"),
    Arg("service", key="binary"),
    exclusive(Flag("--enable", "Let it take work."), Flag("--disable", "Let it take no more work.")),
    Opt("--disable-reason", "Why it takes no more.", key="disabled_reason", needs="--disable"),
)
def change(cloud: Cloud, body: Json, enable: bool, disable: bool) -> None:
    """Let a volume service take work, or no more."""
    if enable or disable:
        verb = "enable" if enable else "disable-log-reason" if "disabled_reason" in body else "disable"
        cloud.call(VOLUME_SERVICE.service, "PUT", VOLUME_SERVICE.at(verb), json=body)
