"""Attributes of deployables, such as traits and resource classes."""

from ..api.accelerator import DEVICE_ATTRIBUTE
from ..errors import OstkError
from ..language import LONG, Arg, Cloud, Json, Noun

attribute = Noun(
    DEVICE_ATTRIBUTE,
    "Manage attributes of deployables, such as traits and resource classes.",
    columns=["uuid= deployable_id= key= value="],
    long=["created_at= updated_at="],
    fields=["created_at updated_at uuid deployable_id key value"],
    in_order=True,
)
attribute.list(LONG)
attribute.show()


@attribute.shower(
    "create",
    # The number of the deployable in the database of Cyborg, which `device attribute list` has.
    Arg("deployable_id", "Number of the deployable: deployable_id in accelerator device attribute list.", type=int),
    Arg("key", "Key of the attribute."),
    Arg("value", "Value of the attribute."),
)
def create(cloud: Cloud, body: Json) -> Json:
    """Create an attribute of a deployable."""
    created = cloud.create(DEVICE_ATTRIBUTE, body)
    # Cyborg 17.0 answers 201 with a UUID, and stores nothing.
    if not cloud.dry_run() and cloud.find_by_id(DEVICE_ATTRIBUTE, created["uuid"]) is None:
        raise OstkError(
            f"Cyborg accepted the attribute ({created['uuid']}), but has not stored it.",
            "Attributes of deployables are set by the driver of the device, on the compute host.",
        )
    return created


attribute.delete()
