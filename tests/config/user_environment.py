"""What a user has before a command runs: config_files, variables, and a directory to stand in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from ostk.config import config_files
from ostk.config.config import load
from ostk.config.settings import Settings
from ostk.errors import ConfigError


class UserEnvironment:
    """A home directory, the directory a user stands in, and the variables of the shell."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.environ = {"HOME": str(root / "home"), "XDG_CONFIG_DIRS": str(root / "xdg")}

    def write(self, name: str, text: str) -> str:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return str(path)

    def load(self, flags: Mapping[str, Any] | None = None, fetch: Any = None, **variables: str) -> Settings:
        return load(flags or {}, {**self.environ, **variables}, fetch)

    def refusal(self, flags: Mapping[str, Any] | None = None, fetch: Any = None, **variables: str) -> str:
        with pytest.raises(ConfigError) as caught:
            self.load(flags, fetch, **variables)
        return f"{caught.value.message}\n{caught.value.hint}"

    @classmethod
    def prepared(cls, root: Path, monkeypatch: pytest.MonkeyPatch) -> UserEnvironment:
        """A user_env with nothing on it, and the user standing in its directory `here`."""
        (root / "here").mkdir()
        monkeypatch.chdir(root / "here")
        monkeypatch.setattr(config_files, "SYSTEM_DIRECTORY", str(root / "system"))
        return cls(root)
