"""Services of Manila: the processes manila-share, manila-scheduler and manila-data."""

from ..api.shared_file_system import SHARE_SERVICE
from ..language import Arg, Cloud, Flag, Json, Noun, Opt, exclusive
from .value_types import TRUE_OR_FALSE

service = Noun(
    SHARE_SERVICE,
    "Manage share services: manila-share, manila-scheduler and manila-data processes.",
    columns=["id binary host zone status state updated_at disabled_reason ensuring"],
    since={"disabled_reason": "2.83", "ensuring": "2.93"},
    admin="list",
)
service.list(
    Opt("--host", "Filter by host: HOST or HOST@BACKEND."),
    Opt("--binary", "Filter by service binary, e.g. manila-share."),
    Opt("--status", "Filter by status: enabled or disabled."),
    Opt("--state", "Filter by state.", choices="up down"),
    Opt("--zone", "Filter by availability zone."),
    Opt(
        "--ensuring",
        "Filter by whether ensure shares is running.",
        type=TRUE_OR_FALSE,
        convert=str.capitalize,
        since="2.93",
    ),
)


@service.action(
    "set",
    Arg("host", "Host of the service: HOST or HOST@BACKEND."),
    Arg("binary", "Binary of the service: manila-share, manila-scheduler or manila-data."),
    exclusive(Flag("--enable", "Enable the service."), Flag("--disable", "Disable the service.")),
    Opt(
        "--disable-reason", "Reason for disabling the service.", key="disabled_reason", needs="--disable", since="2.83"
    ),
)
def set_service(cloud: Cloud, body: Json, enable: bool, disable: bool) -> None:
    """Enable or disable a share service (admin only)."""
    if enable or disable:
        cloud.send(SHARE_SERVICE, "PUT", "enable" if enable else "disable", json=body)


@service.action("ensure shares", Arg("host", "Host of the manila-share service: HOST@BACKEND."), since="2.86")
def ensure_shares(cloud: Cloud, body: Json) -> None:
    """Run ensure shares on a host: export all shares again, with current export locations (admin only)."""
    cloud.send(SHARE_SERVICE, "POST", "ensure-shares", json={"ensure_shares": body})
