"""What `server create` and `server rebuild` share."""

from __future__ import annotations

import base64

from ..files import read
from ..language import Json

CERTIFICATES = "trusted_image_certificates"


def encoded(content: bytes) -> str:
    """Return the content of a file in base64, as Nova takes it."""
    return base64.b64encode(content).decode("ascii")


def user_data(values: Json) -> Json:
    """Return `user_data` with the content of the file in the place of its path, {} where none is given."""
    path = values["user_data"]
    return {"user_data": encoded(read(path, "user data"))} if path else {}
