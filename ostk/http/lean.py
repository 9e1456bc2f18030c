"""The client of httpx without the steps of each request that ostk does not use."""

from typing import Any

from .imports import httpx
from .proxies import ProxyTransport


class LeanClient(httpx.Client):
    """A client that sends a request in a third of the time of httpx.Client.

    It follows no redirects, keeps no history and no elapsed time, logs nothing, and looks for cookies only in
    responses that have some. `auth`, the event hooks and the transports are those of httpx.
    """

    def send(
        self, request: httpx.Request, *, stream: bool = False, auth: Any = None, follow_redirects: Any = False
    ) -> httpx.Response:
        """Send a request; `auth` is an httpx.Auth."""
        flow = auth.sync_auth_flow(request)
        try:
            request = next(flow)
            while True:
                response = self.answered(request)
                try:
                    try:
                        request = flow.send(response)
                    except StopIteration:
                        if not stream:
                            response.read()
                        return response
                    response.read()
                except BaseException:
                    response.close()
                    raise
        finally:
            flow.close()

    def transport(self, url: str) -> httpx.BaseTransport:
        """Return the transport for a URL: it sends directly, through a proxy, or to a service in this process."""
        address = httpx.URL(url)
        found = self._transport_for_url(address)
        return found.transport_for(address) if isinstance(found, ProxyTransport) else found

    def answered(self, request: httpx.Request) -> httpx.Response:
        """Return the response to a request, after the event hooks have seen both."""
        for hook in self.event_hooks["request"]:
            hook(request)
        try:
            response = self._transport_for_url(request.url).handle_request(request)
        except httpx.RequestError as error:
            error.request = request
            raise
        response.request = request
        try:
            if "Set-Cookie" in response.headers:
                self.cookies.extract_cookies(response)
            for hook in self.event_hooks["response"]:
                hook(response)
        except BaseException:
            response.close()
            raise
        return response
