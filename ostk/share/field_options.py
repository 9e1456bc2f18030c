"""Options for the fields that most Manila resources have: name, description and status."""

from typing import Any

from ..language import NULL, Flag, Opt

RESET_STATUSES = "available error creating deleting error_deleting"
FORCE_DELETE = Flag("--force", "Delete regardless of status.", action="force_delete", admin=True)


def name_options(noun: str) -> list[Opt]:
    """Return --name and --description for a new resource."""
    return [Opt("--name", f"Name of the {noun}."), Opt("--description", f"Description of the {noun}.")]


def rename_options(noun: str, prefix: str = "") -> list[Opt]:
    """Return --name and --description for a change of a resource.

    Args:
        noun: What the resource is called in the help.
        prefix: What the keys in the request begin with: an update of a share or snapshot takes `display_name` and
            `display_description`, though a create takes `name` and `description`.
    """
    return [
        Opt("--name", f"New name of the {noun}.", key=f"{prefix}name"),
        Opt("--description", f"New description of the {noun}.", key=f"{prefix}description"),
    ]


def clear_name_options(noun: str, prefix: str = "", value: Any = NULL) -> list[Opt]:
    """Return the flags --name and --description that send `value` to remove these fields; see `rename_options`."""
    return [
        Opt("--name", f"Remove the name of the {noun}.", key=f"{prefix}name", value=value),
        Opt("--description", f"Remove the description of the {noun}.", key=f"{prefix}description", value=value),
    ]


def reset_status_option(noun: str, statuses: str = RESET_STATUSES, **attrs: Any) -> Opt:
    """Return --status, which resets the status by the action `reset_status`; `statuses` "" allows any."""
    example = "" if statuses else ", e.g. to available or error"
    help = f"Reset the status of the {noun}{example}, without any change on the backend."
    return Opt("--status", help, choices=statuses, key="status", action="reset_status", admin=True, **attrs)
