"""What the data of a server likely means: plain rules from states to findings and the commands to go on with."""

import re
import shlex
import time
from calendar import timegm
from contextlib import suppress
from typing import Any

from ..language import Items, Json

STUCK_SECONDS = 600  # a task state that lasts longer is suspicious
MIB_PER_GIB = 1024
# Status → what it means, and the commands (without the program's name) that end the state.
RESTING = {
    "SHUTOFF": ("The server is stopped.", "server start {server}"),
    "PAUSED": ("The server is paused: its memory is kept on the host.", "server unpause {server}"),
    "SUSPENDED": ("The server is suspended: its memory is saved on the host's disk.", "server resume {server}"),
    "SHELVED": ("The server is shelved, its host still holds its resources.", "server unshelve {server}"),
    "SHELVED_OFFLOADED": ("The server is shelved and is on no host.", "server unshelve {server}"),
    "RESCUE": ("The server runs a rescue image.", "server unrescue {server}"),
    "SOFT_DELETED": ("The server is deleted, and can be restored.", "server restore {server}"),
}
RESIZED = ("server resize confirm {server}", "server resize revert {server}")
# What a fault message says → summary, explanation and commands.
FAULTS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (
        r"maximum number of retries|exhausted all hosts",
        "Every host that the scheduler tried failed to build the server.",
        "The log of nova-compute on these hosts has the reason.",
        ("server event list {server}", "compute service list --service nova-compute", "hypervisor list --long"),
    ),
    (r"quota", "A quota was exceeded.", "", ("quota show --usage",)),
    (
        r"failed to allocate the network|binding failed|portbindingfailed|virtual interface creation failed",
        "The network of the server could not be set up.",
        "No network agent on the host could bind the port, or Neutron did not report the port as plugged in time.",
        ("port list --server {server}", "network agent list --host {host}"),
    ),
    (
        r"block device|volume|cinder",
        "A volume of the server could not be prepared.",
        "",
        ("server volume list {server}", "volume message list", "volume service list"),
    ),
    (
        r"image",
        "The image of the server could not be used.",
        "The image may be deleted, not active, or in a format that the host does not support.",
        ("image show {image}",),
    ),
    (
        r"messaging ?timeout|timed out waiting for a reply",
        "Services of Nova could not reach each other.",
        "The message queue or nova-compute may be down.",
        ("compute service list",),
    ),
    (r"claim|insufficient|not enough", "The host had not enough resources.", "", ("hypervisor stats show",)),
)
CONSOLE = (
    (r"kernel panic", "The kernel of the guest panicked."),
    (r"no bootable device|boot failed|operating system not found", "The guest found nothing to boot from."),
    (r"out of memory", "The guest ran out of memory."),
    (r"emergency mode|cloud-init.*(failed|error)", "The guest did not finish booting without errors."),
)


