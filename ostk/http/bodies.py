"""Bodies of requests and responses."""

from typing import Any

from .imports import httpx


def decode_body(response: httpx.Response) -> Any:
    """Decode the body of a response as JSON, or as text if it is not JSON."""
    try:
        return response.json()
    except (ValueError, RecursionError):
        return response.text


def sent_body(request: httpx.Request) -> bytes:
    """Return the body of a request, b"" if it is a stream."""
    return request.content if isinstance(request.stream, httpx.ByteStream) else b""
