"""Volume group types: what groups of volumes can do."""

from __future__ import annotations

from collections.abc import Iterable

from ..api.block_storage import VOLUME_GROUP_TYPE
from ..language import DESCRIPTION, NAME, Arg, Flag, Json, Noun, properties
from ..render.format import DICT
from ..session.cloud import Cloud
from .options import privacy

CINDER, VERSION = VOLUME_GROUP_TYPE.service, VOLUME_GROUP_TYPE.microversion

type = Noun(
    VOLUME_GROUP_TYPE,
    "Manage volume group types: what groups of volumes can do.",
    columns=["id name is_public group_specs"],
    fields=["id=ID, name=Name, description=Description, is_public=Is Public, group_specs=Properties"],
    formats={"group_specs": DICT},
    in_order=True,
)


@type.lister("list", Flag("--default", "Only the default one."))
def list_types(cloud: Cloud, default: bool) -> Iterable[Json]:
    """List volume group types."""
    return [cloud.fetch(VOLUME_GROUP_TYPE, "default")] if default else cloud.pages(VOLUME_GROUP_TYPE)


type.show()
type.create(Arg("name"), DESCRIPTION, privacy("is_public"))
type.delete()


@type.shower(
    "set",
    Arg("group_type", names=VOLUME_GROUP_TYPE, not_sent=True),
    NAME,
    DESCRIPTION,
    privacy("is_public"),
    Flag("--no-property", "Remove all others."),
    properties("Property to set; may be repeated.", not_sent=True),
)
def change(cloud: Cloud, group_type: str, body: Json, no_property: bool, property: tuple[tuple[str, str], ...]) -> Json:
    """Change a volume group type."""
    item = cloud.get(VOLUME_GROUP_TYPE, group_type)
    path, new = VOLUME_GROUP_TYPE.at(item["id"], "group_specs"), dict(property or ())
    if body:
        item |= cloud.update(VOLUME_GROUP_TYPE, item["id"], body) or {}

    def forget(key: str) -> None:
        cloud.request(CINDER, "DELETE", VOLUME_GROUP_TYPE.at(item["id"], "group_specs", key), microversion=VERSION)

    if no_property:
        cloud.map_concurrent(forget, [key for key in item["group_specs"] if key not in new])
    if new:
        cloud.call(CINDER, "POST", path, json={"group_specs": new}, microversion=VERSION)
    return {**item, "group_specs": {**({} if no_property else item["group_specs"]), **new}}
