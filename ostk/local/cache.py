"""What ostk keeps between runs: `ostk cache clear`."""

from __future__ import annotations

from ..auth.cache import clear
from ..console import write_text
from ..language import Kind, Noun
from . import HERE

cache = Noun(Kind(HERE, "cache", ""), "Manage what is kept between runs.")


@cache.action("clear")
def clear_all() -> None:
    """Forget tokens, catalogs and versions of all clouds."""
    count = clear()
    write_text(f"Forgot what was kept for {count} credential{'' if count == 1 else 's'}.")
