"""Key pairs: the public keys that servers let in."""

from __future__ import annotations

from collections.abc import Iterator

import click

from ..errors import NotFound
from ..files import read_text, whole
from ..kinds import KEYPAIR, PROJECT, USER
from ..language import LIMIT, MARKER, MAX_ITEMS, Arg, Column, Flag, Json, Noun, Opt, exclusive
from ..owner import PROJECT_DOMAIN, USER_DOMAIN
from ..session.cloud import Cloud, quote

NOVA = KEYPAIR.service

keypair = Noun(
    KEYPAIR,
    "Manage key pairs: the public keys that servers let in.",
    columns=["name fingerprint", Column("type", since="2.2")],
    fields=[
        "created_at fingerprint name user_id",
        Column("name", "id"),
        Column("deleted", "is_deleted"),
        Column("type", value=lambda item: item.get("type", "ssh")),
    ],
)
OF_USER = Opt("--user", "User whose it is.", ref=USER, domain=USER_DOMAIN, since="2.10")


@keypair.lister(
    "list",
    exclusive(
        OF_USER,
        Opt(
            "--project",
            "Only those of the users with a role in it.",
            ref=PROJECT,
            domain=PROJECT_DOMAIN,
            since="2.10",
            local=True,
        ),
    ),
    USER_DOMAIN,
    PROJECT_DOMAIN,
    LIMIT,
    MARKER,
    MAX_ITEMS,
)
def list_keypairs(cloud: Cloud, body: Json, project: str, limit: int, max_items: int) -> Iterator[Json]:
    """List key pairs."""
    most = max_items or limit
    if not project:
        yield from keys(cloud, body, most)
        return
    for found in cloud.at_once(
        lambda user: list(keys(cloud, {**body, "user_id": user}, most)), members(cloud, project)
    ):
        yield from found


def keys(cloud: Cloud, query: Json, most: int) -> Iterator[Json]:
    """The key pairs of one user; Nova wraps each of them once more."""
    for item in cloud.pages(KEYPAIR, query, limit=most):
        yield item["keypair"]


def members(cloud: Cloud, project: str) -> list[str]:
    """The users with a role of their own in a project."""
    reply = cloud.call(PROJECT.service, "GET", "/role_assignments", params={"scope.project.id": project})
    return sorted({one["user"]["id"] for one in reply["role_assignments"] if one.get("user")})


@keypair.shower(
    "show",
    Arg("keypair", local=True),
    Flag("--public-key", "Print the public key alone."),
    OF_USER,
    USER_DOMAIN,
    fields=[*keypair.fields, "private_key"],
)
def show_keypair(cloud: Cloud, keypair: str, public_key: bool, body: Json) -> Json | None:
    """Show a key pair."""
    path = f"{KEYPAIR.path}/{quote(keypair)}"
    try:
        reply = cloud.call(NOVA, "GET", path, params=body, microversion=KEYPAIR.microversion)
    except NotFound as error:
        raise cloud.nothing(KEYPAIR, keypair) from error
    item = cloud.unwrap(KEYPAIR, reply)
    if public_key:
        click.echo(item["public_key"])
        return None
    return item


@keypair.shower(
    "create",
    Arg("name"),
    exclusive(
        Opt("--public-key", "File of a public key to take; else one is made.", metavar="FILE", local=True),
        Opt("--private-key", "File for the private key; else it is printed.", metavar="FILE", local=True),
    ),
    Opt("--type", "Kind of key.", choices="ssh x509", since="2.2"),
    OF_USER,
    USER_DOMAIN,
)
def create_keypair(cloud: Cloud, body: Json, public_key: str, private_key: str) -> Json | None:
    """Give the cloud a public key, or make a new pair."""
    if public_key:
        return cloud.create(KEYPAIR, {**body, "public_key": read_text(public_key, "key file")})
    if not private_key:
        click.echo(new_pair(cloud, body)["private_key"])
        return None
    with whole(private_key, "key file", mode=0o600) as file:
        item = new_pair(cloud, body)
        file.write(item["private_key"].encode())
    return item


def new_pair(cloud: Cloud, body: Json) -> Json:
    """A key pair with its private key: an SSH key is made here, an X.509 certificate by Nova before 2.92."""
    if body.get("type") == "x509":
        content = {"keypair": body}
        return cloud.unwrap(KEYPAIR, cloud.call(NOVA, "POST", KEYPAIR.path, json=content, microversion="2.91"))
    from .ssh_key import key_pair

    private, public = key_pair()
    return {**cloud.create(KEYPAIR, {**body, "public_key": public}), "private_key": private}


keypair.delete(OF_USER, USER_DOMAIN)
