"""The settings of one cloud: values that know where they come from."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ..errors import ConfigError

DAY = 24 * 3600  # seconds; a longer time-out is a mistake, and too long a one is no number for the system

TRUE = frozenset({"1", "true", "t", "yes", "y", "on", "enable", "enabled"})
FALSE = frozenset({"0", "false", "f", "no", "n", "off", "disable", "disabled"})


class Value(NamedTuple):
    """A setting and, for people, its source: "--os-username", "OS_USERNAME", "profile ovh", "default"."""

    value: Any
    source: str


def parse_boolean(value: Any) -> bool | None:
    """What any usual spelling of a boolean means; None where it is none."""
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    return True if word in TRUE else False if word in FALSE else None


def no_explanation(keys: tuple[str, ...]) -> ConfigError:
    """The error for settings that are missing, where nothing more is known about them."""
    return ConfigError(f"No {' or '.join(keys)} is given.")


class Settings:
    """The settings of one cloud, which nobody changes any more.

    Keys are the words of clouds.yaml with underscores and without `auth`: "auth_url", "compute_api_version".
    An empty text counts as unset. `cloud` is the name of the cloud, "" where none was chosen; `warnings`
    are lines for standard error.
    """

    def __init__(
        self,
        values: Mapping[str, Value],
        cloud: str = "",
        warnings: Sequence[str] = (),
        ranks: Mapping[str, int] | None = None,
        explain: Callable[[tuple[str, ...]], ConfigError] = no_explanation,
    ) -> None:
        """`ranks` says how strong a setting's source is; `explain` makes the error for missing settings."""
        self._values = {key: value for key, value in values.items() if value.value not in (None, "", [], {})}
        self._ranks = dict(ranks or {})
        self._explain = explain
        self.cloud = cloud
        self.warnings = tuple(warnings)

    def __repr__(self) -> str:
        return f"<Settings of cloud {self.cloud!r}>"

    def __contains__(self, key: object) -> bool:
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, key: str) -> Any:
        return self._values[key].value

    def items(self) -> Iterator[tuple[str, Value]]:
        """Every setting that is set, with its source; the weakest sources first."""
        return iter(self._values.items())

    def get(self, key: str, default: Any = None) -> Any:
        """A setting as it was given: text, boolean, list or mapping."""
        found = self._values.get(key)
        return default if found is None else found.value

    def source(self, key: str) -> str:
        """Where a setting comes from, "" where it is unset."""
        found = self._values.get(key)
        return "" if found is None else found.source

    def text(self, key: str) -> str:
        """A setting as text, "" where it is unset; the parts of a list are separated by commas.

        Raises ConfigError where it is a mapping.
        """
        value = self.get(key)
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, dict) or (
            isinstance(value, list) and any(isinstance(part, dict | list) for part in value)
        ):
            raise ConfigError(f"{key} ({self.source(key)}) should be a text.")
        if isinstance(value, list):
            return ",".join(str(part) for part in value if part is not None)
        return str(value)

    def boolean(self, key: str, default: bool = False) -> bool:
        """A setting as a boolean in any usual spelling; raises ConfigError where it is none."""
        value = self.get(key)
        if value is None:
            return default
        meaning = parse_boolean(value)
        if meaning is None:
            raise ConfigError(f"{key} ({self.source(key)}) should be true or false.")
        return meaning

    def number(self, key: str, default: float | None = None) -> float | None:
        """A setting as a number; raises ConfigError where it is none."""
        value = self.get(key)
        if value is None:
            return default
        try:
            number = float(value)
        except (TypeError, ValueError):
            number = math.nan
        if isinstance(value, bool) or not math.isfinite(number):
            raise ConfigError(f"{key} ({self.source(key)}) should be a number.")
        return number

    def seconds(self, key: str) -> float | None:
        """Return a time-out in seconds, None where it is unset or 0.

        Raises:
            ConfigError: The setting is no number, negative, or more than a day.

        """
        number = self.number(key)
        if number is not None and not 0 <= number <= DAY:
            raise ConfigError(f"{key} ({self.source(key)}) should be seconds: from 0 to {DAY}.")
        return number or None

    def for_service(self, setting_names: Sequence[str], suffix: str) -> str:
        """A setting of a service, "" where it is unset.

        `setting_names` are the names the service goes by ("block_storage", "volumev3", "volume"), `suffix` is
        "endpoint_override", "api_version", "interface", "region_name" … The strongest source wins, and
        of two that are as strong the name that comes first. An endpoint_override may be spelled endpoint.
        """
        suffixes = (suffix, "endpoint") if suffix == "endpoint_override" else (suffix,)
        keys = [f"{name.replace('-', '_')}_{ending}" for ending in suffixes for name in setting_names]
        present = [key for key in keys if key in self._values]
        return self.text(max(present, key=lambda key: self._ranks.get(key, 0))) if present else ""

    def require(self, *keys: str) -> str:
        """The first of these settings that is set.

        Raises ConfigError where none is: it says what was looked for, where, and what to do next.
        """
        for key in keys:
            if key in self._values:
                return self.text(key)
        raise self._explain(keys)
