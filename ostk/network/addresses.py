"""Addresses as people write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ..errors import OstkError

if TYPE_CHECKING:
    from ipaddress import IPv4Interface, IPv6Interface


def interface(text: str) -> IPv4Interface | IPv6Interface:
    """An address and the network it is in. Errors: OstkError."""
    from ipaddress import ip_interface

    try:
        return ip_interface(text)
    except ValueError:
        raise OstkError(f"{text!r} is no address and no network.") from None


class Address(click.ParamType[str]):
    """An address, or several as 10.0.0.0/8, sent as it was written."""

    name = "address"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text, once it is known to be an address."""
        interface(str(value))
        return str(value)
