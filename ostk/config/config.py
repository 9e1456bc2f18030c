"""Load the settings of one cloud from flags, OS_* variables and clouds.yaml.

Precedence, highest first: a flag; a variable that has an option (even if a cloud is named); the `values` of the
region; secure.yaml; clouds.yaml; the profile; config.toml; defaults. Variables without an option count only if no
cloud is named: then all OS_* variables together are a cloud named "envvars".
"""

import os
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ..errors import ConfigError
from ..record import Record
from ..redaction import is_secret_setting
from ..text import LINE_BREAK_HINT, is_one_line, parse_boolean
from . import credentials, user_config
from .built_in_clouds import CLOUDS
from .config_files import ConfigFile, Files, expand_home, with_underscores
from .credentials import Layer, join_words
from .global_options import AUTH_SETTINGS, GLOBAL_OPTIONS
from .settings import Settings, Value

_SELECTORS = frozenset(
    {"OS_CLOUD", "OS_REGION_NAME", "OS_CLIENT_CONFIG_FILE", "OS_CLIENT_SECURE_FILE", "OS_CLOUD_NAME"}
)
_UNRELATED_PREFIXES = ("OS_TEST", "OS_STD", "OS_LOG")

_OLDER_NAMES = {
    "tenant_name": "project_name",
    "tenant_id": "project_id",
    "auth_token": "token",
    "user_name": "username",
    "auth_plugin": "auth_type",
}
_PROGRAM = frozenset(option.key for option in GLOBAL_OPTIONS if not option.setting)
_NOT_SETTINGS = _PROGRAM | {"auth", "regions", "profile", "cloud"}
_PATHS = ("cacert", "cert", "key")
_BOOLEANS = ("verify", "insecure", "force_ipv4", "prefer_ipv6", "image_api_use_tasks", "requires_floating_ip")

_DEFAULTS = {
    "interface": "public",
    "verify": True,
    "default_domain": "default",
    "image_status_code_retries": "5",
    "baremetal_status_code_retries": "5",
    "baremetal_introspection_status_code_retries": "5",
}

Fetch = Callable[[str], Any]


class ConfiguredCloud(NamedTuple):
    """A configured cloud; `is_current`: commands without --os-cloud use it."""

    name: str
    file: str
    is_current: bool


class _Region(Record):
    """A region and its own settings."""

    name: str
    values: dict[str, Any]


class _Choice(Record):
    """The selected cloud: its name, what selected it, and whether it is made of variables."""

    name: str
    selected_by: str
    from_variables: bool


def load(
    flags: Mapping[str, Any], environ: Mapping[str, str] | None = None, fetch: Fetch | None = None, implied: bool = True
) -> Settings:
    """Return the settings of the cloud that flags and variables select.

    An empty configuration is no error; `Settings.require` raises one when a required setting is missing.

    Args:
        flags: The global options on the command line: {"os_cloud": "lab", "insecure": True}. None, "" and False
            mean that an option was not given. Options of the program ("debug") are settings too.
        environ: The environment variables, by default those of the process.
        fetch: Returns the JSON at a URL, for a profile that is published at a URL.
        implied: Whether a cloud that is not named may be used: the default of config.toml, or the only one there is.

    Raises:
        ConfigError: The cloud, its region or its profile does not exist, or a file is not valid.
    """
    given = _flag_layer(flags)
    files = Files(_environment(flags, given, environ), bool(flags.get("no_cache")))
    variables = _variable_layer(files.environ)
    choice = _choose(flags, given, variables, files, implied)
    warnings: list[str] = []
    layers: list[Layer] = [{key: Value(value, "default") for key, value in _DEFAULTS.items()}, _preferred(files)]
    if choice.from_variables:
        layers += _variables_as_cloud(choice.name, files, fetch, warnings)
    elif choice.name:
        layers += _files_as_cloud(choice, given, variables, files, fetch, warnings)
    values: Layer = {}
    ranks: dict[str, int] = {}
    for rank, layer in enumerate([*layers, variables]):
        values.update(layer)
        ranks.update(dict.fromkeys(layer, rank))
    for key in credentials.overridden_settings(given):
        values.pop(key, None)
    values.update(given)
    ranks.update(dict.fromkeys(given, len(layers) + 1))
    for key, default in _DEFAULTS.items():
        if values[key].value in (None, "", [], {}):
            values[key] = Value(default, "default")
    if choice.name and not choice.from_variables:
        described = {key: value for layer in layers for key, value in layer.items()}
        warning = credentials.mixed_credentials_warning(choice.name, described, variables, given)
        warnings += [warning] * bool(warning)
    _resolve_tls(values, ranks)
    credentials.complete(values, given)
    _interpolate(values, files.environ)
    _check(values)

    def explain(keys: tuple[str, ...]) -> ConfigError:
        from .config_errors import missing_in_cloud, missing_settings

        if choice.name and not choice.from_variables:
            return missing_in_cloud(keys, choice.name, files)
        places = [(cloud.name, cloud.file) for cloud in _configured(files, {}, {})]
        return missing_settings(keys, bool(given or variables), places, files)

    return Settings(values, choice.name, tuple(dict.fromkeys(warnings)), ranks, explain)


