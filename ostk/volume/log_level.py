"""Log levels: how much the parts of Cinder write to their logs."""

from __future__ import annotations

from typing import Any

import click

from ..api.block_storage import VOLUME_LOG_LEVEL
from ..language import Arg, Json, Noun, Opt
from ..session.cloud import Cloud

level = Noun(
    VOLUME_LOG_LEVEL, "Manage how much the parts of Cinder write to their logs.", columns=["binary host prefix level"]
)
LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR"]
WHERE = [
    Opt("--host", "Only those on this host.", key="server"),
    Opt(
        "--service",
        "Only those of this program; * for all.",
        choices="* cinder-api cinder-volume cinder-scheduler cinder-backup",
        key="binary",
    ),
    Opt("--log-prefix", "Only loggers whose name begins so.", key="prefix"),
]


def put(cloud: Cloud, action: str, body: Json) -> Any:
    """Ask for log levels, or set them."""
    path, version = VOLUME_LOG_LEVEL.at(action), VOLUME_LOG_LEVEL.microversion
    return cloud.call(VOLUME_LOG_LEVEL.service, "PUT", path, json=body, microversion=version)


@level.lister("list", *WHERE, reads=False)
def list_levels(cloud: Cloud, body: Json) -> list[Json]:
    """List the log levels of the parts of Cinder."""
    found = put(cloud, "get-log", body)["log_levels"]
    return [{**one, "prefix": name, "level": at} for one in found for name, at in sorted(one["levels"].items())]


@level.action("set", Arg("level", type=click.Choice(LEVELS, case_sensitive=False)), *WHERE)
def set_level(cloud: Cloud, body: Json) -> None:
    """Have the parts of Cinder write more or less to their logs."""
    put(cloud, "set-log", body)
