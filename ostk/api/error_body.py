"""Error bodies: the message in the body of a failed request, as one line."""

import json
import re
from typing import Any

LONGEST = 300  # characters of a message that is no field of a known shape
TRACEBACK = re.compile(r"(?:\[['\"])?Traceback \(most recent call last\):")  # as text, or as oslo.messaging's list
KEYS = ("message", "faultstring", "detail", "error_message", "description", "error", "title", "errors", "reason")
# The sentence of a status with which Placement and Glance begin, before the cause.
STATUS_SENTENCE = re.compile(
    r"(The server could not comply with the request since it is either malformed or otherwise incorrect|"
    r"Access was denied to this resource|The resource could not be found|"
    r"There was a conflict when trying to complete your request)\.\s+(?=\S)"
)
TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
    501: "Not Implemented",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


def message_in(body: Any) -> str:
    """Return the message in a body (decoded JSON, or text where it was none), "" if it has none.

    Knows the shapes of nova {"badRequest": {"message"}}, neutron {"NeutronError": {"message"} or text},
    keystone {"error": {"message"}}, placement {"errors": [{"detail"}]}, octavia {"faultstring"}, ironic
    {"error_message": "JSON as text"}, designate {"message"}, gnocchi {"description": text or {"cause", "reason",
    "detail"}}, and the web pages of glance and swift.
    """
    text = (
        _line(_find(body, 0), whole=True) if not isinstance(body, str) else _page(body) if "<" in body else _line(body)
    )
    cause = STATUS_SENTENCE.match(text)
    return text[cause.end() :] if cause else text


def _find(value: Any, depth: int) -> str:
    """Return the first message in nested JSON: under the keys that services use, else in an inner object."""
    if depth > 4:
        return ""
    if isinstance(value, str):
        if depth and value.lstrip().startswith("{"):
            try:
                return _find(json.loads(value), depth + 1) or value
            except (ValueError, RecursionError):
                return value
        return value
    if isinstance(value, list):
        return next(filter(None, (_find(one, depth + 1) for one in value)), "")
    if not isinstance(value, dict):
        return ""
    if isinstance(value.get("cause"), str):
        return _cause(value)
    for key in KEYS:
        if (found := value.get(key)) and (text := _find(found, depth + 1)):
            return text
    wrapped = [one for one in value.values() if isinstance(one, dict)]
    if wrapped:
        return next(filter(None, (_find(one, depth + 1) for one in wrapped)), "")
    # {"NeutronError": "text"} and its like: the one value is the message.
    texts = [one for one in value.values() if isinstance(one, str)]
    return texts[0] if len(value) == len(texts) == 1 else ""


def _cause(value: dict[str, Any]) -> str:
    """Return the message of an object of Gnocchi: a cause, and optionally a reason and details."""
    reason, detail = value.get("reason"), value.get("detail")
    if isinstance(detail, dict):
        detail = ", ".join(f"{key}: {one}" for key, one in detail.items())
    more = f" ({detail})" if detail and isinstance(detail, str) else ""
    return f"{value['cause']}{f': {reason}' if reason else ''}{more}"


def _page(text: str) -> str:
    """Return the text of an HTML page, without its title if there is other text."""
    import html

    text = re.sub(r"(?is)<(head|style|script)\b.*?</\1\s*>|<title\b.*?</title\s*>|<!--.*?-->", " ", text)
    heading = re.search(r"(?is)<h1[^>]*>(.*?)</h1\s*>", text)
    below = text.replace(heading.group(0), " ", 1) if heading else text
    for part in (below, heading.group(1) if heading else ""):
        words = " ".join(_without_traceback(html.unescape(re.sub(r"<[^>]*>", " ", part))).split())
        if words:
            return words[:LONGEST]
    return ""


def _without_traceback(text: str) -> str:
    """Return what a service says before a traceback, or else the exception at the end of the traceback.

    Cyborg 17 sends a traceback in the message for a device profile whose name is taken.
    """
    before, *after = TRACEBACK.split(text, maxsplit=1)
    return before if before.strip() or not after else after[0].strip().rpartition("\n")[2]


def _line(text: str, whole: bool = False) -> str:
    text = _without_traceback(text)
    # Glance has the tags of its web pages in the messages of its JSON too.
    text = re.sub(r"(?i)<br */?>|</?(p|b|i|h\d|pre|code)>", " ", text)
    lines = [" ".join(line.split()) for line in text.splitlines()]
    lines = [line for line in lines if line]
    if whole:
        return " ".join(lines)[: 4 * LONGEST]
    return lines[0][:LONGEST] if lines else ""


def sentence(status: int, body: Any) -> str:
    """Return the message of an error response: what the service says, then the status."""
    text = message_in(body)
    title = TITLES.get(status, "")
    if not text:
        text = title or ("The service redirects elsewhere" if 300 <= status < 400 else "The service gave no reason")
    # Some texts have the status already: "409 Conflict: …", "… (HTTP 409)".
    if title:
        text = re.sub(rf"^{status}\s+({re.escape(title)}[\s:.]+(?=\S)|(?={re.escape(title)}$))", "", text)
    text = re.sub(rf"\s*\(HTTP {status}\)\.?", "", text).rstrip()
    return f"{text} (HTTP {status})"
