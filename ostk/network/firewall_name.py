"""The name of a new firewall group or rule: an argument, or the deprecated option --name."""

from ..errors import OstkError
from ..language import Arg, Opt

NAME_PARAMS = [
    Arg("positional_name", "Name.", key="name", required=False, metavar="[NAME]"),
    Opt("--name", "Name (deprecated; see the argument NAME)."),
]


def validate_name(positional_name: str | None, name: str | None) -> None:
    """Reject a name given both as the argument and as --name."""
    if positional_name and name:
        raise OstkError(f"The name is given twice: {positional_name!r} and --name {name!r}. Leave out --name.")
