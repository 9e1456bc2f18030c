"""Undocumented behavior of httpx and httpcore that ostk relies on.

pyproject.toml admits the releases for which these tests have passed. To admit a newer one: install it, run tests/http
and tests/test_start.py, then raise the bound.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import httpx

CLIENT = "import sys, ostk.http.client; print(*sorted(sys.modules))"


def test_httpx_does_without_its_command_line_program() -> None:
    """`httpx._main` imports click, rich and pygments (65 ms); http/imports.py keeps it from being imported."""
    source = Path(httpx.__file__).read_text()
    assert "from ._main import main" in source
    assert "except ImportError" in source


def test_httpx_does_without_brotli_and_zstandard() -> None:
    source = (Path(httpx.__file__).parent / "_decoders.py").read_text()
    assert all(f"import {name}" in source for name in ("brotli", "brotlicffi", "zstandard"))
    program = "import ostk.http.imports as i; print(i.httpx.Client().headers['Accept-Encoding'])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "gzip, deflate\n"


def test_the_client_imports_no_asynchronous_backend_and_no_certificates() -> None:
    """anyio and trio (12 ms) and certifi (10 ms) are kept from being imported as well."""
    loaded = subprocess.run([sys.executable, "-c", CLIENT], capture_output=True, text=True, check=True).stdout.split()
    assert not {"httpx._main", "rich", "pygments", "anyio", "trio", "certifi"}.intersection(loaded)


def test_connections_can_be_watched() -> None:
    """http/connections.py gives the streams of httpcore other `read` and `write` methods, and shuts their sockets."""
    from httpcore._backends.sync import SyncStream

    stream = vars(SyncStream)
    assert {"read", "write", "get_extra_info"} <= stream.keys()
    assert "__slots__" not in stream


def test_an_empty_auth_sends_no_credentials_of_the_url() -> None:
    """With auth=None, httpx would send a user and a password in the URL as basic authentication."""
    request = httpx.Request("GET", "http://user:password@cloud/")
    assert "Authorization" not in next(httpx.Auth().auth_flow(request)).headers
