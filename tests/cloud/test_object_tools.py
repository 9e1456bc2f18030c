"""ostk, `swift` and `rclone` on the same containers of a real cloud: what one has written, the others read.

Needs OS_* variables or OS_CLOUD for a user with an object store, and `swift` and `rclone` on PATH (or their paths in
OSTK_SWIFT and OSTK_RCLONE).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

OSTK = str(Path(sys.executable).with_name("ostk"))
SWIFT = os.environ.get("OSTK_SWIFT") or shutil.which("swift") or ""
RCLONE = os.environ.get("OSTK_RCLONE") or shutil.which("rclone") or ""
ENVIRONMENT = dict(os.environ)  # the fixtures of the other tests hide it
FILES = {
    "plain.txt": b"text\n",
    "empty": b"",
    "with space.txt": b"a b",
    "a/b/deep": b"deep" * 1000,
    "a/100% & more?#1": b"signs",
    "a/été 漢": b"letters",
    "a/.hidden": b"dot",
    "large": bytes(range(256)) * 12000,  # 3,072,000 bytes
}

pytestmark = [pytest.mark.cloud, pytest.mark.skipif(not (SWIFT and RCLONE), reason="there is no swift or no rclone")]
Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return a function that runs `ostk`, `swift` or `rclone`, which must succeed, and returns its output."""
    command = [OSTK, "token", "issue", "-f", "value", "-c", "id"]
    token = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=True).stdout.strip()
    command = [OSTK, "catalog", "show", "object-store", "-f", "json"]
    found = json.loads(subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=True).stdout)
    url = next(one["url"] for one in found["endpoints"] if one["interface"] == "public")
    prefix = "RCLONE_CONFIG_CLOUD_"
    variables = {"TYPE": "swift", "STORAGE_URL": url, "AUTH_TOKEN": token, "CHUNK_SIZE": "1M"}
    programs = {
        "ostk": [OSTK],
        "swift": [SWIFT, "--os-storage-url", url, "--os-auth-token", token],
        "rclone": [RCLONE, "--config", str(tmp_path / "none")],
    }
    environment = ENVIRONMENT | {prefix + name: value for name, value in variables.items()}

    def call(program: str, *words: str, at: Path | None = None) -> str:
        command = [*programs[program], *words]
        done = subprocess.run(
            command, env=environment, cwd=at or tmp_path, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
        assert done.returncode == 0, f"{program} {words}: {done.stdout!r} {done.stderr!r}"
        return done.stdout.decode()

    return call


@pytest.fixture
def container(run: Run) -> Iterator[str]:
    """Return the name of a new container, which is removed afterwards."""
    name = f"ostk-{uuid.uuid4().hex[:8]}"
    run("ostk", "container", "create", name)
    yield name
    run("ostk", "container", "delete", "--recursive", name)
    subprocess.run([OSTK, "container", "delete", "-r", f"{name}_segments"], env=ENVIRONMENT, capture_output=True)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a directory with files."""
    for name, data in FILES.items():
        path = tmp_path / "tree" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path / "tree"


def files_of(directory: Path) -> dict[str, bytes]:
    """Return the data of all files below a directory."""
    return {str(p.relative_to(directory)): p.read_bytes() for p in directory.rglob("*") if p.is_file()}


def upload(run: Run, program: str, tree: Path, container: str) -> None:
    """Upload a tree with one of the programs; the large file in segments."""
    if program == "ostk":
        run("ostk", "object", "create", container, ".", "--name", "", "--segment-size", "1000000", at=tree)
    elif program == "swift":
        run("swift", "upload", "-S", "1000000", container, ".", at=tree)
    else:
        run("rclone", "copy", str(tree), f"cloud:{container}")


def download(run: Run, program: str, container: str, directory: Path) -> dict[str, bytes]:
    """Return the files that one of the programs downloads."""
    directory.mkdir()
    if program == "ostk":
        run("ostk", "container", "save", container, at=directory)
    elif program == "swift":
        run("swift", "download", container, at=directory)
    else:
        run("rclone", "copy", f"cloud:{container}", str(directory))
    return files_of(directory)


@pytest.mark.parametrize("program", ["ostk", "swift", "rclone"])
def test_what_one_uploads_all_read(run: Run, container: str, tree: Path, tmp_path: Path, program: str) -> None:
    upload(run, program, tree, container)
    for reader in ("ostk", "swift", "rclone"):
        assert download(run, reader, container, tmp_path / reader) == FILES, reader
    listed = run("ostk", "object", "list", container, "-f", "value", "-c", "Name").splitlines()
    assert listed == run("swift", "list", container).splitlines() == sorted(FILES)
    run("rclone", "check", str(tree), f"cloud:{container}")


@pytest.mark.parametrize("program", ["ostk", "swift", "rclone"])
def test_what_another_uploaded_is_not_sent_again(run: Run, container: str, tree: Path, program: str) -> None:
    upload(run, program, tree, container)
    assert run("ostk", "object", "sync", str(tree), container, "--dry-run", "-f", "json").strip() == "[]"
    before = run("ostk", "object", "list", container, "--long", "-f", "json")
    run("ostk", "object", "sync", str(tree), container, "--delete")
    assert run("ostk", "object", "list", container, "--long", "-f", "json") == before
    assert run("ostk", "object", "sync", str(tree), container, "--download", "--dry-run", "-f", "json").strip() == "[]"


def test_a_sync_of_ostk_is_equal_for_rclone(run: Run, container: str, tree: Path) -> None:
    run("rclone", "copy", str(tree), f"cloud:{container}")
    (tree / "plain.txt").write_bytes(b"TEXT\n")
    (tree / "empty").unlink()
    (tree / "new").write_bytes(b"new")
    run("ostk", "object", "sync", str(tree), container, "--delete")
    run("rclone", "check", str(tree), f"cloud:{container}")


def test_all_remove_the_segments_of_a_large_object(run: Run, container: str, tree: Path) -> None:
    upload(run, "swift", tree, container)
    run("ostk", "object", "delete", container, "large", "--segments")
    assert run("swift", "list", f"{container}_segments") == ""
    upload(run, "ostk", tree, container)
    assert len(run("swift", "list", f"{container}_segments").splitlines()) == 4
    run("swift", "delete", container, "large")
    assert run("ostk", "object", "list", f"{container}_segments", "-f", "value") == ""


def test_the_same_statistics(run: Run, container: str, tree: Path) -> None:
    upload(run, "rclone", tree, container)
    shown = json.loads(run("ostk", "container", "show", container, "-f", "json"))
    stat = dict(line.strip().split(": ", 1) for line in run("swift", "stat", container).splitlines() if ": " in line)
    size = json.loads(run("rclone", "size", "--json", f"cloud:{container}"))
    assert str(shown["object_count"]) == stat["Objects"] == str(size["count"])
    assert str(shown["bytes_used"]) == stat["Bytes"]


def test_metadata_that_one_sets_the_other_shows(run: Run, container: str, tree: Path) -> None:
    run("swift", "post", container, "-m", "Color:blue")
    shown = json.loads(run("ostk", "container", "show", container, "-f", "json"))
    assert shown["properties"] == {"Color": "blue"}
    run("ostk", "container", "set", container, "--property", "Size=7")
    assert "Meta Size: 7" in run("swift", "stat", container)
    run("ostk", "object", "create", container, str(tree / "plain.txt"), "--name", "plain")
    run("ostk", "object", "set", container, "plain", "--property", "Shape=round")
    assert "Meta Shape: round" in run("swift", "stat", container, "plain")
