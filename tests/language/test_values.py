"""The values of a command are not changed in place: each step returns new ones."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import click
import pytest

from ostk.api.network import NETWORK, PORT
from ostk.compute.server_nics import NICS
from ostk.language import Json, Noun, Opt, verbs
from ostk.session.cloud import Cloud

from ..conftest import Run
from ..fake_cloud import FakeCloud


def test_resolve_returns_new_values_and_keeps_the_given_ones(cloud: FakeCloud) -> None:
    """`server create --network n --nic port-id=p`: the names are nested in KEY=VALUE,… values."""
    values: dict[str, Any] = {"network": ({"uuid": "n"},), "port": (), "nic": ({"port": "p", "tag": "t"},)}
    before = deepcopy(values)
    _, resolved = verbs.resolve(Cloud({}), NICS, values, None)
    assert values == before
    assert resolved["network"] == ({"uuid": "n-id"},)
    assert resolved["nic"] == ({"port": "p-id", "tag": "t"},)


def test_resolve_keeps_repeated_names(cloud: FakeCloud) -> None:
    params = [Opt("--port", "Port.", ref=PORT, multiple=True), Opt("--network", "Network.", ref=NETWORK)]
    values: dict[str, Any] = {"port": ("a", "b"), "network": "n"}
    _, resolved = verbs.resolve(Cloud({}), params, values, None)
    assert values == {"port": ("a", "b"), "network": "n"}
    assert resolved == {"port": ["a-id", "b-id"], "network": "n-id"}


def test_a_validate_function_cannot_change_values() -> None:
    def change(values: Json) -> None:
        values["name"] = "other"

    noun = Noun(NETWORK, "Manage networks.")

    @noun.action("rename", Opt("--name", "Name."), validate=change)
    def rename(name: str) -> None:
        """Rename a network."""

    context = click.Context(noun.commands["rename"])
    with context, pytest.raises(TypeError):
        context.invoke(noun.commands["rename"], name="n")


def test_a_parse_function_returns_the_values_that_replace_others(cloud: FakeCloud, ostk: Run) -> None:
    """`volume set --migration-policy` without --type is left out, with a warning."""
    result = ostk("volume set v --migration-policy never --name n")
    assert (result.exit_code, "--migration-policy is ignored without --type" in result.stderr) == (0, True)
    assert [line.split()[0] for line, _ in cloud.sent] == ["PUT"]
