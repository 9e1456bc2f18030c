"""Completion of resource names, from the cloud; names are cached for a minute."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import click

from ..api.resource import Resource
from ..text import visible

if TYPE_CHECKING:
    from ..session.cloud import Cloud
    from ..session.shared import SharedClouds

TIMEOUT = 1.0  # seconds; a shell that waits longer for TAB feels broken
PROMPT_TIMEOUT = 10.0  # seconds; the prompt goes on meanwhile
SHOWING = {"curl", "debug", "timing", "verbose", "log_file"}  # options that show requests, or print them only
TTL = 60.0  # seconds that names are cached
MAX_NAMES = 1000


def names(ctx: click.Context, resource: Resource, incomplete: str) -> list[str]:
    """Return the names of resources that begin with a text.

    A resource without a name has the ID instead. The list is empty if the cloud does not answer within TIMEOUT. A
    subresource is looked for below the parent that is given before.
    """
    root, key = ctx.find_root(), f"names:{resource.service.name}:{resource.path}"
    if "{}" in resource.path:
        outer = next((p for p in ctx.command.params if isinstance(p, click.Argument)), None)
        parent, kind = ctx.params.get(outer.name if outer else ""), getattr(outer, "names", None)
        if not isinstance(parent, str) or not kind:
            return []
        found = ask(root, root.params, f"{key}:{parent}", lambda c: fetch(c, resource.under(c.find(kind, parent))))
    else:
        found = ask(root, root.params, key, lambda c: fetch(c, resource))
    # A name with a newline would be several completions.
    return [name for name in found if name.startswith(incomplete) and name.isprintable() and visible(name) == name]


def ask(root: click.Context, flags: Mapping[str, Any], key: str, fetch: Callable[[Cloud], list[str]]) -> list[str]:
    """Return what a function fetches from the cloud, cached under a key; [] if there is no answer within TIMEOUT."""
    import threading

    found: list[str] = []
    # A daemon thread: a cloud that does not answer must not block the shell.
    request = threading.Thread(target=fetch_into, args=(dict(flags), key, fetch, found, root.obj), daemon=True)
    request.start()
    request.join(TIMEOUT if root.obj is None else PROMPT_TIMEOUT)
    return list(found)


def fetch_into(
    flags: dict[str, Any], key: str, fetch: Callable[[Cloud], list[str]], found: list[str], shared: SharedClouds | None
) -> None:
    """Add what is fetched to `found`; errors are ignored. `shared` has the clouds of the prompt."""
    import contextlib
    import io

    from ..console import silenced

    if shared is not None:
        with contextlib.suppress(Exception), silenced():
            found.extend(known_names(flags, key, fetch, shared))
        return
    from ..session.cloud import Cloud

    # Without a terminal on standard error nothing asks for a password.
    with contextlib.suppress(Exception), silenced(), contextlib.redirect_stderr(io.StringIO()):
        cloud = Cloud(flags)
        cached = cloud.cache.get(key)
        if not isinstance(cached, list):
            cached = fetch(cloud)
            cloud.cache.put(key, cached, seconds=TTL)
        found.extend(cached)


def known_names(
    flags: dict[str, Any], key: str, fetch: Callable[[Cloud], list[str]], shared: SharedClouds
) -> list[str]:
    """Return what is fetched from a cloud that is shared with the commands of the prompt; nothing is asked or shown."""
    from ..session.shared import key_of

    flags = {name: value for name, value in flags.items() if name not in SHOWING}
    place = (key_of(flags), key)
    if place not in shared.names:
        shared.names[place] = fetch(shared.cloud(flags))
    return shared.names[place]


def fetch(cloud: Cloud, resource: Resource) -> list[str]:
    """Return the names from the cloud, at most MAX_NAMES."""
    items = cloud.pages(resource, dict(resource.find_query), path=resource.find_path or resource.path, limit=MAX_NAMES)
    # Each item of a list of key pairs has an envelope.
    envelope = resource.key or resource.noun.replace(" ", "_")
    found = [item[envelope] if isinstance(item.get(envelope), dict) else item for item in items]
    return sorted({str(item.get(resource.name) or item.get(resource.id) or "") for item in found} - {""})
