"""Settings: the configuration of one cloud, each value with its source."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ..errors import ConfigError
from ..text import parse_boolean

MAX_SECONDS = 24 * 3600  # the longest time-out; the operating system rejects arbitrarily large ones


class Value(NamedTuple):
    """A setting and its source, for messages: "--os-username", "OS_USERNAME", "profile ovh", "default"."""

    value: Any
    source: str


def missing_setting_error(keys: tuple[str, ...]) -> ConfigError:
    """Return the error for missing settings, without an explanation."""
    return ConfigError(f"No {' or '.join(keys)} is set.")


class Settings:
    """The settings of one cloud; immutable.

    Keys are those of clouds.yaml with underscores and without `auth`: "auth_url", "compute_api_version". An empty
    text counts as unset.

    Args:
        values: The settings.
        cloud: The name of the cloud, "" if none was selected.
        warnings: Lines for standard error.
        ranks: The precedence of each setting's source.
        explain: Returns the error for missing settings.
    """

    def __init__(
        self,
        values: Mapping[str, Value],
        cloud: str = "",
        warnings: Sequence[str] = (),
        ranks: Mapping[str, int] | None = None,
        explain: Callable[[tuple[str, ...]], ConfigError] = missing_setting_error,
    ) -> None:
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
        """Return the settings that are set, lowest precedence first."""
        return iter(self._values.items())

    def get(self, key: str, default: Any = None) -> Any:
        """Return a setting as it was given: text, boolean, list or mapping."""
        found = self._values.get(key)
        return default if found is None else found.value

    def source(self, key: str) -> str:
        """Return the source of a setting, "" if it is unset."""
        found = self._values.get(key)
        return "" if found is None else found.source

    def text(self, key: str) -> str:
        """Return a setting as text, "" if it is unset; a list is joined by commas.

        Raises:
            ConfigError: The setting is a mapping.
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
        """Return a setting as a boolean. Raises ConfigError if it is none."""
        value = self.get(key)
        if value is None:
            return default
        meaning = parse_boolean(value)
        if meaning is None:
            raise ConfigError(f"{key} ({self.source(key)}) should be true or false.")
        return meaning

    def number(self, key: str) -> float | None:
        """Return a setting as a number. Raises ConfigError if it is none."""
        value = self.get(key)
        if value is None:
            return None
        try:
            number = float(value)
        except (TypeError, ValueError):
            number = math.nan
        if isinstance(value, bool) or not math.isfinite(number):
            raise ConfigError(f"{key} ({self.source(key)}) should be a number.")
        return number

    def seconds(self, key: str) -> float | None:
        """Return a time-out in seconds, None if it is unset or 0.

        Raises:
            ConfigError: The setting is no number, negative, or more than a day.
        """
        number = self.number(key)
        if number is not None and not 0 <= number <= MAX_SECONDS:
            raise ConfigError(f"{key} ({self.source(key)}) should be seconds: from 0 to {MAX_SECONDS}.")
        return number or None

    def for_service(self, setting_names: Sequence[str], suffix: str) -> str:
        """Return a setting of a service, "" if it is unset.

        The source of highest precedence wins, then the first name. An endpoint_override may be spelled endpoint.

        Args:
            setting_names: The prefixes of the service: "block_storage", "volumev3", "volume".
            suffix: "endpoint_override", "api_version", "interface", "region_name", …
        """
        suffixes = (suffix, "endpoint") if suffix == "endpoint_override" else (suffix,)
        keys = [f"{name.replace('-', '_')}_{ending}" for ending in suffixes for name in setting_names]
        present = [key for key in keys if key in self._values]
        return self.text(max(present, key=lambda key: self._ranks.get(key, 0))) if present else ""

    def require(self, *keys: str) -> str:
        """Return the first of these settings that is set.

        Raises:
            ConfigError: None is set; the error says where ostk looked and what to do.
        """
        for key in keys:
            if key in self._values:
                return self.text(key)
        raise self._explain(keys)
