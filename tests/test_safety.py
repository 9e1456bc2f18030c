"""Robustness: no traceback and no secret for any response or file; concurrent processes share the cache."""

from __future__ import annotations

import json
import os
import random
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from ostk.config.config import load
from ostk.errors import OstkError

from .conftest import Run
from .fake_cloud import ENVIRONMENT, FakeCloud
from .http.local_server import Answer, LocalServer, ReceivedRequest

MANY = 20_000
SECRETS = ["s3cret-password", "s3cret-token", "s3cret-application", "s3cret-code"]
LINES = [
    "flavor list",
    "network show one",
    "image list",
    "server list",
    "server show one",
    "keypair list",
    "catalog list",
]
KEYS = (
    "id name status flavors networks servers images keypairs links next token catalog endpoints user error"
    " message code badRequest version versions addresses flavor image metadata tags properties"
).split()


def value(chance: random.Random, depth: int = 3) -> Any:
    """Generate JSON."""
    resource = chance.randrange(9 if depth else 6)
    if resource >= 7:
        return {chance.choice(KEYS): value(chance, depth - 1) for _ in range(chance.randrange(4))}
    if resource == 6:
        return [value(chance, depth - 1) for _ in range(chance.randrange(4))]
    text = "".join(chance.choices(string.printable + "é\u202e\x1b\0", k=chance.randrange(12)))
    return [None, True, chance.randrange(-9, 10**6), chance.random(), text, "ACTIVE"][resource]


def reply(chance: random.Random, good: httpx.Response) -> httpx.Response:
    """Generate an invalid response."""
    status = chance.choice([200, 200, 200, 201, 204, 300, 302, 400, 401, 403, 404, 409, 413, 418, 500, 502])
    how = chance.randrange(6)
    if how == 0:
        body = good.content[: chance.randrange(len(good.content) + 1)]
    elif how == 1:
        body = chance.randbytes(chance.randrange(60))
    elif how == 2:
        body = b"<html><title>Sign in</title><body>" + b"x" * chance.randrange(200)
    elif how == 3:
        body = damaged(chance, good.content)
    elif how == 4:
        body = b"[" * chance.randrange(3000)
    else:
        body = json.dumps(value(chance)).encode()
    headers = {"Content-Type": chance.choice(["application/json", "text/html", "", "nonsense"])}
    if chance.random() < 0.1:
        headers["Location"] = chance.choice(["http://elsewhere/", "//", "http://cloud/again", "\\"])
    return httpx.Response(status, content=body, headers=headers)


def damaged(chance: random.Random, content: bytes) -> bytes:
    """Return a valid response with one value replaced by generated JSON."""
    try:
        data = json.loads(content)
    except ValueError:
        return content
    place: Any = data
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            return content
        key = chance.choice(keys)
        if isinstance(place[key], dict | list) and place[key] and chance.random() < 0.8:
            place = place[key]
            continue
        place[key] = value(chance)
        return json.dumps(data).encode()


def check(result: Any, what: str) -> None:
    """Assert a message of one or two lines, a known exit code, and no secret."""
    assert result.exception is None or isinstance(result.exception, SystemExit), (what, result.exception)
    assert result.exit_code in (0, 1, 2), what
    assert "Traceback" not in result.stderr, what
    if result.exit_code:
        assert 1 <= len(result.stderr.splitlines()) <= 4, (what, result.stderr)
    for secret in SECRETS:
        assert secret not in result.stdout + result.stderr, what


def converse(cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch, rounds: int) -> None:
    """Run commands against a cloud that sometimes sends invalid responses."""
    monkeypatch.setenv("OS_PASSWORD", SECRETS[0])
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    chance = random.Random(rounds)
    good = cloud.handle

    def handle(request: httpx.Request) -> httpx.Response:
        answer = good(request)
        return reply(chance, answer) if chance.random() < 0.4 else answer

    monkeypatch.setattr(cloud, "handle", handle)
    for number in range(rounds):
        if number % 10 == 0:
            ostk("cache clear")
        line = chance.choice(LINES)
        check(ostk(line), f"round {number}: {line}")


