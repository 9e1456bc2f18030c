"""Config drives: what the instance on a node reads at its first boot."""

import base64
import binascii
import gzip
import json
import os
import shutil
import subprocess
from typing import Any

from ..errors import OstkError
from ..files import read

GZIP = b"\x1f\x8b"
ISO_MARK, ISO_OFFSET = b"CD001", 32769
TOOLS = ("genisoimage", "mkisofs", "xorrisofs")  # they take the same options
LATEST = os.path.join("openstack", "latest")
# What Ironic makes a config drive of by itself: the files of a directory, and the keys of the JSON object.
PARTS = {
    "meta_data.json": "meta_data",
    "network_data.json": "network_data",
    "vendor_data.json": "vendor_data",
    "user_data": "user_data",
}


def read_config_drive(text: str) -> Any:
    """Return a config drive as Ironic takes it: a JSON object, or a gzipped image in base64.

    Args:
        text: A JSON object, the path of a file or directory, or a gzipped image in base64.

    Raises:
        OstkError: The text is none of these.
    """
    if (found := json_object(text)) is not None:
        return found
    path = os.path.expanduser(text)
    if os.path.isdir(path):
        return from_directory(path)
    if os.path.exists(path):
        return from_file(read(path, "config drive"), text)
    if is_packed(text):
        return text
    raise OstkError(f"The config drive {text!r} is no file, no directory and no JSON object.")


def json_object(text: str | bytes) -> Any:
    """Return the JSON object in a text, None if there is none."""
    try:
        found = json.loads(text) if text.lstrip()[:1] in ("{", b"{") else None
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def from_file(data: bytes, name: str) -> Any:
    """Return the config drive in the content of a file."""
    if (found := json_object(data)) is not None:
        return found
    if data.startswith(GZIP):
        return base64.b64encode(data).decode()
    if data[ISO_OFFSET:].startswith(ISO_MARK):
        return packed(data)
    text = data.decode("ascii", "replace").strip()
    if is_packed(text):
        return text
    raise OstkError(f"The file {name} is no config drive: no JSON object, ISO image, or gzipped image in base64.")


def is_packed(text: str) -> bool:
    """Return whether a text is gzipped data in base64."""
    try:
        start = "".join(text.split())
        return base64.b64decode(start, validate=True).startswith(GZIP)
    except (binascii.Error, ValueError):
        return False


def packed(image: bytes) -> str:
    """Return an image gzipped and in base64."""
    return base64.b64encode(gzip.compress(image)).decode()


def from_directory(path: str) -> Any:
    """Return the config drive of the files in a directory: an image, or a JSON object if nothing here makes images.

    Raises:
        OstkError: A program failed, or there is none, and the directory has files that a JSON object cannot hold.
    """
    if tool := next(filter(None, map(shutil.which, TOOLS)), None):
        return packed(image_of(path, tool))
    files = [os.path.relpath(os.path.join(at, name), path) for at, _, names in os.walk(path) for name in names]
    known = [os.path.join(LATEST, name) for name in PARTS]
    if others := sorted(set(files) - set(known)):
        raise OstkError(
            f"The config drive needs one of the programs {', '.join(TOOLS)}: {path} has {others[0]}.",
            f"Without them, a directory may have only {LATEST}/ with {', '.join(PARTS)}.",
        )
    if not files:
        raise OstkError(f"The directory {path} of the config drive has no files.")
    return {PARTS[os.path.basename(name)]: part(os.path.join(path, name)) for name in sorted(files)}


def part(path: str) -> Any:
    """Return the content of a file of a config drive: the data of a JSON file, otherwise the text."""
    text = read(path, "file of the config drive").decode("utf-8", "replace")
    if not path.endswith(".json"):
        return text
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise OstkError(f"The file {path} of the config drive is not JSON: {error}.") from None


def image_of(path: str, tool: str) -> bytes:
    """Return an ISO 9660 image of a directory, made by a program. Raises OstkError."""
    import tempfile

    options = "-ldots -allow-lowercase -allow-multidot -l -publisher ostk -quiet -J -r -V config-2".split()
    with tempfile.TemporaryDirectory() as directory:
        image = os.path.join(directory, "image")
        done = subprocess.run([tool, "-o", image, *options, path], capture_output=True, check=False)
        if done.returncode:
            why = done.stderr.decode(errors="replace").strip()
            raise OstkError(f"{os.path.basename(tool)} cannot make the config drive: {why}")
        return read(image, "config drive")
