"""Configuration errors: what is missing, where ostk looked, and what to do."""

from collections.abc import Sequence

from ..errors import ConfigError
from .config_files import ConfigFile, Files, searched_paths
from .credentials import join_words
from .global_options import GLOBAL_OPTIONS


def unknown_cloud_error(
    name: str, selected_by: str, names: Sequence[str], clouds: ConfigFile, secure: ConfigFile, files: Files
) -> ConfigError:
    """Return the error for a cloud that is in no file; `selected_by` is what selected it, `names` are known."""
    asked = f"Cloud {name} ({selected_by})"
    broken = "".join(f" {line}." for line in (*clouds.skipped, *secure.skipped))
    names = list(dict.fromkeys(names))
    if not names:
        if clouds.path:
            return ConfigError(f"{asked} was not found: {clouds.path} has no clouds.{broken}")
        return ConfigError(
            f"{asked} was not found: there is no readable clouds.yaml.{broken}",
            f"Looked in {join_words(searched_paths('clouds', files.environ))}.",
        )
    from difflib import get_close_matches

    similar = get_close_matches(name, names, 3, 0.6)
    places = join_words(found.path for found in (clouds, secure) if found.path)
    return ConfigError(
        f"{asked} was not found in {places}.{broken}",
        f"Did you mean {join_words(similar, 'or')}?" if similar else f"Known clouds: {join_words(names)}.",
    )


def missing_in_cloud(keys: tuple[str, ...], cloud: str, files: Files) -> ConfigError:
    """Return the error for required settings that a cloud in a file lacks."""
    names, ways = join_words(keys, "or"), options_and_variables(keys)
    path = files.find("clouds").path or files.find("secure").path
    where = f"add {names} to cloud {cloud} in {path}"
    also = f"Give {join_words(ways, 'or')}, or {where}." if ways else f"{where[0].upper()}{where[1:]}."
    return ConfigError(f"Cloud {cloud} has no {names}.", also)


def options_and_variables(keys: Sequence[str]) -> list[str]:
    """Return the options and variables for these settings."""
    options = {option.setting: option for option in GLOBAL_OPTIONS if not option.hidden}
    known = [options[key] for key in keys if key in options]
    return [way for option in known for way in (option.flag, *option.variables[:1])]


def missing_settings(
    keys: tuple[str, ...], any_set: bool, clouds: Sequence[tuple[str, str]], files: Files
) -> ConfigError:
    """Return the error for required settings where no cloud in a file is selected.

    Args:
        keys: The settings, any of which would do.
        any_set: Whether any setting is given at all.
        clouds: The names of the clouds in files, each with its file.
        files: The files.
    """
    alternatives, ways = join_words(keys, "or"), options_and_variables(keys)
    if "password" in keys and (place := getattr(files.environ, "postponed", {}).get("OS_PASSWORD")):
        from .prompts import no_terminal_error

        return no_terminal_error("OS_PASSWORD", place, "--os-password")
    if clouds and not any_set:
        names = join_words(name for name, _ in clouds)
        places = join_words(dict.fromkeys(place for _, place in clouds))
        return ConfigError(f"No cloud is selected. {places} has {names}.", "Select one with --os-cloud or OS_CLOUD.")
    if clouds:
        names = join_words((name for name, _ in clouds), "or")
        return ConfigError(
            f"No {alternatives} is set, and no cloud is selected.",
            f"Give {join_words(ways, 'or')}, or select {names} with --os-cloud.",
        )
    found = files.find("clouds")
    broken = "".join(f" {line}." for line in found.skipped)
    state = f"{found.path} has no clouds" if found.path else "there is no readable clouds.yaml"
    if any_set:
        return ConfigError(
            f"No {alternatives} is set, and {state}.{broken}",
            f"Give {join_words(ways, 'or')}, or source the openrc file of the cloud.",
        )
    return ConfigError(
        f"No cloud is configured: no OS_* variables are set, and {state}.{broken}",
        "Source an openrc file, or put a clouds.yaml into "
        f"{join_words(searched_paths('clouds', files.environ), 'or')} and select a cloud with --os-cloud.",
    )
