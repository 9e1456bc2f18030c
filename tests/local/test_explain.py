"""`ostk explain`: fields, states, commands and API references, without a request."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ostk.api.states import STATES
from ostk.compute.server_list import STATUSES
from ostk.index import ALONE, INDEX
from ostk.local.explain import explanation

from ..conftest import Run
from ..fake_cloud import FakeCloud

NOUNS = [noun for noun in INDEX if noun not in ALONE]
# The services without a part in https://docs.openstack.org/api-ref/ document their APIs in other places.
REFERENCES = ("https://docs.openstack.org/", "https://gnocchi.osci.io/rest.html")
PAGE = """\
floating ip port forwarding: Manage port forwardings of floating IPs.
  Service        neutron (network)
  REST path      /v2.0/floatingips/{floatingip_id}/port_forwardings
  ID and name    id
  API reference  https://docs.openstack.org/api-ref/network/v2/#floating-ips-port-forwarding

Fields
  id                   list (ID), show
  internal_port_id     list (Internal Port ID), show
  internal_ip_address  list (Internal IP Address), show
"""


def explained(ostk: Run, words: str) -> Any:
    """Return the JSON about a noun."""
    result = ostk(f"explain {words} -f json")
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return json.loads(result.stdout)


def test_page(ostk: Run) -> None:
    result = ostk("explain floating ip port forwarding")
    assert result.exit_code == 0, result.output
    assert result.stdout[: len(PAGE)] == PAGE
    assert "\n  floating ip port forwarding set     Update a" in result.stdout


def test_no_request_is_sent_and_no_cloud_is_needed(cloud: FakeCloud, ostk: Run, monkeypatch: Any) -> None:
    assert ostk("explain server").exit_code == 0
    assert cloud.all == []
    for name in ("OS_AUTH_URL", "OS_USERNAME", "OS_PASSWORD"):
        monkeypatch.delenv(name)
    assert ostk("explain server").exit_code == 0


def test_fields_say_where_they_are_shown(ostk: Run) -> None:
    found = explained(ostk, "server")
    fields = {field["name"]: field for field in found["fields"]}
    assert fields["name"] == {
        "name": "name", "title": "Name", "list": "yes", "show": "name", "since": None, "until": None,
    }  # fmt: skip
    assert (fields["host_status"]["list"], fields["host_status"]["since"]) == ("--long", "2.16")
    assert (fields["metadata"]["list"], fields["metadata"]["show"]) == ("-c", "properties")
    assert (fields["adminPass"]["list"], fields["adminPass"]["show"]) == (None, "adminPass")
    assert "port_state" not in fields  # of the ports that `server add port` returns
    assert found["shows_all_fields"] is False
    assert (found["path"], found["newest_microversion"]) == ("/v2.1/servers", "2.100")
    assert found["reference"] == "https://docs.openstack.org/api-ref/compute/#servers-servers"
    assert explained(ostk, "image")["shows_all_fields"] is True
    assert explained(ostk, "router")["shows_all_fields"] is True


def test_commands_are_those_of_the_noun_alone(ostk: Run) -> None:
    commands = [one["command"] for one in explained(ostk, "network")["commands"]]
    assert commands == [f"network {verb}" for verb in "create delete list set show topology unset".split()]


@pytest.mark.parametrize("noun", NOUNS)
def test_every_noun_is_explained(ostk: Run, noun: str) -> None:
    found = explanation(noun)
    assert (found["noun"], found["summary"]) == (noun, INDEX[noun][1])
    assert found["commands"]
    assert {field["list"] for field in found["fields"]} <= {"yes", "--long", "-c", None}
    if found["service"]:
        assert found["reference"].startswith(REFERENCES)
        assert "{}" not in found["path"]
    assert ostk(f"explain {noun}").stdout.startswith(f"{noun}: {INDEX[noun][1]}\n")


def test_states_are_of_nouns_and_of_fields_that_are_shown() -> None:
    for noun, fields in STATES.items():
        found = explanation(noun)
        shown = {field["name"] for field in found["fields"]}
        for field, values in fields.items():
            assert field in shown or found["shows_all_fields"], (noun, field)
            assert all(meaning and not meaning.endswith(".") for meaning in values.values())
    assert set(STATUSES.split()) <= STATES["server"]["status"].keys()


@pytest.mark.parametrize(
    ("words", "noun"), [("net", "network"), ("FLOATING IP", "floating ip"), ("sec gr", "security group")]
)
def test_words_may_be_shortened(ostk: Run, words: str, noun: str) -> None:
    assert explained(ostk, words)["noun"] == noun


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("serv", "'serv' may be any of server, service.\n"),
        ("sever", "'sever' is not a noun (resource type).\nDid you mean server or user?\n"),
        ("qqq", "'qqq' is not a noun (resource type).\nAll nouns: ostk help --all\n"),
        (
            "server create",
            "'server create' is not a noun (resource type).\nostk explain server, or ostk help server cr",
        ),
        ("api", "api is a command, not a resource type.\nSee ostk help api.\n"),
    ],
)
def test_other_words_are_an_error(ostk: Run, words: str, message: str) -> None:
    result = ostk(f"explain {words}")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(message)


def test_explain_needs_a_noun(ostk: Run) -> None:
    assert ostk("explain").exit_code == 2
