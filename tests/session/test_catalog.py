"""Endpoints from the catalog, and microversions from version documents."""

from __future__ import annotations

from typing import Any

import pytest

from ostk.api.block_storage import CINDER
from ostk.api.compute import NOVA
from ostk.api.identity import KEYSTONE
from ostk.api.image import GLANCE
from ostk.api.network import NEUTRON
from ostk.api.object_store import SWIFT
from ostk.api.orchestration import HEAT
from ostk.api.placement import PLACEMENT
from ostk.api.service import Service
from ostk.api.shared_file_system import MANILA
from ostk.auth.access import Access, read_v2
from ostk.errors import CatalogError, ConfigError
from ostk.session import catalog

from ..auth.scripted_keystone import ENDPOINTS, V2_BODY, settings

NOVA_RANGE = {"min": "2.1", "max": "2.96", "id": "v2.1"}
NONE = {"min": "", "max": "", "id": ""}


def access(*services: tuple[str, str], version: str = "v3") -> Access:
    """Return a token with one public endpoint for each (type, URL)."""
    return Access(
        "T1",
        version=version,
        project_id="p1",
        catalog=[
            {
                "type": kind,
                "name": "x",
                "id": "1",
                "endpoints": [{"interface": "public", "region": "One", "region_id": "One", "url": url, "id": "e"}],
            }
            for kind, url in services
        ],
    )


@pytest.mark.parametrize(
    ("service", "kind", "url", "base"),
    [
        (NOVA, "compute", "http://c:8774/v2.1", "http://c:8774/v2.1"),
        (NOVA, "compute", "http://c:8774/v2.1/", "http://c:8774/v2.1"),
        (NOVA, "compute", "http://c:8774", "http://c:8774/v2.1"),
        (NOVA, "compute", "http://c/compute/v2.1/p1", "http://c/compute/v2.1/p1"),
        (NOVA, "computev3", "http://c/v2/p1", "http://c/v2/p1"),
        (GLANCE, "image", "http://c:9292", "http://c:9292/v2"),
        (GLANCE, "image", "http://c:9292//", "http://c:9292/v2"),
        (GLANCE, "image", "http://c:9292/v1", "http://c:9292/v2"),
        (GLANCE, "image", "http://c/v1/p1", "http://c/v2/p1"),
        (GLANCE, "image", "http://c/v2/p1", "http://c/v2/p1"),
        (NEUTRON, "network", "http://c:9696", "http://c:9696/v2.0"),
        (NEUTRON, "network", "http://c:9696/v2.0/", "http://c:9696/v2.0"),
        (NEUTRON, "network", "http://c/networking", "http://c/networking/v2.0"),
        (KEYSTONE, "identity", "http://k:5000", "http://k:5000/v3"),
        (KEYSTONE, "identity", "http://k:5000/v2.0", "http://k:5000/v3"),
        (KEYSTONE, "identity", "http://k/identity//v3", "http://k/identity/v3"),
        (CINDER, "volumev3", "http://c/v3/p1", "http://c/v3/p1"),
        (CINDER, "volumev2", "http://c/v2/p1", "http://c/v2/p1"),
        (CINDER, "volume", "http://c/v1/p1", "http://c/v3/p1"),
        (NOVA, "compute", "http://c/v1.1/p1", "http://c/v1.1/p1"),
        (NOVA, "compute", "http://c/v1.0/p1", "http://c/v2.1/p1"),
        (NOVA, "compute", "https://gw/v1/compute/v2.1/p1", "https://gw/v1/compute/v2.1/p1"),
        (NOVA, "compute", "https://gw/v1/compute/v2.1", "https://gw/v1/compute/v2.1"),
        (NOVA, "compute", "https://gw/v2/compute", "https://gw/v2/compute/v2.1"),
        (NOVA, "compute", "https://gw/v2/one/compute/", "https://gw/v2/one/compute/v2.1"),
        (NEUTRON, "network", "https://gw/v1/network", "https://gw/v1/network/v2.0"),
        (GLANCE, "image", "https://gw/v1/image/v1/", "https://gw/v1/image/v2"),
        (HEAT, "orchestration", "https://gw/v1/orchestration", "https://gw/v1/orchestration/v1"),
        (HEAT, "orchestration", "http://c/v1/p1", "http://c/v1/p1"),
        (CINDER, "volumev3", f"http://c/v3/{'ab' * 16}", f"http://c/v3/{'ab' * 16}"),
        (PLACEMENT, "placement", "https://gw/v1/placement/", "https://gw/v1/placement"),
        (SWIFT, "object-store", "http://c/v1/AUTH_p1", "http://c/v1/AUTH_p1"),
        (PLACEMENT, "placement", "http://c/placement", "http://c/placement"),
    ],
)
def test_endpoint_has_the_version_requests_are_written_for(service: Service, kind: str, url: str, base: str) -> None:
    assert catalog.endpoint(access((kind, url)), service, settings()) == base


