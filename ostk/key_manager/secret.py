"""Secrets: keys, passphrases, certificates and other data that Barbican stores encrypted."""

import base64
import os
from typing import Any

import click

from ..api.key_manager import SECRET
from ..errors import FileError, OstkError
from ..files import read, whole
from ..language import Arg, Cloud, Column, Flag, Json, Noun, Opt, Value, exclusive, target
from .fields import BINARY, LIMIT, NAME, OFFSET, TEXT, for_all, show_target, with_times

secret = Noun(
    SECRET,
    "Manage secrets of the key manager.",
    with_times(
        "secret_ref=Secret href, name=Name, created=Created, status=Status, content_types=Content types",
        "algorithm=Algorithm, bit_length=Bit length, secret_type=Secret type, mode=Mode, expiration=Expiration",
    ),
    in_order=True,
)
PAYLOAD = Column("payload", "Payload")


secret.list(
    LIMIT,
    OFFSET,
    NAME,
    Opt("-a --algorithm", "Filter by algorithm.", key="alg"),
    Opt("-b --bit-length", "Filter by length of the key, in bits.", key="bits", type=int),
    Opt("-m --mode", "Filter by mode of the algorithm."),
    Opt("-s --secret-type", "Filter by secret type."),
    prepare=for_all,
    help="List secrets. Payloads are not shown.",
)


def read_payload(payload: str | None, file: str | None, values: Json) -> Json:
    """Return the payload of --payload or --file with its content type and encoding, as Barbican takes them.

    Raises:
        FileError: The file cannot be read.
        OstkError: The payload is empty (Barbican would keep a secret without data), or it is not what its encoding
            says.
    """
    if payload is None and file is None:
        return {}
    data = payload.encode() if payload is not None else read(file or "")
    if not data:
        raise OstkError("The payload is empty.", "Without --payload and --file, data can be added by: secret update.")
    type, encoding = values["payload_content_type"], values["payload_content_encoding"]
    if encoding and not type:
        raise OstkError("--payload-content-encoding requires --payload-content-type.")
    if encoding or (type or "").startswith(TEXT):
        hint = f"Use --payload-content-type {BINARY}, without an encoding."
        return {"payload": text_in(data, "The payload is binary data, not text.", hint)}
    return {
        "payload": base64.b64encode(data).decode(),
        "payload_content_type": type or BINARY,
        "payload_content_encoding": "base64",
    }


def text_in(data: bytes, problem: str, hint: str) -> str:
    """Return data as text.

    Raises:
        OstkError: The data is not UTF-8; it has the problem and the hint.
    """
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise OstkError(problem, hint) from None


@secret.shower(
    "store",
    Opt("-n --name", "Name of the secret."),
    Opt(
        "-s --secret-type",
        "Secret type: certificate, opaque, passphrase, private, public or symmetric.",
        default="opaque",
    ),
    Opt(
        "-t --payload-content-type", "Content type of the payload, e.g. text/plain (default: application/octet-stream)."
    ),
    Opt(
        "-e --payload-content-encoding",
        "Content encoding of the payload: base64 for a payload that is already encoded.",
    ),
    Opt("-a --algorithm", "Algorithm of the key; stored as metadata.", default="aes"),
    Opt("-b --bit-length", "Length of the key, in bits.", type=int, default=256),
    Opt("-m --mode", "Mode of the algorithm; stored as metadata.", default="cbc"),
    Opt("-x --expiration", "Time at which the secret expires, in ISO 8601 format."),
    exclusive(
        Opt("-p --payload", "Payload of the secret. Other users of this machine can see the argument; prefer --file."),
        Value("-F --file", "File with the payload of the secret.", metavar="FILE"),
    ),
    parse=read_payload,
    fields=secret.columns,
)
def store(cloud: Cloud, body: Json) -> Json:
    """Store a secret. The payload cannot be changed later."""
    # The answer has the URL alone; as with openstack, the other fields are those that were sent.
    type = click.get_current_context().params["payload_content_type"]
    return {**body, **cloud.create(SECRET, body), "content_types": type and {"default": type}}


def validate_file(file: str | None) -> None:
    """Reject a file that exists: data of a secret replaces no other file."""
    if file and os.path.lexists(os.path.expanduser(file)):
        raise FileError(f"The file {file} already exists.", "Name a new file, or remove that one.")


@secret.shower(
    "get",
    show_target(SECRET),
    exclusive(
        Flag("-d --decrypt", "Show the payload of the secret."),
        Flag("-p --payload", "Show the payload of the secret."),
        Opt("-F --file", "File to write the payload to; an existing file is not replaced.", metavar="FILE"),
    ),
    Opt(
        "-t --payload_content_type", "Content type of the payload to request (default: the content type of the secret)."
    ),
    fields=secret.columns,
    also=[PAYLOAD],
    validate=validate_file,
)
def get(
    cloud: Cloud, secret: str, decrypt: bool, payload: bool, file: str | None, payload_content_type: str | None
) -> Any:
    """Show a secret, or the payload of the secret with --payload or --file."""
    item = cloud.get(SECRET, secret)
    if not (decrypt or payload or file):
        return item
    type = payload_content_type or (item.get("content_types") or {}).get("default")
    if not type:
        raise OstkError(f"The secret {secret} has no data yet.", "The data is stored by: secret update.")
    content = {"headers": {"Accept": type}, "microversion": SECRET.microversion}
    data = cloud.request(SECRET.service, "GET", SECRET.at(item["id"], "payload"), **content).content
    if not file:
        binary = f"The secret is binary data ({len(data)} bytes)."
        return [PAYLOAD], {"payload": text_in(data, binary, "Save it with: --file FILENAME.")}
    with whole(file, mode=0o600) as new:
        new.write(data)
    return None


@secret.action("update", target(SECRET), Arg("payload", "Payload of the secret, as text."))
def update(cloud: Cloud, secret: str, payload: str) -> None:
    """Add the payload to a secret that was stored without a payload."""
    if not payload:
        raise OstkError("The payload is empty.")
    content = {"headers": {"Content-Type": TEXT}, "content": payload.encode()}
    cloud.request(SECRET.service, "PUT", SECRET.at(secret), microversion=SECRET.microversion, **content)


secret.delete(Opt("-f --force", "Delete secrets that have consumers, too.", value=True))
