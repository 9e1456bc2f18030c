"""Volume group types: the capabilities (group specs) of volume groups."""

from ..api.block_storage import VOLUME_GROUP_TYPE
from ..language import DESCRIPTION, NAME, Arg, Cloud, Flag, Items, Json, Noun, properties
from ..render.format import DICT
from .visibility import visibility_options

CINDER, VERSION = VOLUME_GROUP_TYPE.service, VOLUME_GROUP_TYPE.microversion
VISIBILITY = visibility_options("is_public", "volume group type")

type = Noun(
    VOLUME_GROUP_TYPE,
    "Manage volume group types.",
    columns=["id name is_public group_specs"],
    fields=["id=ID, name=Name, description=Description, is_public=Is Public, group_specs=Properties"],
    formats={"group_specs": DICT},
    in_order=True,
    admin="create delete",
)


@type.lister("list", Flag("--default", "List only the default volume group type."))
def list_types(cloud: Cloud, default: bool) -> Items:
    """List volume group types."""
    return [cloud.fetch(VOLUME_GROUP_TYPE, "default")] if default else cloud.pages(VOLUME_GROUP_TYPE)


type.show()
type.create(Arg("name", "Name of the volume group type."), DESCRIPTION, VISIBILITY)
type.delete()


@type.shower(
    "set",
    Arg("group_type", "Volume group type.", names=VOLUME_GROUP_TYPE),
    NAME,
    DESCRIPTION,
    VISIBILITY,
    Flag("--no-property", "Group specs: remove all; with --property, replace the group specs."),
    properties("Set a group spec: KEY=VALUE.", not_sent=True),
)
def update(cloud: Cloud, group_type: str, body: Json, no_property: bool, property: tuple[tuple[str, str], ...]) -> Json:
    """Update a volume group type (admin only)."""
    item = cloud.get(VOLUME_GROUP_TYPE, group_type)
    new = dict(property or ())
    if body:
        item |= cloud.update(VOLUME_GROUP_TYPE, item["id"], body) or {}

    def delete_spec(key: str) -> None:
        cloud.request(CINDER, "DELETE", VOLUME_GROUP_TYPE.at(item["id"], "group_specs", key), microversion=VERSION)

    if no_property:
        cloud.map_concurrent(delete_spec, [key for key in item["group_specs"] if key not in new])
    if new:
        cloud.send(VOLUME_GROUP_TYPE, "POST", item["id"], "group_specs", json={"group_specs": new})
    return {**item, "group_specs": {**({} if no_property else item["group_specs"]), **new}}
