"""Local IPs: addresses that lead to the nearest of several ports."""

from __future__ import annotations

from ..api.network import LOCAL_IP, NETWORK, PORT
from ..language import DESCRIPTION, NAME, Column, Noun, Opt
from ..owner import OF_PROJECT, PROJECT_DOMAIN
from .extra_properties import OF_NAME, OTHERS

ip = Noun(
    LOCAL_IP,
    "Manage local IPs: addresses that lead to the nearest port.",
    columns=[
        "id name description project_id=Project local_port_id network_id=Network",
        Column("local_ip_address", "Local IP address"),
        Column("ip_mode", "IP mode"),
    ],
    fields=[
        "created_at description id ip_mode local_ip_address local_port_id name network_id project_id",
        "revision_number updated_at",
        *OTHERS,
    ],
)


def options(only: str = "") -> list[Opt]:
    """What a local IP is made of, or which `only` are listed."""
    return [
        Opt("--network", f"{only}Network to take the address from.", ref=NETWORK),
        Opt("--local-port", f"{only}Port that has the address.", ref=PORT),
        Opt("--local-ip-address", f"{only}The address itself."),
        Opt("--ip-mode", f"{only}translate or passthrough."),
    ]


ip.create(Opt("--name", "Its name."), DESCRIPTION, options(), PROJECT_DOMAIN)
ip.list(OF_NAME, OF_PROJECT, options("Only of this: "))
ip.show()
ip.set(NAME, DESCRIPTION)
ip.delete()
