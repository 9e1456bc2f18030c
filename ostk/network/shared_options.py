"""Options that many network commands share."""

from ..language import NULL, Opt

ENABLE = Opt("--enable/--disable", "Set the admin state up or down.", key="admin_state_up")
ENABLE_FILTER = Opt("--enable/--disable", "Filter by admin state.", key="admin_state_up")
SHARE = Opt("--share/--no-share", "Enable or disable sharing with all projects.", key="shared", admin=True)
SHARE_BY_OWNER = Opt("--share/--no-share", "Enable or disable sharing with all projects.", key="shared")
SHARE_FILTER = Opt("--share/--no-share", "Filter by sharing with all projects.", key="shared")
UNSHARE = Opt("--share", "Disable sharing with all projects.", key="shared", value=False, admin=True)
PORT_SECURITY = Opt(
    "--enable-port-security/--disable-port-security",
    "Enable or disable port security: security groups and anti-spoofing.",
    key="port_security_enabled",
)
NO_QOS = Opt("--no-qos-policy", "Remove the QoS policy.", key="qos_policy_id", value=NULL)
ZONES = Opt(
    "--availability-zone-hint...", "Availability zone in which to schedule agents.", key="availability_zone_hints"
)
NEW_NAME = Opt("--name", "Name.")
NAME_FILTER = Opt("--name", "Filter by name.")
IP_VERSION = Opt("--ip-version", "IP version.", choices="4 6", convert=int, default="4")
IP_VERSION_FILTER = Opt("--ip-version", "Filter by IP version.", choices="4 6")
