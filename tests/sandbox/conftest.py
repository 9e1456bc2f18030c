"""The practice cloud without a client: requests as one of its users, with a clock that the test sets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from ostk import sandbox
from ostk.sandbox import store

Json = dict[str, Any]


class Practice:
    """A practice cloud; `seconds` is the time since the test began."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.begun = 1_800_000_000.0
        self.tokens: dict[str, str] = {}

    def time(self) -> float:
        """The time."""
        return self.begun + self.seconds

    def send(
        self, line: str, body: Any = None, token: str = "", content: bytes = b"", **headers: Any
    ) -> httpx.Response:
        """Return the response to "METHOD /path"; header names have underscores, the body is JSON or bytes."""
        method, path = line.split(" ", 1)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            sent["X-Auth-Token"] = token
        data: Any = {"json": body} if body is not None else {"content": content}
        request = httpx.Request(method, sandbox.ADDRESS + path, headers=sent, **data)
        answer = sandbox.answer(request, httpx)
        assert isinstance(answer, httpx.Response)
        answer.read()
        return answer

    def token(self, who: str = "demo", project: str = "") -> str:
        """Return a token of a user, for the project of the same name or another one."""
        key = f"{who}/{project}"
        if key not in self.tokens:
            user = {"name": who, "domain": {"id": "default"}, "password": "sandbox"}
            identity = {"methods": ["password"], "password": {"user": user}}
            scope = {"project": {"name": project or who, "domain": {"id": "default"}}}
            answer = self.send("POST /identity/v3/auth/tokens", {"auth": {"identity": identity, "scope": scope}})
            assert answer.status_code == 201, answer.text
            self.tokens[key] = answer.headers["X-Subject-Token"]
        return self.tokens[key]

    def ask(self, line: str, body: Any = None, who: str = "demo", **headers: Any) -> httpx.Response:
        """Return the response to a request of a user; readers and managers use the project demo."""
        project = "demo" if who in ("demo_reader", "demo_manager") else ""
        version: Json = {"OpenStack_API_Version": "compute 2.104"} if " /compute" in line else {}
        version |= {"OpenStack_API_Version": "volume 3.71"} if " /volume" in line else {}
        return self.send(line, body, self.token(who, project), **{**version, **headers})

    def get(self, path: str, who: str = "demo") -> Json:
        """Return the body of the response to a GET."""
        answer = self.ask(f"GET {path}", who=who)
        assert answer.status_code == 200, answer.text
        found: Json = json.loads(answer.text)
        return found

    def first(self, path: str, many: str, who: str = "demo") -> str:
        """Return the ID of the first resource in a list."""
        return str(self.get(path, who)[many][0]["id"])

    def server(self, **fields: Any) -> str:
        """Create a server and return its ID."""
        image = self.first("/image/v2/images?name=cirros", "images")
        server = {"name": "one", "flavorRef": "1", "imageRef": image, "networks": "auto", **fields}
        answer = self.ask("POST /compute/v2.1/servers", {"server": server})
        assert answer.status_code == 202, answer.text
        return str(answer.json()["server"]["id"])


@pytest.fixture
def practice(clean: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Practice:
    """Return a new practice cloud, with a clock that the test sets."""
    practice = Practice()

    class Clock:
        time = staticmethod(practice.time)

        def __getattr__(self, name: str) -> Any:
            import time

            return getattr(time, name)

    monkeypatch.setattr(store, "time", Clock())
    return practice
