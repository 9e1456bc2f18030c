"""Error bodies of the services: the message in each of their formats."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostk.api.error_body import message_in, sentence

GLANCE_PAGE = """<html>
 <head>
  <title>409 Conflict</title>
 </head>
 <body>
  <h1>409 Conflict</h1>
  Image &lt;x&gt; is in use.<br /><br />
 </body>
</html>"""
MALFORMED = "The server could not comply with the request since it is either malformed or otherwise incorrect."
TRACEBACK = 'Traceback (most recent call last):\n  File "x.py", line 1, in x\n    y()\n\nKeyError: z\n'
SWIFT_PAGE = "<html><h1>Not Found</h1><p>The resource could not be found.</p></html>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"badRequest": {"message": "No such flavor.", "code": 400}}, "No such flavor."),
        ({"NeutronError": {"type": "X", "message": "In use.", "detail": ""}}, "In use."),
        ({"NeutronError": "Plain text"}, "Plain text"),
        ({"error": {"code": 403, "message": "Not allowed.", "title": "Forbidden"}}, "Not allowed."),
        ({"errors": [{"status": 404, "title": "Not Found", "detail": "No provider.\n\n "}]}, "No provider."),
        (
            {"errors": [{"detail": "The resource could not be found.\n\n No such trait(s): T.  "}]},
            "No such trait(s): T.",
        ),
        ({"errors": [{"detail": "The resource could not be found.\n\n   "}]}, "The resource could not be found."),
        (
            {"errors": [{"detail": f"{MALFORMED}\n\n JSON does not validate: 'x' is too long  "}]},
            "JSON does not validate: 'x' is too long",
        ),
        (f"<h1>403 Forbidden</h1>Access was denied to this resource.<br /><br />Not {MALFORMED}", f"Not {MALFORMED}"),
        ({"explanation": "x", "code": 404, "error": {"message": "No stack.", "type": "S"}}, "No stack."),
        ({"faultcode": "Client", "faultstring": "Bad pool.", "debuginfo": None}, "Bad pool."),
        ({"error_message": '{"faultstring": "No node.", "faultcode": "Client"}'}, "No node."),
        ({"error_message": {"faultstring": "No node."}}, "No node."),
        ({"code": 404, "title": "Not Found", "description": "No metric."}, "No metric."),
        (
            {"title": "Bad Request", "description": {"cause": "Bad value", "detail": "start", "reason": "No time"}},
            "Bad value: No time (start)",
        ),
        (
            {"description": {"cause": "No method", "detail": {"metric": "m", "method": "x"}}},
            "No method (metric: m, method: x)",
        ),
        (
            {"description": {"cause": "Bad input", "reason": "No @ data['a']", "detail": ["a"]}},
            "Bad input: No @ data['a']",
        ),
        ({"message": "No zone.", "code": 404, "type": "zone_not_found"}, "No zone."),
        ({"message": "Wrong.<br /><br />\n\n\n", "code": "401", "title": "Unauthorized"}, "Wrong."),
        ({"forbidden": {"message": "Quota <cores> exceeded", "code": 403}}, "Quota <cores> exceeded"),
        ({"faultstring": f"The name is taken.\n{TRACEBACK}"}, "The name is taken."),
        (
            {"faultstring": f"Remote error: KeyError z\n{TRACEBACK.splitlines(keepends=True)}."},
            "Remote error: KeyError z",
        ),
        ({"message": TRACEBACK}, "KeyError: z"),
        (TRACEBACK, "KeyError: z"),
        (f"<h1>Internal Error</h1><pre>{TRACEBACK}</pre>", "KeyError: z"),
        (GLANCE_PAGE, "Image <x> is in use."),
        (SWIFT_PAGE, "The resource could not be found."),
        ("<html><body><h1>503 Service Unavailable</h1></body></html>", "503 Service Unavailable"),
        ("\n\n  first line  \nsecond", "first line"),
        ("x" * 1000, "x" * 300),
        ("", ""),
        (None, ""),
        ({}, ""),
        ([], ""),
        (7, ""),
    ],
)
def test_said(body: Any, text: str) -> None:
    assert message_in(body) == text


@pytest.mark.parametrize(
    ("status", "body", "text"),
    [
        (409, GLANCE_PAGE, "Image <x> is in use. (HTTP 409)"),
        (404, "404 Not Found: no such thing", "no such thing (HTTP 404)"),
        (401, {"error": {"message": "Who? (HTTP 401)"}}, "Who? (HTTP 401)"),
        (500, "", "Internal Server Error (HTTP 500)"),
        (599, None, "The service gave no reason (HTTP 599)"),
    ],
)
def test_sentence(status: int, body: Any, text: str) -> None:
    assert sentence(status, body) == text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["message", "error", "detail", "x"]), inner),
)


@given(JSON | st.text(alphabet="<>/h1tile &;ab\n"))
def test_any_body_gives_one_line(body: Any) -> None:
    text = sentence(400, body)
    assert "\n" not in text
    assert text.endswith("(HTTP 400)")
    assert len(text) <= 1300
