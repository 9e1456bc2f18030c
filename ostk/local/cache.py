"""What ostk keeps between runs: `ostk cache clear`."""

from __future__ import annotations

from ..auth.cache import clear
from ..console import write_text
from ..language import Noun, Resource
from . import LOCAL_SERVICE

cache = Noun(Resource(LOCAL_SERVICE, "cache", ""), "Manage what is kept between runs.")


@cache.action("clear")
def clear_all() -> None:
    """Forget tokens, catalogs and versions of all clouds."""
    count = clear()
    write_text(f"Forgot what was kept for {count} credential{'' if count == 1 else 's'}.")
