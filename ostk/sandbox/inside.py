"""The way in without a network: requests of httpx handed to the WSGI application."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import unquote

from .app import application
from .wire import Cut


def answer(request: Any, httpx: Any) -> Any:
    """The answer to a request; `httpx` is the module, which only the transport may import."""
    path, _, query = request.url.raw_path.decode("ascii").partition("?")
    content = request.read()
    environ: dict[str, Any] = {"HTTP_" + key.upper().replace("-", "_"): held for key, held in request.headers.items()}
    environ |= {"REQUEST_METHOD": request.method, "PATH_INFO": unquote(path, "latin-1"), "QUERY_STRING": query}
    environ |= {"SERVER_NAME": request.url.host, "SERVER_PORT": str(request.url.port or 80)}
    environ |= {"wsgi.url_scheme": request.url.scheme, "wsgi.input": io.BytesIO(content), "ostk.inside": True}
    environ |= {"CONTENT_LENGTH": str(len(content)), "HTTP_TRANSFER_ENCODING": ""}
    began: list[Any] = []
    try:
        pieces = application(environ, lambda status, headers: began.extend((status, headers)))
    except Cut:
        raise httpx.RemoteProtocolError("peer closed connection without sending complete message body") from None
    body = b"".join(pieces) if isinstance(pieces, list) else pieces
    return httpx.Response(int(began[0][:3]), headers=began[1], content=body)
