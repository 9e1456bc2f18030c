"""Output options that the user's configuration file sets."""

import sys
from collections.abc import Sequence
from typing import Any

import click

from ..config import user_config


class Preferred(tuple[str, ...]):
    """Column names from the user's configuration file; `source` is the file and the key, for messages."""

    source = ""


def with_preferences(params: dict[str, Any]) -> dict[str, Any]:
    """Return the parameters of a command, with output options from the user's configuration file.

    Options on the command line and variables have precedence. Where standard output is no terminal, the file
    counts only with `always = true`, so that scripts do not depend on it.

    Raises:
        ConfigError: The configuration file is not valid.

    """
    if "output_format" not in params:
        return params
    is_terminal = sys.stdout.isatty()
    if not is_terminal and not user_config.current().get("output.always"):
        return params
    config, ctx = user_config.current(), click.get_current_context()
    if not config.values:
        return params
    words = ctx.command_path.partition(" ")[2]
    default = (click.core.ParameterSource.DEFAULT, None)
    found: dict[str, Any] = {}
    if config.get("output.format") in _formats(ctx) and not (params.get("output_query") or params.get("output_watch")):
        found["output_format"] = config.get("output.format")
    found["output_columns"] = () if params.get("long") else _preferred_names(config, f"columns.{words}")
    found["output_sort_columns"] = _preferred_names(config, f"sort.{words}", "output.sort")
    found["output_max_width"] = 0 if params.get("output_fit_width") else config.get("output.max_width")
    found = {name: value for name, value in found.items() if value and ctx.get_parameter_source(name) in default}
    colors = {} if config.get("output.colors") else {"output_color": False}
    return {**params, **{name: value for name, value in found.items() if name in params}, **colors}


def _formats(ctx: click.Context) -> Sequence[str]:
    """Return the output formats of the command."""
    types = [param.type for param in ctx.command.params if param.name == "output_format"]
    return [str(choice) for kind in types if isinstance(kind, click.Choice) for choice in kind.choices]


def _preferred_names(config: user_config.UserConfig, *keys: str) -> Preferred:
    """Return the column names under the first of these keys that is set."""
    key = next((key for key in keys if config.names(key)), keys[0])
    names = Preferred(config.names(key))
    names.source = f"{key} in {config.path}"
    return names