def configured_clouds(
    environ: Mapping[str, str] | None = None, flags: Mapping[str, Any] | None = None
) -> list[ConfiguredCloud]:
    """Return the clouds in the files, in their order, then a current built-in one and the one made of variables.

    Raises:
        ConfigError: A file is not valid.
    """
    flags = flags or {}
    given = _flag_layer(flags)
    files = Files(_environment(flags, given, environ), bool(flags.get("no_cache")))
    clouds = _configured(files, flags, given)
    variables = {**_other_variables(files.environ), **_variable_layer(files.environ)}
    if credentials.CREDENTIAL_SETTINGS.intersection(variables):
        own = files.environ.get("OS_CLOUD_NAME") or "envvars"
        place = _first_source({k: v for k, v in variables.items() if k in credentials.CREDENTIAL_SETTINGS})
        clouds.append(ConfiguredCloud(own, place, not any(cloud.is_current for cloud in clouds)))
    return clouds


def region_names(flags: Mapping[str, Any]) -> list[str]:
    """Return the regions that the files have for the selected cloud, [] if they name none or several are not listed.

    Raises:
        ConfigError: A file is not valid.
    """
    files = Files(_environment(flags, _flag_layer(flags), None), bool(flags.get("no_cache")))
    current = next((cloud.name for cloud in configured_clouds(None, flags) if cloud.is_current), "")
    found = files.find("clouds")
    listing = _cloud(found, current).get("regions") if current in _clouds(found) else None
    return [region.name for region in _regions(listing, found.path)] if listing else []


def _environment(flags: Mapping[str, Any], given: Layer, environ: Mapping[str, str] | None) -> Mapping[str, str]:
    """Return the environment variables, including those of the openrc file (--openrc or OSTK_OPENRC)."""
    environ = os.environ if environ is None else environ
    if not (flags.get("openrc") or environ.get("OSTK_OPENRC")):
        return environ
    from .openrc.reader import environment

    return environment(flags, given, environ)


def _source(environ: Mapping[str, str], variable: str) -> str:
    """Return where a variable comes from, for messages."""
    return str(getattr(environ, "sources", {}).get(variable, variable))


def _configured(files: Files, flags: Mapping[str, Any], given: Layer) -> list[ConfiguredCloud]:
    clouds, secure = files.find("clouds"), files.find("secure")
    places = {name: found.path for found in (secure, clouds) for name in _clouds(found)}
    names = list(dict.fromkeys([*_clouds(clouds), *_clouds(secure)]))
    try:
        choice = _choose(flags, given, _variable_layer(files.environ), files)
    except ConfigError:
        choice = _Choice("", "", False)
    if choice.name in CLOUDS and choice.name not in places and not choice.from_variables:
        names.append(choice.name)
        places[choice.name] = "built in"
    return [ConfiguredCloud(name, places[name], name == choice.name and not choice.from_variables) for name in names]


def _flag_layer(flags: Mapping[str, Any]) -> Layer:
    layer: Layer = {}
    for option in GLOBAL_OPTIONS:
        value = flags.get(option.key)
        if option.setting != "cloud" and value not in (None, "", False):
            layer.setdefault(option.setting or option.key, Value(value, option.flag))
    return _current_names(layer)


