"""Traits: what resource providers can or are, beyond how much they have."""

from __future__ import annotations

from ..api.placement import TRAIT
from ..language import Arg, Flag, Json, Noun, Opt
from ..session.cloud import Cloud

SERVICE, VERSION = TRAIT.service, TRAIT.microversion
ONE = Arg("name", names=TRAIT, not_sent=True)

trait = Noun(TRAIT, "Manage traits: what resource providers can.", columns=["name="], fields=["name"])


@trait.action("create", Arg("name", not_sent=True), since="1.6")
def create(cloud: Cloud, name: str) -> None:
    """Create a trait; its name begins with CUSTOM_."""
    cloud.request(SERVICE, "PUT", TRAIT.at(name), microversion=VERSION, repeatable=True)


@trait.action("delete", ONE, since="1.6")
def delete(cloud: Cloud, name: str) -> None:
    """Delete a trait."""
    cloud.delete(TRAIT, name)


@trait.lister(
    "list",
    Opt("--name", "Only startswith:PREFIX, or in:NAME,NAME."),
    Flag("--associated", "Only those that a resource provider has."),
)
def list_traits(cloud: Cloud, body: Json, associated: bool) -> list[Json]:
    """List traits."""
    cloud.require(SERVICE, "1.6", "trait list")
    query = body | ({"associated": "True"} if associated else {})
    found = cloud.call(SERVICE, "GET", TRAIT.path, params=query, microversion=VERSION)
    return [{"name": name} for name in found["traits"]]


@trait.shower("show", ONE, since="1.6")
def show(cloud: Cloud, name: str) -> Json:
    """Show a trait, if the cloud has it."""
    cloud.request(SERVICE, "GET", TRAIT.at(name), microversion=VERSION)
    return {"name": name}
