"""Federation mappings: rules that turn attributes of an identity provider into local users and groups."""

from ..api.identity import MAPPING
from ..language import Arg, Noun, Opt
from .options import read_json

mapping = Noun(
    MAPPING,
    "Manage federation mappings.",
    columns=["id schema_version="],
    fields=["id rules schema_version"],
    admin="create set delete",
)
SCHEMA_VERSION = Opt("--schema-version", "Schema version of the mapping rules, e.g. 1.0 or 2.0.")
mapping.create(
    Arg("mapping", "ID of the new mapping.", key="id"),
    Opt("--rules", "JSON file with the mapping rules.", type=read_json, metavar="FILE", required=True),
    SCHEMA_VERSION,
)
mapping.list()
mapping.show()
mapping.set(Opt("--rules", "JSON file with the new mapping rules.", type=read_json, metavar="FILE"), SCHEMA_VERSION)
mapping.delete()
