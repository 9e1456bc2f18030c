"""Commands that `openstack` lacks, with an output of their own."""

from .noun import Command


class OwnCommand(Command):
    """A command that `openstack` lacks: its last word is read only when typed in full.

    An abbreviation that names one command of `openstack` goes on naming it: `server d` is `server delete`.
    """

    in_full = True
