"""Nouns: columns from texts, and verbs of subresources."""

from __future__ import annotations

import json

import pytest

from ostk.api.network import NETWORK
from ostk.language import LONG, NAME, Column, Noun, Wait
from ostk.language.column import as_columns, parse_renames
from ostk.language.view import header
from ostk.render.format import LIST, UP_DOWN

from ..conftest import Run
from ..fake_cloud import FakeCloud


def test_text_of_keys_makes_columns_with_titles() -> None:
    columns = as_columns(["id ip_version router:external=Outside", Column("status", "State")])
    assert [header(column) for column in columns] == ["ID", "IP Version", "Outside", "State"]


def test_commas_separate_columns_with_titles_of_several_words() -> None:
    columns = as_columns(["id, net_id=Network ID, fixed_ips=Fixed IPs", "status"])
    assert [(c.key, header(c)) for c in columns] == [
        *(("id", "ID"), ("net_id", "Network ID")),
        *(("fixed_ips", "Fixed IPs"), ("status", "Status")),
    ]


def test_parse_renames() -> None:
    assert parse_renames("port=ports ram") == {"port": "ports", "ram": "ram"}


def test_format_by_key_does_not_override_the_format_of_a_column() -> None:
    tags, zones, state = as_columns(["tags zones", Column("state", format=UP_DOWN)], {"tags zones state": LIST})
    assert (tags.format, zones.format, state.format) == (LIST, LIST, UP_DOWN)


def test_long_columns_come_after_the_others() -> None:
    noun = Noun(NETWORK, "Manage networks.", columns=["id name"], long=["tags", Column("mtu", "MTU")])
    assert [(c.key, c.long) for c in noun.columns] == [("id", False), ("name", False), ("tags", True), ("mtu", True)]


def test_hidden_columns_come_last_and_have_formats() -> None:
    noun = Noun(NETWORK, "Manage networks.", columns=["id"], long=["mtu"], hidden=["tags"], formats={"tags": LIST})
    assert [(c.key, c.hidden) for c in noun.columns] == [("id", False), ("mtu", False), ("tags", True)]
    assert noun.columns[-1].format == LIST


def test_column_may_be_shown_only_where_an_option_is_given(cloud: FakeCloud, ostk: Run) -> None:
    zone = {"id": "z-id", "name": "z.org.", "project_id": "p-id"}
    cloud.answers["GET /dns/v2/zones"] = {"zones": [zone]}
    result = ostk("zone list -c project_id")
    assert result.exit_code == 1
    assert "project_id" in result.stderr
    assert cloud.sent == []
    assert ostk("zone list -c project_id --all-projects -f value").stdout == "p-id\n"


def test_shared_options_and_the_wait_of_a_noun_are_those_of_its_commands() -> None:
    noun = Noun(NETWORK, "Manage networks.", shared=[LONG], wait=Wait("ACTIVE"))
    noun.list(NAME)
    noun.set(NAME)
    noun.delete()
    options = {verb: [param.opts[0] for param in command.params] for verb, command in noun.commands.items()}
    assert options["list"][:2] == ["--name", "--long"]
    assert options["set"][1:4] == ["--name", "--long", "--wait"]
    assert ("--long" in options["delete"], "--wait" in options["delete"]) == (True, False)


def test_set_may_show_the_resource_as_it_is_then(cloud: FakeCloud, ostk: Run) -> None:
    tld = {"id": "t-id", "name": "org", "description": None}
    cloud.answers["GET /dns/v2/tlds"] = {"tlds": [tld]}
    cloud.answers["PATCH /dns/v2/tlds/t-id"] = {**tld, "description": "d"}
    assert ostk("tld set org --description d -c description -f value").stdout == "d\n"
    assert ostk("tld set org -c description -f json").stdout == '{\n  "description": null\n}\n'
    assert [line for line, _ in cloud.sent if not line.startswith("GET")] == ["PATCH /dns/v2/tlds/t-id"]


def test_subresource_verbs_use_the_path_of_the_parent(cloud: FakeCloud, ostk: Run) -> None:
    path = "/network/v2.0/routers/r-id/conntrack_helpers"
    cloud.answers[f"GET {path}/1"] = {"conntrack_helper": {"id": "1", "port": 21}}
    told = json.loads(ostk("network l3 conntrack helper show r 1 -f json").output)
    assert (told["id"], told["port"], told["helper"]) == ("1", 21, None)
    assert ostk("network l3 conntrack helper set r 1 --port 22").exit_code == 0
    assert ostk("network l3 conntrack helper delete r 1 2").exit_code == 0
    assert sorted(line for line, _ in cloud.sent) == [
        *(f"DELETE {path}/1", f"DELETE {path}/2"),
        *(f"GET {path}/1", f"PUT {path}/1"),
    ]


