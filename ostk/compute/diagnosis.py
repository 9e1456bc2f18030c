"""What the services know about one server: the data of `server diagnose`, requested concurrently.

Each part but the server itself is optional: a service may be absent, forbid a request or fail.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from ..api.block_storage import CINDER, VOLUME, VOLUME_ATTACHMENT
from ..api.compute import COMPUTE_SERVICE, FLAVOR, LIMITS, NOVA, SERVER, SERVER_EVENT
from ..api.image import IMAGE
from ..api.network import FLOATING_IP, NETWORK, NETWORK_AGENT, PORT, SECURITY_GROUP
from ..errors import OstkError
from ..language import Cloud, Json
from .server_fields import POWER_STATES, image_id

T = TypeVar("T")
ACTIONS = 5  # the newest actions that are examined
CONSOLE_LINES = 10
FLAVOR_SIZES = ("vcpus", "ram", "disk", "ephemeral", "swap")
LIMIT_FIELDS = {
    "instances": ("totalInstancesUsed", "maxTotalInstances"),
    "cores": ("totalCoresUsed", "maxTotalCores"),
    "ram": ("totalRAMUsed", "maxTotalRAMSize"),
}
HOST, TASK_STATE = "OS-EXT-SRV-ATTR:host", "OS-EXT-STS:task_state"


class Examination:
    """The requests about one server.

    Args:
        cloud: The cloud.
        item: The server as Nova returns it.
    """

    def __init__(self, cloud: Cloud, item: Json) -> None:
        self.cloud, self.item, self.id = cloud, item, str(item["id"])
        self.host = str(item.get(HOST) or "")
        self.unavailable: dict[str, str] = {}  # part → reason

    def optional(self, part: str, request: Callable[[], T], default: T) -> T:
        """Return the result of a request; `default`, and a note on the part, if the request fails."""
        try:
            return request()
        except OstkError as error:
            self.unavailable[part] = error.message
        except (LookupError, TypeError, AttributeError, ValueError) as error:
            found = self.cloud.unexpected(error)
            self.unavailable[part] = found.message if found else f"The answer has an unexpected shape: {error}."
        return default

    def result(self) -> Json:
        """Return the data of the server and of what it depends on.

        Returns:
            The server's fields, and `flavor`, `image`, `fault`, `actions`, `ports`, `volumes`, `console_lines`,
            `compute_service`, `network_agents`, `quota`; `unavailable` is a list of {"part": …, "reason": …}.
        """
        parts: list[tuple[str, Callable[[], Any], Any]] = [
            ("flavor", self.flavor, None),
            ("image", self.image, {"id": image_id(self.item), "name": None} if image_id(self.item) else None),
            ("actions", self.actions, []),
            ("ports", self.ports, []),
            ("volumes", self.volumes, []),
            ("console_lines", self.console_lines, []),
            ("compute_service", self.compute_service, None),
            ("network_agents", self.network_agents, []),
            ("quota", self.quota, None),
        ]
        found = self.cloud.map_concurrent(lambda one: self.optional(one[0].replace("_", " "), *one[1:]), parts)
        if HOST not in self.item:
            self.unavailable["host"] = (
                "Nova does not show the host to this user: the compute service and the network agents of the host "
                "are not examined."
            )
        answers = {name: answer for (name, _, _), answer in zip(parts, found, strict=True)}
        missing = [{"part": part, "reason": reason} for part, reason in sorted(self.unavailable.items())]
        return {**self.server(), **answers, "unavailable": missing}

    def server(self) -> Json:
        """Return the fields of the server itself."""
        item, fault = self.item, self.item.get("fault") or None
        names = {
            "id": "id", "name": "name", "tenant_id": "project_id", "status": "status",
            "OS-EXT-STS:vm_state": "vm_state", TASK_STATE: "task_state", "locked": "locked",
            "locked_reason": "locked_reason", HOST: "host", "host_status": "host_status",
            "OS-EXT-AZ:availability_zone": "availability_zone", "created": "created", "updated": "updated",
            "OS-SRV-USG:launched_at": "launched_at",
        }  # fmt: skip
        power = item.get("OS-EXT-STS:power_state")
        return {
            **{name: item.get(key) for key, name in names.items()},
            "power_state": POWER_STATES.get(power) if power is not None else None,
            "fault": fault
            and {
                "message": str(fault.get("message") or "").strip(),
                "code": fault.get("code"),
                "created": fault.get("created"),
                "last_line": last_line(fault.get("details")),
            },
        }

    def flavor(self) -> Json:
        """Return the name, sizes and extra specs of the flavor; before microversion 2.47 by a request."""
        flavor = self.item.get("flavor") or {}
        if "original_name" not in flavor:
            flavor = self.cloud.fetch(FLAVOR, flavor["id"])
            flavor = {**flavor, "ephemeral": flavor.get("OS-FLV-EXT-DATA:ephemeral")}
        sizes = {key: int(flavor.get(key) or 0) for key in FLAVOR_SIZES}
        name = flavor.get("original_name") or flavor.get("name")
        return {"name": name, **sizes, "extra_specs": flavor.get("extra_specs") or {}}

    def image(self) -> Json | None:
        """Return the image, None for a server that boots from a volume."""
        if not (id := image_id(self.item)):
            return None
        image = self.cloud.fetch(IMAGE, id)
        return {"id": id, "name": image.get("name"), "status": image.get("status")}

    def actions(self) -> list[Json]:
        """Return the newest actions, the newest first, each with the events that failed or are not finished."""
        resource, limited = SERVER_EVENT.under(self.id), self.cloud.supports(NOVA, "2.58")
        query = {"limit": ACTIONS} if limited else {}
        found = list(self.cloud.pages(resource, query, limit=ACTIONS))
        running = found[:1] if self.item.get(TASK_STATE) else []
        looked_at = [action for action in found if action.get("message") or action in running]

        def events(action: Json) -> tuple[str, list[Json] | None]:
            request = action["request_id"]
            return request, self.optional(
                "events of actions", lambda: self.cloud.fetch(resource, request).get("events"), None
            )

        by_request = dict(self.cloud.map_concurrent(events, looked_at))
        failed = {request: unfinished_events(events or []) for request, events in by_request.items()}
        if any(events is None for events in by_request.values()):
            self.unavailable.setdefault("events of actions", "Nova does not show the events to this user.")
        elif any("traceback" not in event for events in by_request.values() for event in events or []):
            self.unavailable["tracebacks of events"] = "Nova does not show the tracebacks to this user."
        keys = ("action", "request_id", "start_time", "message")
        return [{**{key: one.get(key) for key in keys}, "events": failed.get(one["request_id"], [])} for one in found]

    def ports(self) -> list[Json]:
        """Return the ports with the names of their networks and security groups, and their floating IPs."""
        cloud = self.cloud
        found = list(cloud.pages(PORT, {"device_id": self.id}))
        if not found:
            return []
        networks = sorted({port["network_id"] for port in found})
        groups = sorted({group for port in found for group in port.get("security_groups") or []})

        def listed(part: str, resource: Any, query: Json) -> list[Json]:
            return self.optional(part, lambda: [*cloud.pages(resource, query)], []) if all(query.values()) else []

        network_list, group_list, floating_ips = cloud.gather(
            lambda: listed("networks", NETWORK, {"id": networks}),
            lambda: listed("security groups", SECURITY_GROUP, {"id": groups}),
            lambda: listed("floating IPs", FLOATING_IP, {"port_id": [port["id"] for port in found]}),
        )
        if any("binding:vif_type" not in port for port in found):
            self.unavailable["port bindings"] = "Neutron does not show the bindings to this user."
        names = {one["id"]: one.get("name") for one in (*network_list, *group_list)}
        return [port_data(port, names, floating_ips) for port in found]

    def volumes(self) -> list[Json]:
        """Return the attached volumes with their states, and the states of their attachments."""
        listed = self.item.get("os-extended-volumes:volumes_attached") or []
        ids = [str(volume["id"]) for volume in listed]
        if not ids:
            return []

        nothing: list[Json] = []
        requests: list[Callable[[], Any]] = [
            lambda: self.optional("volume attachments", self.attachments, nothing),
            *(partial(self.volume, id) for id in ids),
        ]
        attachments, *found = self.cloud.gather(*requests)
        states = {one.get("volume_id"): one.get("status") for one in attachments}
        return [volume_data(one, self.id, states.get(one["id"])) for one in found]

    def volume(self, id: str) -> Json:
        """Return a volume, its ID alone if the request fails."""
        return self.optional(f"volume {id}", lambda: self.cloud.fetch(VOLUME, id), {"id": id})

    def attachments(self) -> list[Json]:
        """Return the attachments of the server's volumes, [] where the service is too old to list them."""
        if not self.cloud.supports(CINDER, VOLUME_ATTACHMENT.since):
            return []
        foreign = self.item.get("tenant_id") not in (None, self.cloud.access.project_id)
        query = {"instance_id": self.id, **({"all_tenants": "True"} if foreign else {})}
        return list(self.cloud.pages(VOLUME_ATTACHMENT, query))

    def console_lines(self) -> list[str]:
        """Return the last lines of the console output."""
        reply = self.cloud.act(SERVER, self.id, "os-getConsoleOutput", {"length": CONSOLE_LINES})
        lines = str((reply or {}).get("output") or "").replace("\r", "").rstrip().split("\n")
        return [line.rstrip() for line in lines if line.strip()][-CONSOLE_LINES:]

    def compute_service(self) -> Json | None:
        """Return the nova-compute service of the server's host, None if the host or the service is unknown."""
        if not self.host:
            return None
        found = list(self.cloud.pages(COMPUTE_SERVICE, {"host": self.host, "binary": "nova-compute"}))
        keys = ("host", "status", "state", "updated_at", "disabled_reason", "forced_down")
        return {key: found[0].get(key) for key in keys} if found else None

    def network_agents(self) -> list[Json]:
        """Return the network agents on the server's host."""
        if not self.host:
            return []
        keys = ("agent_type", "host", "alive", "admin_state_up")
        agents = self.cloud.pages(NETWORK_AGENT, {"host": self.host})
        return [{key: agent.get(key) for key in keys} for agent in agents]

    def quota(self) -> Json:
        """Return the usage and the limit of instances, cores and RAM (MiB) of the server's project; -1 is unlimited."""
        owner = self.item.get("tenant_id")
        query = {"tenant_id": owner} if owner not in (None, self.cloud.access.project_id) else {}
        reply = self.cloud.send(LIMITS, "GET", params=query)
        absolute = reply["limits"]["absolute"]
        return {
            name: {"used": absolute.get(used), "limit": absolute.get(limit)}
            for name, (used, limit) in LIMIT_FIELDS.items()
        }


