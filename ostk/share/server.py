"""Share servers: the servers of a backend that export the shares of a share network."""

from collections.abc import Iterator
from typing import Any

from ..api.shared_file_system import SHARE_NETWORK, SHARE_SERVER
from ..language import (
    ALL_FIELDS_IN_API_ORDER,
    WAIT,
    Arg,
    Cloud,
    Flag,
    Json,
    Noun,
    Opt,
    Value,
    Wait,
    properties,
    target,
    without,
)
from ..owner import ADMIN_PROJECT_FILTER

SERVER_FIELDS = ("host", "status", "source_share_server_id", "identifier")  # filters by fields of the server itself

server = Noun(
    SHARE_SERVER,
    "Manage share servers.",
    columns=["id host status share_network_id project_id"],
    fields=[ALL_FIELDS_IN_API_ORDER],
    admin="delete",
)


@server.lister(
    "list",
    Opt("--host", "Filter by host: HOST@BACKEND."),
    Opt("--status", "Filter by status, e.g. active or error."),
    Opt("--share-network", "Filter by share network.", ref=SHARE_NETWORK),
    ADMIN_PROJECT_FILTER,
    Opt(
        "--share-network-subnet",
        "Filter by ID of the share network subnet.",
        key="share_network_subnet_id",
        since="2.51",
    ),
    Opt("--source-share-server-id", "Filter by ID of the source share server of a migration.", since="2.57"),
    Opt("--identifier", "Filter by identifier of the share server on the backend.", since="2.49"),
)
def list_servers(cloud: Cloud, body: Json) -> Iterator[Json]:
    """List share servers (admin only)."""
    # GET /share-servers applies filters by fields of the server to the fields of its share network once the query has
    # a filter by share network, project or subnet too, so those are applied here.
    local = {key: body[key] for key in SERVER_FIELDS if key in body} if body.keys() - set(SERVER_FIELDS) else {}
    found = cloud.pages(SHARE_SERVER, without(body, *local))
    return (item for item in found if all(item.get(key) == value for key, value in local.items()))


def with_backend_details(item: Json) -> Json:
    """Return a share server with each backend detail as a field `details:KEY`, after the other fields."""
    details = {f"details:{key}": value for key, value in item.get("backend_details", {}).items()}
    return {**without(item, "backend_details"), **details}


@server.shower("show", Arg("share_server", "Share server.", names=SHARE_SERVER))
def show(cloud: Cloud, share_server: str) -> Json:
    """Show a share server (admin only)."""
    return with_backend_details(cloud.get(SHARE_SERVER, share_server))


@server.action(
    "set",
    target(SHARE_SERVER),
    Value("--status", "Status to reset the share server to, e.g. active, error or inactive.", default="active"),
    Opt(
        "--task-state",
        "Task state to reset the share server to, e.g. migration_error or migration_success.",
        is_flag=False,
        flag_value="none",
        default="none",
        not_sent=True,
        metavar="[STATE]",
    ),
    since="2.49",
)
def reset_states(cloud: Cloud, share_server: str, status: str, task_state: str) -> None:
    """Reset both the status and the task state of a share server (admin only)."""
    if status:
        cloud.act(SHARE_SERVER, share_server, "reset_status", {"status": status})
    content = {"task_state": None if task_state.lower() == "none" else task_state}
    cloud.act(SHARE_SERVER, share_server, "reset_task_state", content)


@server.shower(
    "adopt",
    Arg("host", "Host of the share server: HOST@BACKEND."),
    Arg("share_network", "Share network of the share server.", ref=SHARE_NETWORK),
    Arg("identifier", "Identifier of the share server on the backend."),
    properties("Driver option: KEY=VALUE.", "--driver-options"),
    Opt(
        "--share-network-subnet",
        "ID of the share network subnet of the share server.",
        key="share_network_subnet_id",
        since="2.51",
    ),
    WAIT,
    since="2.49",
)
def adopt(cloud: Cloud, body: Json, wait: bool) -> Json:
    """Manage a share server that exists on a backend (admin only)."""
    content: Any = {SHARE_SERVER.one: {"driver_options": {}, **body}}
    reply = cloud.send(SHARE_SERVER, "POST", "manage", json=content)
    item = cloud.unwrap(SHARE_SERVER, reply)
    if wait:
        return with_backend_details(cloud.wait(SHARE_SERVER, item, "active"))
    return {key: value for key, value in item.items() if key != "backend_details"}


@server.each(
    "abandon",
    Flag("--force", "Unmanage even if the driver does not support the operation."),
    WAIT,
    wait=Wait("deleted"),
)
def abandon(cloud: Cloud, share_server: str, force: bool) -> str:
    """Unmanage share servers: remove the records, keep the servers on the backend (admin only)."""
    id = cloud.find(SHARE_SERVER, share_server)
    cloud.act(SHARE_SERVER, id, "unmanage", {"force": force})
    return id


server.delete(WAIT, wait=Wait("deleted"))