def test_set_without_changes_fails_for_a_missing_resource(cloud: FakeCloud, ostk: Run) -> None:
    path = "/network/v2.0/rbac-policies"
    cloud.answers |= {f"GET {path}/1": {"rbac_policy": {"id": "1"}}, f"GET {path}/2": (404, {})}
    assert ostk("network rbac set 1").exit_code == 0
    assert [line for line, _ in cloud.sent] == [f"GET {path}/1"]
    result = ostk("network rbac set 2")
    assert result.exit_code == 1
    assert result.output.splitlines()[0] == "No RBACPolicy found for 2 (project demo) (HTTP 404)."


def test_subresource_names_are_looked_up_once(cloud: FakeCloud, ostk: Run) -> None:
    line = "floating ip port forwarding set f 1 --port p --description d"
    assert ostk(line).exit_code == 0
    asked = [line.partition("?")[0] for line, _ in cloud.all if line.startswith("GET /network/v2.0/")]
    assert sorted(asked) == ["GET /network/v2.0/floatingips", "GET /network/v2.0/ports"]


def test_each_calls_the_function_per_resource_with_the_same_body(cloud: FakeCloud, ostk: Run) -> None:
    result = ostk("server lock web no-server db --reason why")
    assert result.exit_code == 1
    assert "Failed to lock server 'no-server'" in result.output
    assert sorted(cloud.sent) == [
        (f"POST /compute/v2.1/servers/{id}/action", {"lock": {"locked_reason": "why"}}) for id in ("db-id", "web-id")
    ]


def test_verb_that_requires_a_newer_microversion_sends_nothing(cloud: FakeCloud, ostk: Run) -> None:
    result = ostk("server dump create web db --os-compute-api-version 2.16")
    assert result.exit_code == 1
    assert result.output.startswith("server dump create needs version 2.17 of the compute API")
    assert not [line for line, _ in cloud.all if "/servers" in line]


def test_since_by_key_does_not_override_since_of_a_column() -> None:
    noun = Noun(NETWORK, "Manage networks.", columns=["id mtu", Column("tags", since="2.1")], since={"mtu tags": "2.9"})
    assert [(c.key, c.since) for c in noun.columns] == [("id", ""), ("mtu", "2.9"), ("tags", "2.1")]


def test_until_by_key_applies_to_columns_and_fields() -> None:
    noun = Noun(NETWORK, "Manage networks.", columns=["id mtu"], fields=["mtu"], until={"mtu": "2.9"})
    assert [(c.key, c.until) for c in [*noun.columns, *noun.fields]] == [("id", ""), ("mtu", "2.9"), ("mtu", "2.9")]


@pytest.mark.parametrize(
    ("line", "error", "words"),
    [
        (
            "network create n",
            OSError(28, "No space left"),
            "The network was created (new-id), but the output cannot be",
        ),
        ("network create n", BrokenPipeError(32, "Broken pipe"), ""),
        ("application credential create c", OSError(28, "No space left"), "If the secret cannot be shown again:"),
        ("application credential create c", BrokenPipeError(32, "Broken pipe"), "If the secret cannot be shown again:"),
        ("ec2 credentials show key", BrokenPipeError(32, "Broken pipe"), ""),
    ],
)
def test_output_error_says_what_was_done_and_which_secret_is_lost(
    cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch, line: str, error: OSError, words: str
) -> None:
    def full(*given: object) -> None:
        raise error

    credential = {"application_credential": {"id": "c-id", "name": "c", "secret": "s3cret"}}
    cloud.answers["POST /identity/v3/users/ann-id/application_credentials"] = credential
    key = {"credential": {"access": "key", "secret": "s3cret"}}
    cloud.answers["GET /identity/v3/users/ann-id/credentials/OS-EC2/key"] = key
    monkeypatch.setattr("ostk.language.view.print_resource", full)
    monkeypatch.setattr("ostk.cli.os.dup2", lambda one, other: None)
    result = ostk(line)
    assert (result.exit_code, words in result.output) == (1 if words else 141, True), result.output
    assert "s3cret" not in result.output


@pytest.mark.parametrize(
    ("line", "sent"),
    [
        ("flavor delete one two one", ["DELETE /compute/v2.1/flavors/one-id", "DELETE /compute/v2.1/flavors/two-id"]),
        ("server start a a", ["POST /compute/v2.1/servers/a-id/action"]),
        ("server add security group s b a b", ["POST /compute/v2.1/servers/s-id/action"] * 2),
        ("access rule delete k k", ["DELETE /identity/v3/users/ann-id/access_rules/k"]),
        ("container create box box", ["PUT /object/v1/AUTH_p/box"]),
        ("group add user staff bob bob", ["PUT /identity/v3/groups/staff-id/users/bob-id"]),
    ],
)
def test_resource_that_is_named_twice_is_changed_once(cloud: FakeCloud, ostk: Run, line: str, sent: list[str]) -> None:
    result = ostk(line)
    assert result.exit_code == 0, result.output
    assert sorted(line for line, _ in cloud.sent) == sent


def test_order_of_resources_that_are_named_twice_is_kept(cloud: FakeCloud, ostk: Run) -> None:
    assert ostk("volume group add volume g w v w").exit_code == 0
    assert cloud.sent == [("PUT /volume/v3/groups/g-id", {"group": {"add_volumes": "w-id,v-id"}})]