def _variable_layer(environ: Mapping[str, str]) -> Layer:
    """Return the settings from variables that have an option."""
    layer: Layer = {}
    for option in GLOBAL_OPTIONS:
        for variable in option.variables:
            if environ.get(variable) and option.setting != "cloud":
                layer.setdefault(option.setting, Value(environ[variable], _source(environ, variable)))
    return _current_names(layer)


def _other_variables(environ: Mapping[str, str]) -> Layer:
    """Return the settings from the other OS_* variables."""
    known = _SELECTORS.union(*(option.variables for option in GLOBAL_OPTIONS))
    return _current_names(
        {
            name[3:].lower(): Value(value, _source(environ, name))
            for name, value in environ.items()
            if name.startswith("OS_") and value and name not in known and not name.startswith(_UNRELATED_PREFIXES)
        }
    )


def _choose(flags: Mapping[str, Any], given: Layer, variables: Layer, files: Files, implied: bool = True) -> _Choice:
    """Select a cloud: the named one, the one made of variables, the default of config.toml, or the only one."""
    environ = files.environ
    own = environ.get("OS_CLOUD_NAME") or "envvars"
    flag, variable = flags.get("os_cloud"), environ.get("OS_CLOUD")
    name, selected_by = (str(flag), "--os-cloud") if flag else (variable, "OS_CLOUD") if variable else ("", "")
    others = _other_variables(environ)
    described = bool(others) or any(key != "region_name" for key in variables)
    started = any(credentials.CREDENTIAL_SETTINGS.intersection(layer) for layer in (variables, given, others))
    if name and (name != own or not described):
        return _Choice(name, selected_by, False)
    if name or (described and started):
        clouds = files.find("clouds", containing=own)
        if own in _clouds(clouds):
            raise ConfigError(
                f"A cloud named {own} is in {clouds.path}, and another is made of variables such as "
                f"{_first_source(others, variables)}.",
                "Rename the cloud in the file, unset the variables, or set OS_CLOUD_NAME to another name.",
            )
        return _Choice(own, selected_by, True)
    preferred = user_config.current(environ)
    # With another auth URL on the command line, the credentials of the default cloud must not be sent there.
    if implied and preferred.get("cloud") and not {"auth_url", "endpoint"}.intersection(given):
        return _Choice(preferred.get("cloud"), f"cloud in {preferred.path}", False)
    names = {**_clouds(files.find("clouds")), **_clouds(files.find("secure"))}
    if len(names) == 1 and implied:
        return _Choice(next(iter(names)), "", False)
    return _Choice(own, "", True) if described else _Choice("", "", False)


def _preferred(files: Files) -> Layer:
    """Return the settings in the user's config.toml."""
    config = user_config.current(files.environ)
    api = config.values.get("timeouts.api")
    return {} if api is None else {"api_timeout": Value(api, config.source)}


def _first_source(*layers: Layer) -> str:
    return next((value.source for layer in layers for value in layer.values()), "OS_AUTH_URL")


def _clouds(found: ConfigFile) -> dict[str, Any]:
    clouds = found.data.get("clouds")
    if clouds is None:
        return {}
    if not isinstance(clouds, dict):
        raise ConfigError(f"`clouds` in {found.path} is not a mapping of names to clouds.")
    return clouds


def _cloud(found: ConfigFile, name: str) -> dict[str, Any]:
    entry = _clouds(found).get(name)
    if entry is None:
        return {}
    if not isinstance(entry, dict):
        raise ConfigError(f"Cloud {name} in {found.path} is not a mapping of settings.")
    return with_underscores(entry)


def _variables_as_cloud(name: str, files: Files, fetch: Fetch | None, warnings: list[str]) -> list[Layer]:
    others = _other_variables(files.environ)
    profile = others.pop("profile", None)
    layers = [] if profile is None else [_profile(str(profile.value), name, files, fetch, warnings)]
    region: Layer = {}
    if profile is not None and (regions := layers[0].pop("regions", None)):
        region["region_name"] = Value(_regions(regions.value, regions.source)[0].name, regions.source)
    return [*layers, region, {key: value for key, value in others.items() if key not in _NOT_SETTINGS}]


