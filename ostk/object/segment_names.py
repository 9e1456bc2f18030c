"""Names of segments: the name of the object, and what tells one upload of it from another."""

import re

SEGMENT_SUFFIX = r"(/slo)?/\d+\.\d{6}(/\d+){1,2}(/expires)?/\d{8}"
"""What follows the name of an object: time, size, size of the segments, and number, as `swift` has them too."""


def is_segment_of(name: str, segment: str) -> bool:
    """Return whether a segment has a name that `ostk` and `swift` make for the segments of an object."""
    return bool(re.fullmatch(re.escape(name) + SEGMENT_SUFFIX, segment))


def object_of(segment: str) -> str:
    """Return the name of the object that a segment was made for, "" if its name does not tell."""
    found = re.fullmatch(f"(.+?){SEGMENT_SUFFIX}", segment, re.DOTALL)
    return found[1] if found else ""
