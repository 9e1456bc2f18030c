"""Proxies: NO_PROXY is read as requests and curl read it."""

from __future__ import annotations

import pytest

from ostk.http.client import Http
from ostk.http.proxies import proxy_for

from ..auth.scripted_keystone import settings
from .local_server import LocalServer

PROXY = "http://proxy.example.com:3128"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("ALL_PROXY", PROXY)


@pytest.mark.parametrize(
    ("listed", "url"),
    [
        ("*", "http://cloud.example.com:5000/v3"),
        ("other, *", "http://cloud.example.com"),
        ("example.com", "http://example.com"),
        ("example.com", "http://cloud.example.com"),
        (".example.com", "http://cloud.example.com"),
        (".example.com", "http://example.com"),
        ("*.example.com", "http://cloud.example.com"),
        ("EXAMPLE.com.", "http://Cloud.Example.COM./v3"),
        ("example.com:5000", "http://cloud.example.com:5000"),
        ("example.com:443", "https://cloud.example.com"),
        ("127.0.0.1", "http://127.0.0.1:5000"),
        ("127.0.0.1:5000", "http://127.0.0.1:5000"),
        ("127.0.0.0/8", "http://127.0.0.1:5000"),
        ("10.1.2.3/8", "http://10.200.0.1"),
        ("192.168.0.0/16, 10.0.0.0/8", "http://10.0.0.1"),
        ("192.168.0.0/16 10.0.0.0/8", "http://10.0.0.1"),
        ("::1", "http://[::1]:5000"),
        ("[::1]", "http://[::1]:5000"),
        ("[::1]:5000", "http://[::1]:5000"),
        ("fd00::/8", "http://[fd12::1]"),
        ("[fd00::]/8", "http://[fd12::1]"),
        ("0:0:0:0:0:0:0:1", "http://[::1]"),
    ],
)
def test_hosts_that_no_proxy_names_are_reached_directly(listed: str, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert proxy_for(url) == PROXY
    monkeypatch.setenv("NO_PROXY", listed)
    assert proxy_for(url) == ""


@pytest.mark.parametrize(
    ("listed", "url"),
    [
        ("ample.com", "http://example.com"),
        ("cloud.example.com", "http://example.com"),
        ("example.com:5000", "http://cloud.example.com:5001"),
        ("127.0.0.1:5000", "http://127.0.0.1"),
        ("0.0.1", "http://127.0.0.1"),
        ("10.0.0.0/8", "http://11.0.0.1"),
        ("10.0.0.0/8", "http://10.example.com"),
        ("fd00::/8", "http://10.0.0.1"),
        ("0.0.0.0/0", "http://[::1]"),
        (", . , *. ,/8,127.0.0.1/99,10.0.0.0/8:80,[,],[::1,::1],:80,host:port,a:b:c,[]:1,%,\u00e4", "http://127.0.0.1"),
        ("", "http://127.0.0.1"),
    ],
)
def test_other_hosts_go_through_the_proxy(listed: str, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", listed)
    assert proxy_for(url) == PROXY


def test_lower_case_variable_is_stronger(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "localhost")
    assert proxy_for("http://127.0.0.1") == PROXY
    assert proxy_for("http://localhost") == ""


def test_requests_take_the_same_route(monkeypatch: pytest.MonkeyPatch) -> None:
    cloud = LocalServer(lambda asked: (200, {}, {"from": "cloud"}))
    proxy = LocalServer(lambda asked: (200, {}, {"from": "proxy"}))
    monkeypatch.setenv("HTTP_PROXY", proxy.url.removeprefix("http://"))

    def answer() -> object:
        http = Http(settings(), lambda refused: "")
        try:
            return http.json(http.request("GET", cloud.url, authenticated=False))
        finally:
            http.close()

    try:
        for listed, origin in ("10.0.0.0/8,[::1]", "proxy"), ("10.0.0.0/8,fd00::/8,127.0.0.0/8", "cloud"):
            monkeypatch.setenv("NO_PROXY", listed)
            assert answer() == {"from": origin}
        monkeypatch.setenv("HTTP_PROXY", "gopher://nowhere")  # a proxy that no request needs does not matter
        assert answer() == {"from": "cloud"}
    finally:
        cloud.close()
        proxy.close()
