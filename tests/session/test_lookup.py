"""Look-ups by name or ID: a word of a service's own paths is not a resource."""

from __future__ import annotations

from typing import Any

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud

TYPE = {"id": "t1", "name": "gold", "is_public": True, "extra_specs": {}, "share_type_access:is_public": True}
ONE = {"id": "x1", "name": "other", "status": "ACTIVE"}
# The responses of services to these words in the place of an ID.
PATH_WORDS: dict[str, tuple[str, Any]] = {
    "share type show default": ("/share/v2/types/default", {"share_type": TYPE}),
    "share type set default --description d": ("/share/v2/types/default", {"share_type": TYPE}),
    "share type unset default k": ("/share/v2/types/default", {"share_type": TYPE}),
    "share type delete default": ("/share/v2/types/default", {"share_type": TYPE}),
    "share group type delete default": ("/share/v2/share-group-types/default", {"share_group_type": TYPE}),
    "volume type show default": ("/volume/v3/types/default", {"volume_type": TYPE}),
    "volume type set default --name n": ("/volume/v3/types/default", {"volume_type": TYPE}),
    "volume type delete default": ("/volume/v3/types/default", {"volume_type": TYPE}),
    "volume group type delete default": ("/volume/v3/group_types/default", {"group_type": TYPE}),
    "volume show summary": ("/volume/v3/volumes/summary", {"volume-summary": {"total_count": 1}}),
    "volume delete detail": ("/volume/v3/volumes/detail", {"volumes": [ONE]}),
    "volume backup show detail": ("/volume/v3/backups/detail", {"backups": [ONE]}),
    "server show detail": ("/compute/v2.1/servers/detail", {"servers": [ONE]}),
    "server delete detail": ("/compute/v2.1/servers/detail", {"servers": [ONE]}),
    "flavor show detail": ("/compute/v2.1/flavors/detail", {"flavors": [ONE]}),
    "hypervisor show statistics": ("/compute/v2.1/os-hypervisors/statistics", {"hypervisor_statistics": {"count": 1}}),
    "limit show model": ("/identity/v3/limits/model", {"model": {"name": "flat"}}),
    "aggregate show 1abc": ("/compute/v2.1/os-aggregates/1abc", {"aggregate": {"id": 1, "name": "a"}}),
    "domain set 'd ' --disable": ("/identity/v3/domains/d%20", {"domain": {"id": "d", "name": "D"}}),
}


@pytest.mark.parametrize("line", PATH_WORDS)
def test_a_path_word_is_not_a_resource(cloud: FakeCloud, ostk: Run, line: str) -> None:
    path, answer = PATH_WORDS[line]
    for listing in ("/compute/v2.1/servers", "/identity/v3/domains", "/volume/v3/volumes/detail"):
        cloud.answers.setdefault(f"GET {listing}", {listing.split("/")[3]: []})
    cloud.answers["GET /compute/v2.1/os-hypervisors"] = {"hypervisors": []}
    cloud.answers["GET /volume/v3/backups/detail"] = {"backups": []}
    cloud.answers[f"GET {path}"] = answer
    result = ostk(line)
    assert result.exit_code == 1, result.output
    assert " found for " in result.stderr or "with a name or ID of" in result.stderr
    assert [one for one, _ in cloud.sent if not one.startswith("GET ")] == []


@pytest.mark.parametrize(
    ("line", "request_line"),
    [
        ("share type delete default", "DELETE /share/v2/types/gold-id"),
        ("volume type delete default", "DELETE /volume/v3/types/gold-id"),
    ],
)
def test_a_resource_named_as_a_path_word(cloud: FakeCloud, ostk: Run, line: str, request_line: str) -> None:
    named = [TYPE | {"id": "gold-id", "name": "default"}, TYPE | {"id": "t2"}]
    cloud.answers["GET /share/v2/types"] = {"share_types": named}
    cloud.answers["GET /volume/v3/types"] = {"volume_types": named}
    assert ostk(line).exit_code == 0
    assert cloud.sent[-1][0] == request_line


def test_an_id_in_capitals_is_the_same_id(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /identity/v3/domains"] = {"domains": []}
    cloud.answers["GET /identity/v3/domains/MAIN"] = {"domain": {"id": "main", "name": "Main"}}
    assert ostk("domain show MAIN -f value -c id").output == "main\n"


@pytest.mark.parametrize(
    "line", ["port delete ''", "server delete ''", "network show ''", "keypair delete ''", "region delete ''"]
)
def test_an_empty_name_is_no_resource(cloud: FakeCloud, ostk: Run, line: str) -> None:
    cloud.answers["GET /network/v2.0/ports"] = {"ports": [{"id": "p1", "name": ""}]}
    cloud.answers["GET /network/v2.0/networks/"] = {"networks": [ONE]}
    assert ostk(line).exit_code == 1
    assert cloud.sent == []


@pytest.mark.parametrize(("name", "sent"), [("..", "%2E%2E"), (".", "%2E")])
def test_dots_in_names_are_escaped_in_paths(cloud: FakeCloud, ostk: Run, name: str, sent: str) -> None:
    assert ostk(f"keypair delete {name}").exit_code == 0
    assert cloud.sent == [(f"DELETE /compute/v2.1/os-keypairs/{sent}", None)]
