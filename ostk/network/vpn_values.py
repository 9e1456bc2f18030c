"""Values of VPNs: algorithms, lifetimes and other limits, checked before they are sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from ..errors import OstkError
from ..language import Json, KeyValues, Opt

SIZES = (128, 192, 256)
MODES = ("ccm-8", "ccm-12", "ccm-16", "gcm-8", "gcm-12", "gcm-16")
ENCRYPTIONS = [
    "3des",
    *(f"aes-{size}" for size in SIZES),
    *(f"aes-{size}-{mode}" for mode in MODES for size in SIZES),
    *(f"aes-{size}-ctr" for size in SIZES),
]
GROUPS = [f"group{number}" for number in (2, 5, *range(14, 32))]


def choice(flag: str, help: str, values: str | list[str]) -> Opt:
    """An option for one of some words, which people may write in capitals."""
    words = values.split() if isinstance(values, str) else values
    return Opt(flag, help, type=click.Choice(words, case_sensitive=False))


class Number(click.ParamType[int]):
    """A number that is not too small."""

    name = "number"

    def __init__(self, least: int) -> None:
        self.least = least

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number. Errors: OstkError."""
        return number(param.opts[0] if param else "It", str(value), self.least)


def number(what: str, text: str, least: int) -> int:
    """A number that is not too small. Errors: OstkError."""
    if text.isdecimal() and int(text) >= least:
        return int(text)
    raise OstkError(f"{what} is a number from {least} on, not {text!r}.")


class Limits(KeyValues):
    """KEY=VALUE,… whose values are words out of some or numbers from some on."""

    def __init__(self, words: Mapping[str, str], numbers: Mapping[str, int]) -> None:
        super().__init__(optional=[*words, *numbers])
        self.words, self.numbers = words, numbers

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Json:
        """The values, numbers as numbers."""
        found: Json = super().convert(value, param, ctx)
        for key, text in found.items():
            if key in self.numbers and isinstance(text, str):
                found[key] = number(key, text, self.numbers[key])
            elif key in self.words and text not in self.words[key].split():
                raise OstkError(f"{key} is one of {', '.join(self.words[key].split())}, not {text!r}.")
        return found


AUTHENTICATION = choice(
    "--auth-algorithm", "How messages are authenticated.", "sha1 sha256 sha384 sha512 aes-xcbc aes-cmac"
)
ENCRYPTION = choice("--encryption-algorithm", "How messages are encrypted.", ENCRYPTIONS)
SECRECY = choice("--pfs", "Group of perfect forward secrecy.", GROUPS)
LIFETIME = Opt(
    "--lifetime", "units=seconds,value=SECONDS, from 60 on.", type=Limits({"units": "seconds"}, {"value": 60})
)
