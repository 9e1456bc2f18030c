"""Find and read clouds.yaml, secure.yaml and clouds-public.yaml.

`clouds` has the clouds, `secure` the secrets that are merged into them, `clouds-public` the profiles of providers. Of
each kind the first readable file is used; several files of a kind are not merged.
"""

import os
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from ..errors import ConfigError

SUFFIXES = (".yaml", ".yml", ".json")
SYSTEM_DIRECTORY = "/etc/openstack"
MAX_SIZE = 1 << 20
MAX_DEPTH = 64
MAX_VALUES = 20_000

VARIABLES = {"clouds": "OS_CLIENT_CONFIG_FILE", "secure": "OS_CLIENT_SECURE_FILE"}


class ConfigFile(NamedTuple):
    """A file: `data` is its top level, {} if there is no file; `skipped` names the files before it and why."""

    path: str
    data: dict[str, Any]
    skipped: tuple[str, ...] = ()


class Malformed(Exception):
    """The text is not valid YAML or JSON; the message has the line number, and none of the text."""


def home(environ: Mapping[str, str]) -> str:
    """Return the home directory."""
    return environ.get("HOME") or os.path.expanduser("~")


def expand_home(path: str, environ: Mapping[str, str]) -> str:
    """Return a path with a leading `~` expanded."""
    if path == "~" or path.startswith("~/"):
        return home(environ) + path[1:]
    return os.path.expanduser(path)


def user_directory(environ: Mapping[str, str]) -> str:
    """Return the user's own directory for these files."""
    if sys.platform in ("darwin", "win32"):
        import platformdirs

        return platformdirs.user_config_dir("openstack", "OpenStack")
    # The rule of XDG; importing platformdirs takes longer than reading the file.
    root = environ.get("XDG_CONFIG_HOME", "").strip() or os.path.join(home(environ), ".config")
    return os.path.join(root, "openstack")


def directories(environ: Mapping[str, str]) -> Iterator[str]:
    """Yield the directories to search, in order; a directory may come twice."""
    with suppress(OSError):  # the current directory of a shell may have been deleted
        yield os.getcwd()
    if sys.platform in ("darwin", "win32"):
        import platformdirs

        shared = [platformdirs.site_config_dir("openstack", "OpenStack")]
    else:
        roots = environ.get("XDG_CONFIG_DIRS", "").strip() or "/etc/xdg"
        shared = [os.path.join(part, "openstack") for part in roots.split(os.pathsep) if part.strip()]
    yield user_directory(environ)
    # A snap changes HOME; the files are in the real home directory.
    yield os.path.join(environ.get("SNAP_REAL_HOME") or home(environ), ".config", "openstack")
    yield from shared
    yield SYSTEM_DIRECTORY


def searched_paths(kind: str, environ: Mapping[str, str]) -> list[str]:
    """Return the files and directories that were searched for a kind of file, for messages."""
    given = environ.get(VARIABLES.get(kind, ""), "")
    return [given] * bool(given) + list(dict.fromkeys(directories(environ)))


def candidates(kind: str, environ: Mapping[str, str]) -> Iterator[str]:
    """Yield the files of a kind to look for, in order: the first that can be read is used.

    The last is a secure.yaml beside the file that OS_CLIENT_CONFIG_FILE names: the reference client does not look
    there, but `cloud add` writes it.
    """
    given = environ.get(VARIABLES.get(kind, ""), "")
    if given:
        yield expand_home(given, environ)
    seen = set()
    for directory in directories(environ):
        if directory not in seen:
            seen.add(directory)
            for suffix in SUFFIXES:
                yield os.path.join(directory, kind + suffix)
    clouds = expand_home(environ.get(VARIABLES["clouds"], ""), environ)
    if kind == "secure" and clouds:
        yield os.path.join(os.path.dirname(os.path.abspath(clouds)), "secure.yaml")


