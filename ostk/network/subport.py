"""The older name of `network trunk subport list`."""

from ..api.network import TRUNK
from ..language import Noun, Opt
from .trunk_subports import SUBPORTS, list_subports

subport = Noun(TRUNK, "List subports of a trunk.", columns=SUBPORTS)
subport.lister("list", Opt("--trunk", "Trunk of the subports.", required=True, names=TRUNK))(list_subports)
