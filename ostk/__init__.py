"""ostk: the openstack command, ten times quicker."""

import os
import sys

__version__ = "0.2.0"
OPENSTACKCLIENT = "10.5.0"  # the release of python-openstackclient whose commands ostk has


def program() -> str:
    """Return the name of the command: `openstack` if started under that name, else `ostk`."""
    name = os.path.basename(sys.argv[0] if sys.argv else "")
    return "openstack" if name.removesuffix(".exe") == "openstack" else "ostk"


def version_line(name: str) -> str:
    """Return the line that `--version` prints for a program name; for `openstack`, with the reference client's."""
    own = f"ostk {__version__}"
    return f"openstack {OPENSTACKCLIENT} ({own})" if name == "openstack" else own
