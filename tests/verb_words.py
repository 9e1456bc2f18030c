"""Write ostk/verb_words.py, the verbs of each noun: `python -m tests.verb_words`."""

from __future__ import annotations

from pathlib import Path
from textwrap import wrap

import click

from ostk.cli import main
from ostk.index import INDEX
from ostk.language.command_lookup import leaves

PLACE = Path(__file__).parent.parent / "ostk" / "verb_words.py"
HEAD = '''"""The verbs of each noun, for TAB, which imports no noun; written by `python -m tests.verb_words`."""

VERBS: dict[str, str] = {
'''


def text() -> str:
    """Return the text of the module."""
    verbs: dict[str, list[str]] = {}
    for words, _ in leaves(main, click.Context(main, info_name="ostk")):
        noun = max((noun for noun in INDEX if f"{words} ".startswith(f"{noun} ")), key=len)
        verbs.setdefault(noun, []).append(words.removeprefix(noun).strip())
    return HEAD + "".join(entry(noun, ",".join(sorted(verbs[noun]))) for noun in sorted(verbs)) + "}\n"


def entry(noun: str, verbs: str) -> str:
    """Return the entry of a noun, as ruff formats it."""
    line = f'    "{noun}": "{verbs}",\n'
    if len(line) <= 121:
        return line
    parts = wrap(verbs.replace(" ", "_").replace(",", ", "), 100, break_on_hyphens=False)
    texts = [part.replace(", ", ",").replace("_", " ") for part in parts]
    return f'    "{noun}": (\n' + "".join(f'        "{text}"\n' for text in texts) + "    ),\n"


if __name__ == "__main__":
    PLACE.write_text(text())
