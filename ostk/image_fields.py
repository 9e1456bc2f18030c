"""The fields of an image as commands show them: those of Glance, and those of Nova that create images."""

from collections.abc import Callable
from typing import Any

from .api.resource import Json
from .render.format import DICT, LIST, Cell, size_text
from .text import parse_boolean

FIELDS = (
    "checksum container_format created_at disk_format file id min_disk min_ram name owner protected schema size status "
    "updated_at virtual_size visibility"
).split()
# Names of openstacksdk for fields → those of Glance.
ALIASES = {
    "is_hidden": "os_hidden",
    "is_protected": "protected",
    "hash_algo": "os_hash_algo",
    "hash_value": "os_hash_value",
    "owner_id": "owner",
    "needs_config_drive": "img_config_drive",
    "needs_secure_boot": "os_secure_boot",
    "is_hw_vif_multiqueue_enabled": "hw_vif_multiqueue_enabled",
    "is_hw_boot_menu_enabled": "hw_boot_menu",
    "has_auto_disk_config": "auto_disk_config",
}
# The order of properties: FIRST, then unknown ones, then LAST.
FIRST = ("os_hidden", "os_hash_algo", "os_hash_value")
LAST = (
    "store locations direct_url url metadata architecture hypervisor_type instance_type_rxtx_factor "
    "instance_uuid img_config_drive kernel_id os_distro os_version os_secure_boot os_shutdown_timeout "
    "ramdisk_id vm_mode hw_cpu_sockets hw_cpu_cores hw_cpu_threads hw_disk_bus hw_cpu_policy "
    "hw_cpu_thread_policy hw_rng_model hw_machine_type hw_scsi_model hw_serial_port_count hw_video_model "
    "hw_video_ram hw_watchdog_action os_command_line hw_vif_model hw_vif_multiqueue_enabled hw_boot_menu "
    "vmware_adaptertype vmware_ostype auto_disk_config os_type os_admin_user hw_qemu_guest_agent "
    "os_require_quiesce"
).split()
KNOWN = {*FIELDS, *FIRST, *LAST, "tags"}
UNSEEN = {*KNOWN, "self", "links", "location", "properties"}


def integer(value: Any) -> int:
    """Return a property as an integer, 0 if its text is none."""
    return int(value) if str(value).isdigit() else 0


def fraction(value: Any) -> float:
    """Return a property as a number, 0 if its text is none."""
    try:
        return float(value)
    except ValueError:
        return 0.0


def boolean(value: Any) -> bool:
    """Return a property as a boolean, False if its text is none."""
    return parse_boolean(value) is True


# Glance stores every property as text; these are shown as numbers and booleans.
TYPES: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("hw_cpu_sockets", "hw_cpu_cores", "hw_cpu_threads"), integer),
    **dict.fromkeys(("hw_serial_port_count", "hw_video_ram", "os_shutdown_timeout"), integer),
    **dict.fromkeys(("hw_vif_multiqueue_enabled", "hw_boot_menu", "os_require_quiesce"), boolean),
    "instance_type_rxtx_factor": fraction,
}


def described(item: Json, human_readable: bool = False) -> Json:
    """Return an image as commands show it: the fields with a value, the tags, and all others as properties."""
    shown = {key: item[key] for key in FIELDS if item.get(key) is not None}
    if human_readable and "size" in shown:
        shown["size"] = size_text(shown["size"])
    shown["tags"] = Cell(item.get("tags") or [], LIST)
    shown["properties"] = Cell(properties_of(item), DICT)
    return shown


def properties_of(item: Json) -> Json:
    """Return the properties of an image, in the order in which they are shown."""
    order = [*FIRST, *(key for key in item if key not in UNSEEN), *LAST]
    found = {key: item[key] for key in order if key in item and (key not in KNOWN or item[key] is not None)}
    return {key: TYPES[key](value) if key in TYPES else value for key, value in found.items()}


def field(item: Json, key: str) -> Any:
    """Return a field of an image by any of its names, None if the image lacks it."""
    return item.get(ALIASES.get(key, key))
