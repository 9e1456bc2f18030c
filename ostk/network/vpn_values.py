"""Options and parameter types of VPN commands: algorithms, lifetimes and validated numbers."""

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


def choice(flag: str, text: str, values: str | list[str]) -> Opt:
    """Return an option with a fixed set of values, in any case."""
    words = values.split() if isinstance(values, str) else values
    return Opt(flag, text, type=click.Choice(words, case_sensitive=False))


class MinimumNumber(click.ParamType[int]):
    """A whole number with a minimum."""

    name = "number"

    def __init__(self, minimum: int) -> None:
        self.minimum = minimum

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number.

        Raises:
            OstkError: The value is not a number, or too small.
        """
        return parse_number(param.opts[0] if param else "The value", str(value), self.minimum)


def parse_number(label: str, text: str, minimum: int) -> int:
    """Parse a whole number of at least `minimum`; `label` names the option or key in an error.

    Raises:
        OstkError: The text is not a number, or too small.
    """
    if text.isdecimal() and int(text) >= minimum:
        return int(text)
    raise OstkError(f"{label} must be a number of at least {minimum}, not {text!r}.")


class ValidatedKeyValues(KeyValues):
    """Parse KEY=VALUE,… with a fixed set of values, or a minimum, for each key.

    `words` gives the values by key, separated by spaces, and `numbers` the minimum by key.
    """

    def __init__(self, words: Mapping[str, str], numbers: Mapping[str, int]) -> None:
        super().__init__(optional=[*words, *numbers])
        self.words, self.numbers = words, numbers

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Json:
        """Return the values by key, numbers as int.

        Raises:
            OstkError: A value is not one of the words, or a number is too small.
        """
        found: Json = super().convert(value, param, ctx)
        for key, text in found.items():
            if key in self.numbers and isinstance(text, str):
                found[key] = parse_number(key, text, self.numbers[key])
            elif key in self.words and text not in self.words[key].split():
                raise OstkError(f"{key} must be one of {', '.join(self.words[key].split())}, not {text!r}.")
        return found


AUTHENTICATION = choice("--auth-algorithm", "Authentication algorithm.", "sha1 sha256 sha384 sha512 aes-xcbc aes-cmac")
ENCRYPTION = choice("--encryption-algorithm", "Encryption algorithm.", ENCRYPTIONS)
FORWARD_SECRECY = choice("--pfs", "Diffie-Hellman group for perfect forward secrecy (PFS).", GROUPS)
LIFETIME = Opt(
    "--lifetime",
    "Lifetime of the security association: units=seconds,value=SECONDS, at least 60.",
    type=ValidatedKeyValues({"units": "seconds"}, {"value": 60}),
)
