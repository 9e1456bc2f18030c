"""The clouds of one process, for commands that run one after another in it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from ..config.user_config import current
from ..errors import OstkError
from .cloud import Cloud


class SharedClouds:
    """The clouds that the commands of one process use: one for each set of global options.

    Commands with the same global options share a token, connections and look-ups.
    """

    def __init__(self) -> None:
        self.clouds: dict[tuple[tuple[str, Any], ...], Cloud] = {}

    def open(self, flags: Mapping[str, Any]) -> Cloud:
        """Return the cloud for a command with these global options."""
        key = tuple(sorted((name, value) for name, value in flags.items() if value))
        # A command such as `cloud use` may have changed the configuration file.
        key += tuple((name, current().get(name)) for name in ("cloud", "timeouts.api"))
        if key not in self.clouds:
            self.clouds[key] = Cloud(dict(flags))
            self.clouds[key].found = {}
        cloud = self.clouds[key]
        cloud.begin_command()
        return cloud

    def authenticate(self, flags: Mapping[str, Any]) -> None:
        """Get the token for commands with these global options, for child processes; each reports a failure itself."""
        cloud = self.open(flags)
        with suppress(OstkError):
            cloud.access.expires_soon()
        cloud.close()

    def close(self) -> None:
        """Close the connections of all clouds, and forget the clouds."""
        while self.clouds:
            self.clouds.popitem()[1].close()


def open_cloud(shared: SharedClouds | None, flags: Mapping[str, Any]) -> Cloud:
    """Return the cloud for a command: one of those that are shared, if the process runs several commands."""
    return Cloud(flags) if shared is None else shared.open(flags)


def close_cloud(shared: SharedClouds | None, cloud: Cloud) -> None:
    """End the use of a cloud by a command; the connections of shared clouds stay open."""
    cloud.end_command()
    if shared is None:
        cloud.close()
