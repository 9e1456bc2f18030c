"""Print the lowest version that pyproject.toml allows of each dependency, as requirements for pip."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text())["project"]
wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
for line in wanted:
    found = re.match(r"([\w.-]+)>=([\w.]+)", line)
    if found is None:
        sys.exit(f"{line}: no lowest version")
    print(f"{found[1]}=={found[2]}")
