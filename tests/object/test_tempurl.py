"""Test temporary URLs."""

from __future__ import annotations

import hmac
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects

PATH = "/object/v1/AUTH_p"
EXPIRES = 4102444800  # 2100-01-01T00:00:00Z
KEY = "geheim"

test_rejects_invalid_input = rejects(
    rejection_table(
        """
1 object tempurl create c o --expires 2001-01-01 => in the past
1 object tempurl create c o --ip-range 10.0.0.0/40 => --ip-range
2 object tempurl create c o --expires tomorrow => is not a time
2 object tempurl create c o --lifetime 0 => --lifetime
2 object tempurl create c o --lifetime 5 --expires 2100-01-01 => exclude each other
2 object tempurl create c o --method PATCH => --method
"""
    )
)


def created(ostk: Run, line: str) -> str:
    """Return the URL that a command line creates."""
    result = ostk(f"object tempurl create {line} --expires 2100-01-01T01:00:00+01:00 -f value -c url")
    assert result.exit_code == 0, result.output
    return result.stdout.strip()


@pytest.mark.parametrize(
    ("line", "digest", "signed", "query"),
    [
        ("c o", "sha256", f"GET\n{EXPIRES}\n{PATH}/c/o", {}),
        ("c 'a b/ü?' --method PUT", "sha256", f"PUT\n{EXPIRES}\n{PATH}/c/a b/ü?", {}),
        ("c o --digest sha512", "sha512", f"GET\n{EXPIRES}\n{PATH}/c/o", {}),
        ("c d/ --prefix-based", "sha256", f"GET\n{EXPIRES}\nprefix:{PATH}/c/d/", {"temp_url_prefix": "d/"}),
        (
            "c o --ip-range 10.0.0.0/8",
            "sha256",
            f"ip=10.0.0.0/8\nGET\n{EXPIRES}\n{PATH}/c/o",
            {"temp_url_ip_range": "10.0.0.0/8"},
        ),
    ],
)
def test_signature(cloud: FakeCloud, ostk: Run, line: str, digest: str, signed: str, query: dict[str, str]) -> None:
    cloud.answers["GET /object/info"] = {"tempurl": {"allowed_digests": ["sha1", "sha512", "sha256"]}}
    url = urlsplit(created(ostk, f"{line} --key {KEY}"))
    found = {key: values[0] for key, values in parse_qs(url.query).items()}
    signature = hmac.new(KEY.encode(), signed.encode(), digest).hexdigest()
    assert found == {"temp_url_sig": signature, "temp_url_expires": str(EXPIRES), **query}
    assert cloud.sent in ([], [("GET /object/info", None)])


@pytest.mark.parametrize(
    ("info", "digest"),
    [
        ({"tempurl": {"allowed_digests": ["sha1", "sha512"]}}, "sha512"),
        ({"tempurl": {"methods": ["GET"]}}, "sha1"),
        ((404, b"Not Found"), "sha256"),
        ((200, b"<html>"), "sha256"),
        ({"swift": {}}, None),
        ({"tempurl": {"allowed_digests": ["md4"]}}, None),
    ],
)
def test_digest_that_the_object_store_allows(cloud: FakeCloud, ostk: Run, info: object, digest: str | None) -> None:
    cloud.answers["GET /object/info"] = info
    result = ostk(f"object tempurl create c o --key {KEY} -f value -c digest")
    assert (result.exit_code, result.stdout.strip()) == ((0, digest) if digest else (1, "")), result.output


def test_key_of_the_container_or_else_of_the_account(cloud: FakeCloud, ostk: Run) -> None:
    def head(path: str, **headers: str) -> None:
        cloud.answers[f"HEAD {PATH}{path}"] = httpx.Response(
            200, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )

    cloud.answers["GET /object/info"] = {"tempurl": {}}
    head("/c")
    head("")
    missing = ostk("object tempurl create c o")
    assert (missing.exit_code, "Set one: ostk container set --tempurl-key KEY CONTAINER" in missing.stderr) == (1, True)
    head("", X_Account_Meta_Temp_Url_Key_2=KEY)
    assert created(ostk, "c o") == created(ostk, f"c o --key {KEY}")
    head("/c", X_Container_Meta_Temp_Url_Key="other")
    assert created(ostk, "c o") == created(ostk, "c o --key other")
    cloud.answers[f"HEAD {PATH}/c"] = (404, b"")
    assert created(ostk, "c o") == created(ostk, f"c o --key {KEY}")
