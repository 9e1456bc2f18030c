"""Write a cloud into clouds.yaml, and its secrets into secure.yaml beside it; all other text of the files is kept."""

import os
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from ..errors import ConfigError, OstkError
from ..files import because, whole
from ..redaction import is_secret_setting
from .built_in_clouds import CLOUDS
from .config_files import SUFFIXES, VARIABLES, Files, candidates, expand_home, user_directory
from .global_options import AUTH_SETTINGS, GLOBAL_OPTIONS
from .settings import Settings, Value
from .yaml_edit import with_entry

CONNECTION = ("region_name", "interface", "cacert", "cert", "key", "verify", "identity_api_version")
"""Settings that say how to reach a cloud, whatever the credential."""
ONCE = ("passcode", "code")
"""Secrets that are valid once, so that a file is no place for them."""
_PROGRAM = {"log_file", *(option.key for option in GLOBAL_OPTIONS if not option.setting)}
_DOMAINS = ("user_domain_id", "user_domain_name", "project_domain_id", "project_domain_name")


class Place(NamedTuple):
    """The files that a cloud is written to: `clouds` gets the settings, `secure` the secrets."""

    clouds: str
    secure: str


def place_of(environ: Mapping[str, str]) -> Place:
    """Return the files to write a cloud to.

    They are the files that OS_CLIENT_CONFIG_FILE and OS_CLIENT_SECURE_FILE name, else clouds.yaml in the user's
    configuration directory, and secure.yaml beside it. Where another secure.yaml would be read in the place of the
    latter, that one gets the secrets.
    """
    named = expand_home(environ.get("OS_CLIENT_CONFIG_FILE", ""), environ)
    clouds = named or existing(user_directory(environ), "clouds")
    if given := expand_home(environ.get("OS_CLIENT_SECURE_FILE", ""), environ):
        return Place(clouds, given)
    beside = existing(os.path.dirname(os.path.abspath(clouds)), "secure")
    for path in candidates("secure", environ):
        if os.path.abspath(path) == beside or os.path.isfile(path):
            return Place(clouds, path)
    return Place(clouds, beside)


def existing(directory: str, kind: str) -> str:
    """Return the path of the file of a kind in a directory; with the suffix .yaml if there is none."""
    paths = [os.path.join(directory, kind + suffix) for suffix in SUFFIXES]
    return next((path for path in paths if os.path.exists(path)), paths[0])


def check_name(name: str, environ: Mapping[str, str], force: bool = False, secrets: bool = False) -> None:
    """Raise ConfigError if a cloud cannot be written under a name, before anything is created for the cloud.

    Args:
        name: The name, which must be no other cloud's.
        environ: The environment variables.
        force: Whether a cloud of the name is replaced.
        secrets: Whether the cloud has secrets, so that both files are written.

    """
    if not name.strip() or not name.isprintable() or name == (environ.get("OS_CLOUD_NAME") or "envvars"):
        raise ConfigError(f"{name!r} cannot be the name of a cloud.")
    place, files = place_of(environ), Files(environ)
    check_place(place, files)
    if force:
        return
    places = {path: parse(path, read(path)) for path in place}
    places |= {found.path: found.data for kind in ("clouds", "secure") if (found := files.find(kind)).path}
    for path, data in places.items():
        if name in clouds_in(data):
            raise ConfigError(f"Cloud {name} is already in {path}.", "Choose another name, or replace it with --force.")
    if name in CLOUDS:
        raise ConfigError(f"Cloud {name} is built in.", "Choose another name, or hide it with --force.")
    for path in place if secrets else place[:1]:
        edited(path, read(path), name, {"auth": {}})
        check_writable(path)


def check_writable(path: str) -> None:
    """Raise ConfigError if the user may not write to a file, or to the directory of a file that does not exist yet."""
    target = os.path.realpath(path)
    directory = os.path.dirname(target)
    while not os.path.exists(directory) and directory != os.path.dirname(directory):
        directory = os.path.dirname(directory)
    for one in (target, directory):
        if os.path.exists(one) and not os.access(one, os.W_OK):
            raise ConfigError(f"{path} cannot be written: {one} is read-only for this user.")


def check_place(place: Place, files: Files) -> None:
    """Raise ConfigError if a new file would be read in the place of another one, whose clouds would be lost.

    Of each kind of file, the first one is read alone.
    """
    for kind, path in zip(("clouds", "secure"), place, strict=True):
        found = files.find(kind).path
        order = [os.path.abspath(one) for one in candidates(kind, files.environ)]
        new, old = os.path.abspath(path), os.path.abspath(found)
        if found and new in order and old in order and not os.path.exists(new) and order.index(new) < order.index(old):
            raise ConfigError(
                f"A new file {path} would hide {found}: one {kind}.yaml alone is read.",
                f"Copy {found} to {path} first, or name the file to write with {VARIABLES[kind]}.",
            )


def shadow(place: Place, environ: Mapping[str, str]) -> str:
    """Return the file that is read in the place of the clouds.yaml that was written, "" for none."""
    found = Files(environ).find("clouds").path
    return "" if not found or os.path.realpath(found) == os.path.realpath(place.clouds) else found


