"""The cache of tokens, service catalogs and API versions: `ostk cache clear`."""

from ..cache import clear
from ..console import write_text
from ..language import Noun, Resource
from . import LOCAL_SERVICE

cache = Noun(Resource(LOCAL_SERVICE, "cache", ""), "Manage cached tokens, service catalogs and API versions.")


@cache.action("clear")
def clear_all() -> None:
    """Delete the cached tokens, service catalogs and API versions of all clouds."""
    count = clear()
    write_text(f"Deleted the cache of {count} credential{'' if count == 1 else 's'}.")
