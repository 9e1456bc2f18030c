"""Servers: show, delete, set and unset."""

from collections.abc import Callable, Sequence

import click

from ..api.compute import SERVER
from ..console import write_message
from ..errors import OstkError, WaitError
from ..language import NAME, NULL, WAIT, Column, Flag, Json, Opt, exclusive, properties
from ..record import replace
from ..render.output import column_indexes
from ..session.cloud import Cloud, fault
from .server_fields import ALL_PROJECTS, ALL_TENANTS_QUERY, FIELDS, SERVER_ARG, find_server, server, server_details

NOVA = SERVER.service
PINNABLE = replace(SERVER, microversion="2.104")  # the first that can change the pinned availability zone
PASSWORD: Json = {"key": "adminPass", "action": "changePassword"}
DIAGNOSTICS_FIELDS = (
    "cpu_details disk_details driver has_config_drive hypervisor hypervisor_os memory_details nic_details "
    "num_cpus num_disks num_nics state uptime"
)


# -- show ------------------------------------------------------------------------------------------------


@server.shower(
    "show",
    SERVER_ARG,
    exclusive(
        Flag("--diagnostics", "Show the diagnostics of the server instead of the server.", admin=True),
        Flag("--topology", "Show the NUMA topology of the server too.", since="2.78"),
    ),
    fields=[],
)
def show(
    cloud: Cloud, server: str, diagnostics: bool, topology: bool, output_columns: Sequence[str]
) -> tuple[list[Column], Json]:
    """Show a server."""
    if diagnostics:
        return [], get_diagnostics(cloud, cloud.find(SERVER, server))
    column_indexes([field.title or field.key for field in FIELDS], output_columns)
    item = find_server(cloud, server)
    path = SERVER.at(item["id"], "topology")
    extra = [lambda: {"topology": cloud.call(NOVA, "GET", path, microversion="2.78")}] if topology else ()
    return server_details(cloud, item, output_columns, extra=extra)


def get_diagnostics(cloud: Cloud, server_id: str) -> Json:
    """Return the diagnostics of a server.

    Before microversion 2.48 the keys depend on the hypervisor; since then they are those of DIAGNOSTICS_FIELDS.
    """
    found: Json = cloud.call(NOVA, "GET", SERVER.at(server_id, "diagnostics"), microversion="2.48")
    if cloud.supports(NOVA, "2.48"):
        found["has_config_drive"] = found.pop("config_drive", None)
        found = {**dict.fromkeys(DIAGNOSTICS_FIELDS.split()), **found, "id": None, "name": None}
    return {**found, "server_id": server_id}


# -- delete ----------------------------------------------------------------------------------------------


@server.each(
    "delete",
    Flag("--force", "Force the deletion: delete at once, without soft deletion, in any state."),
    ALL_PROJECTS,
    WAIT,
)
def delete(cloud: Cloud, server: str, force: bool, all_projects: bool, wait: bool) -> None:
    """Delete servers. Data on local disks is lost."""
    id = cloud.find(SERVER, server, ALL_TENANTS_QUERY if all_projects else None)
    if force:
        cloud.act(SERVER, id, "forceDelete")
    else:
        cloud.delete(SERVER, id)
    if wait:
        wait_for_deletion(cloud, id)


def wait_for_deletion(cloud: Cloud, server_id: str) -> None:
    """Poll until a server is deleted or soft-deleted.

    Raises:
        WaitError: The server is in ERROR and no task is in progress.
    """

    def deleted(current: Json) -> bool:
        if current.get("status") == "ERROR" and not current.get("OS-EXT-STS:task_state"):
            reason = fault(current) or "its status is ERROR"
            raise WaitError(f"The server {current.get('name') or server_id} was not deleted: {reason}.")
        return not current or current.get("status") in ("DELETED", "SOFT_DELETED")

    cloud.poll(lambda: cloud.find_by_id(SERVER, server_id) or {}, deleted, noun="server")


# -- set and unset ---------------------------------------------------------------------------------------