def clouds_in(data: Any) -> Mapping[str, Any]:
    """Return the clouds in the content of a file."""
    found = data.get("clouds") if isinstance(data, dict) else None
    return found if isinstance(found, dict) else {}


def entry_of(settings: Settings) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the entry of a cloud with these settings in clouds.yaml, and its secrets, for secure.yaml."""
    entry: dict[str, Any] = {}
    secrets: dict[str, Any] = {}
    for key, (value, source) in sorted(settings.items()):
        implied = source.startswith(("default", "config.toml")) and key not in _DOMAINS
        if key in _PROGRAM or key in ONCE or (implied and key != "auth_type"):
            continue
        if key == "auth_type" and (implied and value == "password"):
            continue
        if key == "insecure" or (key == "verify" and value is True):
            continue
        into = secrets if is_secret_setting(key) else entry
        if key in AUTH_SETTINGS:
            into = into.setdefault("auth", {})
        into[key] = value
    return entry, secrets


def application_credential_entry(settings: Settings, id: str, secret: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the entry of a cloud with an application credential, and its secret; both as `entry_of` does."""
    given = {key: value for key, value in settings.items() if key in (*CONNECTION, "auth_url")}
    made = {
        **given,
        "auth_type": Value("v3applicationcredential", ""),
        "application_credential_id": Value(id, ""),
        "application_credential_secret": Value(secret, ""),
    }
    return entry_of(Settings(made))


def write_cloud(name: str, entry: Mapping[str, Any], secrets: Mapping[str, Any], environ: Mapping[str, str]) -> Place:
    """Write a cloud to its files; return their paths. If one cannot be written, both stay as they were.

    Args:
        name: The name of the cloud; an entry of this name is replaced.
        entry: The entry in clouds.yaml.
        secrets: The entry in secure.yaml, {} for none.
        environ: The environment variables.

    Raises:
        ConfigError: A file has a form that cannot be edited.
        FileError: A file cannot be written.

    """
    place = place_of(environ)
    old = {path: read(path) for path in place}
    new = {place.clouds: edited(place.clouds, old[place.clouds], name, entry)}
    if secrets or name in clouds_in(parse(place.secure, old[place.secure])):
        new[place.secure] = edited(place.secure, old[place.secure], name, secrets or None)
    store(place.secure, new.get(place.secure))
    try:
        store(place.clouds, new[place.clouds])
    except OstkError:
        if place.secure in new:
            restore(place.secure, old[place.secure])
        raise
    return place


def edited(path: str, text: str | None, name: str, entry: Mapping[str, Any] | None) -> str:
    """Return the text of a file with the entry of a cloud, or without it for None; checked by reading it again.

    Raises:
        ConfigError: The file is not valid, or has a form that cannot be edited.

    """
    if path.endswith("json"):
        raise ConfigError(f"{path} is JSON, which ostk does not edit.", f"Add cloud {name} to it by hand.")
    before = parse(path, text)
    after = with_entry(text or "", name, entry)
    expected = {**before, "clouds": {key: value for key, value in clouds_in(before).items() if key != name}}
    if entry is not None:
        expected["clouds"][name] = entry
    try:
        found = parse(path, after)
    except ConfigError:
        found = {}
    if {**found, "clouds": clouds_in(found)} != expected:
        raise ConfigError(
            f"{path} has a form that ostk does not edit: nothing was written.",
            f"Write the clouds below `clouds:`, a line each, or add cloud {name} by hand.",
        )
    return after


def parse(path: str, text: str | None) -> dict[str, Any]:
    """Return the content of a file in YAML, {} if it is empty.

    Raises:
        ConfigError: The text is not valid YAML, or no mapping.

    """
    import yaml

    try:
        data = yaml.safe_load(text or "")
    except (yaml.YAMLError, ValueError, RecursionError):
        raise ConfigError(f"{path} is not valid YAML, so that ostk does not edit it.") from None
    if not isinstance(data or {}, dict):
        raise ConfigError(f"{path} is not a mapping of settings.", "It should start with `clouds:`.")
    return data or {}


def read(path: str) -> str | None:
    """Return the text of a file, None if there is none.

    Raises:
        ConfigError: The file cannot be read.

    """
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return file.read()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read: {because(error)}.") from None


def store(path: str, text: str | None) -> None:
    """Write a file as a whole, for the user alone; None writes nothing.

    Raises:
        ConfigError: Its directory cannot be created.
        FileError: It cannot be written.

    """
    if text is None:
        return
    directory = os.path.dirname(os.path.abspath(path))
    try:
        os.makedirs(directory, mode=0o700, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"{directory} cannot be created: {because(error)}.") from None
    with whole(path, "configuration file", mode=0o600) as file:
        file.write(text.encode())


def restore(path: str, text: str | None) -> None:
    """Write the text that a file had, or remove the file if there was none, as far as that is possible."""
    with suppress(OSError, OstkError):
        if text is None:
            os.unlink(path)
        else:
            store(path, text)