def test_any_response_ends_without_a_traceback(
    cloud_that_changes: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    converse(cloud_that_changes, ostk, monkeypatch, 300)


@pytest.mark.slow
def test_many_responses_end_without_a_traceback(
    cloud_that_changes: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    converse(cloud_that_changes, ostk, monkeypatch, MANY)


@pytest.fixture
def cloud_that_changes(cloud: FakeCloud) -> Iterator[FakeCloud]:
    """Return the fake cloud, whose `handle` a test can replace."""
    import respx

    with respx.mock(assert_all_called=False, using="httpx") as router:
        router.route().mock(side_effect=lambda request: cloud.handle(request))
        yield cloud


def written(chance: random.Random) -> str:
    """Generate a clouds.yaml, mostly well formed, with arbitrary values."""
    entry: dict[str, Any] = {
        "auth": {"auth_url": "http://k", "username": "u", "password": SECRETS[0], "project_name": "p"},
        "region_name": "RegionOne",
        "verify": True,
    }
    places: list[dict[str, Any]] = [entry, entry["auth"]]
    for _ in range(chance.randrange(4)):
        place = chance.choice(places)
        keys = [*place, "regions", "profile", "auth_type", "interface", "api_timeout", "cacert"]
        place[chance.choice(keys)] = chance.choice([value(chance), "{region_name}", "{", "~/x", ["a", "b"]])
    document = chance.choice(
        [{"clouds": {"c": entry}}, {"clouds": value(chance)}, value(chance), {"clouds": {"c": entry, "d": {}}}]
    )
    text = json.dumps(document)
    if chance.random() < 0.3:
        at = chance.randrange(len(text) + 1)
        text = text[:at] + "".join(chance.choices("{}[]:&*!|>-?%@`#\t\n'\"", k=3)) + text[at:]
    return text


def read_files(rounds: int) -> None:
    """Load settings from generated files, from the working directory."""
    chance = random.Random(rounds)
    for number in range(rounds):
        text = written(chance)
        Path("clouds.yaml").write_text(text)
        try:
            settings = load({"os_cloud": chance.choice(["c", "d", None])}, {"HOME": "."})
            said = " ".join(settings.warnings)
            settings.require("auth_url")
        except OstkError as error:
            said = f"{error.message} {error.hint}"
        except Exception as error:
            raise AssertionError(f"round {number}: {text!r}") from error
        assert SECRETS[0] not in said, text


def test_any_clouds_yaml_ends_without_a_traceback() -> None:
    read_files(300)


@pytest.mark.slow
def test_many_clouds_yaml_end_without_a_traceback() -> None:
    read_files(MANY)


WORDS = (
    'export OS_PASSWORD= OS_USERNAME= unset if [ -z "$OS_X" ]; then fi for key in $(set|awk) do done read -s'
    " $( ` ${ } ${OS_A:-x} ' \" \\ # ; & | ( ) < > \n \t \0 source . echo case esac function $1 setenv $env:A"
).split(" ")


def read_openrc(rounds: int) -> None:
    """Read generated openrc files."""
    from ostk.config.openrc.reader import parse

    chance = random.Random(rounds)
    for number in range(rounds):
        text = f"export OS_AUTH_URL=http://k/v3\nexport OS_PASSWORD={SECRETS[0]}\n"
        for _ in range(chance.randrange(12)):
            text += chance.choice([*WORDS, SECRETS[0], "\n", " ", "\n"]) + chance.choice([" ", "", "\n"])
        said = ""
        try:
            parse(text.encode(), "openrc", {"HOME": "/nowhere"})
        except OstkError as error:
            said = f"{error.message} {error.hint}"
        except Exception as error:
            raise AssertionError(f"round {number}: {text!r}") from error
        assert SECRETS[0] not in said, text


def test_any_openrc_ends_without_a_traceback() -> None:
    read_openrc(500)


@pytest.mark.slow
def test_many_openrc_files_end_without_a_traceback() -> None:
    read_openrc(MANY)


OPENID = {
    "OS_IDENTITY_PROVIDER": "idp",
    "OS_PROTOCOL": "openid",
    "OS_CLIENT_ID": "ostk",
    "OS_CLIENT_SECRET": SECRETS[2],
    "OS_ACCESS_TOKEN_ENDPOINT": "http://cloud/openid/token",
}
METHODS = [
    {"OS_AUTH_TYPE": "password", "OS_PASSWORD": SECRETS[0]},
    {"OS_AUTH_TYPE": "v3password", "OS_PASSWORD": SECRETS[0]},
    {"OS_AUTH_TYPE": "token", "OS_TOKEN": SECRETS[1]},
    {"OS_AUTH_TYPE": "v3token", "OS_TOKEN": SECRETS[1]},
    {"OS_AUTH_TYPE": "v3totp", "OS_PASSCODE": SECRETS[3]},
    {
        "OS_AUTH_TYPE": "v3multifactor",
        "OS_AUTH_METHODS": "v3password,v3totp",
        "OS_PASSWORD": SECRETS[0],
        "OS_PASSCODE": SECRETS[3],
    },
    {
        "OS_AUTH_TYPE": "v3applicationcredential",
        "OS_APPLICATION_CREDENTIAL_ID": "a1",
        "OS_APPLICATION_CREDENTIAL_SECRET": SECRETS[2],
    },
    {"OS_AUTH_TYPE": "admin_token", "OS_ENDPOINT": "http://cloud/network", "OS_TOKEN": SECRETS[1]},
    {
        "OS_AUTH_TYPE": "http_basic",
        "OS_ENDPOINT": "http://cloud/network",
        "OS_USERNAME": "ann",
        "OS_PASSWORD": SECRETS[0],
    },
    {"OS_AUTH_TYPE": "none", "OS_ENDPOINT": "http://cloud/network"},
    {"OS_AUTH_TYPE": "v2token", "OS_TOKEN": SECRETS[1], "OS_AUTH_URL": "http://cloud/identity/v2.0"},
    {"OS_AUTH_TYPE": "v3oidcpassword", **OPENID, "OS_PASSWORD": SECRETS[0]},
    {"OS_AUTH_TYPE": "v3oidcclientcredentials", **OPENID},
    {"OS_AUTH_TYPE": "v3oidcaccesstoken", **OPENID, "OS_ACCESS_TOKEN": SECRETS[1]},
    {
        "OS_AUTH_TYPE": "v3oauth2clientcredential",
        "OS_OAUTH2_ENDPOINT": "http://cloud/openid/token",
        "OS_OAUTH2_CLIENT_ID": "a1",
        "OS_OAUTH2_CLIENT_SECRET": SECRETS[2],
    },
    {"OS_AUTH_TYPE": "v2password", "OS_PASSWORD": SECRETS[0], "OS_AUTH_URL": "http://cloud/identity/v2.0"},
]


@pytest.mark.parametrize("variables", METHODS, ids=lambda v: v["OS_AUTH_TYPE"])
@pytest.mark.parametrize("flag", ["--debug", "--curl", "--timing", "--debug --timing", ""])
def test_no_way_to_authenticate_shows_its_secret(
    cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], flag: str
) -> None:
    if variables["OS_AUTH_TYPE"].startswith("v3app") or "OS_ENDPOINT" in variables:
        for name in ("OS_PROJECT_NAME", "OS_USERNAME", "OS_PASSWORD", "OS_REGION_NAME"):
            monkeypatch.delenv(name)
    for name, text in variables.items():
        monkeypatch.setenv(name, text)
    for line in ("network list", "network create web"):
        result = ostk(f"{line} {flag}")
        check_secrets = result.stdout + result.stderr
        for secret in [*SECRETS, "the-token"]:
            assert secret not in check_secrets
    refused = {"error": {"code": 401, "message": "no", "title": "Unauthorized"}}
    cloud.answers["POST /identity/v3/auth/tokens"] = (401, refused)
    check(ostk("network list --no-cache"), "refused")


@pytest.fixture
def served() -> Iterator[FakeCloud]:
    """Serve the fake cloud to other processes."""
    fake_cloud = FakeCloud()
    fake_cloud.answers["GET /compute/v2.1/flavors/detail"] = {"flavors": [{"id": "1", "name": "small"}]}

    def answer(asked: ReceivedRequest) -> Answer:
        request = httpx.Request(asked.method, f"{local.url}{asked.path}", content=asked.body, headers=asked.headers)
        response = fake_cloud.handle(request)
        headers = {name.title(): text for name, text in response.headers.items() if name != "content-length"}
        return response.status_code, headers, response.read()

    local = LocalServer(answer)
    fake_cloud.host = local.url
    yield fake_cloud
    local.close()


@pytest.mark.slow
def test_fifty_processes_at_once_leave_one_sound_cache(served: FakeCloud, tmp_path: Path) -> None:
    variables = {k: v for k, v in os.environ.items() if not k.startswith("OS_")}
    variables |= {**ENVIRONMENT, "OS_AUTH_URL": f"{served.host}/identity/v3", "XDG_CACHE_HOME": str(tmp_path / "c")}
    command = [sys.executable, "-m", "ostk", "flavor", "list", "-f", "value", "-c", "Name"]
    running = [
        subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(50)
    ]
    for process in running:
        assert process.communicate() == ("small\n", "")
    (file,) = (tmp_path / "c" / "ostk").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert "access" in json.loads(file.read_text())
    served.all.clear()
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    assert done.stdout == "small\n"
    assert [line for line, _ in served.all] == ["GET /compute/v2.1/flavors/detail?is_public=True"]


LONG = "s3cret-0815-of-the-user"


def variables_with_a_password() -> Iterator[dict[str, str]]:
    for url in ("http://me:{}@cloud/identity/v3", "http://me:{}/x@cloud/v3", "ftp://me:{}@cloud/v3", "http://{}@[/v3"):
        yield {"OS_AUTH_URL": url.format(LONG)}
    for name in ("OS_NETWORK_ENDPOINT_OVERRIDE", "HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        yield {name: f"ftp://me:{LONG}@cloud/network"}
        yield {name: f"http://me:{LONG}/@127.0.0.1:9/network"}


@pytest.mark.parametrize(
    "variables", list(variables_with_a_password()), ids=lambda v: " ".join(map("=".join, v.items()))
)
@pytest.mark.parametrize("status", [200, 401, 404, 500])
def test_no_password_in_a_url_is_shown(
    cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], status: int
) -> None:
    for name, text in variables.items():
        monkeypatch.setenv(name, text)
    for path in ("/identity/v3/auth/tokens", "/v3/auth/tokens"):
        cloud.answers[f"POST {path}"] = (status, {"error": {"message": "no"}})
    for line in ("network list --debug", "network list --timing", "network create x --curl", "catalog list"):
        result = ostk(line)
        assert LONG not in result.stdout + result.stderr, line
    result = ostk("configuration show")
    assert LONG not in result.stdout + result.stderr
    Path("openrc").write_text("".join(f"export {name}={text}\n" for name, text in variables.items()))
    assert LONG not in ostk("openrc check openrc").output


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\x00", "\x1b", " "])
def test_a_token_with_a_line_break_is_not_shown(
    cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    result = ostk(f"token revoke '{LONG}{end}'")
    assert result.exit_code == 1
    assert LONG not in result.stdout + result.stderr
    if end == "\x00":  # no variable can hold it
        return
    for variables in METHODS:
        for name, text in variables.items():
            monkeypatch.setenv(name, f"{LONG}{end}" if name in ("OS_TOKEN", "OS_ACCESS_TOKEN") else text)
        result = ostk("network list --no-cache")
        assert LONG not in result.stdout + result.stderr
        for name in variables:
            monkeypatch.delenv(name)


def test_a_secret_that_a_service_repeats_is_not_shown(
    cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OS_PASSWORD", LONG)
    said = {"error": {"message": f"{LONG} is no password, nor is the-token", "code": 401}}
    cloud.answers["GET /network/v2.0/networks"] = (400, said)
    result = ostk("network list")
    assert result.stderr == "*** is no password, nor is *** (HTTP 400)\n"
    cloud.answers["POST /identity/v3/users"] = (400, {"error": {"message": "Too short: 'other-s3cret-1'"}})
    result = ostk("user create x --password other-s3cret-1")
    assert "Too short: '***'" in result.stderr
    cloud.answers["POST /identity/v3/auth/tokens"] = (401, said)
    result = ostk("network list --no-cache")
    assert result.exit_code == 1
    assert LONG not in result.output


@pytest.mark.parametrize(
    "line",
    [
        f"token revoke {LONG}",
        f"object store account set --property Temp-URL-Key={LONG}",
        f"container set box --property Temp-URL-Key-2={LONG}",
        f"api network /x -H 'X-Storage-Token: {LONG}'",
        f"api network /x -H 'X-Auth-Key: {LONG}'",
        f"api network '/x?access_token={LONG}&limit=2'",
        f"image set one --property db_password={LONG}",
        f"user create x --password {LONG}",
        f"""api network /x -d '{{"adminPass": ["{LONG}"], "secrets": [["{LONG}"]]}}'""",
        f"""api network /x -d '{{"a": "{"x" * 30_000}", "adminPass": "{LONG}"}}'""",
        f"api network /x -H 'Content-Type: application/x-www-form-urlencoded' -d 'a=b&client_secret={LONG}'",
    ],
    ids=lambda line: line[:60],
)
@pytest.mark.parametrize("flag", ["--curl", "--debug", "--timing"])
def test_secrets_of_a_command_line_are_not_shown(cloud: FakeCloud, ostk: Run, line: str, flag: str) -> None:
    result = ostk(f"{line} {flag}")
    assert LONG not in result.stderr
    assert flag != "--curl" or LONG not in result.stdout  # the fake cloud returns what it gets


def test_a_failure_in_a_terminal_with_debug_shows_no_secret(
    cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*given: object, **named: object) -> None:
        raise RuntimeError(f"{LONG} \x1b[31m")

    monkeypatch.setenv("OS_PASSWORD", LONG)
    monkeypatch.setattr("ostk.session.cloud.Cloud.request", broken)
    result = ostk("network list --debug")
    assert "RuntimeError: *** \\x1b[31m" in result.stderr
    assert LONG not in result.stderr
    assert "\x1b" not in result.stderr
