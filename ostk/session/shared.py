"""The clouds of one process, for commands that run one after another in it."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from ..config.user_config import current
from ..errors import OstkError
from .cloud import Cloud

Key = tuple[tuple[str, Any], ...]


class SharedClouds:
    """The clouds that the commands of one process use: one for each set of global options.

    Commands with the same global options share a token, connections and look-ups.
    """

    def __init__(self) -> None:
        self.clouds: dict[Key, Cloud] = {}
        self.names: dict[Any, list[str]] = {}  # names for completion, until the next command

    def open(self, flags: Mapping[str, Any]) -> Cloud:
        """Return the cloud for a command with these global options."""
        cloud = self.cloud(flags)
        cloud.begin_command()
        self.names.clear()
        return cloud

    def cloud(self, flags: Mapping[str, Any]) -> Cloud:
        """Return the cloud for these global options."""
        key = key_of(flags)
        if key not in self.clouds:
            self.clouds[key] = Cloud(dict(flags))
            self.clouds[key].found = {}
        return self.clouds[key]

    def renew(self) -> None:
        """Replace the clouds after an interruption, which may have left broken connections and held locks.

        The settings and the tokens are kept.
        """
        for key, cloud in list(self.clouds.items()):
            fresh = Cloud(cloud.flags)
            fresh.found = {}
            fresh.take(cloud)
            self.clouds[key] = fresh
            with suppress(Exception):
                cloud.stop()
                cloud.close()

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


def key_of(flags: Mapping[str, Any]) -> Key:
    """Return what identifies the cloud for these global options."""
    # A command such as `cloud use` may change the configuration file.
    preferred = tuple((name, current().get(name)) for name in ("cloud", "timeouts.api"))
    return tuple(sorted((name, value) for name, value in flags.items() if value)) + preferred


def open_cloud(shared: SharedClouds | None, flags: Mapping[str, Any]) -> Cloud:
    """Return the cloud for a command: one of those that are shared, if the process runs several commands."""
    return Cloud(flags) if shared is None else shared.open(flags)


def close_cloud(shared: SharedClouds | None, cloud: Cloud) -> None:
    """End the use of a cloud by a command; the connections of shared clouds stay open."""
    cloud.end_command()
    if shared is None:
        cloud.close()
