"""Names of resources for the TAB key: what the cloud has, asked for at most once a minute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..api.resource import Resource

if TYPE_CHECKING:
    import click

    from ..session.cloud import Cloud

TIMEOUT = 1.0  # seconds; a shell that waits longer for TAB feels broken
TTL = 60.0  # seconds that names are kept
MAX_NAMES = 1000


def names(ctx: click.Context, resource: Resource, incomplete: str) -> list[str]:
    """Return the names that begin with a text, as the shell may put them into a command line.

    A resource without a name has its ID instead. There are none if the cloud does not answer in time.
    """
    import shlex
    import threading

    from ..text import visible

    found: list[str] = []
    # A daemon, so that a cloud that does not answer cannot keep the shell waiting.
    asking = threading.Thread(target=ask, args=(ctx.find_root().params, resource, found), daemon=True)
    asking.start()
    asking.join(TIMEOUT)
    # A name with a newline would be several completions.
    fitting = [name for name in found if name.startswith(incomplete) and name.isprintable() and visible(name) == name]
    # Bash puts a name into the line as it comes, where it would run a $(command) in it; other shells quote it.
    return [shlex.quote(name) for name in fitting] if for_bash() else fitting


def for_bash() -> bool:
    """Whether bash asks for completions; the variable that says so begins with the name of the command."""
    import os

    return any(name.endswith("_COMPLETE") and value.startswith("bash_") for name, value in os.environ.items())


def ask(flags: dict[str, Any], resource: Resource, found: list[str]) -> None:
    """Put the names into `found`; whatever goes wrong leaves it empty and is silent."""
    import contextlib
    import io

    from ..session.cloud import Cloud

    # A standard error that is no terminal also keeps anything from asking for a password.
    with contextlib.suppress(Exception), contextlib.redirect_stderr(io.StringIO()):
        cloud = Cloud(flags)
        key = f"names:{resource.service.name}:{resource.path}"
        kept = cloud.cache.get(key)
        if not isinstance(kept, list):
            kept = fetched(cloud, resource)
            cloud.cache.put(key, kept, seconds=TTL)
        found.extend(kept)


def fetched(cloud: Cloud, resource: Resource) -> list[str]:
    """The names, from the cloud."""
    items = cloud.pages(resource, dict(resource.find_query), path=resource.find_path or resource.path, limit=MAX_NAMES)
    return sorted({str(item.get(resource.name) or item.get(resource.id) or "") for item in items} - {""})
