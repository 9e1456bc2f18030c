"""Completion of resource names, from the cloud; names are cached for a minute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..api.resource import Resource

if TYPE_CHECKING:
    import click

    from ..session.cloud import Cloud
    from ..session.shared import SharedClouds

TIMEOUT = 1.0  # seconds; a shell that waits longer for TAB feels broken
PROMPT_TIMEOUT = 10.0  # seconds; the prompt goes on meanwhile
SHOWING = {"curl", "debug", "timing", "verbose", "log_file"}  # options that show requests, or print them only
TTL = 60.0  # seconds that names are cached
MAX_NAMES = 1000


def names(ctx: click.Context, resource: Resource, incomplete: str) -> list[str]:
    """Return the names that begin with a text, quoted where the shell does not quote.

    A resource without a name has the ID instead. The list is empty if the cloud does not answer within TIMEOUT.
    """
    import shlex
    import threading

    from ..text import visible

    found: list[str] = []
    root = ctx.find_root()
    # A daemon thread: a cloud that does not answer must not block the shell.
    request = threading.Thread(target=fetch_into, args=(root.params, resource, found, root.obj), daemon=True)
    request.start()
    request.join(TIMEOUT if root.obj is None else PROMPT_TIMEOUT)
    # A name with a newline would be several completions.
    fitting = [name for name in found if name.startswith(incomplete) and name.isprintable() and visible(name) == name]
    # Bash puts a name into the line as it comes, where it would run a $(command) in it; other shells quote it.
    return [shlex.quote(name) for name in fitting] if for_bash() else fitting


def for_bash() -> bool:
    """Return whether bash requests completions, from the variable NAME_COMPLETE of the program."""
    import os

    return any(name.endswith("_COMPLETE") and value.startswith("bash_") for name, value in os.environ.items())


def fetch_into(flags: dict[str, Any], resource: Resource, found: list[str], shared: SharedClouds | None) -> None:
    """Add the names to `found`; errors are ignored. `shared` has the clouds of the prompt."""
    import contextlib
    import io

    from ..console import silenced

    if shared is not None:
        with contextlib.suppress(Exception), silenced():
            found.extend(known_names(flags, resource, shared))
        return
    from ..session.cloud import Cloud

    # Without a terminal on standard error nothing asks for a password.
    with contextlib.suppress(Exception), silenced(), contextlib.redirect_stderr(io.StringIO()):
        cloud = Cloud(flags)
        key = f"names:{resource.service.name}:{resource.path}"
        cached = cloud.cache.get(key)
        if not isinstance(cached, list):
            cached = fetch(cloud, resource)
            cloud.cache.put(key, cached, seconds=TTL)
        found.extend(cached)


def known_names(flags: dict[str, Any], resource: Resource, shared: SharedClouds) -> list[str]:
    """Return the names from a cloud that is shared with the commands of the prompt; nothing is asked for or shown."""
    from ..session.shared import key_of

    flags = {name: value for name, value in flags.items() if name not in SHOWING}
    key = (key_of(flags), resource.service.name, resource.path)
    if key not in shared.names:
        shared.names[key] = fetch(shared.cloud(flags), resource)
    return shared.names[key]


def fetch(cloud: Cloud, resource: Resource) -> list[str]:
    """Return the names from the cloud, at most MAX_NAMES."""
    items = cloud.pages(resource, dict(resource.find_query), path=resource.find_path or resource.path, limit=MAX_NAMES)
    return sorted({str(item.get(resource.name) or item.get(resource.id) or "") for item in items} - {""})
