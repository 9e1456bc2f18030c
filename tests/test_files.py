"""Local files: reading with clear errors, and atomic writing."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from ostk.errors import FileError
from ostk.files import create, fill, read, read_text, whole


def left() -> list[str]:
    return sorted(path.name for path in Path().iterdir() if path.is_file())


class TestRead:
    def test_readable_files_are_read(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("HOME", str(tmp_path))
        (tmp_path / "a").write_bytes(b"\xc3\xa9")
        assert read("~/a") == b"\xc3\xa9"
        assert read_text("~/a") == "é"

    @pytest.mark.parametrize(
        ("path", "because"), [("none", "No such file or directory"), (".", "Is a directory"), ("a\0b", "null")]
    )
    def test_unreadable_files_are_errors(self, path: str, because: str) -> None:
        with pytest.raises(FileError, match=because):
            read(path)

    def test_files_that_are_not_text_are_errors(self) -> None:
        Path("a").write_bytes(b"\xff")
        with pytest.raises(FileError, match=r"The key file a is not UTF-8 text\."):
            read_text("a", "key file")


class TestWhole:
    def test_a_write_replaces_the_old_file(self) -> None:
        Path("a").write_text("old")
        with whole("a") as file:
            file.write(b"new")
            assert Path("a").read_text() == "old"
        assert Path("a").read_text() == "new"
        assert left() == ["a"]

    def test_a_failure_keeps_the_old_file(self) -> None:
        Path("a").write_text("old")

        def spoil() -> None:
            with whole("a") as file:
                file.write(b"new")
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            spoil()
        assert Path("a").read_text() == "old"
        assert left() == ["a"]

    def test_secret_files_have_mode_0600(self) -> None:
        Path("a").touch(0o666)
        with whole("a", mode=0o600) as file:
            assert stat.S_IMODE(os.fstat(file.fileno()).st_mode) == 0o600
        assert stat.S_IMODE(Path("a").stat().st_mode) == 0o600

    def test_a_symbolic_link_is_kept(self) -> None:
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

    def test_an_unwritable_path_is_an_error_before_anything_is_done(self) -> None:
        done = False
        with pytest.raises(FileError, match="no/place cannot be written: No such file"), whole("no/place"):
            done = True
        assert not done

    @pytest.mark.parametrize(
        ("old", "mode", "new"), [(0o600, 0o666, 0o600), (0o640, 0o666, 0o640), (0o755, 0o600, 0o600)]
    )
    def test_permissions_are_never_widened(self, old: int, mode: int, new: int) -> None:
        Path("a").write_text("old")
        Path("a").chmod(old)
        with whole("a", mode=mode) as file:
            file.write(b"new")
            assert stat.S_IMODE(os.fstat(file.fileno()).st_mode) == new
        assert (Path("a").read_text(), stat.S_IMODE(Path("a").stat().st_mode)) == ("new", new)

    def test_permissions_of_another_group_are_not_given(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refused(number: int, user: int, group: int) -> None:
            raise PermissionError(1, "Operation not permitted")

        Path("a").write_text("old")
        Path("a").chmod(0o664)
        group = Path("a").stat().st_gid
        monkeypatch.setattr("os.fchown", refused)
        with whole("a"):
            pass
        assert stat.S_IMODE(Path("a").stat().st_mode) == 0o664
        state = os.stat("a")
        other = os.stat_result([*state[:5], group + 1, *state[6:]])
        create("b", other, 0o666).close()
        assert stat.S_IMODE(os.stat("b").st_mode) == 0o604

    def test_a_left_over_temporary_file_is_no_error(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with whole("a"):
            first = left()
        Path(first[0]).touch()
        Path(f"a.{os.getpid()}.part").touch()
        with whole("a") as file:
            file.write(b"new")
        assert Path("a").read_text() == "new"

    def test_the_longest_name(self) -> None:
        name = "é" * 127
        with whole(name) as file:
            file.write(b"new")
        assert Path(name).read_text() == "new"

    def test_an_empty_file_is_filled(self) -> None:
        with open("a", "wb"), open("a", "rb") as held:
            with whole("a") as file:
                file.write(b"new")
                assert held.read() == b""
            assert held.read() == b"new"
        assert left() == ["a"]

    def test_an_empty_file_is_replaced_on_a_full_disk(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(target: str, new: str) -> None:
            fill(target, new)
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("ostk.files.fill", full)
        Path("a").touch()
        with whole("a") as file:
            file.write(b"new")
        assert (Path("a").read_text(), left()) == ("new", ["a"])

    @pytest.mark.parametrize("path", ["new/", "directory", "directory/"])
    def test_a_directory_is_no_file(self, path: str) -> None:
        Path("directory").mkdir()
        with pytest.raises(FileError, match="cannot be written: Is a directory"), whole(path):
            pass
        assert left() == []

    def test_a_file_that_is_read_only_stays(self, monkeypatch: pytest.MonkeyPatch) -> None:
        Path("a").write_text("old")
        monkeypatch.setattr("os.access", lambda path, mode: (path, mode) != ("a", os.W_OK))
        with pytest.raises(FileError, match="Permission denied"), whole("a"):
            pass
        assert Path("a").read_text() == "old"

    def test_the_pipe_behind_a_path_of_the_system_is_written_to(self) -> None:
        reader, writer = os.pipe()
        with whole(f"/proc/self/fd/{writer}") as file:
            file.write(b"text")
        os.close(writer)
        assert os.read(reader, 10) == b"text"
        os.close(reader)
