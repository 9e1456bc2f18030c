"""Servers: show, change and delete them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import click

from ..errors import OstkError, PartialFailure, WaitError
from ..kinds import SERVER
from ..language import NAME, NULL, WAIT, Arg, Command, Flag, Json, Noun, Opt, exclusive, properties, target, verbs
from ..render.options import SHOW_OPTIONS, output_from
from ..session.cloud import Cloud, quote
from .server_fields import FIELDS, detail, find

NOVA = SERVER.service
PINNED = replace(SERVER, microversion="2.104")  # the first that changes the zone a server is pinned to
DIAGNOSTICS = (
    "cpu_details disk_details driver has_config_drive hypervisor hypervisor_os memory_details nic_details "
    "num_cpus num_disks num_nics state uptime"
).split()
server = Noun(SERVER, "Manage servers.", fields=FIELDS)


# -- show ------------------------------------------------------------------------------------------------


def show(cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> None:
    """Show a server, or what its hypervisor measures."""
    name, output = values["server"], output_from(values)
    if values["diagnostics"]:
        verbs.print_item([], diagnostics(cloud, cloud.find(SERVER, name)), output)
        return
    verbs.check(FIELDS, output)
    if values["topology"]:
        cloud.require(NOVA, "2.78", "--topology")
    item = find(cloud, name)

    def topology() -> Json:
        path = f"{SERVER.path}/{item['id']}/topology"
        return {"topology": cloud.call(NOVA, "GET", path, microversion="2.78")} if values["topology"] else {}

    fields, item = detail(cloud, item, output.columns, also=topology)
    verbs.print_item(fields, item, output)


def diagnostics(cloud: Cloud, id: str) -> Json:
    """What the hypervisor measures of a server: before Nova 2.48 whatever the hypervisor calls it."""
    found = cloud.call(NOVA, "GET", f"{SERVER.path}/{quote(id)}/diagnostics", microversion="2.48")
    if not cloud.supports(NOVA, "2.48"):
        return {**found, "server_id": id}
    found["has_config_drive"] = found.pop("config_drive", None)
    return {**dict.fromkeys(DIAGNOSTICS), **found, "id": None, "name": None, "server_id": id}


server.add(
    "show",
    Command(
        "show",
        [
            target(SERVER),
            exclusive(
                Flag("--diagnostics", "What its hypervisor measures, instead."),
                Flag("--topology", "Its NUMA topology, too."),
            ),
            SHOW_OPTIONS,
        ],
        "Show a server.",
        show,
    ),
)


# -- delete ----------------------------------------------------------------------------------------------


@server.action(
    "delete",
    Arg("server", nargs=-1, required=True, local=True, metavar="SERVER..."),
    Flag("--force", "At once, whatever state it is in."),
    Flag("--all-projects", "Names of all projects.", envvar="ALL_PROJECTS"),
    WAIT,
)
def delete(cloud: Cloud, server: tuple[str, ...], force: bool, all_projects: bool, wait: bool) -> None:
    """Delete servers."""
    deleted: list[str] = []

    def one(name: str) -> None:
        id = cloud.find(SERVER, name, {"all_tenants": "True"} if all_projects else None)
        if force:
            cloud.act(SERVER, id, "forceDelete")
        else:
            cloud.delete(SERVER, id)
        deleted.append(id)

    failure: PartialFailure | None = None
    try:
        verbs.each(cloud, one, server, "delete", "server")
    except PartialFailure as error:
        failure = error
    if wait and deleted:
        verbs.each(cloud, lambda id: gone(cloud, id), deleted, "delete", "server")
    if failure:
        raise failure


def gone(cloud: Cloud, id: str) -> None:
    """Wait until a server is no more, or is kept only to be restored."""

    def reached(now: Json) -> bool:
        if now.get("status") == "ERROR" and not now.get("OS-EXT-STS:task_state"):
            because = (now.get("fault") or {}).get("message") or "it went into ERROR"
            raise WaitError(f"The server {now.get('name') or id} was not deleted: {because}.")
        return not now or now.get("status") in ("DELETED", "SOFT_DELETED")

    cloud.poll(lambda: cloud.by_id(SERVER, id) or {}, reached)


# -- set and unset ---------------------------------------------------------------------------------------


def path(item: Json, *parts: str) -> str:
    """The path of something that belongs to a server."""
    return "/".join([SERVER.path, quote(item["id"]), *map(quote, parts)])


def write_metadata(cloud: Cloud, item: Json, body: Json) -> None:
    """Give a server more properties."""
    cloud.call(NOVA, "POST", path(item, "metadata"), json=body, microversion=SERVER.microversion)


def remove_metadata(cloud: Cloud, item: Json, body: Json) -> None:
    """Take properties from a server."""
    remove(cloud, [path(item, "metadata", key) for key in dict.fromkeys(body["metadata"])])


def clear_metadata(cloud: Cloud, item: Json) -> None:
    """Take all properties from a server."""
    cloud.call(NOVA, "PUT", path(item, "metadata"), json={"metadata": {}}, microversion=SERVER.microversion)


def add_tags(cloud: Cloud, item: Json, body: Json) -> None:
    """Give a server more tags."""
    paths = [path(item, "tags", tag) for tag in dict.fromkeys(body["tags"])]
    cloud.at_once(lambda one: cloud.call(NOVA, "PUT", one, microversion=SERVER.microversion), paths)


def remove_tags(cloud: Cloud, item: Json, body: Json) -> None:
    """Take tags from a server."""
    remove(cloud, [path(item, "tags", tag) for tag in dict.fromkeys(body["tags"])])


def clear_tags(cloud: Cloud, item: Json) -> None:
    """Take all tags from a server."""
    remove(cloud, [path(item, "tags")])


def clear_password(cloud: Cloud, item: Json) -> None:
    """Have the metadata service forget the password."""
    remove(cloud, [path(item, "os-server-password")])


def remove(cloud: Cloud, paths: Sequence[str]) -> None:
    """Remove what is at these paths, at once."""
    cloud.at_once(lambda one: cloud.call(NOVA, "DELETE", one, microversion=SERVER.microversion), paths)


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
            click.echo("Nothing was changed.", err=True)
            ctx.exit()
    return value


server.set(
    NAME,
    Opt("--description", "What it is for.", since="2.19"),
    Opt("--hostname", "Its host name, as the metadata service tells it.", since="2.90"),
    Opt("--pinned-availability-zone", "Zone to stay in.", since="2.104", action=pin),
    properties("Property to set; may be repeated.", key="metadata", action=write_metadata),
    Flag("--auto-approve", "Set the state without asking.", is_eager=True),
    Opt(
        "--state",
        "State to set, whatever it is in.",
        choices="active error",
        action="os-resetState",
        callback=confirmed,
    ),
    exclusive(
        Opt("--password", "Its administrator's password.", key="adminPass", action="changePassword"),
        Opt("--no-password", "Forget the password (it stays in force).", is_flag=True, action=clear_password),
        Opt(
            "--root-password",
            "Ask for the password.",
            is_flag=True,
            hidden=True,
            key="adminPass",
            action="changePassword",
            callback=password,
        ),
    ),
    Opt("--tag", "Tag to add; may be repeated.", key="tags", multiple=True, since="2.26", action=add_tags),
)
server.unset(
    exclusive(
        Opt(
            "--property", "Property to remove; may be repeated.", key="metadata", multiple=True, action=remove_metadata
        ),
        Opt("--all-properties", "Remove all properties.", value=True, action=clear_metadata),
    ),
    Opt("--description", "Empty its description.", value="", since="2.19"),
    Opt("--pinned-availability-zone", "No zone to stay in.", value=NULL, since="2.104", action=pin),
    exclusive(
        Opt("--tag", "Tag to remove; may be repeated.", key="tags", multiple=True, since="2.26", action=remove_tags),
        Opt("--all-tags", "Remove all tags.", value=True, since="2.26", action=clear_tags),
    ),
)
