"""Parameter types for IP addresses and CIDRs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ..errors import OstkError

if TYPE_CHECKING:
    from ipaddress import IPv4Interface, IPv6Interface


def parse_interface(text: str) -> IPv4Interface | IPv6Interface:
    """Parse an IP address or a CIDR; a single address gets the prefix length 32 or 128.

    Raises:
        OstkError: The text is neither.
    """
    from ipaddress import ip_interface

    try:
        return ip_interface(text)
    except ValueError:
        raise OstkError(f"{text!r} is neither an IP address nor a CIDR.") from None


class Address(click.ParamType[str]):
    """An IP address or a CIDR, sent as typed."""

    name = "address"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the text after it is validated."""
        parse_interface(str(value))
        return str(value)
