"""What belongs to a node: traits, BIOS settings, firmware, history, inventory, VIFs, children, vendor methods."""

import json
from typing import Any

from ..api.bare_metal import BARE_METAL_PORT, NODE, PORT_GROUP
from ..console import write_text
from ..files import whole
from ..language import (
    ALL_FIELDS_IN_API_ORDER,
    LONG,
    Arg,
    Cloud,
    Column,
    Items,
    Json,
    Noun,
    Opt,
    Value,
    exclusive,
    target,
)
from .changes import key_values
from .fields import Rows, columns, fields_option, some
from .traits import add_trait_verbs
from .vendor import CALL, METHOD_FIELDS, call_method, method_rows

node = Noun(NODE, "Manage bare metal nodes.")
IN_ORDER = [ALL_FIELDS_IN_API_ORDER]
TARGET = target(NODE, as_typed=True)


add_trait_verbs(node, older_words=True)
BIOS = columns("""
    name value attribute_type allowable_values lower_bound min_length max_length read_only reset_required unique
    upper_bound
""")


@node.lister("bios setting list", TARGET, exclusive(LONG, fields_option(BIOS)), columns=BIOS[:2], also=BIOS)
def list_bios_settings(cloud: Cloud, node: str, long: bool, fields: tuple[str, ...]) -> Rows:
    """List BIOS settings of a node."""
    query: Json = {"detail": True} if long else {"fields": ",".join(fields)} if fields else {}
    shown = BIOS if long else some(BIOS, fields or ("name", "value"))
    return shown, cloud.send(NODE, "GET", node, "bios", params=query)["bios"]


@node.shower("bios setting show", TARGET, Arg("setting_name", "Name of the setting.", not_sent=True), fields=IN_ORDER)
def show_bios_setting(cloud: Cloud, node: str, setting_name: str) -> Json:
    """Show a BIOS setting of a node."""
    found: Json = cloud.send(NODE, "GET", node, "bios", setting_name)
    return found.get(setting_name, found)  # type: ignore[no-any-return]


@node.lister(
    "firmware list",
    TARGET,
    columns=columns("component initial_version current_version last_version_flashed created_at updated_at"),
)
def list_firmware(cloud: Cloud, node: str) -> Any:
    """List firmware components of a node, with versions."""
    return cloud.send(NODE, "GET", node, "firmware")["firmware"]


HISTORY = columns("""
    uuid created_at severity event_type event conductor user project state target_provision_state duration_seconds
""")


@node.lister("history list", TARGET, LONG, columns=columns("uuid created_at severity event"), also=HISTORY)
def list_history(cloud: Cloud, node: str, long: bool, columns: list[Column]) -> Rows:
    """List events in the history of a node."""
    query = {"detail": True} if long else {}
    found = cloud.send(NODE, "GET", node, "history", params=query)["history"]
    return HISTORY if long else columns, found


@node.shower("history get", TARGET, Arg("event", "Event (UUID).", not_sent=True), fields=IN_ORDER)
def get_history(cloud: Cloud, node: str, event: str) -> Json:
    """Show an event in the history of a node."""
    return cloud.send(NODE, "GET", node, "history", event)


@node.action("inventory save", TARGET, Value("--file", "File to write (default: standard output).", metavar="FILE"))
def save_inventory(cloud: Cloud, node: str, file: str | None) -> None:
    """Save the inventory of a node, collected by inspection, as JSON."""
    text = json.dumps(cloud.send(NODE, "GET", node, "inventory"))
    if not file:
        write_text(text)
        return
    with whole(file) as new:
        new.write(f"{text}\n".encode())


@node.shower("children list", TARGET, fields=columns("children"))
def list_children(cloud: Cloud, node: str) -> Json:
    """List the child nodes of a node."""
    return cloud.send(NODE, "GET", node, "children")


@node.lister("validate", TARGET, columns=["interface=Interface result=Result reason=Reason"])
def validate(cloud: Cloud, node: str) -> list[Json]:
    """Validate the driver interfaces of a node: check that the required settings are present."""
    found: dict[str, Json] = cloud.send(NODE, "GET", node, "validate")
    return [{"interface": name, "reason": "", **found[name]} for name in sorted(found)]


VIF = Arg(
    "vif_id", "VIF ID: ID of a Neutron port, or another ID that the network interface of the node accepts.", key="id"
)


@node.lister("vif list", TARGET, columns=columns("id"))
def list_vifs(cloud: Cloud, node: str) -> Any:
    """List virtual interfaces (VIFs) attached to a node."""
    return cloud.send(NODE, "GET", node, "vifs")["vifs"]


@node.action(
    "vif attach",
    TARGET,
    VIF,
    Opt("--port-uuid", "Port of the node to attach to.", key="port_uuid", ref=BARE_METAL_PORT),
    Opt("--portgroup-uuid", "Port group of the node to attach to.", key="portgroup_uuid", ref=PORT_GROUP),
    key_values("--vif-info", "VIF info, sent as additional fields of the request.", "*"),
)
def attach_vif(cloud: Cloud, node: str, body: Json, vif_id: str) -> None:
    """Attach a virtual interface (VIF) to a node."""
    cloud.send(NODE, "POST", node, "vifs", json={**body, "id": vif_id})


@node.action("vif detach", TARGET, VIF)
def detach_vif(cloud: Cloud, node: str, vif_id: str) -> None:
    """Detach a virtual interface (VIF) from a node."""
    cloud.send(NODE, "DELETE", node, "vifs", vif_id)


@node.lister("passthru list", TARGET, columns=METHOD_FIELDS)
def list_methods(cloud: Cloud, node: str) -> Items:
    """List the vendor passthru methods of a node."""
    return method_rows(cloud.send(NODE, "GET", node, "vendor_passthru", "methods"))


@node.action("passthru call", TARGET, CALL)
def call_vendor(cloud: Cloud, node: str, body: Json, values: Json) -> None:
    """Call a vendor passthru method of a node, and print the response."""
    answer: Any = call_method(cloud, NODE, node, body, values)
    if answer:
        write_text(json.dumps(answer) if isinstance(answer, dict | list) else str(answer))