def _files_as_cloud(
    choice: _Choice, given: Layer, variables: Layer, files: Files, fetch: Fetch | None, warnings: list[str]
) -> list[Layer]:
    """Return the layers of settings from files, lowest precedence first."""
    name = choice.name
    clouds, secure = files.find("clouds"), files.find("secure")
    warnings += [f"Skipping {line}." for line in (*clouds.skipped, *secure.skipped)]
    if clouds.data and "clouds" not in clouds.data:
        warnings.append(f"{clouds.path} has no clouds: there is no key `clouds`.")
    if name not in _clouds(clouds) and name not in _clouds(secure) and name in CLOUDS:
        clouds, secure = ConfigFile("built in", {"clouds": {name: CLOUDS[name]}}), ConfigFile("", {})
        variables.clear()  # no variable may redirect a built-in cloud to a real one
    if name not in _clouds(clouds) and name not in _clouds(secure):
        from .config_errors import unknown_cloud_error

        raise unknown_cloud_error(name, choice.selected_by, [*_clouds(clouds), *_clouds(secure)], clouds, secure, files)
    base, over = _cloud(clouds, name), _cloud(secure, name)
    entry = {**base, **over}
    source = f"clouds.yaml ({clouds.path}), cloud {name}"
    layers = [_client(clouds)]
    profile_name = entry.get("profile") or entry.get("cloud")
    if profile_name is not None and not isinstance(profile_name, str):
        raise ConfigError(f"The profile of cloud {name} in {clouds.path} is not a name.")
    profile = _profile(profile_name, name, files, fetch, warnings) if profile_name else {}
    published = profile.pop("regions", None)
    layers += [profile, _layer(base, source), _layer(over, f"secure.yaml ({secure.path})")]
    place = secure.path if over.get("regions") is not None else clouds.path
    regions = _regions(entry.get("regions"), place) or _regions_by_comma(entry)
    offered = _regions(published.value, published.source) if published else []
    named = entry.get("region_name")
    asked = given.get("region_name") or variables.get("region_name")
    chosen: _Region | None = None
    if asked:
        # A profile may lack a new region of its cloud, so only the user's own list is complete.
        chosen = next((region for region in regions or offered if region.name == asked.value), None)
        if regions and not chosen:
            raise ConfigError(
                f"Cloud {name} has no region {asked.value} ({asked.source}).",
                f"Its regions are {join_words(region.name for region in regions)}; case matters.",
            )
    elif regions:
        chosen = regions[0]
        if entry.get("regions") and isinstance(named, str) and named not in ("", chosen.name):
            warnings.append(
                f"Cloud {name}: region_name {named} does not count beside `regions`; "
                f"{chosen.name} is the first of them."
            )
    elif offered and not named:
        chosen = offered[0]
    if chosen:
        where = f"{source}, region {chosen.name}"
        layers.append({**_layer(chosen.values, where), "region_name": Value(chosen.name, where)})
    return layers


def _profile(name: str, cloud: str, files: Files, fetch: Fetch | None, warnings: list[str]) -> Layer:
    """Return the settings of a profile, with `regions` if the profile lists any."""
    from .profiles import profile

    found = profile(name, cloud, files, fetch)
    warnings += found.warnings
    layer = _layer(found.settings, f"profile {name}")
    if found.settings.get("regions"):
        layer["regions"] = Value(found.settings["regions"], f"profile {name}")
    return layer


def _client(found: ConfigFile) -> Layer:
    client = found.data.get("client")
    return _layer(with_underscores(client), f"clouds.yaml ({found.path}), client") if isinstance(client, dict) else {}


def _layer(entry: Mapping[str, Any], source: str) -> Layer:
    """Return an entry of a file as a layer; keys beside `auth` take precedence over those in `auth`."""
    auth = entry.get("auth")
    if auth is not None and not isinstance(auth, dict):
        raise ConfigError(f"`auth` in {source} is not a mapping of settings.")
    inner = _current_names({key: Value(value, source) for key, value in with_underscores(auth or {}).items()})
    if "url" in inner:
        inner.setdefault("endpoint", inner.pop("url"))
    outer = {key: Value(value, source) for key, value in entry.items() if key not in _NOT_SETTINGS}
    return {**inner, **_current_names(outer)}


