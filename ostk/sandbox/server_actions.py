"""Servers: actions, and their ports, volumes, metadata and events."""

import os
from collections.abc import Callable
from typing import Any

from . import servers
from .api_errors import raise_if
from .compute import FLAVOR, HOSTS
from .data import Json, fields, pick, rows
from .engine import Collection, action, add_property_routes, route
from .image import find_usable_image, snapshot
from .messages import MICROSECONDS, Request, Response
from .network import PORT
from .servers import SERVER, find_unlocked, ports, record_event, state_fields
from .services import NOVA
from .store import new_id
from .volume import VOLUME, attach, detach

# Action: vm_states that allow it, task_state, final vm_state.
TRANSITIONS = {
    x.pop("name"): x
    for x in rows(
        "name allowed task final",
        """
    os-start stopped powering-on active, os-stop active/error powering-off stopped,
    pause active pausing paused, unpause paused unpausing active, suspend active suspending suspended,
    resume suspended resuming active, reboot active/stopped/paused/suspended/error rebooting active,
    rebuild active/stopped/error rebuild_spawning active, os-migrateLive active/paused migrating active,
    resize active/stopped resize_prep resized, migrate active/stopped resize_prep resized,
    confirmResize resized resize_confirming active, revertResize resized resize_reverting active,
    rescue active/stopped rescuing rescued, unrescue rescued unrescuing active, restore soft-delete restoring active,
    shelve active/stopped/paused/suspended shelving shelved_offloaded,
    shelveOffload shelved shelving_offloading shelved_offloaded,
    unshelve shelved/shelved_offloaded unshelving active""",
    )
}
ADMIN_POLICIES = {
    "os-resetState": "os-admin-actions:reset_state",
    "migrate": "os-migrate-server:migrate",
    "os-migrateLive": "os-migrate-server:migrate_live",
    "shelveOffload": "os-shelve:shelve_offload",
}


@route(NOVA, "POST /v2.1/servers/{id}/action")
def _action(request: Request) -> Any:
    name, item, given = action(request, SERVER, {**TRANSITIONS, **OTHER_ACTIONS})
    SERVER.forbid_if(name in ADMIN_POLICIES and not request.identity.admin, "", ADMIN_POLICIES.get(name, ""))
    if name not in ("unlock", "os-getConsoleOutput", "createImage", "createBackup"):
        find_unlocked(request, name)
    if name in RECORDED_ACTIONS:
        record_event(request, item, name, servers.BUILD_SECONDS if name.startswith("create") else 0)
    return (
        change_state(request, item, name, given)
        if name in TRANSITIONS
        else OTHER_ACTIONS[name](request, item, given) or Response(None, 202)
    )


def change_state(request: Request, item: Json, name: str, given: Json) -> Response:
    """Change the state of a server."""
    allowed, task, final = TRANSITIONS[name].values()
    task = "rebooting_hard" if given.get("type") == "HARD" else task
    word, now, busy = name.removeprefix("os-"), item["vm_state"], item["task_state"]
    wrong = f"task_state {busy}" if now in allowed.split("/") else f"vm_state {now}"
    raise_if(busy or now not in allowed.split("/"), "InstanceInvalidState", word=word, id=item["id"], what=wrong)
    if name in ("resize", "migrate"):
        item["_before"] = pick(item, "_flavor host hypervisor_hostname hostId vm_state")
    if name == "resize":
        flavor = FLAVOR.find(request, str(given.get("flavorRef", "")), 400)
        raise_if(flavor["id"] == item["_flavor"]["id"], "CannotResizeToSameFlavor")
        item["_flavor"] = flavor
    elif name == "rebuild":
        item["_image"] = find_usable_image(request, str(given.get("imageRef") or item["_image"]))
        item |= pick(given, "name description metadata key_name user_data hostname trusted_image_certificates")
    elif name in ("migrate", "os-migrateLive"):
        host = given.get("host") or next(x for x in HOSTS if x != item["host"])
        raise_if(host == item["host"], "BadRequest", what="Cannot migrate to the host where the server exists.")
        item |= servers.host_fields(item["project_id"], host)
    elif name in ("confirmResize", "revertResize"):
        before = item.pop("_before", {})
        final = before.pop("vm_state", final)
        item |= before if name == "revertResize" else {}
    item["task_state"] = task
    SERVER.save(
        request,
        request.store.schedule_change(
            item, 0 if name == "confirmResize" else servers.ACTION_SECONDS, state_fields(final)
        ),
    )
    record_event(request, item, "live-migration" if name == "os-migrateLive" else word, servers.ACTION_SECONDS)
    password = {"adminPass": given.get("adminPass") or os.urandom(6).hex()}
    output: Json = {"rebuild": {"server": {**SERVER.represent(request, item), **password}}, "rescue": password}
    return Response(output.get(name), {"rescue": 200, "confirmResize": 204}.get(name, 202))


