"""Headers: credentials, valid values, the request ID."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..errors import ConfigError
from ..redaction import remember
from ..text import LINE_BREAK_HINT, is_one_line

if TYPE_CHECKING:
    import httpx

DATA_HEADERS = {"Accept": "*/*", "Accept-Encoding": "identity"}  # for data as it is stored
REQUEST_IDS = ("x-openstack-request-id", "x-compute-request-id", "x-trans-id", "x-request-id")


def check_headers(headers: Mapping[str, str]) -> None:
    """Raise ConfigError for a value that HTTP cannot carry; the message omits the value, which may be secret."""
    for name, value in headers.items():
        what = "The token" if name == "X-Auth-Token" else f"The value of the header {name}"
        if not is_one_line(str(value)):
            raise ConfigError(f"{what} contains a line break or another control character.", LINE_BREAK_HINT)
        if str(value) != str(value).strip(" \t"):
            raise ConfigError(f"{what} begins or ends with a space, which HTTP does not keep.")


def set_credentials(request: httpx.Request, token: str, bearer: str = "") -> None:
    """Set the token, basic authentication or an OAuth 2.0 access token on a request."""
    check_headers({"X-Auth-Token": token, "Authorization": bearer})
    remember(token)
    remember(bearer)
    if token.startswith("Basic "):
        request.headers["Authorization"] = token
    elif token:
        request.headers["X-Auth-Token"] = token
    if bearer:
        request.headers["Authorization"] = f"Bearer {bearer}"


def request_id(response: httpx.Response) -> str:
    """Return the request ID in a response, "" if there is none."""
    return next((str(response.headers[name]) for name in REQUEST_IDS if name in response.headers), "")
