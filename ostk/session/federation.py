"""Ways to authenticate that go by an identity provider besides Keystone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .auth import Method
    from .config import Settings

KINDS: tuple[str, ...] = ()


def federated(kind: str, settings: Settings) -> Method:
    """The way to authenticate of one of these kinds."""
    raise NotImplementedError(kind)
