"""The page that `server diagnose` prints: a section for each part of the data of a server."""

from typing import Any

from ..language import Json
from ..render.page import Line, Section


def sections(data: Json) -> list[Section]:
    """Return the sections of the page about a server."""
    listed = [
        (f"Server {data['name'] or data['id']}", server_lines(data)),
        ("Actions, the newest first", action_lines(data)),
        ("Ports", port_lines(data)),
        ("Volumes", volume_lines(data)),
        ("Host", host_lines(data)),
        ("Console, the last lines", console_lines(data)),
        ("Not available", unavailable_lines(data)),
        ("What it likely is", finding_lines(data)),
    ]
    return [Section(title, lines) for title, lines in listed if lines]


def server_lines(data: Json) -> list[Line]:
    """Return the lines about the server itself."""
    flavor, image, fault = data["flavor"], data["image"], data["fault"]
    reason = f" ({data['locked_reason']})" if data["locked_reason"] else ""
    rows: list[tuple[str, Any]] = [
        ("ID", data["id"]),
        ("Status", data["status"]),
        ("Task state", data["task_state"]),
        ("Power state", data["power_state"]),
        ("Locked", data["locked"] and f"yes{reason}"),
        ("Host", data["host"]),
        ("Availability zone", data["availability_zone"]),
        ("Flavor", flavor and f"{flavor['name']}: {flavor_text(flavor)}"),
        ("Image", image_text(image) if image else "none (boots from a volume)"),
        ("Created", data["created"]),
        ("Updated", data["updated"]),
    ]
    if fault:
        rows.append(("Fault", f"{fault['message']} (code {fault['code']}, {fault['created']})"))
        rows.append(("Exception", fault["last_line"]))
    for name, amount in (data["quota"] or {}).items() if data["status"] in ("ERROR", "BUILD") else ():
        limit = "unlimited" if amount["limit"] == -1 else amount["limit"]
        rows.append((f"Quota of {name}", f"{amount['used']} of {limit}{' MiB' if name == 'ram' else ''} used"))
    return [
        Line(str(text), label, states=label in ("Status", "Power state", "Task state")) for label, text in rows if text
    ]


def flavor_text(flavor: Json) -> str:
    """Return the sizes of a flavor, and its extra specs."""
    sizes = [f"{flavor['vcpus']} vCPUs", f"{flavor['ram']} MiB RAM", f"{flavor['disk']} GiB disk"]
    sizes += [f"{key}={value}" for key, value in sorted(flavor["extra_specs"].items())]
    return ", ".join(sizes)


def image_text(image: Json) -> str:
    """Return the name or ID of an image, and its status unless it is active."""
    status = image.get("status")
    return f"{image['name'] or image['id']}{f' ({status})' if status not in (None, 'active') else ''}"


def action_lines(data: Json) -> list[Line]:
    """Return the lines about the newest actions and the events in them that failed."""
    lines = []
    for action in data["actions"]:
        result = action["message"] or ""
        lines.append(Line(f"{action['action']} {result}", str(action["start_time"] or "")[:19], states=bool(result)))
        for event in action["events"]:
            host = f" on {event['host']}" if event["host"] else ""
            result = event["result"] or "not finished"
            lines.append(Line(f"{event['event']}{host}: {result}", level=1, states=True))
            ends = f"Traceback ends: {event['last_line']}" if event["last_line"] else ""
            told = [str(event["details"] or "").strip(), ends]
            lines += [Line(" ".join(text.split()), level=2) for text in told if text]
    return lines


def port_lines(data: Json) -> list[Line]:
    """Return the lines about the ports."""
    lines = []
    for port in data["ports"]:
        disabled = ", disabled" if port["admin_state_up"] is False else ""
        lines.append(Line(f"{port['status']}{disabled}", port["name"] or port["id"], states=True))
        binding = " on ".join(part for part in (port["vif_type"], port["host"]) if part)
        floating_ips = [f"{ip['address']} ({ip['status']})" for ip in port["floating_ips"]]
        rows = [
            ("Network", f"{port['network']}: {', '.join(port['ip_addresses']) or 'no address'}"),
            ("Binding", binding),
            ("Security groups", ", ".join(port["security_groups"]) or "none"),
            ("Floating IPs", ", ".join(floating_ips)),
        ]
        lines += [Line(text, label, level=1, states=label == "Floating IPs") for label, text in rows if text]
    return lines


def volume_lines(data: Json) -> list[Line]:
    """Return the lines about the volumes."""
    lines = []
    for volume in data["volumes"]:
        parts = [
            volume["status"] or "state unknown",
            f"attachment {volume['attachment_status']}" if volume["attachment_status"] else "",
            f"{volume['size']} GiB" if volume["size"] else "",
            volume["device"] or "",
            "bootable" if volume["bootable"] else "",
        ]
        lines.append(Line(", ".join(filter(None, parts)), volume["name"] or volume["id"], states=True))
    return lines


def host_lines(data: Json) -> list[Line]:
    """Return the lines about the services on the server's host."""
    lines, service = [], data["compute_service"]
    if service:
        reason = f" ({service['disabled_reason']})" if service["disabled_reason"] else ""
        forced = " (forced down)" if service["forced_down"] else ""
        text = f"{service['state']}{forced}, {service['status']}{reason}, last seen {service['updated_at']}"
        lines.append(Line(text, "nova-compute", states=True))
    for agent in data["network_agents"]:
        state = "up" if agent["alive"] else "down"
        text = state if agent["admin_state_up"] is not False else f"{state}, disabled"
        lines.append(Line(text, str(agent["agent_type"]), states=True))
    return lines


def console_lines(data: Json) -> list[Line]:
    """Return the last lines of the console."""
    return [Line(line, whole=True) for line in data["console_lines"]]


def unavailable_lines(data: Json) -> list[Line]:
    """Return a line for each part that could not be examined."""
    return [Line(" ".join(str(one["reason"]).split()), one["part"]) for one in data["unavailable"]]


def finding_lines(data: Json) -> list[Line]:
    """Return the lines about the findings and the commands to go on with."""
    if not data["findings"]:
        return [Line("Nothing that ostk knows of is wrong with the server.")]
    lines = []
    for number, finding in enumerate(data["findings"], 1):
        lines.append(Line(finding["summary"], f"{number}."))
        if finding["explanation"]:
            lines.append(Line(finding["explanation"], level=2))
        lines += [Line(command, level=2, whole=True) for command in finding["commands"]]
    return lines