class Files:
    """The configuration files, each read once."""

    def __init__(self, environ: Mapping[str, str], no_cache: bool = False) -> None:
        self.environ, self.no_cache = environ, no_cache
        self._read: dict[str, ConfigFile] = {}

    def find(self, kind: str, containing: str = "") -> ConfigFile:
        """Read the first readable file of a kind: "clouds", "secure" or "clouds-public".

        With `containing`, a file without that word in its text is not parsed: its data is {}.

        Raises:
            ConfigError: A file is valid YAML or JSON but not a mapping.
        """
        if kind in self._read:
            return self._read[kind]
        skipped: list[str] = []
        given = expand_home(self.environ.get(VARIABLES.get(kind, ""), ""), self.environ)
        for path in candidates(kind, self.environ):
            try:
                # Opening a FIFO waits for a writer; one that a variable names is the shell's <(…).
                if path != given and not stat.S_ISREG(os.stat(path).st_mode):
                    continue
                with open(path, "rb") as file:
                    raw, state = file.read(MAX_SIZE + 1), os.fstat(file.fileno())
            except PermissionError:
                skipped.append(f"{path} may not be read")
                continue
            except (OSError, ValueError):
                continue
            if containing and containing.encode("utf-8", "surrogateescape") not in raw:
                return ConfigFile(path, {}, tuple(skipped))
            try:
                data = self.parse(path, raw, state)
            except Malformed as error:
                skipped.append(f"{path} {error}")
                continue
            if data is not None and not isinstance(data, dict):
                raise ConfigError(f"{path} is not a mapping of settings.", "It should start with `clouds:`.")
            self._read[kind] = ConfigFile(path, data or {}, tuple(skipped))
            return self._read[kind]
        return self._read.setdefault(kind, ConfigFile("", {}, tuple(skipped)))

    def parse(self, path: str, raw: bytes, state: os.stat_result) -> Any:
        """Return the content of a file: as an earlier run parsed the same bytes, if there was one."""
        from .parsed_files import parsed

        return parsed(path, raw, state, lambda: _parse(raw, path.endswith("json")), self.no_cache)


def _parse(raw: bytes, as_json: bool) -> Any:
    if len(raw) > MAX_SIZE:
        raise Malformed(f"is larger than {MAX_SIZE // 1024} KiB")
    if not raw.strip():
        return None
    return as_plain_data(_parse_json(raw) if as_json else _parse_yaml(raw))


def _parse_json(raw: bytes) -> Any:
    import json

    try:
        return json.loads(raw, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        raise Malformed(f"is not valid JSON (line {error.lineno})") from None
    except (ValueError, RecursionError):
        raise Malformed("is not valid JSON") from None


def _parse_yaml(raw: bytes) -> Any:
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        # libyaml's composer recurses in C and takes the process down on deep nesting; its events do not.
        if len(raw) > 4096:
            depth = 0
            for event in yaml.parse(raw, base):
                depth += isinstance(event, yaml.CollectionStartEvent)
                depth -= isinstance(event, yaml.CollectionEndEvent)
                if depth > MAX_DEPTH:
                    raise Malformed("is nested too deeply")
        return yaml.load(raw, _text_loader(base))
    except yaml.MarkedYAMLError as error:
        line = getattr(error.problem_mark, "line", None)
        raise Malformed("is not valid YAML" + ("" if line is None else f" (line {line + 1})")) from None
    except (yaml.YAMLError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        raise Malformed("is not valid YAML") from None


def _text_loader(base: Any) -> Any:
    """Return a YAML loader that keeps plain scalars as text.

    YAML 1.1 reads a password 0123 as 83, a version 2.10 as 2.1 and a region NO as false.
    """
    kept = ("tag:yaml.org,2002:null", "tag:yaml.org,2002:merge")
    resolvers = {
        first: [(tag, pattern) for tag, pattern in pairs if tag in kept]
        for first, pairs in base.yaml_implicit_resolvers.items()
    }

    def flatten_mapping(loader: Any, node: Any) -> None:
        base.flatten_mapping(loader, node)
        if len(node.value) > MAX_VALUES:  # merge keys that merge each other double at every step
            raise Malformed("repeats itself")

    return type("AsWritten", (base,), {"yaml_implicit_resolvers": resolvers, "flatten_mapping": flatten_mapping})


def as_plain_data(value: Any) -> Any:
    """Convert a value to text, booleans, None, lists and mappings.

    Raises:
        Malformed: The value is nested too deeply or has more than MOST_VALUES parts.
    """
    return _as_plain_data(value, [MAX_VALUES], 0)


def _as_plain_data(value: Any, left: list[int], depth: int) -> Any:
    left[0] -= 1
    if left[0] < 0 or depth > MAX_DEPTH:
        raise Malformed("is nested too deeply or repeats itself")
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, dict):
        return {str(key): _as_plain_data(item, left, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [_as_plain_data(item, left, depth + 1) for item in value]
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    try:
        return str(value)
    except ValueError:  # a number with thousands of digits
        raise Malformed("holds a number that is too long") from None


def with_underscores(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return a mapping with `-` in its keys replaced by `_`."""
    return {key.replace("-", "_"): value for key, value in entry.items()}
