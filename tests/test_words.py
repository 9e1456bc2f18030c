"""The command line: abbreviations, positions of options, and mistakes."""

from __future__ import annotations

import pytest

from .conftest import Run
from .fake_cloud import FakeCloud


@pytest.mark.parametrize(
    "line",
    [
        "flavor list --min-ram 5 -f value -c Name",
        "flavor list --min-r 5 --for value --col Name",
        "flav li --min-ram=5 -fvalue -cName",
        "fl li -f value --min-ram 5 --os-region-name RegionOne -c Name",
        "--os-region-name RegionOne flavor list --min-ram 5 -f value -c Name",
        "flavor --os-reg RegionOne list --min-ram 5 -f value -c Name",
    ],
)
def test_abbreviations_and_positions_of_options(cloud: FakeCloud, ostk: Run, line: str) -> None:
    cloud.answers["GET /compute/v2.1/flavors/detail"] = {"flavors": [{"id": "1", "name": "small"}]}
    result = ostk(line)
    assert (result.exit_code, result.output) == (0, "small\n"), result.stderr
    assert [request for request, _ in cloud.sent] == ["GET /compute/v2.1/flavors/detail?is_public=True&minRam=5"]


def test_command_that_is_also_a_group_can_be_abbreviated(cloud: FakeCloud, ostk: Run) -> None:
    for line in ("bgp speaker list", "bgp sp li", "bgp speak l"):
        result = ostk(f"{line} -f csv")
        assert (result.exit_code, result.stdout.split("\n")[0]) == (0, '"ID","Name","Local AS","IP Version"'), line
    assert ostk("bgp sp").exit_code == 2


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("flavor lst", "ostk flavor: 'flavor lst' is not an ostk command. Did you mean 'flavor list'"),
        ("flavro list", "Did you mean 'flavor list'?"),
        ("flavor list --bogus", "ostk flavor list: No such option '--bogus'."),
        ("flavor list --wait", "ostk flavor list: No such option '--wait'."),
        ("server create --watch 1 x", "No such option '--watch'."),
        ("flavor list --min 5", "Option '--min' could be any of --min-disk, --min-ram."),
        ("flavor list --public --private", "--public and --private exclude each other."),
        ("network create x --share --no-share", "--share and --no-share exclude each other."),
        ("flavor show", "Missing argument 'FLAVOR'."),
        ("flavor list -f bogus", "'bogus' is not one of"),
        ("-f json flavor list", "No such option '-f'."),
        ("--os-url http://x flavor list", "No such option '--os-url'. Did you mean '--os-endpoint'?"),
        ("-v -q flavor list", "exclude each other."),
        ("flavor list --os-interface bogus", "'bogus' is not one of"),
    ],
)
def test_usage_errors_come_before_any_request(cloud: FakeCloud, ostk: Run, line: str, message: str) -> None:
    result = ostk(line)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert cloud.all == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("server d one", "server delete one"),
        ("server diag one", ""),
        ("network t list", "network trunk list"),
        ("network topo", ""),
        ("ex list", "extension list"),
        ("expl server", ""),
        ("net topology", "network topology"),
        ("serv diagnose one", "server diagnose one"),
    ],
)
def test_commands_that_openstack_lacks_are_not_abbreviated(cloud: FakeCloud, ostk: Run, line: str, words: str) -> None:
    """An abbreviation that names one command of `openstack` goes on naming it."""
    result = ostk(f"{line} -f bogus" if words.endswith(("list", "topology", "diagnose one")) else f"{line} --bogus")
    assert result.exit_code == 2
    if words:
        command = words.removesuffix(" one")
        assert result.stderr.startswith(f"ostk {command}: ")
    else:
        assert "is not an ostk command" in result.stderr


@pytest.mark.parametrize("word", ["--w", "--wa", "--wait", "--watc", "--quer", "--wacht"])
def test_options_that_openstack_lacks_are_not_abbreviated(cloud: FakeCloud, ostk: Run, word: str) -> None:
    for line in ("flavor list", "flavor show x", "flavor create x"):
        result = ostk(f"{line} {word} 1")
        assert (result.exit_code, cloud.all) == (2, [])
        assert f"No such option '{word}'." in result.stderr
        assert "--watch" not in result.stderr


def test_unknown_column_is_an_error_before_any_request(cloud: FakeCloud, ostk: Run) -> None:
    for line in ("flavor list -c bogus", "flavor show m1 -c bogus"):
        result = ostk(line)
        assert result.exit_code == 1
        assert "bogus" in result.stderr
    assert cloud.all == []


@pytest.mark.parametrize(
    "line",
    [
        "volume type create x --encryption-provider luks -c encryption",
        "volume type show one -c access_project_ids",
        "volume type show one --encryption-type -c encryption",
        "volume type list --encryption-type -c encryption",
        "volume group show one --replication-targets -c 'replication targets'",
        "resource provider show one --allocations -c allocations",
        "resource provider inventory set one --aggregate --resource VCPU=1 -c resource_provider",
        "share group list --all-projects -c 'project id'",
        "share group snapshot list --all-projects -c 'project id'",
        "share network list --all-projects -c 'project id'",
        "share snapshot list --all-projects -c 'project id'",
        "share backup list --detail -c host",
        "network segment range list --used -c used",
        "port list --pvlan -c 'pvlan type'",
        "network agent list --long -c 'ha state'",
        "role list --domain one -c domain",
        "server show one --topology -c topology",
        "server list -c power_state",
        "quota show --usage -c reserved",
    ],
)
def test_columns_added_by_options_or_responses_are_valid(cloud: FakeCloud, ostk: Run, line: str) -> None:
    """The request is sent: what the fake cloud answers does not matter here."""
    result = ostk(line)
    assert cloud.all != []
    assert "No recognized column" not in result.output or cloud.sent, result.output


def test_unknown_field_is_an_error_with_the_fields_of_the_response(cloud: FakeCloud, ostk: Run) -> None:
    result = ostk("network show one -c bogus")
    assert (result.exit_code, len(cloud.all) > 1) == (1, True)
    assert result.stderr.startswith(
        "No recognized column names in ['bogus']. Recognized columns are ('admin_state_up', "
    )


def test_two_dashes_end_the_options(cloud: FakeCloud, ostk: Run) -> None:
    result = ostk("network show -f value -c name -- one")
    assert (result.exit_code, result.output) == (0, "one\n"), result.stderr
