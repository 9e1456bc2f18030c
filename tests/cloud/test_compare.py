"""The same command lines through `openstack` and through `ostk`, on a real cloud.

Needs OS_* variables or OS_CLOUD for an administrator, the reference client (`openstack` on PATH, or its path
in OSTK_REFERENCE) and the program that compares (its path in OSTK_COMPARE). OSTK_SCENARIOS names the files to
run, without their ending; all of them if it is not set.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent / "scenarios"
COMPARE = os.environ.get("OSTK_COMPARE", "")
REFERENCE = os.environ.get("OSTK_REFERENCE") or shutil.which("openstack") or ""
OURS = Path(sys.executable).with_name("ostk")
# The fixtures of other tests hide the environment; here it selects the cloud.
ENVIRONMENT = dict(os.environ)

pytestmark = pytest.mark.cloud


def scenarios() -> list[Path]:
    theirs = Path(COMPARE).parent / "scenarios" if COMPARE else HERE
    named = os.environ.get("OSTK_SCENARIOS", "").split()
    return sorted(p for p in (*HERE.glob("*.txt"), *theirs.glob("*.txt")) if not named or p.stem in named)


@pytest.mark.parametrize("path", scenarios(), ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_both_clients_do_the_same(path: Path) -> None:
    if not (COMPARE and REFERENCE):
        pytest.skip("OSTK_COMPARE and a reference client are needed")
    command = [COMPARE, "--ref", REFERENCE, "--ours", str(OURS), str(path)]
    # A busy cloud may answer in another order or late: only a difference that stays is an error.
    for _ in range(2):
        done = subprocess.run([sys.executable, *command], capture_output=True, text=True, env=ENVIRONMENT, check=False)
        if done.returncode == 0:
            return
    raise AssertionError(done.stdout + done.stderr)
