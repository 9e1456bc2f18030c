"""Text from a cloud in a terminal: control characters, display width, line breaks."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import re

BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
CONTROLS = r"\x00-\x1f\x7f-\x9f\ud800-\udfff" + BIDI
UNSEEN = "\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
# Joiners belong inside emoji and Indic or Persian words; beside ASCII they only disguise a name.
STRAY_JOINER = r"(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
# What people copy out of a table: UUIDs, IDs of 32 to 64 hexadecimal digits, MAC and IP addresses, CIDRs.
_ID = r"(?<![^\W_])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,64})(?![^\W_])"
_MAC = r"[0-9a-f]{2}(?::[0-9a-f]{2}){5}"
_IPV4 = r"\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?"
_IPV6 = r"[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:(?:\.\d{1,3}){3})?(?:/\d{1,3})?"
_ADDRESS = rf"(?<![\w.:])(?:{_MAC}|{_IPV4}|{_IPV6})(?![\w:]|\.\d)"
IDENTIFIER = rf"(?i:['\"(\[{{<]*(?<![^\W_])(?:{_ID}|{_ADDRESS})['\")\]}}>]*[,;]?)"
_IDENTIFIERS = f"({IDENTIFIER})"
# Where a line is broken depends on the kinds of its characters: digits, hexadecimal digits, other letters, the rest.
_DIGITS, _HEXADECIMAL, _OTHERS = b"123456789", b"bcdefABCDEF", b"hijklmnopqrstuvwxyzGHIJKLMNOPQRSTUVWXYZ"
_KINDS = bytes.maketrans(_DIGITS + _HEXADECIMAL + _OTHERS, b"0" * 9 + b"a" * 11 + b"g" * 39)
_SPACES = r"([\t\n\x0b\x0c\r ]+)"  # what the standard library's textwrap takes for spaces

LINE_BREAK_HINT = "A file with Windows line ends has a carriage return at the end of each line."


def is_one_line(text: str) -> bool:
    """Return whether a text has no line break and no other control character but tabs."""
    return text.isprintable() or not any((c < " " and c != "\t") or c == "\x7f" for c in text)


@cache
def _pattern(expression: str) -> re.Pattern[str]:
    import re

    return re.compile(expression)


def _escaped(character: str) -> str:
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _is_printable(text: str, keep: str) -> bool:
    """Return whether a text has no characters to escape but those in `keep`: a quick test for most texts."""
    if text.isprintable():
        return True
    for character in keep:
        text = text.replace(character, "")
    return text.isprintable()


def visible(text: str, keep: str = "") -> str:
    r"""Return a text with control, bidirectional and invisible characters escaped, as in `\x1b`.

    Characters in `keep` (say, "\n\t") stay as they are.
    """
    if _is_printable(text, keep):
        return text
    pattern = _pattern(f"[{CONTROLS}{UNSEEN}]|{STRAY_JOINER}")
    return pattern.sub(lambda found: found[0] if found[0] in keep else _escaped(found[0]), text)


def disarmed(text: str) -> str:
    """Return a text with control and bidirectional characters escaped, except newlines and tabs."""
    if _is_printable(text, "\n\t"):
        return text
    pattern = _pattern(f"[{CONTROLS}]")
    return pattern.sub(lambda found: found[0] if found[0] in "\n\t" else _escaped(found[0]), text)


def _cells(text: str) -> list[int]:
    """Return the width of each character in terminal columns, 0 for one that combines with the one before."""
    if text.isascii():
        return [1] * len(text)
    from unicodedata import category, east_asian_width

    widths: list[int] = []
    base = last = ""
    flag = False
    for character in text:
        code = ord(character)
        if last == "\u200d" and base:
            width = 0
        elif code in (0xFE0E, 0xFE0F):  # the character before is a text, or a picture
            width = 0
            if widths and widths[-1] and (last in "#*0123456789" or category(last) in ("So", "Sm")):
                widths[-1] = code - 0xFE0D
        elif 0x1F3FB <= code <= 0x1F3FF and base and category(base) == "So":
            width = 0
        elif 0x1F1E6 <= code <= 0x1F1FF:
            flag = not flag
            width = 2 if flag else 0
        elif 0x1160 <= code <= 0x11FF or 0xD7B0 <= code <= 0xD7FF:  # vowels and finals of Hangul syllables
            width = 0
        elif category(character) in ("Mn", "Me", "Cf", "Cc", "Zl", "Zp", "Cs"):
            width = int(code == 0xAD)
        else:
            width = 2 if east_asian_width(character) in "WF" else 1
        flag = flag and 0x1F1E6 <= code <= 0x1F1FF
        base = character if width else base
        last = character
        widths.append(width)
    return widths


def display_width(text: str) -> int:
    """Return the width of a line of text in terminal columns."""
    return len(text) if text.isascii() else sum(_cells(text))


def _fitting(word: str, start: int, room: int) -> int:
    """Return the end of what fits into `room` columns of a word from `start` on; it looks at no more of the word."""
    if room < 0:  # a text that is not broken may be wider than the line
        return start
    if word.isascii():
        return min(start + room, len(word))
    size = 2 * room + 8  # a picture has a second character, a letter may have several accents
    while True:
        widths = _cells(word[start : start + size])
        used = end = 0
        while end < len(widths) and used + widths[end] <= room:
            used += widths[end]
            end += 1
        if end + 1 < size or start + size >= len(word):
            return start + end
        size *= 2


def _cut(word: str, start: int, room: int, alone: bool) -> int:
    """Return where to break a word, from `start` on, of which `room` columns fit; `alone`: nothing else is there."""
    end = _fitting(word, start, room)
    hyphen = word.rfind("-", start, end)
    if hyphen > start and word[start:hyphen].strip("-"):
        return hyphen + 1
    if alone and not display_width(word[start:end]):
        return _fitting(word, start, _cells(word[start : start + 2])[0])
    return end


def identifiers(text: str) -> list[str]:
    """Return the IDs and addresses in a text, each with the quotes and the comma around it."""
    return _pattern(_IDENTIFIERS).findall(text) if may_identify(text) else []


def identifier_width(text: str) -> int:
    """Return the width of the longest ID or address in a text, in terminal columns; 0 if there is none."""
    if text.isascii():
        return _longest_identifier(text.encode().translate(_KINDS))
    return max(map(display_width, identifiers(text)), default=0)


@lru_cache(4096)
def _longest_identifier(kinds: bytes) -> int:
    return max(map(len, identifiers(kinds.decode())), default=0)


def wrap(line: str, room: int, whole: bool = False) -> list[str]:
    """Break one line at spaces and hyphens, and inside words where it must be, to at most `room` columns.

    Spaces around a break are dropped. With `whole`, IDs and addresses are not broken: one that is wider than
    `room` is a line of its own.
    """
    if not line.isascii():
        return _broken(line, room, whole)
    return [line[part] for part in _breaks(line.encode().translate(_KINDS), room, whole)]


@lru_cache(4096)
def _breaks(kinds: bytes, room: int, whole: bool) -> list[slice]:
    """Return where the lines are into which `wrap` breaks a text whose characters are of these kinds.

    A column of a list has few kinds of texts, such as names that differ in their numbers.
    """
    line, end, found = kinds.decode(), 0, []
    for part in _broken(line, room, whole):
        start = line.index(part, end)
        end = start + len(part)
        found.append(slice(start, end))
    return found


def _broken(line: str, room: int, whole: bool) -> list[str]:
    """Return the lines into which `wrap` breaks a text."""
    lines: list[str] = []
    current, left, fresh = "", room, False
    found: list[str] | None = None
    # Most texts between spaces fit; only the others are searched for IDs and hyphens.
    for chunk in _chunks(line):
        width = len(chunk) if chunk.isascii() else display_width(chunk)
        if width <= left and not fresh:
            current += chunk
            left -= width
            continue
        parts = _pattern(_IDENTIFIERS).split(chunk) if whole and may_identify(chunk) else [chunk]
        kept = parts[1::2]
        words = [word for part in parts for word in ((part,) if part in kept else _words(part)) if word]
        words.reverse()
        while words:
            word = words[-1]
            width = len(word) if word.isascii() else display_width(word)
            if fresh and not word.strip():
                words.pop()
                fresh = False
            elif width <= left or (word in kept and not current):
                current += words.pop()
                left -= width
                fresh = False
            else:
                if width > room and word not in kept:
                    if found is None:
                        found = identifiers(line) if whole else []
                    kept = found
                    pieces, rest = _broken_word(word, current, left, room, kept, bool(lines))
                    lines += filter(None, map(str.rstrip, pieces))
                    words[-1:] = [rest] if rest else []
                elif current := current.rstrip():
                    lines.append(current)
                current, left, fresh = "", room, bool(lines)
    if current := current.rstrip():
        lines.append(current)
    return lines or [""]


def _broken_word(word: str, before: str, left: int, room: int, kept: list[str], fresh: bool) -> tuple[list[str], str]:
    """Break a word that is wider than a line.

    Args:
        word: The word.
        before: What is on the first line before the word.
        left: The columns that are left on the first line.
        room: The columns of the other lines.
        kept: Texts that are not broken.
        fresh: Whether there are lines before these.

    Returns:
        The lines, and the rest of the word, which fits on a line, is in `kept`, or is blank after a line.
    """
    lines = [before]
    start, solid, longest = 0, len(word.rstrip()), max(map(len, kept), default=0)
    while True:
        end = _cut(word, start, left, alone=not lines[-1])
        lines[-1] += word[start:end]
        start, left, fresh = end, room, fresh or bool(lines[-1].rstrip())
        fits = _fitting(word, start, room) == len(word)
        if fits or (fresh and start >= solid) or (len(word) - start <= longest and word[start:] in kept):
            return lines, word[start:]
        lines.append("")


def _chunks(line: str) -> list[str]:
    """Return a line in parts: texts without spaces, and the spaces between them."""
    if line.isprintable() and "  " not in line:
        return line.replace(" ", "\n \n").split("\n")  # a fifth of the time of a regular expression
    return _pattern(_SPACES).split(line)


def may_identify(text: str) -> bool:
    """Return whether there may be an ID or address in a text: a quick test for short texts without any."""
    return "." in text or ":" in text or len(text) >= 32


@lru_cache(1024)
def _words(text: str) -> tuple[str, ...]:
    """Return the parts of a text between which a line may end; their lists of keys are often the same in all rows."""
    from textwrap import TextWrapper

    return tuple(TextWrapper.wordsep_re.split(text))


TRUE = frozenset({"1", "true", "t", "yes", "y", "on", "enable", "enabled"})
FALSE = frozenset({"0", "false", "f", "no", "n", "off", "disable", "disabled"})


def parse_boolean(value: Any) -> bool | None:
    """Return the boolean that a text in any usual spelling means, None if it means none."""
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    return True if word in TRUE else False if word in FALSE else None
