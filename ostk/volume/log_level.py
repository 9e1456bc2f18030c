"""Log levels of block storage services, read and set at run time."""

from typing import Any

import click

from ..api.block_storage import VOLUME_LOG_LEVEL
from ..language import Arg, Cloud, Json, Noun, Opt

level = Noun(VOLUME_LOG_LEVEL, "Manage log levels of block storage services.", columns=["binary host prefix level"])
LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR"]
FILTERS = [
    Opt("--host", "Filter by host of the services (default: all hosts).", key="server"),
    Opt(
        "--service",
        "Filter by service binary; * for all services.",
        choices="* cinder-api cinder-volume cinder-scheduler cinder-backup",
        key="binary",
    ),
    Opt("--log-prefix", "Filter by prefix of the logger name, e.g. sqlalchemy.", key="prefix"),
]


def call_services(cloud: Cloud, action: str, body: Json) -> Any:
    """Send PUT /os-services/get-log or /os-services/set-log and return the JSON of the answer."""
    path, version = VOLUME_LOG_LEVEL.at(action), VOLUME_LOG_LEVEL.microversion
    return cloud.call(VOLUME_LOG_LEVEL.service, "PUT", path, json=body, microversion=version)


@level.lister("list", *FILTERS, reads=False)
def list_levels(cloud: Cloud, body: Json) -> list[Json]:
    """List log levels of block storage services (admin only)."""
    services = call_services(cloud, "get-log", body)["log_levels"]
    return [
        {**service, "prefix": prefix, "level": level}
        for service in services
        for prefix, level in sorted(service["levels"].items())
    ]


@level.action("set", Arg("level", "Log level.", type=click.Choice(LEVELS, case_sensitive=False)), *FILTERS)
def set_level(cloud: Cloud, body: Json) -> None:
    """Set the log level of block storage services (admin only)."""
    call_services(cloud, "set-log", body)
