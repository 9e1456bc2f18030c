"""Built-in clouds, which need no configuration file."""

from collections.abc import Mapping
from typing import Any

CLOUDS: dict[str, Mapping[str, Any]] = {}


def register(name: str, entry: Mapping[str, Any]) -> None:
    """Add a cloud; `entry` has the shape of a cloud in clouds.yaml."""
    CLOUDS[name] = entry
