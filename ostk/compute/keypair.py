"""Key pairs: the public keys that servers let in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from ..files import read_text, whole
from ..kinds import KEYPAIR, PROJECT, USER
from ..language import LIMIT, MARKER, MAX_ITEMS, Arg, Column, Flag, Json, Noun, Opt, exclusive
from ..owner import PROJECT_DOMAIN, USER_DOMAIN
from ..record import replace
from ..render.plain import write_text
from ..session.cloud import Cloud

keypair = Noun(
    KEYPAIR,
    "Manage key pairs: the public keys that servers let in.",
    columns=["name fingerprint", Column("type", since="2.2")],
    fields=[
        "created_at deleted=is_deleted fingerprint name name=id user_id",
        Column("type", value=lambda item: item.get("type", "ssh")),
    ],
)
USERS = Opt("--user", "User whose it is.", ref=USER, domain=USER_DOMAIN, since="2.10")
OF_USER = [USERS, USER_DOMAIN]
OF_MEMBERS = Opt(
    "--project", "Only those of the users in it.", ref=PROJECT, domain=PROJECT_DOMAIN, since="2.10", local=True
)


@keypair.lister("list", exclusive(USERS, OF_MEMBERS), USER_DOMAIN, PROJECT_DOMAIN, LIMIT, MARKER, MAX_ITEMS)
def list_keypairs(cloud: Cloud, body: Json, project: str, most: int) -> Iterator[Json]:
    """List key pairs."""

    def keys(query: Json) -> list[Json]:
        # Nova wraps each of them once more.
        return [item["keypair"] for item in cloud.pages(KEYPAIR, query, limit=most)]

    queries = [{**body, "user_id": user} for user in members(cloud, project)] if project else [body]
    return chain.from_iterable(cloud.at_once(keys, queries))


def members(cloud: Cloud, project: str) -> list[str]:
    """The users with a role of their own in a project."""
    reply = cloud.call(PROJECT.service, "GET", "/role_assignments", params={"scope.project.id": project})
    return sorted({one["user"]["id"] for one in reply["role_assignments"] if one.get("user")})


@keypair.shower(
    "show",
    Arg("keypair", local=True),
    Flag("--public-key", "Print the public key alone."),
    OF_USER,
    fields=[*keypair.fields, "private_key"],
)
def show_keypair(cloud: Cloud, keypair: str, public_key: bool, body: Json) -> Json | None:
    """Show a key pair."""
    item = cloud.get(KEYPAIR, keypair, body)
    if not public_key:
        return item
    write_text(item["public_key"] + "\n")
    return None


@keypair.shower(
    "create",
    Arg("name"),
    exclusive(
        Opt("--public-key", "File of a public key to take; else one is made.", metavar="FILE", local=True),
        Opt("--private-key", "File for the private key; else it is printed.", metavar="FILE", local=True),
    ),
    Opt("--type", "Kind of key.", choices="ssh x509", since="2.2"),
    OF_USER,
)
def create_keypair(cloud: Cloud, body: Json, public_key: str, private_key: str) -> Json | None:
    """Give the cloud a public key, or make a new pair."""
    if public_key:
        return cloud.create(KEYPAIR, {**body, "public_key": read_text(public_key, "key file")})
    if not private_key:
        write_text(new_pair(cloud, body)["private_key"] + "\n")
        return None
    with whole(private_key, "key file", mode=0o600) as file:
        item = new_pair(cloud, body)
        file.write(item["private_key"].encode())
    return item


def new_pair(cloud: Cloud, body: Json) -> Json:
    """A key pair with its private key: an SSH key is made here, an X.509 certificate by Nova before 2.92."""
    if body.get("type") == "x509":
        return cloud.create(replace(KEYPAIR, microversion="2.91"), body)
    from .ssh_key import key_pair

    private, public = key_pair()
    return {**cloud.create(KEYPAIR, {**body, "public_key": public}), "private_key": private}


keypair.delete(OF_USER)
