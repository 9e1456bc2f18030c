"""The main workflow on a real cloud, with each usual configuration: create, list and delete a server.

Needs OS_* variables or OS_CLOUD for a user with a network to put a server on; OSTK_IMAGE, OSTK_FLAVOR and
OSTK_NETWORK name what to use where the first of each will not do.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

OURS = Path(sys.executable).with_name("ostk")
ENVIRONMENT = dict(os.environ)  # the fixtures of the other tests hide it
WAYS = ("as it is", "application credential", "openrc read", "openrc sourced")

pytestmark = pytest.mark.cloud


class Login:
    """A configuration: additional environment variables, and options before each command."""

    def __init__(self, variables: Mapping[str, str], words: str = "", source: str = "") -> None:
        self.environment = {k: v for k, v in ENVIRONMENT.items() if not k.startswith("OS_")} | dict(variables)
        self.words, self.source = words, source

    def __call__(self, line: str) -> str:
        """Run a command, which must succeed; return its output."""
        command = f"{self.source}{OURS} {self.words} {line}"
        done = subprocess.run(
            command,
            shell=True,
            capture_output=True,
            text=True,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        assert done.returncode == 0, f"{line}: {done.stdout}{done.stderr}"
        return done.stdout.strip()

    def data(self, line: str) -> Any:
        """Return the JSON output of a command."""
        return json.loads(self(f"{line} -f json"))


@pytest.fixture
def login(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Login]:
    """Return the configuration that the test asks for."""
    usual = Login({k: v for k, v in ENVIRONMENT.items() if k.startswith("OS_")})
    if request.param == "as it is":
        yield usual
        return
    settings = usual.data("configuration show --unmask")
    variables = {
        f"OS_{key.removeprefix('auth.').upper()}": str(value)
        for key, value in settings.items()
        if key.startswith("auth.") or key == "region_name"
    }
    if request.param == "application credential":
        secret = usual.data("application credential create ostk-main-job")
        given = {"ID": secret["ID"], "SECRET": secret["Secret"]}
        kept = {key: value for key, value in variables.items() if key in ("OS_AUTH_URL", "OS_REGION_NAME")}
        yield Login(kept | {f"OS_APPLICATION_CREDENTIAL_{key}": value for key, value in given.items()})
        usual(f"application credential delete {secret['ID']}")
        return
    openrc = tmp_path / "openrc"
    openrc.write_text("".join(f"export {key}='{value}'\n" for key, value in variables.items()))
    if request.param == "openrc read":
        yield Login({}, words=f"--openrc {openrc}")
    else:
        yield Login({}, source=f". {openrc}; ")


@pytest.mark.parametrize("login", WAYS, indirect=True)
def test_a_server_is_made_listed_and_deleted(login: Login) -> None:
    image = os.environ.get("OSTK_IMAGE") or login.data("image list --status active")[0]["Name"]
    flavor = os.environ.get("OSTK_FLAVOR") or login.data("flavor list")[0]["Name"]
    network = os.environ.get("OSTK_NETWORK") or login.data("network list --internal")[0]["Name"]
    name = "ostk-main-job"
    made = login.data(f"server create --image {image} --flavor {flavor} --network {network} --wait {name}")
    try:
        assert made["status"] == "ACTIVE"
        assert network in made["addresses"]
        assert [made["id"], name, "ACTIVE", image] in [
            [one["ID"], one["Name"], one["Status"], one["Image"]] for one in login.data("server list")
        ]
    finally:
        login(f"server delete --wait {made['id']}")
    assert made["id"] not in [one["ID"] for one in login.data("server list")]
