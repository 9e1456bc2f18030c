"""The HTTP client: tokens, retries, redirects, tracing."""

import contextlib
import ssl
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from typing import IO, Any, NoReturn

from .. import __version__
from ..api.error_body import sentence
from ..config.settings import Settings, Value
from ..errors import ConfigError, ConnectionFailed, HTTPError, OstkError, http_error
from ..interrupt import Interrupted
from ..redaction import remember_request
from .bodies import decode_body, sent_body
from .connection_errors import cause, connection_error, host_port, message_url
from .connections import Connections
from .direct import DirectTransport
from .dry_run import DryRunEnd, NotSent
from .headers import DATA_HEADERS, check_headers, request_id, set_credentials
from .imports import httpx
from .large_page import large_page
from .lean import LeanClient
from .proxies import ProxyTransport
from .redirects import REDIRECTS, redirected_request
from .retry import IDEMPOTENT, MAX_TRIES, MAX_WAIT, is_retryable, is_write, may_have_arrived, retry_after, retry_delay
from .tls import TrustStore
from .trace import Trace
from .transports import HANDLERS, Handler
from .upload import Upload

CONNECT_SECONDS, READ_SECONDS = 10.0, 60.0
RESPONSE_SECONDS = 2 * READ_SECONDS  # for a whole response, except for streamed downloads
UPLOAD_SECONDS = 600.0  # for the response to an upload: the service may store the data first
CLEANUP_SECONDS = 1.0  # for a request that cleans up after Ctrl-C
MAX_REDIRECTS = 5
MAY_BE_DONE = "The service may have carried out the request: check before you repeat it."
USER_AGENT = f"ostk/{__version__}"

Response = httpx.Response
Headers = httpx.Headers
Content = str | bytes | IO[bytes] | Iterator[bytes] | None


