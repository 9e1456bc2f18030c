"""The user's configuration file, ~/.config/ostk/config.toml: the default cloud, output, time-outs and aliases.

    cloud = "lab"                 # the cloud of commands that select none
    [output]
    format = "json"               # on a terminal; everywhere with `always = true`
    [columns]
    "server list" = ["Name", "Status"]
    [aliases]
    ll = "server list --long"

Without a file, one `stat` is all that this module does.
"""

import os
import stat
import sys
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ..errors import ConfigError
from ..files import because
from ..text import parse_boolean
from .config_files import MAX_SIZE, home
from .settings import MAX_SECONDS

FORMATS = ("csv", "json", "jsonl", "shell", "table", "value", "yaml")


class Kind(NamedTuple):
    """The kind of a value: what is expected, for messages; whether a value fits; and the value that a text means."""

    expected: str
    fits: Callable[[Any], bool]
    parse: Callable[[str], Any] = str


def _number(text: str) -> Any:
    """Return a text as a whole number or a number; as it is if it is none."""
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _boolean(text: str) -> Any:
    found = parse_boolean(text)
    return text if found is None else found


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and value.isprintable()


def _is_names(value: Any) -> bool:
    return _is_text(value) or (isinstance(value, list) and bool(value) and all(map(_is_text, value)))


def _is_seconds(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= MAX_SECONDS


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


TEXT = Kind("a text", _is_text)
BOOLEAN = Kind("true or false", lambda value: isinstance(value, bool), _boolean)
NAMES = Kind("a list of column names", _is_names, _split)
WIDTH = Kind("a number of characters, 0 for no limit", lambda v: type(v) is int and 0 <= v <= 10_000, _number)
SECONDS = Kind(f"a number of seconds, up to {MAX_SECONDS}", _is_seconds, _number)
FORMAT = Kind(f"one of {', '.join(FORMATS)}", lambda value: value in FORMATS)

KEYS: dict[str, tuple[Kind, Any]] = {
    "cloud": (TEXT, ""),
    "output.format": (FORMAT, "table"),
    "output.sort": (NAMES, []),
    "output.colors": (BOOLEAN, True),
    "output.max_width": (WIDTH, 0),
    "output.always": (BOOLEAN, False),
    "timeouts.api": (SECONDS, 60),
}
"""The keys, each with the kind of its value and its default."""

SECTIONS: dict[str, tuple[Kind, str]] = {
    "columns": (NAMES, "COMMAND"),
    "sort": (NAMES, "COMMAND"),
    "aliases": (TEXT, "NAME"),
}
"""The sections whose keys are the user's: commands, such as "server list", and names of aliases."""


class UserConfig:
    """The values of a configuration file, by dotted key: "output.format", "columns.server list".

    Args:
        path: The path of the file, whether there is one or not.
        values: The valid values.

    """

    def __init__(self, path: str, values: Mapping[str, Any] | None = None) -> None:
        self.path = path
        self.values = dict(values or {})

    @property
    def source(self) -> str:
        """The source of the settings in the file, for messages."""
        return f"config.toml ({self.path})"

    def get(self, key: str) -> Any:
        """Return the value of a key, its default if the file does not have it, None for an unknown key."""
        return self.values.get(key, KEYS[key][1] if key in KEYS else None)

    def names(self, key: str) -> tuple[str, ...]:
        """Return the column names of a key, () if it is not set."""
        found = self.get(key) or ()
        return (found,) if isinstance(found, str) else tuple(found)

    def section(self, name: str) -> dict[str, Any]:
        """Return the keys and values of one of SECTIONS."""
        start = f"{name}."
        return {key.removeprefix(start): value for key, value in self.values.items() if key.startswith(start)}


def path_of(environ: Mapping[str, str] | None = None) -> str:
    """Return the path of the configuration file."""
    environ = os.environ if environ is None else environ
    if sys.platform in ("darwin", "win32"):
        import platformdirs

        return os.path.join(platformdirs.user_config_dir("ostk", appauthor=False), "config.toml")
    # The rule of XDG; importing platformdirs takes 12 ms.
    root = environ.get("XDG_CONFIG_HOME", "").strip() or os.path.join(home(environ), ".config")
    return os.path.join(root, "ostk", "config.toml")


_read: dict[str, UserConfig] = {}


def current(environ: Mapping[str, str] | None = None) -> UserConfig:
    """Return the configuration of the user, read once for each command line.

    Raises:
        ConfigError: The file cannot be read, or has an unknown key or a value of a wrong type.

    """
    path = path_of(environ)
    if path not in _read:
        _read[path] = UserConfig(path, checked(path, parsed(path, text_of(path))))
    return _read[path]


def forget() -> None:
    """Read the file again for the next command line."""
    _read.clear()


def text_of(path: str) -> str:
    """Return the text of a configuration file, "" if there is none.

    Raises:
        ConfigError: The file cannot be read, is too large or is not UTF-8.

    """
    try:
        state = os.stat(path)
    except OSError:
        return ""
    if not stat.S_ISREG(state.st_mode):
        return ""
    if state.st_size > MAX_SIZE:
        raise ConfigError(f"{path} is larger than {MAX_SIZE // 1024} KiB.")
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {because(error)}.") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path} is not UTF-8 text.") from None


def parsed(path: str, text: str) -> dict[str, Any]:
    """Return the content of a configuration file.

    Raises:
        ConfigError: The text is not valid TOML.

    """
    if not text.strip():
        return {}
    import tomllib

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"{path} is not valid TOML: {error}.") from None


def checked(path: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values in a file by dotted key.

    Raises:
        ConfigError: A key is unknown, or a value does not fit its key.

    """
    values = flat(data)
    for key, value in values.items():
        check(key, value, f"{path}: ")
    return values


def flat(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content of a file by dotted key: {"output": {"format": "json"}} as {"output.format": "json"}."""
    values: dict[str, Any] = {}
    for name, value in data.items():
        if isinstance(value, dict):
            values |= {f"{name}.{key}": inner for key, inner in value.items()}
        else:
            values[name] = value
    return values


def kind_of(key: str, where: str = "") -> Kind:
    """Return the kind of the value of a key.

    Args:
        key: The dotted key.
        where: What messages begin with.

    Raises:
        ConfigError: There is no such key.

    """
    section, _, name = key.partition(".")
    if key in KEYS:
        return KEYS[key][0]
    if section in SECTIONS and name.strip():
        return SECTIONS[section][0]
    from difflib import get_close_matches

    from .credentials import join_words

    near = get_close_matches(key, KEYS, 2, 0.6)
    known = [*KEYS, *(f"{section}.{name}" for section, (_, name) in SECTIONS.items())]
    also = f"Did you mean {join_words(near, 'or')}? " if near else ""
    raise ConfigError(
        f"{where}{key or repr(key)} is not a key of the configuration.", f"{also}Keys: {', '.join(known)}."
    )


def check(key: str, value: Any, where: str = "") -> None:
    """Raise ConfigError if a key is unknown or a value does not fit its key."""
    kind = kind_of(key, where)
    if not kind.fits(value):
        shown = str(value).lower() if isinstance(value, bool) else repr(value)
        raise ConfigError(f"{where}{key} should be {kind.expected}, not {shown}.")
