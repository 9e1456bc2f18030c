"""The environment of a user: configuration files, variables and the working directory."""

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
    """A home directory, a working directory and environment variables."""

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
        """Return an empty environment with the working directory `here`."""
        (root / "here").mkdir()
        monkeypatch.chdir(root / "here")
        monkeypatch.setattr(config_files, "SYSTEM_DIRECTORY", str(root / "system"))
        return cls(root)
