"""Conversations with Nova."""

from __future__ import annotations

from typing import Any

from ..conversation import Request, hold, refusals, refuse
from ..conversation import conversations as with_address


def conversations(text: str) -> list[Any]:
    """Test parameters (line, requests); `~` stands for the address of the compute service."""
    return with_address(f"/compute/v2.1\n{text.strip()}")


__all__ = ["Request", "conversations", "hold", "refusals", "refuse"]
