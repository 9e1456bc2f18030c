"""Every way a command fails, its message and its exit code.

    OstkError                     1   anything that went wrong after the command line was understood
    ├── ConfigError                   settings are missing, unreadable or contradict each other
    ├── AuthError                     Keystone refused the credentials
    ├── CatalogError                  the cloud has no such service, endpoint, region or version
    ├── ConnectionFailed              no usable answer: network, TLS, proxy, time-out, not JSON
    ├── HTTPError                     a service answered 300 or more
    │   ├── BadRequest  Forbidden  NotFound  Conflict
    ├── NotFoundError                 no resource has this name or ID
    ├── AmbiguousError                more than one resource has this name
    ├── WaitError                     what was waited for cannot come about any more
    │   └── WaitTimeout           124   the time of --timeout is over
    ├── FileError                     a file on this machine cannot be read or written
    └── PartialFailure                some of several things failed; each was already named
        └── PartialTimeout        124   only because the time of --timeout is over
    click.UsageError              2   the command line itself is wrong; nothing was sent

A message is one line that says what is wrong; `hint` is a second one that says what to do.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click


class OstkError(click.ClickException):
    """A failure that ends the command with exit status 1.

    `message` is one line; `hint`, if there is one, says what to do next. `outcome_unknown` says whether the service may
    have carried out the request, although there was no response.
    """

    exit_code = 1
    outcome_unknown = False

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint

    def show(self, file: IO[Any] | None = None) -> None:
        """Write the message and its hint, a line each, to a file or standard error; secrets are hidden."""
        from .display import above_displays
        from .log_file import log
        from .redaction import redact_text
        from .text import visible

        if file is None:
            log("\n".join(filter(None, (self.message, self.hint))), "ERROR")
        with above_displays():
            for line in (self.message, self.hint):
                if line:
                    click.echo(visible(" ".join(redact_text(line).split())), file=file, err=file is None)


class ConfigError(OstkError):
    """Settings are missing, unreadable or contradict each other."""


class AuthError(OstkError):
    """Keystone refused the credentials."""


class CatalogError(OstkError):
    """The cloud has no such service, endpoint, region or version."""


class ConnectionFailed(OstkError):
    """There was no usable response: network, TLS, proxy, time-out, or a body that is not JSON."""


class HTTPError(OstkError):
    """A service answered with a status of 300 or more.

    `renewed` says whether the request was sent again with a new token, after the first token was refused.
    """

    renewed = False

    def __init__(self, status: int, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.status = status


class BadRequest(HTTPError):
    """400: the service does not accept the request."""


class Forbidden(HTTPError):
    """403: policy or quota forbids it."""


class HTTPNotFound(HTTPError):
    """404: there is nothing at this URL."""


class Conflict(HTTPError):
    """409: the state of the resource does not allow it."""


class ResourceNotFound(OstkError):
    """No resource has this name or ID."""


class AmbiguousError(OstkError):
    """More than one resource has this name."""


class WaitError(OstkError):
    """A resource went into a state that is not the one waited for."""


class WaitTimeout(WaitError):
    """The time for which a command may wait is over; the operation goes on."""

    exit_code = 124


class FileError(OstkError):
    """A file on this machine cannot be read or written."""


class PartialFailure(OstkError):
    """Some of several operations failed; each failure was already reported. `done` are the results of the others."""

    done: tuple[Any, ...] = ()


class PartialTimeout(PartialFailure):
    """The time to wait was over for some of several resources, and nothing else failed."""

    exit_code = 124


@contextmanager
def after(done: str) -> Iterator[None]:
    """Prepend what was done before the block to errors in it: `The image was created (ID)`.

    A WaitError is not changed: its message names the resource.
    """
    try:
        yield
    except WaitError:
        raise
    except OstkError as error:
        raise OstkError(f"{done}; {error.message}", error.hint) from error


STATUS_ERRORS: dict[int, type[HTTPError]] = {400: BadRequest, 403: Forbidden, 404: HTTPNotFound, 409: Conflict}


def http_error(status: int, message: str, hint: str = "") -> HTTPError:
    """Return the error for an HTTP status."""
    return STATUS_ERRORS.get(status, HTTPError)(status, message, hint)