def update(request: Request, item: Json, **changes: Any) -> None:
    """Change fields of a server."""
    SERVER.save(request, {**item, **changes})


def _console(request: Request, item: Json, given: Json) -> Json:
    lines = [
        f"[    0.000000] Linux version 0.0-fake ({item['id']})",
        "[    0.100000] Command line: root=/dev/vda1 console=ttyS0",
        *(f"[    1.{number:06}] fake boot line {number}" for number in range(1, 48)),
        f"{item['hostname']} login: ",
        "",
    ]
    # Nova returns the whole log for no length, 0 and less: a slice from -0 on.
    return {"output": "\n".join(lines[-max(0, int(given.get("length") or 0)) :])}


def _image(request: Request, item: Json, given: Json) -> Response:
    made = snapshot(request, item, given["name"], {**(given.get("metadata") or {}), **pick(given, "backup_type")})
    return Response(
        {"image_id": made} if request.version >= (2, 45) else None,
        202,
        {"Location": f"{request.host}/compute/images/{made}"},
    )


def _group(request: Request, item: Json, given: Json, add: bool = True) -> None:
    group = servers.find_security_group(request, given["name"])["id"]
    for port in ports(request, item):
        stored = [x for x in port["security_groups"] if x != group]
        raise_if(not add and stored == port["security_groups"], "SecurityGroupNotThere", group=group, id=item["id"])
        request.store.put("port", {**port, "security_groups": stored + ([group] if add else [])})


OTHER_ACTIONS: dict[str, Callable[[Request, Json, Json], Any]] = {
    "lock": lambda request, item, given: update(request, item, locked=True, locked_reason=given.get("locked_reason")),
    "unlock": lambda request, item, given: update(request, item, locked=False, locked_reason=None),
    "os-getConsoleOutput": _console,
    "createImage": _image,
    "createBackup": _image,
    "os-resetState": lambda request, item, given: update(request, item, _steps=[], **state_fields(given["state"])),
    "addSecurityGroup": _group,
    "removeSecurityGroup": lambda request, item, given: _group(request, item, given, add=False),
    "forceDelete": lambda request, item, given: servers.delete_server(request, item),
    "changePassword": lambda request, item, given: None,
    "trigger_crash_dump": lambda request, item, given: None,
}
RECORDED_ACTIONS = ("lock", "unlock", "createImage", "createBackup", "changePassword", "trigger_crash_dump")


def interfaces(request: Request) -> list[Json]:
    """Return the ports of a server as Nova returns them."""
    words = "net_id=network_id port_id=id mac_addr=mac_address port_state=status fixed_ips tag=_tag"
    return [{"tag": None, **pick(x, words)} for x in ports(request, SERVER.find(request, request.args["server"]))]


INTERFACE = Collection(
    NOVA,
    "interfaceAttachment",
    "port_id",
    path="/v2.1/servers/{server}/os-interface",
    source=interfaces,
    id_field="port_id",
    read_scope="all",
    verbs="list show",
    since="tag=70",
    not_found="Instance {server} does not have a port with id {id}",
)


@route(NOVA, "POST /v2.1/servers/{server}/os-interface", "DELETE /v2.1/servers/{server}/os-interface/{id}")
def _interface(request: Request) -> Json | Response:
    item = find_unlocked(request, "os-attach-interfaces")
    if request.method == "POST":
        made = servers.attach_port(request, item, request.json("interfaceAttachment"))
        return INTERFACE.wrap(request, INTERFACE.find(request, made["id"]))
    servers.detach_port(request, PORT.find(request, INTERFACE.find(request)["port_id"]))
    return Response(None, 202)


