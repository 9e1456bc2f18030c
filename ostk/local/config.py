"""The configuration file of ostk: `ostk config list`, `get`, `set` and `unset`."""

import click

from ..config import user_config
from ..config.user_config import BOOLEAN, FORMAT, FORMATS, KEYS, check, current, kind_of
from ..console import write_text
from ..errors import ConfigError, OstkError
from ..language import Arg, Json, Noun, Resource
from ..language.aliases import command_of, expanded, is_command
from ..language.command_line import clouds
from ..render.format import Format
from . import LOCAL_SERVICE


def value_text(value: object) -> str:
    """Return a value as `config set` takes it."""
    if isinstance(value, bool):
        return str(value).lower()
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


config = Noun(
    Resource(LOCAL_SERVICE, "config", ""),
    "Manage the configuration file of ostk: defaults, time-outs and aliases.",
    columns=["key value source"],
    formats={"value": Format(value_text)},
)


def complete_key(ctx: click.Context, param: click.Parameter, typed: str) -> list[str]:
    """Return the keys that begin with a text, also those of the user."""
    try:
        known = [*KEYS, *current().values]
    except ConfigError:
        known = [*KEYS]
    return [key for key in dict.fromkeys(known) if key.startswith(typed)]


def complete_value(ctx: click.Context, param: click.Parameter, typed: str) -> list[str]:
    """Return the values of the key before, where they are limited."""
    key = ctx.params.get("key")
    if key == "cloud":
        return clouds(ctx, typed)
    kind = KEYS[key][0] if key in KEYS else None
    values = FORMATS if kind is FORMAT else ("true", "false") if kind is BOOLEAN else ()
    return [value for value in values if value.startswith(typed)]


KEY = Arg(
    "key",
    "Key, such as output.format, aliases.ll or 'columns.server list'.",
    not_sent=True,
    shell_complete=complete_key,
)
VALUE = Arg(
    "value",
    "Value of the key; column names are separated by commas.",
    not_sent=True,
    metavar="VALUE",
    shell_complete=complete_value,
)


@config.lister("list")
def list_keys() -> list[Json]:
    """List the keys of the configuration file, with values or defaults."""
    settings = current()
    keys = [*KEYS, *(key for key in settings.values if key not in KEYS)]
    return [
        {"key": key, "value": settings.get(key), "source": settings.path if key in settings.values else "default"}
        for key in keys
    ]


@config.action("get", KEY)
def get(key: str) -> None:
    """Print the value or the default of a key."""
    kind_of(key)
    value = current().get(key)
    if value is None:
        raise OstkError(f"{key} is not set in {current().path}.")
    write_text(value_text(value))


@config.action("set", KEY, VALUE)
def set_key(key: str, value: str) -> None:
    """Set a key in the configuration file. The comments and the order of the file are kept."""
    from ..config.toml_edit import store

    typed = kind_of(key).parse(value)
    check(key, typed)
    validate_name(key, value)
    store(user_config.path_of(), key, typed)


@config.action("unset", KEY)
def unset(key: str) -> None:
    """Remove a key from the configuration file."""
    from ..config.toml_edit import store

    path = user_config.path_of()
    # A key that is no key of ostk can be removed where the file has it.
    if key not in user_config.flat(user_config.parsed(path, user_config.text_of(path))):
        kind_of(key)
    store(path, key, None)


def validate_name(key: str, value: str) -> None:
    """Raise ConfigError if the name of an alias is a command, or the command of columns is none."""
    section, _, name = key.partition(".")
    ctx = click.get_current_context().find_root()
    assert isinstance(ctx.command, click.Group)
    if section == "aliases" and any(word.startswith("-") for word in name.split()[:1]):
        raise ConfigError(f"{name!r} would be read as an option: an alias begins with a word.")
    if section == "aliases":
        if is_command(ctx.command, ctx, name.split()):
            raise ConfigError(f"{name!r} is a command: an alias cannot have its name.")
        expanded(ctx.command, ctx, name.split(), {**others(name), name: value})
    if section in ("columns", "sort"):
        command = command_of(ctx.command, ctx, name.split())
        if command is None:
            raise ConfigError(f"{name!r} is not an {ctx.info_name} command: {key}.")
        option = "output_columns" if section == "columns" else "output_sort_columns"
        if not any(param.name == option for param in (getattr(command, "own", None) or command).params):
            raise ConfigError(f"{name!r} prints no columns{'' if section == 'columns' else ' to sort'}: {key}.")


def others(name: str) -> dict[str, str]:
    """Return the other aliases; none if the file is not valid."""
    try:
        return {key: text for key, text in current().section("aliases").items() if key != name}
    except ConfigError:
        return {}
