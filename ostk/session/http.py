"""The one HTTP client: tokens, retries, redirects, tracing. The only module that imports httpx."""

from __future__ import annotations

import contextlib
import os
import socket
import ssl
import sys
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from types import ModuleType
from typing import IO, TYPE_CHECKING, Any

from .. import __version__, sandbox
from ..errors import ConfigError, ConnectionFailed, HTTPError, OstkError, http_error
from .answer import sentence
from .failure import address, cause, place, unanswered
from .tls import Trust
from .trace import Trace


def roots() -> str:
    """Where certifi keeps its roots; it is imported when somebody wants to know."""
    import certifi

    return certifi.where()


@contextlib.contextmanager
def spared(*names: str) -> Iterator[None]:
    """Meanwhile, modules of these names that are not there yet cannot be imported; certifi has `roots` alone."""
    absent = [name for name in names if name not in sys.modules]
    light = ModuleType("certifi")
    light.where = roots  # type: ignore[attr-defined]
    sys.modules.update({name: light if name == "certifi" else None for name in absent})  # type: ignore[misc]
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


# httpx brings its own command line program (click, rich and pygments: 65 ms) and httpcore its asynchronous
# half (anyio: 12 ms). Both do without where these cannot be imported, so for this moment they cannot. They are
# handed a light certifi too (10 ms), as is the client below: whom to trust is the concern of tls.py, but for
# a proxy that is spoken to in TLS.
with spared("httpx._main", "anyio", "trio", "certifi"):
    import httpcore  # noqa: F401
    import httpx

if TYPE_CHECKING:
    from .config import Settings

CONNECT_SECONDS, READ_SECONDS = 10.0, 60.0
STORE_SECONDS = 600.0  # a service may have much to write before it answers to an upload
TRIES, LONGEST_WAIT = 3, 30.0
IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOST_REDIRECTS = 5
CHUNK = 256 * 1024
USER_AGENT = f"ostk/{__version__}"

Content = str | bytes | IO[bytes] | Iterator[bytes] | None