class TokenAuth(httpx.Auth):
    """Authentication by token; a request that gets a 401 is sent once more with a new token."""

    def __init__(self, token: Callable[[str], str], bearer: Callable[[], str]) -> None:
        self.token, self.bearer = token, bearer

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Yield the request, and once more with a new token after a 401."""
        token = self.token("")
        set_credentials(request, token, self.bearer())
        response = yield request
        if response.status_code != 401:
            return
        renewed = self.token(token)  # also for the next command, if this request cannot be sent again
        if renewed != token and request.extensions.get("resendable", True):
            set_credentials(request, renewed, self.bearer())
            request.extensions["renewed"] = True
            yield request


class Http:
    """The HTTP client for all requests of a command; it is thread-safe.

    Args:
        settings: The settings of the cloud.
        token: Returns a token; called with a token that was refused (401), it returns a new one.
        dry_run: Returns whether to print requests that carry a token, instead of sending them.
        bearer: Returns the OAuth 2.0 access token to send beside the token, "" for none.
        changed: Called after each request that carries a token and may change something.
    """

    def __init__(
        self,
        settings: Settings,
        token: Callable[[str], str],
        dry_run: Callable[[], bool] = lambda: False,
        bearer: Callable[[], str] = lambda: "",
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        self.debug = settings.boolean("debug", False)
        self.shows_requests = self.debug or settings.boolean("timing", False)
        self.dry_run = dry_run
        self.changed = changed
        self.trace = Trace(self.debug)
        self.trust = TrustStore(settings)
        self.auth = TokenAuth(token, bearer)
        given = settings.seconds("api_timeout")
        self.seconds = given or READ_SECONDS
        self.response_seconds = given or RESPONSE_SECONDS
        timeout = httpx.Timeout(self.seconds, connect=min(self.seconds, CONNECT_SECONDS))
        self.upload_timeout = httpx.Timeout(self.seconds, connect=timeout.connect, read=given or UPLOAD_SECONDS)
        self.connections = Connections(httpx.ReadTimeout)
        self.stopping = threading.Event()
        direct = DirectTransport(lambda: self.trust.context, self.connections)
        self.client = LeanClient(
            transport=ProxyTransport(httpx, lambda: self.trust.context, direct),
            timeout=timeout,
            mounts={prefix: in_process_transport(handler) for prefix, handler in HANDLERS.items()},
            headers={"User-Agent": USER_AGENT, "Accept": "application/json"},
            event_hooks={"request": [self._trace_request], "response": [self._trace_response]},
        )
        self.headers = {
            name.decode().lower(): (name.decode(), value.decode()) for name, value in self.client.headers.raw
        }

    @property
    def timing(self) -> list[tuple[str, float]]:
        """Method and URL, and the seconds, of each request so far."""
        return self.trace.timing

    def print_timing(self) -> None:
        """Write the time of each request on standard error."""
        self.trace.print_timing()

    def close(self) -> None:
        """Close the connections."""
        self.client.close()

    def stop(self) -> None:
        """End all threads but the main one: abort their connections, requests and waits."""
        self.stopping.set()
        self.connections.abort()

    def shorten_timeouts(self) -> None:
        """Limit each further request to about a second, for clean-up before the program ends."""
        self.seconds = self.response_seconds = CLEANUP_SECONDS
        self.client.timeout = httpx.Timeout(CLEANUP_SECONDS)

    def sleep(self, seconds: float) -> None:
        """Wait. Raises Interrupted in a thread that is to end."""
        if threading.current_thread() is threading.main_thread():
            time.sleep(seconds)
        else:
            self.stopping.wait(seconds)
            self.check_interrupt()

    def check_interrupt(self) -> None:
        """Raise Interrupted in a thread that is to end."""
        if self.stopping.is_set() and threading.current_thread() is not threading.main_thread():
            raise Interrupted

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
        repeatable: bool | None = None,
    ) -> httpx.Response:
        """Send a request and read the whole response.

        Args:
            method: The HTTP method.
            url: The whole URL, without the query.
            headers: More headers.
            params: The query, as httpx takes it.
            json: The body, to be encoded as JSON.
            content: The body as it is.
            authenticated: Whether to send the token.
            raw: Return a response with any status.
            repeatable: Whether to send the request again if the response is lost; None: for GET, HEAD, OPTIONS and
                DELETE. True only for a PUT that is idempotent.

        Raises:
            HTTPError: The status is 300 or more, unless `raw`.
            ConnectionFailed: There was no usable response.
        """
        request = self.build(method, url, headers, params, json, content, repeatable)
        if authenticated and self.dry_run():
            return self._print(request)  # type: ignore[no-any-return]
        try:
            response = self._send(request, authenticated, stream=False)
        finally:
            if authenticated and is_write(request):
                self.changed()
        # The stream of httpx refers to its response: a cycle, which would keep the content of each page of a long list.
        response.stream = httpx.ByteStream(b"")
        if response.status_code >= 300 and not raw:
            raise self.response_error(response)
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
        """Send a request and yield its response, to be read in pieces: `iter_bytes` or `iter_raw`.

        The errors are those of `request`; a connection that breaks in the block is a ConnectionFailed too.
        """
        request = self.build(method, url, {**DATA_HEADERS, **(headers or {})}, params)
        if authenticated and self.dry_run():
            yield self._print(request)
            return
        response = self._send(request, authenticated, stream=True)
        try:
            if response.status_code >= 300:
                self.connections.limit(self.response_seconds)
                response.read()
                raise self.response_error(response)
            yield response
        except httpx.HTTPError as error:
            self.check_interrupt()
            raise self._connection_error(error, request) from None
        finally:
            self.connections.limit(None)
            response.close()

    def request_without_token(
        self, method: str, url: str, headers: dict[str, str], json: Any
    ) -> tuple[int, Mapping[str, str], Any]:
        """Send a request without a token; return the status, the headers, and the body as JSON or else as text.

        `json` may be bytes: the body as it is.
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
        return response.status_code, response.headers, decode_body(response)

    def json(self, response: httpx.Response) -> Any:
        """Return the decoded JSON of a response, None if it is empty. Raises ConnectionFailed if it is not JSON."""
        if isinstance(response, NotSent):
            return response
        if not response.content.strip():
            return None
        try:
            return response.json()
        except (ValueError, RecursionError):
            pass
        raise self.not_json(response)

    def page(self, response: httpx.Response, key: str) -> Any:
        """Return the decoded JSON of a response with a list, as `json` does; a LargePage if it is large.

        Args:
            response: The response.
            key: The key of the list.
        """
        return large_page(response.content, key, self.not_json(response)) or self.json(response)

    def not_json(self, response: httpx.Response) -> ConnectionFailed:
        """Return the error for a response that is not JSON."""
        url = str(response.request.url)
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip()
        if "json" in kind:
            return ConnectionFailed(
                f"The response of {message_url(url)} is not valid JSON: it is truncated or damaged.",
                "Try again; if the error stays, a proxy may truncate responses.",
            )
        return ConnectionFailed(
            f"{message_url(url)} did not answer with JSON ({kind or 'no content type'}): "
            f"is {host_port(url)} an OpenStack endpoint?",
            "The response may come from a proxy or a login page; check the auth URL and the endpoint.",
        )

    def response_error(self, response: httpx.Response) -> OstkError:
        """Return the error for a response with a status of 300 or more."""
        status, url = response.status_code, str(response.request.url)
        body = decode_body(response)
        if status == 400 and isinstance(body, str) and "plain http" in body.lower():
            return ConnectionFailed(f"{host_port(url)} speaks https, not http.", f"Use https{message_url(url)[4:]}.")
        remember_request(response.request.headers.multi_items(), sent_body(response.request))
        message, hint = sentence(status, body), ""
        if status == 407:
            return ConnectionFailed(f"The proxy for {host_port(url)} requires authentication: {message}.")
        if status in REDIRECTS and response.headers.get("Location"):
            message = (
                f"{message_url(url)} redirects to {message_url(str(response.headers['Location']))} (HTTP {status})"
            )
        unknown = is_write(response.request) and (status in (502, 504) or "lost" in response.request.extensions)
        if unknown:
            hint = hint or MAY_BE_DONE
        if self.debug and (number := request_id(response)):
            hint = f"{hint} Request ID: {number}".strip()
        error = http_error(status, message, hint)
        error.outcome_unknown = unknown
        if isinstance(error, HTTPError):
            error.renewed = bool(response.request.extensions.get("renewed"))
        return error

    def print_without_token(self, method: str, url: str, headers: dict[str, str], json: Any) -> NoReturn:
        """Print a request without a token, and end the dry run: `request_without_token` of a dry run.

        Raises:
            DryRunEnd: Always.
        """
        content = json if isinstance(json, bytes) else None
        body = None if content is not None else json
        self._print(self.build(method, url, headers, json=body, content=content), token=False)
        raise DryRunEnd

    def _print(self, request: httpx.Request, token: bool = True) -> Any:
        """Print a request as a cURL command, with or without a token; return what stands for its response.

        Raises:
            DryRunEnd: The request reads: its success alone may be what the command asks for.
        """
        from ..console import write_text
        from .curl import command

        write_text(command(request, token))
        if not is_write(request):
            raise DryRunEnd
        return NotSent()

    # -- sending ----------------------------------------------------------------------------------

    def build(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None = None,
        params: Any = None,
        json: Any = None,
        content: Content = None,
        repeatable: bool | None = None,
    ) -> httpx.Request:
        """Return a request; the arguments and the errors are those of `request`."""
        check_headers(headers or {})
        body: Any = content
        resendable = complete = content is None or isinstance(content, str | bytes)
        sent = {**self.headers, **{name.lower(): (name, value) for name, value in (headers or {}).items()}}
        if hasattr(content, "read") and hasattr(content, "seek"):
            with contextlib.suppress(OSError, ValueError):
                body = Upload(content)  # type: ignore[arg-type]
                resendable = True
                sent.setdefault("content-length", ("Content-Length", str(body.size)))
        try:
            # Client.build_request would merge the headers, the query and the URL once more, in twice the time.
            request = httpx.Request(
                method,
                url,
                headers=list(sent.values()),
                params=params or None,
                json=json,
                content=body,
                cookies=self.client.cookies if self.client.cookies.jar else None,
                extensions={
                    "timeout": (self.client.timeout if complete else self.upload_timeout).as_dict(),
                    "resendable": resendable,
                    "repeatable": resendable and (method.upper() in IDEMPOTENT if repeatable is None else repeatable),
                    "trace": self.connections.trace,
                    **({"file": content} if isinstance(body, Upload) else {}),
                },
            )
        except UnicodeError:
            raise ConfigError(f"The request for {message_url(url)} contains text that is not valid Unicode.") from None
        except (httpx.InvalidURL, ValueError) as error:
            # The reason may quote a part of a password, which httpx takes for a port.
            reason = "" if "@" in url else f": {error}"
            raise ConnectionFailed(f"A request for {message_url(url)} cannot be made{reason}.") from None
        if request.url.scheme not in ("http", "https") or not request.url.host:
            raise ConnectionFailed(f"{message_url(url)!r} is not an http or https URL.")
        return request

    def _send(self, request: httpx.Request, authenticated: bool, stream: bool) -> httpx.Response:
        """Send a request; retry and follow redirects if that is safe."""
        for _ in range(MAX_REDIRECTS + 1):
            response = self._send_with_retries(request, authenticated, stream)
            following = redirected_request(request, response, authenticated)
            if following is None:
                return response
            response.close()
            request = following
        raise ConnectionFailed(f"{message_url(str(request.url))} redirects more than {MAX_REDIRECTS} times.")

    def _send_with_retries(self, request: httpx.Request, authenticated: bool, stream: bool) -> httpx.Response:
        """Send a request until there is a response that is not to be retried.

        A DELETE that gets a 404 after the response to an earlier try was lost has succeeded.
        """
        resendable, repeatable = request.extensions["resendable"], request.extensions["repeatable"]
        tries, waited = 1, 0.0
        while True:
            asked = None
            self.check_interrupt()
            try:
                response = self._send_once(request, authenticated, stream)
            except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
                self.check_interrupt()
                if may_have_arrived(error):
                    request.extensions["lost"] = True
                if not resendable or tries >= MAX_TRIES or not is_retryable(error, repeatable):
                    raise self._connection_error(error, request, authenticated) from None
            else:
                status = response.status_code
                if status in (404, 410) and request.method == "DELETE" and "lost" in request.extensions:
                    response.close()
                    return httpx.Response(204, request=request)
                # A service that answers 429 has done nothing; one that answers 503 may have started.
                if not (
                    (status in (429, 503) and repeatable) or (status == 429 and resendable and request.method == "PUT")
                ):
                    return response
                asked = retry_after(response.headers.get("Retry-After", ""))
                if tries >= MAX_TRIES or waited + (asked or 0) > MAX_WAIT:
                    return response
                response.close()
                if status == 503:
                    request.extensions["lost"] = True
            wait = retry_delay(tries, asked)
            self.sleep(wait)
            waited += wait
            tries += 1

    def _send_once(self, request: httpx.Request, authenticated: bool, stream: bool) -> httpx.Response:
        if request.url.scheme == "https":
            self.trust.load()
        request.extensions["stream"] = stream
        # With auth=None, httpx would send a user and a password in the URL as basic authentication.
        auth = self.auth if authenticated else httpx.Auth()
        roots = self.trust.roots
        # TokenAuth may request a new token in between, in this thread.
        before = self.connections.limit(max(self.response_seconds, request.extensions["timeout"]["read"]))
        try:
            return self.client.send(request, auth=auth, stream=stream)
        except httpx.ConnectError as error:
            failed = cause(error, ssl.SSLCertVerificationError)
            unknown = isinstance(failed, ssl.SSLCertVerificationError) and failed.verify_code in (18, 19, 20, 21)
            if unknown and self.trust.add_certifi(roots):
                return self.client.send(request, auth=auth, stream=stream)
            raise
        finally:
            self.connections.limit(before)

    def _connection_error(
        self, error: Exception, request: httpx.Request, authenticated: bool = True
    ) -> ConnectionFailed:
        """Return the error for an exception of httpx."""
        times = request.extensions["timeout"]
        seconds = times["connect" if isinstance(error, httpx.ConnectTimeout) else "read"]
        total = max(self.response_seconds, times["read"])
        failed = connection_error(error, str(request.url), self.trust.roots, seconds, total)
        if "lost" in request.extensions and authenticated and is_write(request):
            failed.outcome_unknown = True
            failed.hint = failed.hint if isinstance(error, httpx.TimeoutException) else MAY_BE_DONE
        return failed

    def _trace_request(self, request: httpx.Request) -> None:
        request.extensions["started"] = time.perf_counter()
        if self.debug:
            body = sent_body(request) if isinstance(request.stream, httpx.ByteStream) else None
            self.trace.request(request.method, str(request.url), request.headers.multi_items(), body)

    def _trace_response(self, response: httpx.Response) -> None:
        request = response.request
        complete = not request.extensions.get("stream", False)
        if complete:
            response.read()
        self.trace.response(
            request.method,
            str(request.url),
            f"{response.status_code} {response.reason_phrase}",
            response.headers.multi_items(),
            response.content if complete else None,
            time.perf_counter() - request.extensions["started"],
        )


def in_process_transport(handler: Handler) -> httpx.MockTransport:
    """Return a transport that answers requests with a function."""
    return httpx.MockTransport(lambda request: handler(request, httpx))


def fetch_json(url: str, timeout: float = CONNECT_SECONDS) -> Any:
    """Return the JSON at a public URL, requested without credentials. Raises OstkError."""
    http = Http(Settings({"api_timeout": Value(timeout, "")}), lambda refused: "")
    try:
        return http.json(http.request("GET", url, authenticated=False))
    except HTTPError as error:
        raise ConnectionFailed(f"{message_url(url)}: {error.message}") from None
    finally:
        http.close()
