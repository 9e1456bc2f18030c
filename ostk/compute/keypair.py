"""Key pairs: the public keys that servers let in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import chain

from ..api.compute import KEYPAIR
from ..api.identity import PROJECT, USER
from ..console import write_text
from ..errors import ConnectionFailed, FileError, OstkError
from ..files import because, read_text, store, whole
from ..language import LIMIT, MARKER, MAX_ITEMS, Arg, Column, Flag, Json, Noun, Opt, exclusive
from ..owner import PROJECT_DOMAIN, USER_DOMAIN
from ..record import replace
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
    "--project", "Only those of the users in it.", ref=PROJECT, domain=PROJECT_DOMAIN, since="2.10", not_sent=True
)


@keypair.lister("list", exclusive(USERS, OF_MEMBERS), USER_DOMAIN, PROJECT_DOMAIN, LIMIT, MARKER, MAX_ITEMS)
def list_keypairs(cloud: Cloud, body: Json, project: str, result_limit: int) -> Iterator[Json]:
    """List key pairs."""

    def keys(query: Json) -> list[Json]:
        # Nova wraps each of them once more.
        return [item["keypair"] for item in cloud.pages(KEYPAIR, query, limit=result_limit)]

    queries = [{**body, "user_id": user} for user in members(cloud, project)] if project else [body]
    return chain.from_iterable(cloud.map_concurrent(keys, queries))


def members(cloud: Cloud, project: str) -> list[str]:
    """The users with a role of their own in a project."""
    reply = cloud.call(PROJECT.service, "GET", "/role_assignments", params={"scope.project.id": project})
    return sorted({one["user"]["id"] for one in reply["role_assignments"] if one.get("user")})


@keypair.shower(
    "show",
    Arg("keypair", not_sent=True),
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
        Opt("--public-key", "File of a public key to take; else one is made.", metavar="FILE", not_sent=True),
        Opt("--private-key", "File for the private key; else it is printed.", metavar="FILE", not_sent=True),
    ),
    Opt("--type", "Kind of key.", choices="ssh x509", since="2.2"),
    OF_USER,
)
def create_keypair(cloud: Cloud, body: Json, public_key: str, private_key: str) -> Json | None:
    """Give the cloud a public key, or make a new pair."""
    if public_key:
        return cloud.create(KEYPAIR, {**body, "public_key": own_key(public_key)})
    if private_key:
        return saved_pair(cloud, body, private_key)
    private, public = new_key(body)
    pair = created(cloud, body, public)
    try:
        write_text((private or made_key(pair)) + "\n")
    except OSError as error:
        raise undone(cloud, body, f"The private key cannot be printed: {because(error)}.") from error
    return None


def own_key(path: str) -> str:
    """Return the public key in a file. Raises OstkError if it is a private key, which must not be sent."""
    text = read_text(path, "key file")
    if "PRIVATE KEY-----" in text:
        raise OstkError(f"The file {path} holds a private key: nothing was sent.", "Name the file of the public key.")
    return text


def saved_pair(cloud: Cloud, body: Json, path: str) -> Json:
    """Create a key pair whose private key is written to a file.

    An SSH key is on the disk before the request is sent. If a key that the cloud made cannot be written, the key pair
    is deleted again.
    """
    pair: Json = {}
    private, public = new_key(body)
    try:
        with whole(path, "key file", mode=0o600) as file:
            file.write(private.encode())
            store(file)
            pair = created(cloud, body, public)
            if not private:
                file.write(made_key(pair).encode())
    except FileError as error:
        if not pair:
            raise
        raise undone(cloud, body, error.message) from error
    return pair


def new_key(body: Json) -> tuple[str, str]:
    """Return a new private key and its public key; both are empty where Nova makes them, for an X.509 certificate."""
    if body.get("type") == "x509":
        return "", ""
    from .ssh_key import key_pair

    return key_pair()


def made_key(pair: Json) -> str:
    """Return the private key that Nova made. Raises FileError if there is none in the answer."""
    private = pair.get("private_key")
    if not isinstance(private, str):
        raise FileError("The compute service answered without a private key.")
    return private


def created(cloud: Cloud, body: Json, public: str) -> Json:
    """Create a key pair with this public key or, before 2.92, with one that Nova makes.

    If the answer is lost, the key pair is looked up, as its private key is there only once.
    """
    try:
        if not public:
            return cloud.create(replace(KEYPAIR, microversion="2.91"), body)
        return cloud.create(KEYPAIR, {**body, "public_key": public})
    except ConnectionFailed:
        with suppress(OstkError):
            pair = cloud.fetch(KEYPAIR, body["name"], whose(body))
            if public and pair.get("public_key") == public:
                return pair
        raise
    except KeyboardInterrupt:
        OstkError(
            f"The key pair {body['name']} may have been created; its private key was not kept.",
            f"Look it up: ostk keypair show {body['name']}",
        ).show()
        raise


def undone(cloud: Cloud, body: Json, message: str) -> OstkError:
    """Delete a key pair whose private key was lost; return the error that says so."""
    name = body["name"]
    try:
        cloud.delete(KEYPAIR, name, whose(body))
    except OstkError as error:
        return FileError(
            f"{message} The key pair {name} exists without its private key; it was not deleted: {error.message}",
            f"Delete it: ostk keypair delete {name}",
        )
    return FileError(f"{message} The key pair {name} was deleted again.")


def whose(body: Json) -> Json:
    """Return the query that names the user who owns a key pair, if it is another user."""
    return {"user_id": body["user_id"]} if "user_id" in body else {}


keypair.delete(OF_USER)
