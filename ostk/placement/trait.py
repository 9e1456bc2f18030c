"""Traits: qualitative capabilities of resource providers, standard (HW_CPU_X86_AVX2) or custom (CUSTOM_*)."""

from ..api.placement import TRAIT
from ..language import Arg, Cloud, Flag, Json, Noun, Opt

SERVICE, VERSION = TRAIT.service, TRAIT.microversion
NAME = Arg("name", "Trait.", names=TRAIT)

trait = Noun(TRAIT, "Manage placement traits: capabilities of resource providers.", columns=["name="], fields=["name"])


@trait.action("create", Arg("name", "Name of the trait; starts with CUSTOM_.", not_sent=True), since="1.6")
def create(cloud: Cloud, name: str) -> None:
    """Create a custom trait (admin only)."""
    cloud.request(SERVICE, "PUT", TRAIT.at(name), microversion=VERSION, repeatable=True)


@trait.action("delete", NAME, since="1.6")
def delete(cloud: Cloud, name: str) -> None:
    """Delete a custom trait (admin only)."""
    cloud.delete(TRAIT, name)


@trait.lister(
    "list",
    Opt("--name", "Filter by name: startswith:PREFIX or in:NAME,NAME."),
    Flag("--associated", "List only traits of resource providers."),
)
def list_traits(cloud: Cloud, body: Json, associated: bool) -> list[Json]:
    """List traits (admin only)."""
    cloud.require(SERVICE, "1.6", "trait list")
    query = body | ({"associated": "True"} if associated else {})
    answer = cloud.send(TRAIT, "GET", params=query)
    return [{"name": name} for name in answer["traits"]]


@trait.shower("show", NAME, since="1.6")
def show(cloud: Cloud, name: str) -> Json:
    """Show a trait (admin only)."""
    cloud.request(SERVICE, "GET", TRAIT.at(name), microversion=VERSION)
    return {"name": name}