def test_keystone_stays_at_v2_for_a_v2_token() -> None:
    old = access(("identity", "http://k:5000/v2.0"), version="v2.0")
    assert catalog.endpoint(old, KEYSTONE, settings()) == "http://k:5000/v2.0"
    assert (
        catalog.endpoint(Access("T", version="v2.0"), KEYSTONE, settings(auth_url="http://k/v2.0")) == "http://k/v2.0"
    )


def test_types_are_tried_in_order_not_in_the_catalogs() -> None:
    both = access(("volumev2", "http://c/v2/p1"), ("volumev3", "http://c/v3/p1"), ("block-storage", "http://c/v3"))
    assert catalog.endpoint(both, CINDER, settings()) == "http://c/v3"
    chosen = settings(volume_service_type="volumev2")
    assert catalog.endpoint(both, CINDER, chosen) == "http://c/v2/p1"


@pytest.mark.parametrize(
    ("service", "catalog_entries", "base"),
    [
        (CINDER, [("volume", "http://c/v1/p1"), ("volumev2", "http://c/v2/p1")], "http://c/v2/p1"),
        (
            CINDER,
            [("volume", "http://c/v1/p1"), ("volumev2", "http://c/v2/p1"), ("volumev3", "http://c/v3/p1")],
            "http://c/v3/p1",
        ),
        (CINDER, [("block-storage", "http://c/v1/p1"), ("volumev2", "http://c/v2/p1")], "http://c/v2/p1"),
        (NOVA, [("compute", "http://c/v1.0/p1"), ("compute", "http://c/v2/p1")], "http://c/v2/p1"),
        (NOVA, [("compute", "http://c/v2/p1"), ("compute", "http://c/v2.1/p1")], "http://c/v2.1/p1"),
        (GLANCE, [("image", "http://old/v1"), ("image", "http://new/v2")], "http://new/v2"),
        (GLANCE, [("image", "http://old/v1"), ("image", "http://new")], "http://new/v2"),
        (KEYSTONE, [("identity", "http://k/v2.0"), ("identity", "http://k3/v3")], "http://k3/v3"),
        (MANILA, [("share", "http://s/v1/p1"), ("sharev2", "http://s/v2/p1")], "http://s/v2/p1"),
        (NOVA, [("compute", "http://gw/v1/compute/v1.0"), ("compute", "http://gw/v1/compute/v2.1")],
         "http://gw/v1/compute/v2.1"),
    ],
)  # fmt: skip
def test_the_supported_api_version_is_preferred(
    service: Service, catalog_entries: list[tuple[str, str]], base: str
) -> None:
    for entries in catalog_entries, catalog_entries[::-1]:
        assert catalog.endpoint(access(*entries), service, settings()) == base


def test_endpoints_without_a_region_serve_every_region() -> None:
    token = access(("compute", "http://everywhere/v2.1"), ("compute", "http://one/v2.1"))
    token.catalog[0]["endpoints"][0].update(region="", region_id="")
    assert catalog.endpoint(token, NOVA, settings(region_name="One")) == "http://one/v2.1"
    assert catalog.endpoint(token, NOVA, settings(region_name="Two")) == "http://everywhere/v2.1"
    assert catalog.endpoint(token, NOVA, settings()) == "http://one/v2.1"


@pytest.mark.parametrize("project", ["%(project_id)s", "%(tenant_id)s", "$(project_id)s", "$(tenant_id)s"])
def test_placeholders_of_an_override_are_filled(project: str) -> None:
    given = settings(compute_endpoint_override=f"http://o/a%20b/v2.1/{project}")
    assert catalog.endpoint(access(), NOVA, given) == "http://o/a%20b/v2.1/p1"
    given = settings(object_store_endpoint_override=f"http://o/v1/AUTH_{project}")
    assert catalog.override(SWIFT, given, access) == "http://o/v1/AUTH_p1"


def test_placeholders_that_cannot_be_filled() -> None:
    for placeholder, words in ("project_id", "needs the ID of a project"), ("name", "unknown placeholder"):
        given = settings(compute_endpoint_override=f"http://o/%({placeholder})s")
        with pytest.raises(ConfigError, match=words):
            catalog.endpoint(Access("T"), NOVA, given)
    given = settings(compute_endpoint_override="http://o/v2.1/%(user_id)s")
    assert catalog.endpoint(Access("T", user_id="u1"), NOVA, given) == "http://o/v2.1/u1"


NOVA_AT_TWO = Access(
    "T", project_id="p1", catalog=[{"type": "compute", "name": "nova", "id": "1", "endpoints": ENDPOINTS}]
)


