"""Devices: accelerators of compute hosts, such as FPGAs and GPUs."""

from ..api.accelerator import DEVICE
from ..language import LONG, Cloud, Column, Noun, target

device = Noun(
    DEVICE,
    "Manage accelerator devices of compute hosts, such as FPGAs and GPUs.",
    [
        "uuid= type= vendor= hostname= std_board_info=",
        *(Column(key, key, long=True) for key in ("created_at", "updated_at", "model", "vendor_board_info")),
        "status=",
    ],
    ["created_at updated_at uuid type vendor model hostname std_board_info vendor_board_info status"],
    since={"status": "2.3"},
    in_order=True,
)
device.list(LONG)
device.show()


@device.action("enable", target(DEVICE))
def enable(cloud: Cloud, device: str) -> None:
    """Enable a device: include the accelerators in scheduling."""
    cloud.send(DEVICE, "POST", device, "enable")


@device.action("disable", target(DEVICE))
def disable(cloud: Cloud, device: str) -> None:
    """Disable a device: exclude the accelerators from scheduling."""
    cloud.send(DEVICE, "POST", device, "disable")
