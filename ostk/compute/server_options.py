"""Options that `server create` and `server rebuild` share: files in base64, certificates."""

import base64

from ..files import read
from ..language import Json, Opt

CERTIFICATES = "trusted_image_certificates"
TRUSTED_IMAGE_CERT = Opt(
    "--trusted-image-cert...",
    "ID of a trusted certificate that validates the signature of the image.",
    key=CERTIFICATES,
    since="2.63",
)


def encode_base64(content: bytes) -> str:
    """Return the content of a file in base64, as Nova requires."""
    return base64.b64encode(content).decode("ascii")


def read_user_data(values: Json) -> Json:
    """Return `user_data` with the content of the file in place of the path, or {} without --user-data."""
    path = values["user_data"]
    return {"user_data": encode_base64(read(path, "user data"))} if path else {}
