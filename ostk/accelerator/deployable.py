"""Deployables: the parts of a device that accelerator requests are bound to."""

from ..api.accelerator import DEPLOYABLE
from ..api.image import IMAGE
from ..language import LONG, Arg, Cloud, Column, Json, Noun, target

deployable = Noun(
    DEPLOYABLE,
    "Manage deployables: the parts of an accelerator device.",
    [
        *(Column(key, key, long=True) for key in ("created_at", "updated_at")),
        "uuid= name= device_id=",
        *(Column(key, key, long=True) for key in ("parent_id", "root_id", "num_accelerators")),
    ],
    ["created_at updated_at uuid name"],
    in_order=True,
)
deployable.list(LONG)
deployable.show()


@deployable.shower("program", target(DEPLOYABLE), Arg("image", "Image with the bitstream.", ref=IMAGE, not_sent=True))
def program(cloud: Cloud, deployable: str, image: str) -> Json:
    """Program a deployable (an FPGA) with a bitstream."""
    patch = [{"op": "replace", "path": "/program", "value": [{"image_uuid": image}]}]
    cloud.send(DEPLOYABLE, "PATCH", deployable, "program", json=patch)
    return cloud.fetch(DEPLOYABLE, deployable)