class Rules:
    """The rules, for one server.

    Args:
        data: What `Examination.result` returns.
        program: The name of the program in commands.
        now: The time, in seconds since the epoch.
        by_id: Whether the commands name the server by its ID: its name may be in another project.
    """

    def __init__(self, data: Json, program: str, now: float, by_id: bool = False) -> None:
        self.data, self.program, self.now = data, program, now
        name = "" if by_id else str(data.get("name") or "")
        plain = name.isprintable() and name.strip() == name and not name.startswith("-")
        self.words = {
            "server": shlex.quote(name if name and plain else str(data["id"])),
            "image": shlex.quote(str((data.get("image") or {}).get("id") or "IMAGE")),
            "host": shlex.quote(str(data.get("host") or "HOST")),
        }

    def finding(self, summary: str, explanation: str = "", *commands: str) -> Json:
        """Return a finding; the commands have no program name, and placeholders for the server and its host."""
        lines = [f"{self.program} {command.format(**self.words)}" for command in commands]
        return {"summary": summary, "explanation": explanation or None, "commands": lines}

    def findings(self) -> list[Json]:
        """Return the findings, those that explain most first."""
        rules = (
            self.fault, self.binding, self.host_service, self.agents, self.volumes, self.task, self.resting,
            self.failed_action, self.power, self.console, self.ports, self.quota, self.locked,
        )  # fmt: skip
        return [finding for rule in rules for finding in rule()]

    def fault(self) -> Items:
        """Yield what the fault of a server in ERROR says."""
        if self.data.get("status") != "ERROR":
            return
        fault = self.data.get("fault") or {}
        details = [event.get("details") for action in self.data["actions"][:1] for event in action["events"]]
        text = " ".join(str(part) for part in (fault.get("message"), fault.get("last_line"), *details) if part)
        if re.search("no valid host|novalidhost", text, re.IGNORECASE):
            yield self.no_valid_host()
            return
        for pattern, summary, explanation, commands in FAULTS:
            if re.search(pattern, text, re.IGNORECASE):
                yield self.finding(summary, explanation, *commands)
                return
        if self.data.get("launched_at"):
            again = "server reboot --hard {server}"
            explanation = "The server ran before: a hard reboot often brings it back once the cause is mended."
        else:
            again, explanation = "server delete {server}", "The server never ran: delete and create it again."
        yield self.finding("The last action on the server failed.", explanation, "server event list {server}", again)

    def no_valid_host(self) -> Json:
        """Return the finding that the scheduler found no host, with what the server asks for."""
        flavor, zone = self.data.get("flavor") or {}, self.data.get("availability_zone")
        disk = 0 if self.data.get("image") is None else int(flavor.get("disk") or 0)
        disk += int(flavor.get("ephemeral") or 0) + -(-int(flavor.get("swap") or 0) // MIB_PER_GIB)
        amounts = {"VCPU": flavor.get("vcpus"), "MEMORY_MB": flavor.get("ram"), "DISK_GB": disk}
        resources = " ".join(f"--resource {name}={amount}" for name, amount in amounts.items() if amount)
        asks = f"{flavor.get('vcpus')} vCPUs, {flavor.get('ram')} MiB of RAM and {disk} GiB of disk" if flavor else ""
        explanation = f"The flavor {flavor.get('name')} asks for {asks} on one host. " if asks else ""
        if specs := flavor.get("extra_specs"):
            explanation += (
                f"It has extra specs, which hosts or their aggregates must match: {', '.join(sorted(specs))}. "
            )
        if zone:
            explanation += f"The host must be in the availability zone {zone}. "
        explanation += (
            "No enabled host has room for it, or the host aggregates, the availability zone, traits or a server group "
            "exclude those that have."
        )
        if any(one["part"] == "host" for one in self.data["unavailable"]):
            explanation += " Only administrators may run these commands, but for the last."
        commands = ["hypervisor stats show"]
        if resources:
            commands.append(f"allocation candidate list {resources}")
        commands += ["compute service list --service nova-compute", "aggregate list --long", "availability zone list"]
        return self.finding("The scheduler found no host for the server.", explanation, *map(escaped, commands))

    def binding(self) -> Items:
        """Yield the ports that could not be bound."""
        for port in self.data["ports"]:
            if port["vif_type"] == "binding_failed":
                host = port["host"] or self.data.get("host") or "HOST"
                yield self.finding(
                    f"The port {port['name'] or port['id']} could not be bound on host {host}.",
                    "The network agent of the host may be down, or may not know the physical network.",
                    escaped(f"network agent list --host {shlex.quote(host)}"),
                    escaped(f"port show {port['id']}"),
                )

    def host_service(self) -> Items:
        """Yield what is wrong with nova-compute on the server's host."""
        service, command = self.data.get("compute_service") or {}, "compute service list --host {host} --long"
        if service.get("forced_down"):
            yield self.finding(
                f"An administrator has marked nova-compute on host {service['host']} as down (forced down).",
                "The server may be evacuated. Nova takes the service for down until the mark is removed.",
                command,
                "compute service set --up {host} nova-compute",
            )
        elif service.get("state") == "down":
            yield self.finding(
                f"nova-compute on host {service['host']} is down.",
                "Actions on the server wait until the service is back. If the host is lost, evacuate the server.",
                command,
                "server evacuate {server}",
            )
        elif self.data.get("host_status") in ("DOWN", "UNKNOWN", "MAINTENANCE"):
            yield self.finding(f"Nova reports the server's host as {self.data['host_status']}.", "", command)
        if service.get("status") == "disabled":
            reason = service.get("disabled_reason")
            yield self.finding(
                f"nova-compute on host {service['host']} is disabled{f': {reason}' if reason else ''}.",
                "The server goes on running; no new server is placed on the host.",
                command,
            )

    def agents(self) -> Items:
        """Yield the network agents on the server's host that are down or disabled."""
        for agent in self.data["network_agents"]:
            if agent["alive"] is False or agent["admin_state_up"] is False:
                state = "is down" if agent["alive"] is False else "is disabled"
                yield self.finding(
                    f"The {agent['agent_type']} on host {agent['host']} {state}.",
                    "Changes to the ports of the server do not reach the host.",
                    "network agent list --host {host}",
                )

    def volumes(self) -> Items:
        """Yield the volumes that are not attached as they should be."""
        for volume in self.data["volumes"]:
            name, status = volume["name"] or volume["id"], str(volume["status"] or "")
            attachment = str(volume["attachment_status"] or "")
            show = escaped(f"volume show {volume['id']}")
            if status.startswith("error") or attachment.startswith("error"):
                state = status if status.startswith("error") else attachment
                yield self.finding(f"The volume {name} is in the state {state}.", "", show, "volume message list")
            elif status in ("attaching", "detaching", "reserved") or attachment in ("attaching", "reserved"):
                yield self.finding(
                    f"The volume {name} is not attached: its state is {status or attachment}.",
                    "If the state does not change, an administrator can reset it once nothing uses the volume.",
                    show,
                    "server event list {server}",
                )
            elif status == "available":
                yield self.finding(
                    f"Nova has the volume {name} as attached, Cinder as available.",
                    "The records of the two services differ.",
                    show,
                    "server volume list {server}",
                )

    def task(self) -> Items:
        """Yield the task that is in progress, and whether it lasts too long."""
        if not (task := self.data.get("task_state")):
            return
        age = seconds_since(self.data.get("updated"), self.now)
        if age is not None and age > STUCK_SECONDS:
            yield self.finding(
                f"The task {task} has lasted for {int(age // 60)} minutes: it is likely stuck.",
                "nova-compute may have been restarted during the task, or a message was lost. Its log has the reason; "
                "an administrator can reset the state.",
                "server event list {server}",
                "server set --state error {server}",
            )
        else:
            yield self.finding(f"The task {task} is in progress.", "", "server event list {server}")

    def resting(self) -> Items:
        """Yield the state that a server stays in until a command ends it."""
        status = self.data.get("status")
        if status in RESTING and not self.data.get("task_state"):
            summary, command = RESTING[status]
            yield self.finding(summary, "", command)
        elif status == "VERIFY_RESIZE":
            yield self.finding("The server was resized or migrated, and waits to be confirmed.", "", *RESIZED)

    def failed_action(self) -> Items:
        """Yield the newest action if it failed without taking the server into ERROR."""
        for action in self.data["actions"][:1]:
            if action["message"] and self.data.get("status") != "ERROR":
                details = next((event["details"] for event in action["events"] if event["details"]), "")
                yield self.finding(
                    f"The last action, {action['action']}, failed: {details or action['message']}",
                    "",
                    escaped(f"server event show {self.data['id']} {action['request_id']}"),
                )

    def power(self) -> Items:
        """Yield a server that is ACTIVE and does not run."""
        power = self.data.get("power_state")
        if self.data.get("status") == "ACTIVE" and power in ("Shutdown", "Crashed") and not self.data["task_state"]:
            yield self.finding(
                f"The server is ACTIVE, and its power state is {power}.",
                "The guest shut itself down or crashed; Nova has not noticed yet.",
                "server reboot --hard {server}",
            )

    def console(self) -> Items:
        """Yield what the last lines of the console say about the guest."""
        text = "\n".join(self.data["console_lines"])
        for pattern, summary in CONSOLE:
            if re.search(pattern, text, re.IGNORECASE):
                yield self.finding(summary, "", "console log show {server}", "server rescue {server}")
                return

    def ports(self) -> Items:
        """Yield the ports of an active server that carry no traffic, and a server without ports."""
        if self.data.get("status") != "ACTIVE":
            return
        if not self.data["ports"] and not any(one["part"] == "ports" for one in self.data["unavailable"]):
            yield self.finding("The server has no port.", "", "server add network {server} NETWORK")
        for port in self.data["ports"]:
            name, show = port["name"] or port["id"], escaped(f"port show {port['id']}")
            if port["admin_state_up"] is False:
                yield self.finding(f"The port {name} is disabled.", "", escaped(f"port set --enable {port['id']}"))
            elif port["status"] in ("DOWN", "ERROR", "BUILD") and port["vif_type"] != "binding_failed":
                yield self.finding(
                    f"The port {name} is {port['status']}.", "", show, "network agent list --host {host}"
                )

    def quota(self) -> Items:
        """Yield the quotas that are used up, which a resize or a rebuild elsewhere would need."""
        if self.data.get("status") not in ("ERROR", "BUILD"):
            return
        for name, amount in (self.data.get("quota") or {}).items():
            used, limit = amount["used"], amount["limit"]
            if isinstance(used, int) and isinstance(limit, int) and 0 <= limit <= used:
                yield self.finding(f"The quota of {name} is used up: {used} of {limit}.", "", "quota show --usage")

    def locked(self) -> Items:
        """Yield that the server is locked."""
        if self.data.get("locked"):
            reason = self.data.get("locked_reason")
            yield self.finding(
                f"The server is locked{f': {reason}' if reason else ''}.",
                "Actions of users who are not administrators are refused until the server is unlocked.",
                "server unlock {server}",
            )


def escaped(text: str) -> str:
    """Return a text without placeholders for str.format."""
    return text.replace("{", "{{").replace("}", "}}")


def seconds_since(moment: Any, now: float) -> float | None:
    """Return the seconds since a time of the API (2026-01-31T12:00:00Z), None if it is no time."""
    with suppress(ValueError):
        return now - timegm(time.strptime(str(moment)[:19], "%Y-%m-%dT%H:%M:%S"))
    return None