def subresource_action(method: str, name: str) -> Callable[..., None]:
    """Return the `action` of an option that is one request to a subresource of a server: `metadata`, `tags`."""

    def action(cloud: Cloud, item: Json, body: Json) -> None:
        content = None if method == "DELETE" else body
        path, version, idempotent = SERVER.at(item["id"], name), SERVER.microversion, method in ("PUT", "DELETE")
        cloud.call(NOVA, method, path, json=content, microversion=version, repeatable=idempotent)

    return action


def item_option(flag: str, help: str, method: str, name: str, since: str = "") -> Opt:
    """Return a repeatable option, each value of which is one request: `PUT /servers/ID/tags/VALUE`."""

    def action(cloud: Cloud, item: Json, body: Json) -> None:
        paths = [SERVER.at(item["id"], name, value) for value in dict.fromkeys(body[name])]
        version = SERVER.microversion
        cloud.map_concurrent(lambda path: cloud.call(NOVA, method, path, microversion=version, repeatable=True), paths)

    return Opt(flag, help, key=name, multiple=True, since=since, action=action)


def pin_zone(cloud: Cloud, item: Json, body: Json) -> None:
    """Pin a server to an availability zone, or unpin the server if the zone is None."""
    cloud.update(PINNABLE, item["id"], body)


def prompt_for_password(ctx: click.Context, param: click.Parameter, value: bool) -> str | None:
    """Prompt for a new password twice, before any request is sent.

    Raises:
        OstkError: The two passwords differ.
    """
    if not value or ctx.resilient_parsing:
        return None
    first, second = (click.prompt(text, hide_input=True, err=True, type=str) for text in ("New password", "Once more"))
    if first != second:
        raise OstkError("The two passwords are not the same; nothing was changed.")
    return str(first)


def confirm_state(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Return the value of --state after a confirmation on the terminal; exit if the user declines."""
    if value and not ctx.params.get("auto_approve") and not ctx.resilient_parsing:
        question = "Setting the state of a server can make the server harder to recover. Set the state?"
        if not click.confirm(question, err=True):
            write_message("Nothing was changed.")
            ctx.exit()
    return value


server.set(
    NAME,
    Opt("--description", "New description of the server.", since="2.19"),
    Opt("--hostname", "New hostname, exposed by the metadata service.", since="2.90"),
    Opt("--pinned-availability-zone", "Availability zone to pin the server to.", since="2.104", action=pin_zone),
    properties("Set a property: KEY=VALUE.", key="metadata", action=subresource_action("POST", "metadata")),
    Flag("--auto-approve", "Set the state without a confirmation prompt.", is_eager=True),
    Opt(
        "--state",
        "Reset the server to this state, after a confirmation prompt.",
        choices="active error",
        action="os-resetState",
        callback=confirm_state,
        admin=True,
    ),
    exclusive(
        Opt("--password", "New admin password of the server.", **PASSWORD),
        Opt(
            "--no-password",
            "Clear the password from the metadata service; the guest password does not change.",
            value=True,
            action=subresource_action("DELETE", "os-server-password"),
        ),
        Opt(
            "--root-password",
            "Prompt for the new admin password.",
            is_flag=True,
            hidden=True,
            callback=prompt_for_password,
            **PASSWORD,
        ),
    ),
    item_option("--tag", "Add a tag to the server.", "PUT", "tags", since="2.26"),
)
server.unset(
    exclusive(
        item_option("--property", "Key of the property to remove.", "DELETE", "metadata"),
        Opt(
            "--all-properties",
            "Remove all properties.",
            key="metadata",
            value={},
            action=subresource_action("PUT", "metadata"),
        ),
    ),
    Opt("--description", "Clear the description of the server.", value="", since="2.19"),
    Opt(
        "--pinned-availability-zone",
        "Unpin the server from an availability zone.",
        value=NULL,
        since="2.104",
        action=pin_zone,
    ),
    exclusive(
        item_option("--tag", "Remove a tag from the server.", "DELETE", "tags", since="2.26"),
        Opt("--all-tags", "Remove all tags.", value=True, since="2.26", action=subresource_action("DELETE", "tags")),
    ),
)
