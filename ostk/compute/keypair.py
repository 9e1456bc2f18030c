"""Key pairs: SSH keys and X.509 certificates for logging in to servers."""

from contextlib import suppress
from itertools import chain

from ..api.compute import KEYPAIR
from ..api.identity import PROJECT, USER
from ..console import write_text
from ..errors import ConnectionFailed, FileError, OstkError
from ..files import because, read_text, store, whole
from ..language import LIMIT, MARKER, MAX_ITEMS, Arg, Cloud, Column, Flag, Items, Json, Noun, Opt, Value, exclusive
from ..owner import PROJECT_DOMAIN, USER_DOMAIN
from ..record import replace

keypair = Noun(
    KEYPAIR,
    "Manage key pairs for logging in to servers.",
    columns=["name fingerprint", Column("type", since="2.2")],
    fields=[
        "created_at deleted=is_deleted fingerprint name name=id user_id",
        Column("type", value=lambda item: item.get("type", "ssh")),
    ],
)
OWNER = [
    Opt("--user", "User who owns the key pair.", ref=USER, domain=USER_DOMAIN, since="2.10", admin=True),
    USER_DOMAIN,
]
FILTER_BY_USER = Opt("--user", "Filter by user.", ref=USER, domain=USER_DOMAIN, since="2.10", admin=True)
FILTER_BY_PROJECT = Value(
    "--project",
    "Filter by project: key pairs of all users with a role on the project.",
    ref=PROJECT,
    domain=PROJECT_DOMAIN,
    since="2.10",
    admin=True,
)


@keypair.lister(
    "list", exclusive(FILTER_BY_USER, FILTER_BY_PROJECT), USER_DOMAIN, PROJECT_DOMAIN, LIMIT, MARKER, MAX_ITEMS
)
def list_keypairs(cloud: Cloud, body: Json, project: str | None, result_limit: int | None) -> Items:
    """List key pairs."""

    def list_of(query: Json) -> list[Json]:
        # Each item of GET /os-keypairs has an envelope: {"keypairs": [{"keypair": {…}}]}.
        return [item["keypair"] for item in cloud.pages(KEYPAIR, query, limit=result_limit)]

    queries = [{**body, "user_id": user} for user in user_ids(cloud, project)] if project else [body]
    return chain.from_iterable(cloud.map_concurrent(list_of, queries))


def user_ids(cloud: Cloud, project: str) -> list[str]:
    """Return the IDs of the users with a direct role assignment on a project."""
    reply = cloud.call(PROJECT.service, "GET", "/role_assignments", params={"scope.project.id": project})
    return sorted({assignment["user"]["id"] for assignment in reply["role_assignments"] if assignment.get("user")})


@keypair.shower(
    "show",
    Arg("keypair", "Name of the key pair.", not_sent=True),
    Flag("--public-key", "Print only the public key."),
    OWNER,
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
    Arg("name", "Name of the key pair."),
    exclusive(
        Value("--public-key", "File with the public key to import (default: generate a key pair).", metavar="FILE"),
        Value(
            "--private-key",
            "File to save the generated private key to (default: print the private key).",
            metavar="FILE",
        ),
    ),
    Opt("--type", "Key type (default: ssh).", choices="ssh x509", since="2.2"),
    OWNER,
)
def create_keypair(cloud: Cloud, body: Json, public_key: str | None, private_key: str | None) -> Json | None:
    """Create a key pair: generate a key, or import a public key."""
    if public_key:
        return cloud.create(KEYPAIR, {**body, "public_key": read_public_key(public_key)})
    if private_key:
        return create_and_save(cloud, body, private_key)
    private, public = generate_key(body)
    pair = create_or_find(cloud, body, public)
    try:
        write_text((private or private_key_of(pair)) + "\n")
    except OSError as error:
        raise delete_after_failure(cloud, body, f"The private key cannot be printed: {because(error)}.") from error
    return None


def read_public_key(path: str) -> str:
    """Return the public key in a file.

    Raises:
        FileError: The file cannot be read.
        OstkError: The file holds a private key, which must not be sent.
    """
    text = read_text(path, "key file")
    if "PRIVATE KEY-----" in text:
        raise OstkError(f"The file {path} holds a private key; nothing was sent.", "Give the file of the public key.")
    return text


def create_and_save(cloud: Cloud, body: Json, path: str) -> Json:
    """Create a key pair, and write the private key to a file.

    An SSH key is on the disk before the request is sent. If a private key that Nova generated cannot be written, the
    key pair is deleted again.

    Raises:
        FileError: The private key cannot be written.
    """
    pair: Json = {}
    private, public = generate_key(body)
    try:
        with whole(path, "key file", mode=0o600) as file:
            file.write(private.encode())
            store(file)
            pair = create_or_find(cloud, body, public)
            if not private:
                file.write(private_key_of(pair).encode())
    except FileError as error:
        if not pair:
            raise
        raise delete_after_failure(cloud, body, error.message) from error
    return pair


def generate_key(body: Json) -> tuple[str, str]:
    """Return a new private key and its public key; both are "" for an X.509 certificate, which Nova generates."""
    if body.get("type") == "x509":
        return "", ""
    from .ssh_key import generate_key_pair

    return generate_key_pair()


def private_key_of(pair: Json) -> str:
    """Return the private key that Nova generated.

    Raises:
        FileError: The response holds no private key.
    """
    private = pair.get("private_key")
    if not isinstance(private, str):
        raise FileError("The compute service answered without a private key.")
    return private


def create_or_find(cloud: Cloud, body: Json, public: str) -> Json:
    """Create a key pair from a public key; if `public` is "", Nova generates the key (until microversion 2.91).

    If the connection fails before the response, the key pair is looked up: it may exist, and its private key cannot
    be fetched a second time.

    Raises:
        ConnectionFailed: The key pair was not found afterwards.
    """
    try:
        if not public:
            return cloud.create(replace(KEYPAIR, microversion="2.91"), body)
        return cloud.create(KEYPAIR, {**body, "public_key": public})
    except ConnectionFailed:
        with suppress(OstkError):
            pair = cloud.fetch(KEYPAIR, body["name"], owner_query(body))
            if public and pair.get("public_key") == public:
                return pair
        raise
    except KeyboardInterrupt:
        OstkError(
            f"The key pair {body['name']} may have been created; its private key was not kept.",
            f"Look it up: ostk keypair show {body['name']}",
        ).show()
        raise


def delete_after_failure(cloud: Cloud, body: Json, message: str) -> OstkError:
    """Delete a key pair whose private key was lost, and return the error to raise."""
    name = body["name"]
    try:
        cloud.delete(KEYPAIR, name, owner_query(body))
    except OstkError as error:
        return FileError(
            f"{message} The key pair {name} exists without its private key; it was not deleted: {error.message}",
            f"Delete it: ostk keypair delete {name}",
        )
    return FileError(f"{message} The key pair {name} was deleted again.")


def owner_query(body: Json) -> Json:
    """Return the query that names the user who owns a key pair, if it is another user."""
    return {"user_id": body["user_id"]} if "user_id" in body else {}


keypair.delete(OWNER)
