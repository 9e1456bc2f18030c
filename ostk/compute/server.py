"""Servers: show, change and delete them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import click

from ..api.compute import SERVER
from ..console import write_message
from ..errors import OstkError, WaitError
from ..language import NAME, NULL, WAIT, Column, Flag, Json, Opt, exclusive, properties
from ..record import replace
from ..render.output import choose
from ..session.cloud import Cloud, fault
from .server_fields import ALL_PROJECTS, ALL_TENANTS_QUERY, FIELDS, ONE, detail, find, server

NOVA = SERVER.service
PINNED = replace(SERVER, microversion="2.104")  # the first that changes the zone a server is pinned to
PASSWORD: Json = {"key": "adminPass", "action": "changePassword"}
FORGET = "os-server-password"  # what the metadata service tells
DIAGNOSTICS = (
    "cpu_details disk_details driver has_config_drive hypervisor hypervisor_os memory_details nic_details "
    "num_cpus num_disks num_nics state uptime"
)


# -- show ------------------------------------------------------------------------------------------------


@server.shower(
    "show",
    ONE,
    exclusive(
        Flag("--diagnostics", "What its hypervisor measures, instead."),
        Flag("--topology", "Its NUMA topology, too.", since="2.78"),
    ),
    fields=[],
)
def show(
    cloud: Cloud, server: str, diagnostics: bool, topology: bool, output_columns: Sequence[str]
) -> tuple[list[Column], Json]:
    """Show a server."""
    if diagnostics:
        return [], measured(cloud, cloud.find(SERVER, server))
    choose([field.title or field.key for field in FIELDS], output_columns)
    item = find(cloud, server)
    path = SERVER.at(item["id"], "topology")
    layout = [lambda: {"topology": cloud.call(NOVA, "GET", path, microversion="2.78")}]
    return detail(cloud, item, output_columns, also=layout if topology else ())


def measured(cloud: Cloud, id: str) -> Json:
    """What the hypervisor measures of a server: before Nova 2.48 whatever the hypervisor calls it."""
    found: Json = cloud.call(NOVA, "GET", SERVER.at(id, "diagnostics"), microversion="2.48")
    if cloud.supports(NOVA, "2.48"):
        found["has_config_drive"] = found.pop("config_drive", None)
        found = {**dict.fromkeys(DIAGNOSTICS.split()), **found, "id": None, "name": None}
    return {**found, "server_id": id}


# -- delete ----------------------------------------------------------------------------------------------


@server.each("delete", Flag("--force", "At once, whatever state it is in."), ALL_PROJECTS, WAIT)
def delete(cloud: Cloud, server: str, force: bool, all_projects: bool, wait: bool) -> None:
    """Delete servers."""
    id = cloud.find(SERVER, server, ALL_TENANTS_QUERY if all_projects else None)
    if force:
        cloud.act(SERVER, id, "forceDelete")
    else:
        cloud.delete(SERVER, id)
    if wait:
        gone(cloud, id)


def gone(cloud: Cloud, id: str) -> None:
    """Wait until a server is no more, or is kept only to be restored."""

    def reached(now: Json) -> bool:
        if now.get("status") == "ERROR" and not now.get("OS-EXT-STS:task_state"):
            because = fault(now) or "it went into ERROR"
            raise WaitError(f"The server {now.get('name') or id} was not deleted: {because}.")
        return not now or now.get("status") in ("DELETED", "SOFT_DELETED")

    cloud.poll(lambda: cloud.find_by_id(SERVER, id) or {}, reached)


# -- set and unset ---------------------------------------------------------------------------------------


def send(method: str, part: str) -> Callable[..., None]:
    """The action of an option that is a request about that part of a server."""

    def action(cloud: Cloud, item: Json, body: Json) -> None:
        content = None if method == "DELETE" else body
        path, known, again = SERVER.at(item["id"], part), SERVER.microversion, method in ("PUT", "DELETE")
        cloud.call(NOVA, method, path, json=content, microversion=known, repeatable=again)

    return action


def pin(cloud: Cloud, item: Json, body: Json) -> None:
    """Pin a server to an availability zone, or to none."""
    cloud.update(PINNED, item["id"], body)


def password(ctx: click.Context, param: click.Parameter, value: bool) -> str | None:
    """A password typed twice, before anything is sent."""
    if not value or ctx.resilient_parsing:
        return None
    first, again = (click.prompt(text, hide_input=True, err=True, type=str) for text in ("New password", "Once more"))
    if first != again:
        raise OstkError("The two passwords are not the same; nothing was changed.")
    return str(first)


def confirmed(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """The state, once somebody has said that it is really to be set."""
    if value and not ctx.params.get("auto_approve") and not ctx.resilient_parsing:
        question = "A server whose state is set by hand can be harder to mend. Set it all the same?"
        if not click.confirm(question, err=True):
            write_message("Nothing was changed.")
            ctx.exit()
    return value


def words(flag: str, help: str, method: str, part: str, since: str = "") -> Opt:
    """A repeatable option whose words each are a request, below that part of a server."""

    def action(cloud: Cloud, item: Json, body: Json) -> None:
        paths = [SERVER.at(item["id"], part, word) for word in dict.fromkeys(body[part])]
        known = SERVER.microversion
        cloud.map_concurrent(lambda path: cloud.call(NOVA, method, path, microversion=known, repeatable=True), paths)

    return Opt(flag, help, key=part, multiple=True, since=since, action=action)


server.set(
    NAME,
    Opt("--description", "What it is for.", since="2.19"),
    Opt("--hostname", "Its host name, as the metadata service tells it.", since="2.90"),
    Opt("--pinned-availability-zone", "Zone to stay in.", since="2.104", action=pin),
    properties("Property to set; may be repeated.", key="metadata", action=send("POST", "metadata")),
    Flag("--auto-approve", "Set the state without asking.", is_eager=True),
    Opt("--state", "State to set.", choices="active error", action="os-resetState", callback=confirmed),
    exclusive(
        Opt("--password", "Its administrator's password.", **PASSWORD),
        Opt("--no-password", "Forget the password (it stays in force).", value=True, action=send("DELETE", FORGET)),
        Opt("--root-password", "Ask for the password.", is_flag=True, hidden=True, callback=password, **PASSWORD),
    ),
    words("--tag", "Tag to add; may be repeated.", "PUT", "tags", since="2.26"),
)
server.unset(
    exclusive(
        words("--property", "Property to remove; may be repeated.", "DELETE", "metadata"),
        Opt("--all-properties", "Remove all properties.", key="metadata", value={}, action=send("PUT", "metadata")),
    ),
    Opt("--description", "Empty its description.", value="", since="2.19"),
    Opt("--pinned-availability-zone", "No zone to stay in.", value=NULL, since="2.104", action=pin),
    exclusive(
        words("--tag", "Tag to remove; may be repeated.", "DELETE", "tags", since="2.26"),
        Opt("--all-tags", "Remove all tags.", value=True, since="2.26", action=send("DELETE", "tags")),
    ),
)
