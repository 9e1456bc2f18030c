"""Attributes of deployables, such as traits and resource classes."""

from __future__ import annotations

from ..api.accelerator import DEVICE_ATTRIBUTE
from ..language import LONG, Arg, Noun

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
attribute.create(
    # The number of the deployable in the database of Cyborg, which `device attribute list` has.
    Arg("deployable", "Deployable, by deployable_id of the attributes.", key="deployable_id", metavar="DEPLOYABLE_ID"),
    Arg("key", "Key of the attribute."),
    Arg("value", "Value of the attribute."),
)
attribute.delete()
