"""Containers of secrets, such as a certificate with its private key."""

from collections.abc import Sequence
from typing import Any

from ..api.key_manager import SECRET, SECRET_CONTAINER
from ..language import Cloud, Column, Json, KeyValue, Noun, Opt, Value
from .fields import LIMIT, NAME, OFFSET, for_all, show_target, with_times

# The secrets that a container of a type holds, by their names in the container, each with the title of its column.
NAMED_SECRETS = {
    "rsa": {"public_key": "Public Key", "private_key": "Private Key", "private_key_passphrase": "PK Passphrase"},
    "certificate": {
        "certificate": "Certificate",
        "intermediates": "Intermediates",
        "private_key": "Private Key",
        "private_key_passphrase": "PK Passphrase",
    },
}


def secrets_text(item: Json) -> str | None:
    """Return the secrets of a container as lines of NAME=URL, None if there are none."""
    refs = refs_of(item)
    names = [name for name in NAMED_SECRETS.get(item.get("type", ""), refs) if name in refs]
    return "\n".join(f"{name}={refs[name]}" if name else refs[name] for name in names) or None


def consumers_text(item: Json) -> str | None:
    """Return the consumers of a container, one a line, None if there are none."""
    return "\n".join(map(str, item.get("consumers") or [])) or None


FIRST = "container_ref=Container href, name=Name, created=Created, status=Status, type=Type"
CONSUMERS = Column("consumers", "Consumers", value=consumers_text)
container = Noun(
    SECRET_CONTAINER,
    "Manage containers of secrets, e.g. of a certificate and a private key.",
    with_times(FIRST, Column("secret_refs", "Secrets", value=secrets_text), CONSUMERS),
    in_order=True,
)


def secret_column(name: str, title: str) -> Column:
    """Return the column of the secret with a name in a container."""
    return Column(name, title, value=lambda item: refs_of(item).get(name))


def refs_of(item: Json) -> dict[str, str]:
    """Return the URLs of the secrets in a container, by their names."""
    return {ref.get("name") or "": ref["secret_ref"] for ref in item.get("secret_refs") or []}


def with_fields(item: Json) -> tuple[Sequence[Column], Json]:
    """Return a container with its columns, which depend on its type."""
    named = NAMED_SECRETS.get(item.get("type", ""))
    if named is None:
        return container.columns, item
    return with_times(FIRST, *(secret_column(name, title) for name, title in named.items()), CONSUMERS), item


ALSO = [secret_column(name, title) for named in NAMED_SECRETS.values() for name, title in named.items()]


container.list(
    LIMIT,
    OFFSET,
    NAME,
    Opt("-t --type", "Filter by type of the container."),
    prepare=for_all,
    help="List containers of secrets.",
)


@container.shower("get", show_target(SECRET_CONTAINER), fields=container.columns, also=ALSO)
def get(cloud: Cloud, secret_container: str) -> Any:
    """Show a container of secrets."""
    return with_fields(cloud.get(SECRET_CONTAINER, secret_container))


@container.shower(
    "create",
    Opt("-n --name", "Name of the container."),
    Opt("--type", "Type of the container.", choices="certificate generic rsa", default="generic"),
    Value(
        "-s --secret...",
        "Secret with the name in the container, e.g. private_key=SECRET.",
        required=True,
        type=KeyValue(),
        metavar="NAME=SECRET",
    ),
    fields=container.columns,
    also=ALSO,
)
def create(cloud: Cloud, body: Json, secret: Sequence[tuple[str, str]]) -> Any:
    """Create a container of secrets."""
    ids = cloud.find_all([(SECRET, named, {}) for _, named in secret])
    urls = [f"{cloud.endpoint(SECRET.service)}{SECRET.at(id)}" for id in ids]
    refs = [{"name": name, "secret_ref": url} for (name, _), url in zip(secret, urls, strict=True)]
    created = cloud.create(SECRET_CONTAINER, {**body, "secret_refs": refs})
    return with_fields(cloud.fetch(SECRET_CONTAINER, created["id"]))


container.delete()