@pytest.mark.parametrize(
    ("given", "base"),
    [
        ({}, "http://c:8774/v2.1"),
        ({"interface": "internal"}, "http://in:8774/v2.1"),
        ({"interface": "internalURL"}, "http://in:8774/v2.1"),
        ({"interface": "publicURL", "region_name": "Two"}, "http://two:8774/v2.1"),
        ({"compute_region_name": "Two", "region_name": "One"}, "http://two:8774/v2.1"),
        ({"compute_interface": "internal"}, "http://in:8774/v2.1"),
        ({"compute_endpoint_override": "http://o:1/"}, "http://o:1/v2.1"),
        ({"compute_endpoint_override": "http://o:1/v2.1/p1"}, "http://o:1/v2.1/p1"),
    ],
)
def test_interface_region_and_override(given: dict[str, str], base: str) -> None:
    assert catalog.endpoint(NOVA_AT_TWO, NOVA, settings(**given)) == base


def failure(token: Access, service: Service, **given: str) -> str:
    with pytest.raises(CatalogError) as caught:
        catalog.endpoint(token, service, settings(**given))
    return f"{caught.value.message} {caught.value.hint}"


def test_catalog_errors_list_what_exists() -> None:
    assert failure(NOVA_AT_TWO, NOVA, region_name="Mars") == (
        "The compute service has no endpoint in region Mars (OS_REGION_NAME). It has: One, Two."
    )
    assert failure(NOVA_AT_TWO, NOVA, interface="admin", region_name="Two") == (
        "The compute service has no admin endpoint in region Two. It has: public."
    )
    assert failure(NOVA_AT_TWO, NEUTRON) == "This cloud has no network service. It has: compute."
    empty = Access("T", catalog=[{"type": "object-store", "name": "swift", "id": "1", "endpoints": []}])
    assert "no endpoints for the scope of this token" in failure(empty, SWIFT)
    unscoped = failure(Access("T"), NOVA)
    assert "a token without a project" in unscoped
    assert "--os-project-name" in unscoped
    assert "--os-endpoint" in failure(Access("T", version=""), NOVA)


def test_identity_is_found_without_a_catalog() -> None:
    given = settings(auth_url="http://k:5000/v3/", region_name="Mars")
    assert catalog.endpoint(Access("T"), KEYSTONE, given) == "http://k:5000/v3"


def test_one_endpoint_for_everything() -> None:
    given = settings(auth_type="admin_token", endpoint="http://c:9696", image_endpoint_override="http://g")
    assert catalog.endpoint(Access("T", version=""), NEUTRON, given) == "http://c:9696/v2.0"
    assert catalog.override(GLANCE, given) == "http://g/v2"
    assert catalog.override(NOVA, settings(endpoint="http://ignored")) == ""
    with pytest.raises(ConfigError, match="not a URL"):
        catalog.override(NOVA, settings(compute_endpoint_override="c:8774"))


def test_v2_catalog_serves_as_well() -> None:
    token = read_v2(V2_BODY)
    assert token is not None
    assert catalog.endpoint(token, NOVA, settings(region_name="DFW")) == "http://c/v2/p1"
    assert catalog.endpoint(token, NOVA, settings(interface="admin")) == "http://a/v2/p1"


@pytest.mark.parametrize(
    ("url", "root"),
    [
        ("http://c:8774/v2.1", "http://c:8774/v2.1/"),
        ("http://c:8776/v3/p1", "http://c:8776/v3/"),
        ("http://c/placement", "http://c/placement/"),
        ("https://gw/v1/compute/v2.1/p1", "https://gw/v1/compute/v2.1/"),
        ("http://v2.example.com/volume/v3/p1", "http://v2.example.com/volume/v3/"),
    ],
)
def test_version_document_urls(url: str, root: str) -> None:
    assert catalog.version_root(url) == root


