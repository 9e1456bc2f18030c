"""--ignore-missing: a resource that does not exist counts as deleted."""

from __future__ import annotations

import pytest

from ostk.render.options import Full

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..test_promises import every

NOWHERE = "The resource could not be found."


@pytest.mark.parametrize(
    ("line", "sent"),
    [
        ("network delete no-net --ignore-missing", []),
        ("network delete no-net a b --ignore-missing", ["/network/v2.0/networks/a-id", "/network/v2.0/networks/b-id"]),
        ("volume delete no-volume v --ignore-missing", ["/volume/v3/volumes/v-id"]),
        ("server delete no-server --ignore-missing", []),
        ("image delete no-image i --ignore-missing", ["/image/v2/images/i-id"]),
        ("application credential delete no-credential --ignore-missing", []),
    ],
)
def test_missing_resource_counts_as_deleted(cloud: FakeCloud, ostk: Run, line: str, sent: list[str]) -> None:
    result = ostk(line)
    assert (result.exit_code, result.output) == (0, "")
    assert sorted(line for line, _ in cloud.sent if line.startswith("DELETE ")) == [f"DELETE {path}" for path in sent]


@pytest.mark.parametrize("line", ["keypair delete k", "trait delete k", "access rule delete k", "volume delete v"])
def test_resource_that_the_deletion_does_not_find_counts_as_deleted(cloud: FakeCloud, ostk: Run, line: str) -> None:
    gone = (404, {"error": {"message": "There is no k.", "code": 404}})
    cloud.answers |= {
        "DELETE /compute/v2.1/os-keypairs/k": gone,
        "DELETE /placement/traits/k": (404, {"errors": [{"detail": f"{NOWHERE}\n\n No such trait(s): k.  "}]}),
        "DELETE /identity/v3/users/ann-id/access_rules/k": gone,
        "DELETE /volume/v3/volumes/v-id": gone,
    }
    result = ostk(f"{line} --ignore-missing")
    assert (result.exit_code, result.output) == (0, "")
    assert ostk(line).exit_code == 1


@pytest.mark.parametrize("line", ["keypair delete k", "trait delete k"])
def test_wrong_address_of_a_service_is_an_error(cloud: FakeCloud, ostk: Run, line: str) -> None:
    nowhere = (404, {"error": {"message": NOWHERE, "code": 404}})
    cloud.answers |= {"DELETE /compute/v2.1/os-keypairs/k": nowhere, "DELETE /placement/traits/k": nowhere}
    result = ostk(f"{line} --ignore-missing")
    assert (result.exit_code, "service has no resource at" in result.stderr) == (1, True), result.output


@pytest.mark.parametrize(
    "line", ["network delete a no-net", "network l3 conntrack helper delete no-router 1", "share access delete no-s 1"]
)
def test_missing_parent_and_other_failures_are_errors(cloud: FakeCloud, ostk: Run, line: str) -> None:
    cloud.answers["DELETE /network/v2.0/networks/a-id"] = (409, {"NeutronError": {"message": "In use."}})
    result = ostk(f"{line} --ignore-missing")
    assert result.exit_code == 1
    assert result.output


OTHERS = {"cloud cache delete", "metric resource batch delete"}  # deletions that name no resource of a cloud


def test_every_deletion_has_the_option() -> None:
    for words, command in every().items():
        options = [param for param in command.params if param.name == "ignore_missing"]
        assert len(options) == (words.split()[-1] == "delete" and words not in OTHERS), words
        assert all(isinstance(option, Full) for option in options), words