def _current_names(layer: Layer) -> Layer:
    """Return a layer with current names for the settings of tenants and endpoint types."""
    renamed: Layer = {}
    older: Layer = {}
    for key, value in layer.items():
        if key in _OLDER_NAMES:
            older[_OLDER_NAMES[key]] = value
        elif key.endswith("endpoint_type"):
            older[key.removesuffix("endpoint_type") + "interface"] = value
        else:
            renamed[key] = value
    layer = {**older, **renamed}
    for key, (value, source) in layer.items():
        if key.endswith("interface") and isinstance(value, str):
            layer[key] = Value(re.sub(r"(?i)url$", "", value), source)
    return layer


def _regions(listing: Any, source: str) -> list[_Region]:
    if listing is None:
        return []
    wrong = ConfigError(f"`regions` in {source} should be a list of names, or of `name` and `values`.")
    if not isinstance(listing, list):
        raise wrong
    regions = []
    for item in listing:
        name, values = (item.get("name"), item.get("values")) if isinstance(item, dict) else (item, None)
        if not isinstance(name, str) or not isinstance(values or {}, dict):
            raise wrong
        regions.append(_Region(name, with_underscores(values or {})))
    return regions


def _regions_by_comma(entry: Mapping[str, Any]) -> list[_Region]:
    """Return the regions of the older form, region_name: A,B."""
    named = entry.get("region_name")
    parts = named if isinstance(named, list) else str(named or "").split(",")
    names = [part.strip() for part in parts if isinstance(part, str) and part.strip()]
    return [_Region(part, {}) for part in names] if len(names) > 1 or isinstance(named, list) else []


def _resolve_tls(values: Layer, ranks: Mapping[str, int]) -> None:
    """Set `verify` to whether certificates are checked: `insecure` wins, except over the flag --verify."""
    for key in _BOOLEANS:
        if key in values and (meaning := parse_boolean(values[key].value)) is not None:
            values[key] = Value(meaning, values[key].source)
    verify, insecure = values["verify"], values.get("insecure")
    # The reference client passes `verify` to requests, for which a path is a CA file.
    if isinstance(verify.value, str) and os.sep in verify.value:
        if not values.get("cacert", Value("", "")).value:
            values["cacert"] = verify
        values["verify"] = Value(True, verify.source)
    if insecure and insecure.value is True:
        if verify.source == "--verify":
            values["insecure"] = Value(False, verify.source)
        else:
            values["verify"] = Value(False, insecure.source)


def _interpolate(values: Layer, environ: Mapping[str, str]) -> None:
    """Replace {name} by other settings, and `~` in paths by the home directory."""
    fillers = {
        key: value
        for key, (value, _) in values.items()
        if isinstance(value, str) and not is_secret_setting(key) and len(value) <= 256
    }

    def filled(match: re.Match[str]) -> str:
        return fillers.get(match[1], match[0])

    for key, (value, source) in values.items():
        if isinstance(value, str) and "{" in value and (key == "auth_url" or key not in AUTH_SETTINGS):
            values[key] = Value(re.sub(r"\{(\w+)\}", filled, value), source)
    for key in _PATHS:
        if key in values and isinstance(values[key].value, str):
            values[key] = Value(expand_home(values[key].value, environ), values[key].source)
    if "auth_url" in values and isinstance(values["auth_url"].value, str):
        values["auth_url"] = Value(values["auth_url"].value.strip(), values["auth_url"].source)


def _check(values: Layer) -> None:
    """Raise ConfigError for values that no request can carry."""
    for key, (value, source) in values.items():
        if isinstance(value, str) and key not in _PATHS and not value.isascii():
            try:
                value.encode()
            except UnicodeEncodeError:
                raise ConfigError(f"{key} ({source}) is not valid UTF-8.") from None
        if isinstance(value, str) and "\0" in value:
            raise ConfigError(f"{key} ({source}) has a NUL character in it.")
        if key in ("token", "access_token") and not is_one_line(str(value)):
            raise ConfigError(f"{key} ({source}) contains a line break or another control character.", LINE_BREAK_HINT)
