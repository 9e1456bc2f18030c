"""Volume services: the processes of Cinder, such as cinder-volume and cinder-scheduler."""

from ..api.block_storage import VOLUME_SERVICE
from ..language import LONG, Arg, Cloud, Column, Flag, Items, Json, Noun, Opt, exclusive
from ..record import replace

# python-openstackclient lists services with microversion 3.7 unless another one is pinned, but shows the column
# "Backend State" wherever the service supports 3.49: the column is empty then.
LISTED_SERVICE = replace(VOLUME_SERVICE, microversion="3.7")

service = Noun(
    VOLUME_SERVICE,
    "Manage volume services.",
    columns=[
        "binary, host, zone, status, state, updated_at=Updated At",
        Column("cluster", since="3.7"),
        Column("backend_state", "Backend State", since="3.49"),
        Column("disabled_reason", "Disabled Reason", long=True),
    ],
)


@service.lister(
    "list",
    Opt("--host", "Filter by host: HOST or HOST@BACKEND."),
    Opt("--service", "Filter by service binary, e.g. cinder-volume.", key="binary"),
    LONG,
)
def list_services(cloud: Cloud, body: Json) -> Items:
    """List volume services (admin only)."""
    return cloud.pages(LISTED_SERVICE, body)


@service.action(
    "set",
    Arg("host", "Host of the service: HOST or HOST@BACKEND."),
    Arg("service", "Service binary, e.g. cinder-volume.", key="binary"),
    exclusive(Flag("--enable", "Enable the service."), Flag("--disable", "Disable scheduling to the service.")),
    Opt("--disable-reason", "Reason for disabling the service.", key="disabled_reason", needs="--disable"),
)
def set_status(cloud: Cloud, body: Json, enable: bool, disable: bool) -> None:
    """Enable or disable a volume service (admin only)."""
    if enable or disable:
        verb = "enable" if enable else "disable-log-reason" if "disabled_reason" in body else "disable"
        cloud.call(VOLUME_SERVICE.service, "PUT", VOLUME_SERVICE.at(verb), json=body)