def unfinished_events(events: Sequence[Json]) -> list[Json]:
    """Return the events that did not succeed, with the last line of their tracebacks; `result` is None while running.

    Nova's tracebacks end before the exception itself, which stands in `details` (microversion 2.84).
    """
    keys = ("event", "result", "host", "start_time", "finish_time", "details")
    return [
        {**{key: event.get(key) for key in keys}, "last_line": last_line(event.get("traceback"))}
        for event in events
        if event.get("result") != "Success"
    ]


def last_line(text: Any) -> str | None:
    """Return the last line of a traceback that is not empty, None if there is none."""
    lines = [line.strip() for line in str(text or "").splitlines() if line.strip()]
    return lines[-1] if lines else None


def port_data(port: Json, names: Json, floating_ips: Sequence[Json]) -> Json:
    """Return a port with names for the IDs of its network and its security groups, and its floating IPs."""
    network = port["network_id"]
    return {
        "id": port["id"],
        "name": port.get("name") or None,
        "status": port.get("status"),
        "admin_state_up": port.get("admin_state_up"),
        "network": names.get(network) or network,
        "ip_addresses": [fixed["ip_address"] for fixed in port.get("fixed_ips") or []],
        "vif_type": port.get("binding:vif_type"),
        "host": port.get("binding:host_id") or None,
        "security_groups": [names.get(group) or group for group in port.get("security_groups") or []],
        "floating_ips": [
            {"address": ip["floating_ip_address"], "status": ip.get("status")}
            for ip in floating_ips
            if ip.get("port_id") == port["id"]
        ],
    }


def volume_data(volume: Json, server_id: str, attachment_status: Any) -> Json:
    """Return a volume, its device in the server and the state of its attachment."""
    devices = [one.get("device") for one in volume.get("attachments") or [] if one.get("server_id") == server_id]
    return {
        "id": volume["id"],
        "name": volume.get("name") or None,
        "status": volume.get("status"),
        "size": volume.get("size"),
        "bootable": volume.get("bootable") == "true" if "bootable" in volume else None,
        "device": devices[0] if devices else None,
        "attachment_status": attachment_status,
    }
