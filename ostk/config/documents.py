"""URLs in discovery documents and profiles: whether credentials may be sent there."""

from urllib.parse import urlsplit

from ..errors import ConfigError


def checked_endpoint(url: str, document: str, name: str, advice: str) -> str:
    """Return a URL from a document if credentials may be sent there.

    A URL with https is accepted. A URL with http is accepted only on the host of a document that was itself read
    with http.

    Args:
        url: The URL that the document names.
        document: The URL of the document, as it is in the settings.
        name: What the URL is, for the message, such as "token endpoint".
        advice: The hint of the error.

    Raises:
        ConfigError: Credentials may not be sent to the URL.
    """
    try:
        there, here = urlsplit(url.strip()), urlsplit(document.strip())
        scheme, host = there.scheme.lower(), there.hostname
        insecure = here.scheme.lower() == "http" and host == here.hostname
    except ValueError:
        scheme, host, insecure = "", None, False
    if host and (scheme == "https" or (scheme == "http" and insecure)):
        return url.strip()
    reason = "it uses http, not https" if scheme == "http" else "it is not an https URL"
    raise ConfigError(f"{document} gives the {name} {url}, but {reason}: no credentials are sent there.", advice)