class Upload:
    """A file as a request's body, from where it stands now; it can be sent again from there."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.start = file.tell()
        self.size = file.seek(0, os.SEEK_END) - self.start
        file.seek(self.start)

    def __iter__(self) -> Iterator[bytes]:
        self.file.seek(self.start)
        while chunk := self.file.read(CHUNK):
            yield chunk


class TokenAuth(httpx.Auth):
    """Puts the token on a request; on a 401 has it renewed and sends the request once more."""

    def __init__(self, token: Callable[[str], str]) -> None:
        self.token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """One round, or two."""
        token = self.token("")
        sign(request, token)
        response = yield request
        if response.status_code != 401:
            return
        renewed = self.token(token)  # for the next run too, where this request cannot be sent again
        if renewed != token and request.extensions.get("again", True):
            sign(request, renewed)
            request.extensions["renewed"] = True
            yield request


def sign(request: httpx.Request, token: str) -> None:
    """Put a token on a request; one that is HTTP basic authentication goes where that goes."""
    if token.startswith("Basic "):
        request.headers["Authorization"] = token
    elif token:
        request.headers["X-Auth-Token"] = token


class Http:
    """One client for all requests of a command; any number of threads may use it at once.

    `token` gives the token; handed one that was refused, it gives another. While `tells` is true, requests
    with a token are printed as cURL commands and not sent.
    """

    def __init__(
        self, settings: Settings, token: Callable[[str], str], tells: Callable[[], bool] = lambda: False
    ) -> None:
        self.debug = settings.boolean("debug", False)
        self.tells = tells
        self.trace = Trace(self.debug)
        self.trust = Trust(settings)
        self.auth = TokenAuth(token)
        given = settings.number("api_timeout", None)
        self.seconds = given if given and given > 0 else READ_SECONDS
        timeout = httpx.Timeout(self.seconds, connect=min(given, CONNECT_SECONDS) if given else CONNECT_SECONDS)
        storing = self.seconds if given else STORE_SECONDS
        self.storing = httpx.Timeout(self.seconds, connect=timeout.connect, read=storing)
        try:
            with spared("certifi"):
                self.client = httpx.Client(
                    verify=self.trust.context,
                    timeout=timeout,
                    limits=httpx.Limits(max_connections=64, max_keepalive_connections=32),
                    mounts={sandbox.ADDRESS: httpx.MockTransport(lambda asked: sandbox.answer(asked, httpx))},
                    headers={"User-Agent": USER_AGENT, "Accept": "application/json"},
                    event_hooks={"request": [self._asked], "response": [self._answered]},
                )
        except (ValueError, ImportError, httpx.InvalidURL) as error:
            raise ConfigError(
                f"The proxy in the environment cannot be used: {str(error).splitlines()[0]}",
                "Check HTTP_PROXY, HTTPS_PROXY and ALL_PROXY.",
            ) from None

    @property
    def timing(self) -> list[tuple[str, float]]:
        """The requests so far: method and URL, seconds."""
        return self.trace.timing

    def print_timing(self) -> None:
        """Tell on standard error how long each request took."""
        self.trace.print_timing()

    def close(self) -> None:
        """End the connections."""
        self.client.close()

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        params: Any = None,
        json: Any = None,
        content: Content = None,
        authenticated: bool = True,
        raw: bool = False,
    ) -> httpx.Response:
        """Send a request and read its answer whole.

        Errors: HTTPError and its kinds for a status of 300 or more, unless `raw`; ConnectionFailed if
        no answer came.
        """
        request = self._build(method, url, headers, params, json, content)
        if authenticated and self.tells():
            return self._told(request)
        response = self._send(request, authenticated, stream=False)
        if response.status_code >= 300 and not raw:
            raise self.refusal(response)
        return response

    @contextlib.contextmanager
    def stream(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        params: Any = None,
        authenticated: bool = True,
    ) -> Iterator[httpx.Response]:
        """Send a request and hand over its answer to be read in pieces: `iter_bytes` or `iter_raw`.

        Errors: as `request`; a connection that breaks in the middle is a ConnectionFailed too.
        """
        request = self._build(method, url, {"Accept": "*/*", "Accept-Encoding": "identity", **(headers or {})}, params)
        if authenticated and self.tells():
            self._told(request)
        response = self._send(request, authenticated, stream=True)
        try:
            if response.status_code >= 300:
                response.read()
                raise self.refusal(response)
            yield response
        except httpx.HTTPError as error:
            raise self._unanswered(error, url) from None
        finally:
            response.close()

    def plain(self, method: str, url: str, headers: dict[str, str], json: Any) -> tuple[int, Mapping[str, str], Any]:
        """Send a request without a token: status, headers, and the body as JSON or, if it is none, as text.

        `json` may be bytes too: a body as it is.
        """
        content = json if isinstance(json, bytes) else None
        response = self.request(
            method,
            url,
            headers=headers,
            json=None if content is not None else json,
            content=content,
            authenticated=False,
            raw=True,
        )
        return response.status_code, response.headers, decoded(response)

    def json(self, response: httpx.Response) -> Any:
        """The JSON in an answer, None where it is empty. Errors: ConnectionFailed if it is not JSON."""
        if not response.content.strip():
            return None
        try:
            return response.json()
        except (ValueError, RecursionError):
            pass
        url = str(response.request.url)
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip()
        if "json" in kind:
            raise ConnectionFailed(
                f"The answer of {address(url)} is cut off or damaged: no valid JSON.",
                "Try again; if it stays so, something between here and the service cuts it.",
            )
        raise ConnectionFailed(
            f"{address(url)} did not answer with JSON ({kind or 'no content type'}): "
            f"is {place(url)} an OpenStack endpoint?",
            "A proxy or a login page may stand in between; check the auth URL and the endpoint.",
        )

    def refusal(self, response: httpx.Response) -> OstkError:
        """The error that an answer with a status of 300 or more is."""
        status, url = response.status_code, str(response.request.url)
        body = decoded(response)
        if status == 400 and isinstance(body, str) and "plain http" in body.lower():
            return ConnectionFailed(f"{place(url)} speaks https, not http.", f"Use https{address(url)[4:]}.")
        message, hint = sentence(status, body), ""
        if status == 407:
            return ConnectionFailed(f"The proxy wants to know who asks for {place(url)}: {message}.")
        if status in REDIRECTS and response.headers.get("Location"):
            message = f"{address(url)} redirects to {address(str(response.headers['Location']))} (HTTP {status})"
        if self.debug and (number := request_id(response)):
            hint = f"Request ID: {number}"
        error = http_error(status, message, hint)
        if isinstance(error, HTTPError):
            error.renewed = bool(response.request.extensions.get("renewed"))
        return error

    def _told(self, request: httpx.Request) -> httpx.Response:
        """Print the request as a cURL command; an empty answer where one will do."""
        from .curl import Told, tell

        if tell(request):
            raise Told
        return httpx.Response(204, request=request)

    # -- sending ----------------------------------------------------------------------------------

    def _build(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None = None,
        params: Any = None,
        json: Any = None,
        content: Content = None,
    ) -> httpx.Request:
        body: Any = content
        again = whole = content is None or isinstance(content, str | bytes)
        sent = dict(headers or {})
        if hasattr(content, "read") and hasattr(content, "seek"):
            with contextlib.suppress(OSError, ValueError):
                body = Upload(content)  # type: ignore[arg-type]
                again = True
                sent.setdefault("Content-Length", str(body.size))
        try:
            request = self.client.build_request(
                method.upper(),
                url,
                headers=sent,
                params=params or None,
                json=json,
                content=body,
                timeout=self.client.timeout if whole else self.storing,
                extensions={"again": again},
            )
        except UnicodeError:
            raise ConfigError(f"What is to be sent to {address(url)} is not valid text.") from None
        except (httpx.InvalidURL, ValueError) as error:
            raise ConnectionFailed(f"A request for {address(url)} cannot be made: {error}.") from None
        if request.url.scheme not in ("http", "https") or not request.url.host:
            raise ConnectionFailed(f"{url!r} is not an address that can be asked.")
        return request

    def _send(self, request: httpx.Request, authenticated: bool, stream: bool) -> httpx.Response:
        """Send, try again where that is safe, and follow redirects where that is safe."""
        for _ in range(MOST_REDIRECTS + 1):
            response = self._persist(request, authenticated, stream)
            following = self._redirected(request, response, authenticated)
            if following is None:
                return response
            response.close()
            request = following
        raise ConnectionFailed(f"{address(str(request.url))} redirects again and again.")

    def _persist(self, request: httpx.Request, authenticated: bool, stream: bool) -> httpx.Response:
        """Send until an answer comes or trying again makes no sense any more."""
        again = bool(request.extensions.get("again"))
        tries, waited = 1, 0.0
        while True:
            asked = None
            try:
                response = self._once(request, authenticated, stream)
            except httpx.TransportError as error:
                if not again or tries >= TRIES or not worth_retrying(error, request.method):
                    raise self._unanswered(error, str(request.url), request.extensions["timeout"]["read"]) from None
            except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
                raise self._unanswered(error, str(request.url), request.extensions["timeout"]["read"]) from None
            else:
                if response.status_code not in (429, 503) or request.method not in IDEMPOTENT:
                    return response
                asked = retry_after(response)
                if not again or tries >= TRIES or waited + (asked or 0) > LONGEST_WAIT:
                    return response
                response.close()
            waited += pause(tries, asked)
            tries += 1

    def _once(self, request: httpx.Request, authenticated: bool, stream: bool) -> httpx.Response:
        if request.url.scheme == "https":
            self.trust.load()
        request.extensions["whole"] = not stream
        # With none at all, httpx would look for a user and a password in the URL.
        auth = self.auth if authenticated else httpx.Auth()
        known = self.trust.roots
        try:
            return self.client.send(request, auth=auth, stream=stream)
        except httpx.ConnectError as error:
            failed = cause(error, ssl.SSLCertVerificationError)
            unknown = isinstance(failed, ssl.SSLCertVerificationError) and failed.verify_code in (18, 19, 20, 21)
            if unknown and self.trust.widen(known):
                return self.client.send(request, auth=auth, stream=stream)
            raise

    def _redirected(
        self, request: httpx.Request, response: httpx.Response, authenticated: bool
    ) -> httpx.Request | None:
        """The request that a redirect asks for; None where the answer is the last word."""
        status, location = response.status_code, response.headers.get("Location", "")
        if status not in REDIRECTS or not location:
            return None
        try:
            url = request.url.join(location)
        except (httpx.InvalidURL, ValueError):
            return None
        reads = request.method in ("GET", "HEAD")
        if not same_place(request.url, url):
            if authenticated or not reads or url.scheme not in ("http", "https"):
                here, there = address(str(request.url)), address(str(url))
                raise ConnectionFailed(
                    f"{here} redirects to {there}: no credentials are sent there.",
                    "If that is the right place, put it into the auth URL or the endpoint's override.",
                )
        elif not reads and not request.extensions.get("again"):
            return None
        left = (b"host", b"x-auth-token", b"authorization")
        headers = [(b"Host", url.netloc)]
        headers += [(name, value) for name, value in request.headers.raw if name.lower() not in left]
        method = "GET" if status == 303 and not reads else request.method
        if method != request.method:
            headers = [one for one in headers if not one[0].lower().startswith(b"content-")]
            return httpx.Request(method, url, headers=headers, extensions=dict(request.extensions))
        return httpx.Request(method, url, headers=headers, stream=request.stream, extensions=dict(request.extensions))

    def _unanswered(self, error: Exception, url: str, read: float | None = None) -> ConnectionFailed:
        name = type(error).__name__
        seconds = self.client.timeout.connect if name == "ConnectTimeout" else read or self.seconds
        return unanswered(error, url, self.trust.roots, seconds)

    def _asked(self, request: httpx.Request) -> None:
        request.extensions["started"] = time.perf_counter()
        if self.debug:
            body = request.content if isinstance(request.stream, httpx.ByteStream) else None
            self.trace.asked(request.method, str(request.url), request.headers.multi_items(), body)

    def _answered(self, response: httpx.Response) -> None:
        request = response.request
        whole = request.extensions.get("whole", True)
        if whole:
            response.read()
        self.trace.answered(
            request.method,
            str(request.url),
            f"{response.status_code} {response.reason_phrase}",
            response.headers.multi_items(),
            response.content if whole else None,
            time.perf_counter() - request.extensions["started"],
        )


def worth_retrying(error: httpx.TransportError, method: str) -> bool:
    """Whether a connection that failed may be tried again: nothing was sent, or once more does no harm."""
    if cause(error, ssl.SSLError) or isinstance(error, httpx.TimeoutException | httpx.UnsupportedProtocol):
        return False
    unknown = cause(error, socket.gaierror)
    if isinstance(unknown, socket.gaierror) and unknown.errno != socket.EAI_AGAIN:
        return False
    if isinstance(error, httpx.ConnectError):
        return True
    return method in IDEMPOTENT and isinstance(error, httpx.NetworkError | httpx.RemoteProtocolError)


def pause(tries: int, asked: float | None) -> float:
    """Wait as long as was `asked` for, else twice as long each time, never quite the same; the seconds."""
    from random import uniform

    wait = uniform(0.5, 1.0) * 2 ** (tries - 1) / 2 if asked is None else asked + uniform(0, 0.25)
    time.sleep(wait)
    return wait


def retry_after(response: httpx.Response) -> float | None:
    """The seconds that an answer asks to wait, None where it does not say."""
    text = response.headers.get("Retry-After", "").strip()
    if not text:
        return None
    if text.isdigit():
        return float(text[:9])
    from email.utils import parsedate_to_datetime

    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None


def same_place(one: httpx.URL, other: httpx.URL) -> bool:
    """Whether what may be told one address may be told the other: same origin, or its https."""
    if one.host != other.host:
        return False
    ports = [url.port or (443 if url.scheme == "https" else 80) for url in (one, other)]
    if one.scheme == other.scheme:
        return ports[0] == ports[1]
    return (one.scheme, other.scheme) == ("http", "https") and (ports[0] == ports[1] or ports == [80, 443])


def decoded(response: httpx.Response) -> Any:
    """A body as JSON or, where it is none, as text."""
    try:
        return response.json()
    except (ValueError, RecursionError):
        return response.text


def request_id(response: httpx.Response) -> str:
    """The ID under which the service logged the request."""
    names = ("x-openstack-request-id", "x-compute-request-id", "x-trans-id", "x-request-id")
    return next((str(response.headers[name]) for name in names if name in response.headers), "")


def fetch_json(url: str, timeout: float = CONNECT_SECONDS) -> Any:
    """The JSON at a public address, asked for without credentials. Errors: OstkError of some kind."""
    from .config import Settings, Value

    http = Http(Settings({"api_timeout": Value(timeout, "")}), lambda refused: "")
    try:
        return http.json(http.request("GET", url, authenticated=False))
    except HTTPError as error:
        raise ConnectionFailed(f"{address(url)}: {error.message}") from None
    finally:
        http.close()
