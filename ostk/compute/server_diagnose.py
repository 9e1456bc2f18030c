"""Servers: diagnose."""

import time

import click

from .. import program
from ..api.compute import SERVER
from ..language import Cloud, Json, Value
from ..language.own_command import OwnCommand
from ..language.verbs import Action
from ..render.options import NOINDENT, QUERY, output_from
from .server_fields import ALL_PROJECTS, ALL_TENANTS_QUERY, DETAILED, SERVER_ARG, server

FORMAT = Value("-f --format output_format", "Output format.", choices="json table yaml", default="table")


def diagnose(cloud: Cloud, server: str, all_projects: bool, values: Json) -> None:
    """Explain the state of a server: its fault, failed actions, ports, volumes, console and host.

    Each part that a service does not give is named with the reason.

    Raises:
        ResourceNotFound: No server has this ID or name.
    """
    from ..render.output import print_resource
    from .diagnosis import Examination
    from .findings import Rules

    output = output_from(values)
    found = cloud.find_or_none(DETAILED, server, ALL_TENANTS_QUERY if all_projects else None)
    if found is None:
        raise cloud.not_found_error(SERVER, server)
    data = Examination(cloud, found).result()
    name = click.get_current_context().find_root().info_name or program()
    data["findings"] = Rules(data, name, time.time(), by_id=all_projects).findings()
    if output.format == "table":
        from ..render.page import print_page
        from .diagnosis_page import sections

        print_page(sections(data), output)
    else:
        print_resource(list(data), list(data.values()), output)


server.commands["diagnose"] = OwnCommand(
    "diagnose",
    [SERVER_ARG, ALL_PROJECTS, FORMAT, NOINDENT, QUERY],
    "Explain the state of a server: faults, failed actions, ports, volumes, console, host, and likely causes.",
    Action(SERVER, diagnose),
)
