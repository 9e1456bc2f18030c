"""Software deployments: software configs on servers."""

import json
from typing import Any

import click

from ..api.compute import SERVER
from ..api.orchestration import HEAT, SOFTWARE_CONFIG, SOFTWARE_DEPLOYMENT
from ..console import write_text
from ..errors import HTTPNotFound, OstkError
from ..language import LONG, REMAINING_FIELDS, Arg, Cloud, Column, Flag, Json, KeyValue, Noun, Opt
from .deployment_outputs import output_lines
from .derived_config import NO_SIGNAL, TEMPORARY_URL, derived_config, signal_url
from .stacks import gathered

deployment = Noun(
    SOFTWARE_DEPLOYMENT,
    "Manage software deployments: software configs on servers.",
    columns=["id= config_id= server_id= action= status="],
    long=["creation_time= status_reason="],
    fields=["id server_id config_id creation_time updated_time status status_reason input_values action"],
    in_order=True,
)
FIELDS = deployment.fields
DEPLOYMENT = Arg("deployment", "ID of the software deployment.", names=SOFTWARE_DEPLOYMENT)
deployment.list(LONG, Opt("--server", "Filter by server.", ref=SERVER))


@deployment.shower("show", DEPLOYMENT, LONG, also=["output_values"])
def show(cloud: Cloud, deployment: str, long: bool) -> Any:
    """Show a software deployment."""
    fields = [*FIELDS, *([Column("output_values")] if long else [])]
    return fields, {"updated_time": "", **cloud.fetch(SOFTWARE_DEPLOYMENT, deployment)}


@deployment.shower(
    "create",
    Arg("name", "Name of the derived software config."),
    Opt("--config", "Software config.", ref=SOFTWARE_CONFIG),
    Opt("--server", "Server.", ref=SERVER, required=True),
    Opt("--input-value...", "Value of an input of the config.", type=KeyValue(), metavar="NAME=VALUE"),
    Opt("--action", "Deployment action: CREATE, UPDATE, DELETE, SUSPEND, RESUME or another word.", default="UPDATE"),
    Opt(
        "--signal-transport",
        "Signal transport: TEMP_URL_SIGNAL reports outputs by a temporary URL of the object store.",
        choices=[TEMPORARY_URL, NO_SIGNAL],
        default=TEMPORARY_URL,
    ),
    Opt("--container", "Object store container for the outputs (default: a new container)."),
    Opt("--timeout", "Time-out of the deployment, in minutes.", type=click.IntRange(1), default=60),
    fields=[REMAINING_FIELDS],
    default_format="yaml",
)
def create(cloud: Cloud, name: str, server: str, values: Json) -> Json:
    """Deploy a software config to a server."""
    source = cloud.fetch(SOFTWARE_CONFIG, values["config"]) if values["config"] else {}
    transport = values["signal_transport"]
    url = signal_url(cloud, name, values["container"], values["timeout"]) if transport == TEMPORARY_URL else ""
    inputs = gathered(values["input_value"])
    body = derived_config(source, name, inputs, server, values["action"], transport, url)
    config = cloud.unwrap(SOFTWARE_CONFIG, cloud.send(SOFTWARE_CONFIG, "POST", json=body))
    sent = {"config_id": config["id"], "server_id": server, "action": values["action"], "status": "IN_PROGRESS"}
    return cloud.unwrap(SOFTWARE_DEPLOYMENT, cloud.send(SOFTWARE_DEPLOYMENT, "POST", json=sent))


@deployment.each("delete")
def delete(cloud: Cloud, software_deployment: str) -> None:
    """Delete software deployments and the configs derived for the deployments."""
    item = cloud.fetch(SOFTWARE_DEPLOYMENT, software_deployment)
    cloud.request(HEAT, "DELETE", SOFTWARE_DEPLOYMENT.at(software_deployment))
    try:
        cloud.request(HEAT, "DELETE", SOFTWARE_CONFIG.at(item["config_id"]))
    except HTTPNotFound:
        return
    except OstkError as error:
        raise OstkError(
            f"The software deployment was deleted, but not its config {item['config_id']}: {error.message}", error.hint
        ) from error


@deployment.action("metadata show", Arg("server", "Server.", ref=SERVER))
def show_metadata(cloud: Cloud, server: str) -> None:
    """Print the deployment metadata of a server: the configs of all deployments, as JSON."""
    found = cloud.send(SOFTWARE_DEPLOYMENT, "GET", "metadata", server)["metadata"]
    write_text(json.dumps(found, indent=2))


def validate(output: str | None, all: bool) -> None:
    """Reject a command without an output, and one with an output and --all."""
    if (output is None) != all:
        raise OstkError("Give either the name of an output or --all.")


@deployment.action(
    "output show",
    DEPLOYMENT,
    Arg("output", "Name of the output.", required=False),
    Flag("--all", "Print all outputs."),
    Flag("--long", "Print complete logs instead of the last ten lines."),
    validate=validate,
)
def show_output(cloud: Cloud, deployment: str, output: str | None, all: bool, long: bool) -> None:
    """Print an output of a software deployment, or all outputs."""
    found = cloud.fetch(SOFTWARE_DEPLOYMENT, deployment).get("output_values") or {}
    if not found:
        return
    if output is not None and output not in found:
        raise OstkError(f"The deployment {deployment} has no output {output!r}.", f"Outputs: {', '.join(found)}.")
    lines = [line for name in (found if all else [output]) for line in output_lines(found, str(name), long)]
    write_text("\n".join(["output_values:" if all else "output_value:", "", *lines]))