@pytest.mark.parametrize(
    ("document", "url", "expected"),
    [
        ({"version": {"id": "v2.1", "version": "2.104", "min_version": "2.1"}}, "", ("2.1", "2.104")),
        ({"versions": [{"id": "v3.0", "version": "3.71", "min_version": "3.0"}]}, "http://c/v3/", ("3.0", "3.71")),
        ({"versions": [{"id": "v1.0", "max_version": "1.39", "min_version": "1.0"}]}, "", ("1.0", "1.39")),
        (
            {
                "versions": [
                    {"id": "v2.0", "version": "", "min_version": ""},
                    {"id": "v2.1", "version": "2.9", "min_version": "2.1"},
                    {"id": "v3.0", "version": "3.5", "min_version": "3.0"},
                ]
            },
            "http://c/v2.1/",
            ("2.1", "2.9"),
        ),
        (
            {
                "versions": [
                    {"id": "v1", "version": "1.9", "min_version": "1.0"},
                    {"id": "v2.1", "version": "2.9", "min_version": "2.1"},
                ]
            },
            "http://gw/v1/compute/v2.1/",
            ("2.1", "2.9"),
        ),
        ({"id": "v2.1", "version": "2.9", "min_version": "2.1"}, "", ("2.1", "2.9")),
        ({"version": {"id": "v2.0", "status": "CURRENT"}}, "", ("", "")),
        ({"versions": {"values": [{"id": "v3.14"}]}}, "", ("", "")),
        ("<html>", "", ("", "")),
        ({"versions": [None, "x"]}, "", ("", "")),
        (None, "", ("", "")),
    ],
)
def test_version_documents(document: Any, url: str, expected: tuple[str, str]) -> None:
    found = catalog.version_range(document, url)
    assert (found["min"], found["max"]) == expected


@pytest.mark.parametrize(
    ("pin", "known", "cloud", "used"),
    [
        ("", "2.90", NOVA_RANGE, "2.90"),
        ("", "2.104", NOVA_RANGE, "2.96"),
        ("", "2.9", NOVA_RANGE, "2.9"),
        ("", "", NOVA_RANGE, ""),
        ("", "2.90", NONE, ""),
        ("2.1", "2.90", NOVA_RANGE, "2.1"),
        ("v2.30", "2.90", NOVA_RANGE, "2.30"),
        ("2.95", "2.90", NOVA_RANGE, "2.95"),
        ("2.95", "", NOVA_RANGE, "2.95"),
        ("2", "2.90", NOVA_RANGE, "2.90"),
        ("2.0", "2.90", NOVA_RANGE, "2.90"),
        ("2.latest", "2.104", NOVA_RANGE, "2.96"),
        ("latest", "2.104", NOVA_RANGE, "2.96"),
        ("2.1", "2.90", NONE, ""),
    ],
)
def test_microversion(pin: str, known: str, cloud: dict[str, str], used: str) -> None:
    given = settings(compute_api_version=pin)
    assert catalog.negotiate(NOVA, known, lambda: cloud, given) == used


def test_lowest_version_of_a_service_can_be_pinned() -> None:
    cloud = {"min": "3.0", "max": "3.71", "id": "v3.0"}
    assert catalog.negotiate(CINDER, "3.71", lambda: cloud, settings(volume_api_version="3.0")) == "3.0"
    assert catalog.negotiate(CINDER, "3.71", lambda: cloud, settings(volume_api_version="3")) == "3.71"
    assert catalog.negotiate(CINDER, "3.71", lambda: cloud, settings(volumev3_default_microversion="3.5")) == "3.5"


def test_pin_that_the_cloud_does_not_have_is_an_error_with_its_range() -> None:
    given = settings(compute_api_version="2.999")
    with pytest.raises(CatalogError, match=r"2\.999: it has 2\.1 to 2\.96") as caught:
        catalog.negotiate(NOVA, "2.90", lambda: NOVA_RANGE, given)
    assert "OS_COMPUTE_API_VERSION" in caught.value.hint
    with pytest.raises(CatalogError, match="it has no microversions"):
        catalog.negotiate(NOVA, "2.90", lambda: NONE, given)
    with pytest.raises(ConfigError, match="'newest' is not a version"):
        catalog.negotiate(NOVA, "2.90", lambda: NOVA_RANGE, settings(compute_api_version="newest"))


def test_services_without_microversions_get_no_version_request() -> None:
    def never() -> dict[str, str]:
        raise AssertionError

    assert catalog.negotiate(NEUTRON, "2.0", never, settings(network_api_version="2.0")) == ""
    assert catalog.negotiate(NOVA, "", never, settings()) == ""


def test_options_require_their_microversion() -> None:
    assert catalog.supports(NOVA, "2.96", lambda: NOVA_RANGE, settings())
    assert not catalog.supports(NOVA, "2.97", lambda: NOVA_RANGE, settings())
    pinned = settings(compute_api_version="2.1")
    assert not catalog.supports(NOVA, "2.26", lambda: NOVA_RANGE, pinned)
    with pytest.raises(CatalogError, match=r"--tag needs version 2\.26 .* OS_COMPUTE_API_VERSION asks for 2\.1"):
        catalog.require(NOVA, "2.26", "--tag", lambda: NOVA_RANGE, pinned)
    with pytest.raises(CatalogError, match=r"this cloud has up to 2\.96"):
        catalog.require(NOVA, "2.99", "--tag", lambda: NOVA_RANGE, settings())
    catalog.require(NOVA, "2.26", "--tag", lambda: NOVA_RANGE, settings())
