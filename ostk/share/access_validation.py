"""Validation of access rules before a request: IP addresses, users, certificates and Ceph IDs."""

import ipaddress
import string

from ..errors import OstkError

FORBIDDEN = '"/\\[]:;|=,+*?<>'  # characters that Manila allows in no name of a user or group


def validate_access(access_type: str, access_to: str) -> None:
    """Raise OstkError for an unknown access type, or a value that the type does not allow."""
    validators = {"ip": validate_ip, "user": validate_user, "cert": validate_common_name, "cephx": validate_ceph_id}
    if access_type not in validators:
        raise OstkError(f"{access_type!r} is not an access type.", f"The access types are {', '.join(validators)}.")
    validators[access_type](access_to)


def validate_ip(text: str) -> None:
    """Raise OstkError for a text that is neither an IP address nor a network in CIDR notation."""
    try:
        ipaddress.ip_network(text)
    except ValueError as error:
        raise OstkError(f"{error}.", "Give an IP address, or a network such as 10.0.0.0/24.") from error


def validate_user(text: str) -> None:
    """Raise OstkError for a text that cannot be the name of a user or group."""
    if not 4 <= len(text) <= 255 or set(text[1:]) & set(FORBIDDEN) or not text.strip(". "):
        hint = f"The name has 4 to 255 characters, none of {FORBIDDEN}"
        raise OstkError(f"{text!r} is not a valid name of a user or group.", hint)


def validate_common_name(text: str) -> None:
    """Raise OstkError for a text that cannot be the common name of a TLS certificate."""
    if not 1 <= len(text.strip()) <= 64:
        raise OstkError(
            f"{text!r} is not a valid common name of a certificate.", "A common name has 1 to 64 characters."
        )


def validate_ceph_id(text: str) -> None:
    """Raise OstkError for a text that cannot be a Ceph client ID."""
    if not text.strip() or "." in text or not set(text) <= set(string.printable):
        raise OstkError(f"{text!r} is not a valid Ceph ID.", "The ID has ASCII characters only, and no full stop.")
