"""Passwords that are asked for on the terminal."""

from __future__ import annotations

from ..errors import OstkError


def typed(prompt: str, again: bool = True) -> str:
    """A password typed unseen, twice unless it is there already. Errors: OstkError where nobody can type."""
    from ..session.auth import ask, asking

    if not asking():
        raise OstkError("There is no terminal to ask for a password on.", "Give it with --password.")
    password = ask(f"{prompt}: ")
    if again and ask("Again: ") != password:
        raise OstkError("The two passwords differ.")
    return password
