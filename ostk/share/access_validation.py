"""Who may be let in: addresses, users, certificates and Ceph IDs, checked before anything is sent."""

from __future__ import annotations

import ipaddress
import string

from ..errors import OstkError

FORBIDDEN = '"/\\[]:;|=,+*?<>'  # in names of users


def checked(kind: str, who: str) -> None:
    """Refuse who cannot be meant by an access rule of this kind."""
    checks = {"ip": address, "user": user, "cert": common_name, "cephx": ceph_id}
    if kind not in checks:
        raise OstkError(f"{kind!r} is no type of access.", f"There are: {', '.join(checks)}.")
    checks[kind](who)


def address(who: str) -> None:
    """Refuse what is neither an address nor a network."""
    try:
        ipaddress.ip_network(who)
    except ValueError as error:
        raise OstkError(f"{error}.", "Say an address, or a network such as 10.0.0.0/24.") from error


def user(who: str) -> None:
    """Refuse what is no name of a user or group."""
    if not 4 <= len(who) <= 255 or set(who[1:]) & set(FORBIDDEN) or not who.strip(". "):
        raise OstkError(f"{who!r} is no user or group.", f"It has 4 to 255 characters, none of them of {FORBIDDEN}")


def common_name(who: str) -> None:
    """Refuse what is no common name of a certificate."""
    if not 1 <= len(who.strip()) <= 64:
        raise OstkError(f"{who!r} is no common name.", "It has 1 to 64 characters.")


def ceph_id(who: str) -> None:
    """Refuse what is no ID of Ceph."""
    if not who.strip() or "." in who or not set(who) <= set(string.printable):
        raise OstkError(f"{who!r} is no Ceph ID.", "It has no full stop, and only characters of ASCII.")
