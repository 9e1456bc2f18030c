"""Files on this machine: read with a clear refusal, written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from ostk.errors import FileError
from ostk.files import read, read_text, whole


def left() -> list[str]:
    return sorted(path.name for path in Path().iterdir() if path.is_file())


class TestRead:
    def test_what_is_there(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("HOME", str(tmp_path))
        (tmp_path / "a").write_bytes(b"\xc3\xa9")
        assert read("~/a") == b"\xc3\xa9"
        assert read_text("~/a") == "é"

    @pytest.mark.parametrize(
        ("path", "because"), [("none", "No such file or directory"), (".", "Is a directory"), ("a\0b", "null")]
    )
    def test_what_is_not(self, path: str, because: str) -> None:
        with pytest.raises(FileError, match=because):
            read(path)

    def test_what_is_no_text(self) -> None:
        Path("a").write_bytes(b"\xff")
        with pytest.raises(FileError, match=r"The key file a is not text in UTF-8\."):
            read_text("a", "key file")


class TestWhole:
    def test_it_takes_the_place_of_what_was_there(self) -> None:
        Path("a").write_text("old")
        with whole("a") as file:
            file.write(b"new")
            assert Path("a").read_text() == "old"
        assert Path("a").read_text() == "new"
        assert left() == ["a"]

    def test_a_failure_leaves_what_was_there(self) -> None:
        Path("a").write_text("old")

        def spoil() -> None:
            with whole("a") as file:
                file.write(b"new")
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            spoil()
        assert Path("a").read_text() == "old"
        assert left() == ["a"]

    def test_a_secret_is_for_its_owner_alone(self) -> None:
        Path("a").touch(0o666)
        with whole("a", mode=0o600) as file:
            assert stat.S_IMODE(os.fstat(file.fileno()).st_mode) == 0o600
        assert stat.S_IMODE(Path("a").stat().st_mode) == 0o600

    def test_a_link_stays_one(self) -> None:
        Path("a").write_text("old")
        Path("b").symlink_to("a")
        with whole("b") as file:
            file.write(b"new")
        assert Path("b").is_symlink()
        assert Path("a").read_text() == "new"

    def test_a_pipe_is_written_to(self) -> None:
        os.mkfifo("pipe")
        reader = os.open("pipe", os.O_RDONLY | os.O_NONBLOCK)
        with whole("pipe") as file:
            file.write(b"text")
        assert os.read(reader, 10) == b"text"
        os.close(reader)

    def test_a_place_that_cannot_be_is_refused_before_anything_is_done(self) -> None:
        done = False
        with pytest.raises(FileError, match="no/place cannot be written: No such file"), whole("no/place"):
            done = True
        assert not done
