"""Write ostk/verbs.txt, the verbs of each noun: `python -m tests.verb_words`."""

from __future__ import annotations

from pathlib import Path

import click

from ostk.cli import main
from ostk.index import INDEX
from ostk.language.command_lookup import leaves

PLACE = Path(__file__).parent.parent / "ostk" / "verbs.txt"


def text() -> str:
    """Return the lines of the file."""
    verbs: dict[str, list[str]] = {}
    for words, _ in leaves(main, click.Context(main, info_name="ostk")):
        noun = max((noun for noun in INDEX if f"{words} ".startswith(f"{noun} ")), key=len)
        verbs.setdefault(noun, []).append(words.removeprefix(noun).strip())
    return "".join(f"{noun}: {','.join(sorted(verbs[noun]))}\n" for noun in sorted(verbs))


if __name__ == "__main__":
    PLACE.write_text(text())
