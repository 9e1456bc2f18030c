"""The fake cloud answers as recorded services do, so that a wrong key in the tables of ostk fails ordinary commands."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ostk.api.block_storage import VOLUME, VOLUME_SNAPSHOT
from ostk.api.compute import FLAVOR, SERVER
from ostk.api.identity import PROJECT, USER
from ostk.api.image import IMAGE, METADEF_NAMESPACE
from ostk.api.network import NETWORK, PORT
from ostk.api.placement import RESOURCE_PROVIDER
from ostk.api.resource import Resource
from ostk.api.shared_file_system import SHARE, SHARE_NETWORK

from . import fake_cloud, shapes
from .conftest import Run
from .fake_cloud import FakeCloud
from .mutate import Change
from .replay import RECORDED, load
from .shapes import API_REFERENCE

Wrong = tuple[Resource, str]  # a resource type, and a line that fails if its keys are wrong
# A name that begins with "no-" is that of no resource; an ID ends with "-id".
LISTS: list[Wrong] = [
    (NETWORK, "network show n"),
    (PORT, "port show p"),
    (SERVER, "server pause s"),
    (FLAVOR, "flavor show one"),
    (VOLUME, "volume show v"),
    (PROJECT, "project show p"),
    (USER, "user show u"),
    (SHARE, "share show s"),
    (IMAGE, "image show i"),
    (METADEF_NAMESPACE, "image metadef namespace list"),
    (RESOURCE_PROVIDER, "resource provider list"),
]
RESOURCES: list[Wrong] = [
    (NETWORK, "network show no-n-id"),
    (PORT, "port show no-p-id"),
    (SERVER, "server pause no-s-id"),
    (FLAVOR, "flavor show no-f-id"),
    (VOLUME, "volume show no-v-id"),
    (PROJECT, "project show no-p-id"),
    (USER, "user show no-u-id"),
    (SHARE, "share show no-s-id"),
]
REQUESTS: list[Wrong] = [
    (NETWORK, "network create n"),
    (PORT, "port create p --network n"),
    (FLAVOR, "flavor create f --ram 1 --vcpus 1 --disk 1"),
    (VOLUME_SNAPSHOT, "volume snapshot create s --volume v"),
    (PROJECT, "project create p"),
    (USER, "user create u"),
    (SHARE_NETWORK, "share network create --name s"),
]


def tried(cases: list[Wrong]) -> list[Any]:
    """Return the parameters of a test of some lines."""
    return [pytest.param(*case, id=case[1]) for case in cases]


@contextmanager
def wrong_key(resource: Resource) -> Iterator[None]:
    """Change the key of a resource, and leave that of a list as it is."""
    with Change("", resource, {"plural": resource.many}).made(), Change("", resource, {"key": "changed"}).made():
        yield


class TestWrongKeys:
    @pytest.mark.parametrize(("resource", "line"), tried(LISTS))
    def test_of_a_list(self, cloud: FakeCloud, ostk: Run, resource: Resource, line: str) -> None:
        assert ostk(line).exit_code == 0
        with Change("", resource, {"plural": "changed"}).made():
            result = ostk(line)
        assert (result.exit_code, "it has no list 'changed'" in result.output) == (1, True), result.output

    @pytest.mark.parametrize(("resource", "line"), tried(RESOURCES))
    def test_of_a_resource(self, cloud: FakeCloud, ostk: Run, resource: Resource, line: str) -> None:
        assert ostk(line).exit_code == 0
        with wrong_key(resource):
            assert ostk(line).exit_code == 1

    @pytest.mark.parametrize(("resource", "line"), tried(REQUESTS))
    def test_of_a_request(self, cloud: FakeCloud, ostk: Run, resource: Resource, line: str) -> None:
        assert ostk(line).exit_code == 0
        with wrong_key(resource):
            result = ostk(line)
        assert (result.exit_code, "the body holds changed, not" in result.output) == (1, True), result.output

    @pytest.mark.parametrize(("resource", "line"), tried([case for case in LISTS if not case[0].list][:5]))
    def test_of_a_path(self, cloud: FakeCloud, ostk: Run, resource: Resource, line: str) -> None:
        with Change("", resource, {"path": "/changed"}).made():
            result = ostk(line)
        assert (result.exit_code, "found" in result.output) == (1, True), result.output


class TestShapes:
    @pytest.mark.parametrize(
        ("path", "collection"),
        [
            ("/network/v2.0/networks", (("networks",), ("network",), "", "id", "name")),
            ("/compute/v2.1/servers", (("servers",), ("server",), "", "id", "name")),
            ("/compute/v2.1/os-keypairs", (("keypairs",), ("keypair",), "keypair", "name", "name")),
            ("/compute/v2.1/os-hypervisors", (("hypervisors",), ("hypervisor",), "", "id", "hypervisor_hostname")),
            ("/identity/v3/users/{}/credentials/OS-EC2", (("credentials",), ("credential",), "", "access", "access")),
            ("/image/v2/images", (("images",), (), "", "id", "name")),
            ("/placement/resource_providers", (("resource_providers",), (), "", "uuid", "name")),
            ("/share/v2/types", (("volume_types", "share_types"), ("volume_type", "share_type"), "", "id", "name")),
            ("/network/v2.0/floatingips", (("floatingips",), ("floatingip",), "", "id", "floating_ip_address")),
        ],
    )
    def test_are_those_of_the_answers(self, path: str, collection: tuple[Any, ...]) -> None:
        assert shapes.shapes().collections[path][:5] == collection

    @pytest.mark.parametrize(
        ("path", "key", "last"),
        [
            ("/network/v2.0/networks", "networks", None),
            ("/compute/v2.1/servers/detail", "servers", None),
            ("/compute/v2.1/servers/a%20b", "servers", "a b"),
            ("/compute/v2.1/servers/s-id/os-volume_attachments", "volumeAttachments", None),
            ("/compute/v2.1/servers/s-id/os-interface/p-id", "interfaceAttachments", "p-id"),
        ],
    )
    def test_are_found_by_path(self, path: str, key: str, last: str | None) -> None:
        collection, found = shapes.find(path)
        assert collection is not None
        assert (collection.many, found) == ((key,), last)

    def test_of_nothing_are_found_for_other_paths(self) -> None:
        assert shapes.find("/network/v2.0/changed") == (None, None)
        assert shapes.find("/compute/v2.1/servers/s-id/action") == (None, None)
        assert shapes.emptied("/network/v2.0/changed") is None

    def test_of_other_answers_are_given_empty(self) -> None:
        assert shapes.emptied("/compute/v2.1/limits") == {"limits": {}}
        assert shapes.emptied("/network/v2.0/quotas/p-id") == {"quota": {}}
        assert shapes.emptied("/object/v1/AUTH_p/c") == []
        assert shapes.emptied("/object/v1/AUTH_p/c/a/b") == b""

    @pytest.mark.parametrize("module", [fake_cloud, shapes])
    def test_come_from_no_table_of_ostk(self, module: ModuleType) -> None:
        tree = ast.parse(Path(str(module.__file__)).read_text())
        named = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        named += [name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names]
        assert named
        assert [name for name in named if name.split(".")[0] in ("ostk", "resources")] == []

    def test_that_are_written_by_hand_name_their_source(self) -> None:
        sources = [case["source"] for case in load(API_REFERENCE)["cases"]]
        # Barbican has its API reference in the documentation of each release.
        addresses = ("https://docs.openstack.org/api-ref/", "https://docs.openstack.org/barbican/")
        assert [source for source in sources if not source.startswith(addresses)] == []

    def test_that_are_written_by_hand_are_those_that_no_recording_shows(self) -> None:
        both, recorded, by_hand = shapes.shapes(), shapes.read(RECORDED.glob("*.json")), shapes.read([API_REFERENCE])
        bases = {path: path.removesuffix("/{}").removesuffix("/detail") for path in by_hand.empty}
        needless = [
            path
            for path, base in bases.items()
            if path in recorded.empty and recorded.collections.get(base) == both.collections.get(base)
        ]
        assert needless == []