def attachments(request: Request) -> list[Json]:
    """Return the volumes of a server as Nova returns them."""
    words = """id=volume_id serverId=server_id volumeId=volume_id device tag delete_on_termination=delete bdm_uuid=bdm
        attachment_id=id"""
    return [
        pick(x, words)
        for x in request.store.all("attachment", server_id=SERVER.find(request, request.args["server"])["id"])
    ]


ATTACHMENT = Collection(
    NOVA,
    "volumeAttachment",
    "volumeId",
    path="/v2.1/servers/{server}/os-volume_attachments",
    source=attachments,
    id_field="volumeId",
    read_scope="all",
    verbs="list show",
    not_found="Instance {server} is not attached to volume {id}",
    since="tag=70 delete_on_termination=79 attachment_id=89 bdm_uuid=89 id=-89",
)


@route(NOVA, "POST /v2.1/servers/{server}/os-volume_attachments")
@route(NOVA, "PUT,DELETE /v2.1/servers/{server}/os-volume_attachments/{id}")
def _volume(request: Request) -> Json | Response:
    item = find_unlocked(request, "os-volumes-attachments")
    body = request.json("volumeAttachment") if request.method != "DELETE" else {}
    if request.method == "POST":
        id = body["volumeId"]
        attach(request, item, id, body)
        record_event(request, item, "attach_volume", servers.ACTION_SECONDS)
        # Nova returns the ID in the response to this request in every microversion.
        return {"volumeAttachment": {**ATTACHMENT.represent(request, ATTACHMENT.find(request, id)), "id": id}}
    VOLUME.find(request)
    found: Json = request.store.get("attachment", ATTACHMENT.find(request)["attachment_id"]) or {}
    if request.method == "PUT":
        request.store.put("attachment", found | pick(body, "delete=delete_on_termination"))
        return Response(None, 202)
    detach(request, found)
    record_event(request, item, "detach_volume", servers.ACTION_SECONDS)
    return Response(None, 202)


route(NOVA, "DELETE /v2.1/servers/{id}/os-server-password")(
    lambda request: find_unlocked(request, "clear") and Response(None, 204)
)
add_property_routes(SERVER, "/v2.1/servers/{id}/metadata", "metadata", "Metadata item was not found", "meta", 204)


CONSOLES = fields("""novnc=http://127.0.0.1:6080/vnc_lite.html?path=%3Ftoken%3D serial=ws://127.0.0.1:6083/?token=
    spice-html5=http://127.0.0.1:6081/spice_auto.html?token= spice-direct=http://127.0.0.1:13002/nova?token=
    webmks=http://127.0.0.1:6090/?token=""")


@route(NOVA, "POST /v2.1/servers/{id}/remote-consoles")
def _remote_console(request: Request) -> Json:
    SERVER.find(request)
    requested = pick(request.json("remote_console"), "protocol type")
    return {"remote_console": {**requested, "url": CONSOLES[requested["type"]] + new_id()}}


def events(request: Request) -> list[Json]:
    """Return the actions on a server, also on a deleted one."""
    found = request.store.all("event", f"{request.args['server']}/")
    if not found:
        SERVER.find(request, request.args["server"])
    return found


def event_output(request: Request, output: Json, item: Json) -> None:
    """Add the only event of an action on a server."""
    end = item.get("_changed") and request.time(MICROSECONDS, item["_changed"])
    output["updated_at"] = end or item["start_time"]
    step = {"event": f"compute_{item['action']}", "start_time": item["start_time"], "finish_time": end}
    output["events"] = [{**step, **item["_at"], "result": end and "Success", "traceback": None, "details": None}]


Collection(
    NOVA,
    "instanceAction",
    "action",
    path="/v2.1/servers/{server}/os-instance-actions",
    source=events,
    read_scope="all",
    id_field="request_id",
    verbs="list show",
    sort_order="newest",
    adjust_output=event_output,
    not_found="Action {id} not found",
    match_filter=lambda request, item, key, value: servers.match_times(value, item["start_time"]).get(key),
    list_fields="action instance_uuid request_id user_id project_id message start_time updated_at",
)
