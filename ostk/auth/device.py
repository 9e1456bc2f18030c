"""Device authorization (RFC 8628): the user signs in with a browser on any machine, ostk waits for the token."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..api.error_body import message_in
from ..console import write_message
from ..errors import AuthError, ConfigError, ConnectionFailed
from .keystone import Send
from .openid import OpenID

if TYPE_CHECKING:
    from ..config.settings import Settings

GRANT = "urn:ietf:params:oauth:grant-type:device_code"
INTERVAL, SLOWER, LONGEST = 5.0, 5.0, 3600.0  # seconds between requests, more of them, and to wait in all
FAILURES = 3  # requests in a row that may fail while the user signs in


def device(settings: Settings) -> Callable[..., DeviceAuthorization]:
    """Return the constructor for the settings; it takes the arguments of OpenID."""
    method = settings.text("code_challenge_method")
    if method not in ("", "plain", "S256"):
        raise ConfigError(
            f"The code challenge method {method!r} does not exist ({settings.source('code_challenge_method')}).",
            "There are plain and S256.",
        )
    endpoint = settings.text("device_authorization_endpoint")

    def make(*placed: Any, **named: Any) -> DeviceAuthorization:
        return DeviceAuthorization(*placed, **named, endpoint=endpoint, challenge_method=method)

    return make


class DeviceAuthorization(OpenID):
    """A token from an OpenID Connect provider, for which the user signs in with a browser."""

    def __init__(self, *placed: Any, endpoint: str, challenge_method: str, **named: Any) -> None:
        super().__init__(*placed, **named)
        self.device_endpoint, self.challenge_method = endpoint, challenge_method

    def provided(self, send: Send) -> str:
        """Ask the user to sign in, and return the access token from the provider once that is done."""
        option = "--os-device-authorization-endpoint"
        place = self.endpoint(send, "device authorization", self.device_endpoint, option)
        token_place = self.endpoint(send, "token", self.token_endpoint, "--os-access-token-endpoint")
        challenge, proof = self.challenge()
        # Entra ID asks for the client's ID beside its secret too.
        status, body = self.post(send, place, {**self.form, **challenge}, name_client=True)
        answer = body if isinstance(body, dict) and status < 300 else {}
        code, page = answer.get("device_code"), answer.get("verification_uri") or answer.get("verification_url")
        if not isinstance(code, str) or not isinstance(page, str):
            text = message_in(body.get("error_description") or body if isinstance(body, dict) else body)
            raise AuthError(
                f"The identity provider at {place} does not let this client ask for a sign-in on a device: "
                f"{text or 'no reason given'} (HTTP {status})."
            )
        # The URL may hold the user code (RFC 8628, verification_uri_complete), which the user must see.
        write_message(f"To sign in, open {_page(answer, page)}", redact=False)
        form = {"grant_type": GRANT, "device_code": code, **proof}
        return self.wait(
            send, token_place, form, _seconds(answer, "interval", INTERVAL), _seconds(answer, "expires_in")
        )

    def challenge(self) -> tuple[dict[str, str], dict[str, str]]:
        """Return what proves that both requests are from one client (RFC 7636), for the first and for the others."""
        if not self.challenge_method:
            return {}, {}
        from base64 import urlsafe_b64encode
        from hashlib import sha256
        from secrets import token_urlsafe

        verifier = challenge = token_urlsafe(48)
        if self.challenge_method == "S256":
            challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
        first = {"code_challenge": challenge, "code_challenge_method": self.challenge_method}
        return first, {"code_verifier": verifier}

    def wait(self, send: Send, place: str, form: dict[str, str], interval: float, seconds: float) -> str:
        """Ask for the access token until the user has signed in; `seconds` is how long the code is valid."""
        end, failures = time.monotonic() + seconds, 0
        while True:
            time.sleep(interval)
            try:
                status, body = self.post(send, place, form, name_client=True)
            except ConnectionFailed:
                failures += 1
                if failures >= FAILURES:
                    raise
                status, body = 503, None
            else:
                failures = failures + 1 if status == 429 or status >= 500 else 0
            error = body.get("error") if isinstance(body, dict) else ""
            waiting = status >= 400 and error in ("authorization_pending", "slow_down")
            if not waiting and not 0 < failures < FAILURES:
                break
            if time.monotonic() + interval > end:
                error = "expired_token"
                break
            if error == "slow_down" or failures:
                interval += SLOWER
        if error == "expired_token":
            raise AuthError(
                "The device code expired before anybody signed in.", "Run the command again for another code."
            )
        if error == "access_denied":
            raise AuthError("The sign-in was refused at the identity provider.")
        return self.access_token(place, status, body)


def _page(answer: dict[str, Any], page: str) -> str:
    """Return where the user signs in, and the code to enter or to compare."""
    complete, code = answer.get("verification_uri_complete"), str(answer.get("user_code") or "")
    if isinstance(complete, str) and complete:
        return f"{complete} in a browser" + (f" and check that it shows the code {code}." if code else ".")
    return f"{page} in a browser and enter the code {code}."


def _seconds(answer: dict[str, Any], key: str, default: float = LONGEST) -> float:
    """Return a number of seconds in an answer, within bounds."""
    try:
        return min(max(1.0, float(answer[key])), LONGEST)
    except (KeyError, TypeError, ValueError):
        return default
