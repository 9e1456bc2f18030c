"""Share services: the parts that Manila is made of."""

from __future__ import annotations

from ..api.shared_file_system import SHARE_SERVICE
from ..language import Arg, Flag, Json, Noun, Opt, exclusive
from ..session.cloud import Cloud

MANILA, VERSION = SHARE_SERVICE.service, SHARE_SERVICE.microversion

service = Noun(
    SHARE_SERVICE,
    "Manage share services: the parts that Manila is made of.",
    columns=["id binary host zone status state updated_at disabled_reason ensuring"],
    since={"disabled_reason": "2.83", "ensuring": "2.93"},
)
service.list(
    Opt("--host", "Only those on this host: host or host@backend."),
    Opt("--binary", "Only those of this program, such as manila-share."),
    Opt("--status", "Only those with this status: enabled or disabled."),
    Opt("--state", "Only those in this state.", choices="up down"),
    Opt("--zone", "Only those in this availability zone."),
    Opt("--ensuring", "Whether they go over all their shares.", choices="True False", since="2.93"),
)


@service.action(
    "set",
    Arg("host"),
    Arg("binary"),
    exclusive(Flag("--enable", "Let it take work."), Flag("--disable", "Let it take no more work.")),
    Opt("--disable-reason", "Why it takes no more.", key="disabled_reason", needs="--disable", since="2.83"),
)
def change(cloud: Cloud, body: Json, enable: bool, disable: bool) -> None:
    """Let a share service take work, or no more."""
    if enable or disable:
        path = SHARE_SERVICE.at("enable" if enable else "disable")
        cloud.call(MANILA, "PUT", path, json=body, microversion=VERSION)


@service.action("ensure shares", Arg("host"), since="2.86")
def ensure(cloud: Cloud, body: Json) -> None:
    """Have a share service go over all its shares, and export them anew."""
    path = SHARE_SERVICE.at("ensure-shares")
    cloud.call(MANILA, "POST", path, json={"ensure_shares": body}, microversion=VERSION)
