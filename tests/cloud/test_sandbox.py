"""The practice cloud and a real cloud give the same output for the same scenarios.

Needs a clouds.yaml (OS_CLIENT_CONFIG_FILE) with an administrator (OS_CLOUD) of a cloud made like DevStack, and the
program that compares (its path in OSTK_COMPARE). OSTK_PRACTICE names the scenarios to run; all that the practice
cloud serves if it is not set. Where services are reached and where Glance keeps its data is each cloud's own: both
are given the same names before anything is held together.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from ostk.sandbox import ADDRESS

HERE = Path(__file__).parent / "scenarios"
COMPARE = os.environ.get("OSTK_COMPARE", "")
CLOUDS, CLOUD = os.environ.get("OS_CLIENT_CONFIG_FILE", ""), os.environ.get("OS_CLOUD", "")
OURS = Path(sys.executable).with_name("ostk")
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("OS_")}
SHARED = "errors flavor formats identity image keypair network object server volume"
OWN = "configuration keypair port project user volume server_several"
SERVED = os.environ.get("OSTK_PRACTICE", "").split() or [*SHARED.split(), *(f"own-{name}" for name in OWN.split())]
PATHS = {"compute": "compute", "identity": "identity", "image": "image", "network": "network",
         "block-storage": "volume", "object-store": "object-store"}  # fmt: skip

ALIKE = {"file:///[^ ']*/glance/": "file:///glance/", r"AUTH_[0-9a-f]\{32\}": "AUTH_PROJECT"}
# IDs cut in two; the order of an image's tags, which is another in each Glance process, and of the roles of an
# application credential, which Keystone does not promise; what is in a seeded image; what Neutron's agents and Swift's
# counts tell late.
PASSED_OVER = (
    "--max-width",
    "image show {n} -f json -c tags -c properties -c min_disk",
    "--name cirros-0.6.2-x86_64-disk --long",
    "until DOWN = floating ip show",
    "container list --prefix {n} --long",
    "application credential list --os-cloud lab-demo -f json",
)

pytestmark = pytest.mark.cloud


def program(path: Path, variables: dict[str, str], names: dict[str, str]) -> Path:
    """Return a function that runs ostk with these variables and replaces texts in its output."""
    exports = "".join(f"export {key}={shlex.quote(value)}\n" for key, value in variables.items())
    steps = " ".join(f"-e {shlex.quote(f's#{text}#{name}#g')}" for text, name in names.items())
    path.write_text(f'#!/bin/bash\n{exports}{OURS} "$@" | sed {steps}\nexit "${{PIPESTATUS[0]}}"\n')
    path.chmod(0o755)
    return path


def real(where: Path) -> Path:
    """Return a runner on the real cloud, with the endpoints in its output replaced by those of the practice cloud."""
    variables = {"OS_CLIENT_CONFIG_FILE": CLOUDS, "OS_CLOUD": CLOUD}
    command = [str(OURS), "catalog", "list", "-f", "json"]
    done = subprocess.run(command, capture_output=True, check=True, env=ENVIRONMENT | variables)
    names = {}
    for service in json.loads(done.stdout):
        if service["Type"] in PATHS:
            url = next(one["url"] for one in service["Endpoints"] if one["interface"] == "public")
            root = "/".join(url.split("/")[:3])
            names[root.replace(".", "[.]")] = f"{ADDRESS}/{PATHS[service['Type']]}"
    return program(where / "real", variables, names | ALIKE)


def practice(where: Path) -> Path:
    """Return a runner on a new practice cloud, with the same cloud names as the real one."""
    clouds = yaml.safe_load(Path(CLOUDS).read_text())
    for cloud in clouds["clouds"].values():
        cloud["auth"] |= {"auth_url": f"{ADDRESS}/identity", "password": "sandbox"}
    where.joinpath("clouds.yaml").write_text(yaml.safe_dump(clouds))
    kept = {f"XDG_{name}_HOME": str(where / name.lower()) for name in ("DATA", "CACHE", "CONFIG")}
    variables = {**kept, "OS_CLIENT_CONFIG_FILE": str(where / "clouds.yaml"), "OS_CLOUD": CLOUD}
    return program(where / "practice", variables, ALIKE)


@pytest.mark.parametrize("name", SERVED)
def test_the_practice_cloud_does_what_the_real_one_does(name: str, tmp_path: Path) -> None:
    if not (COMPARE and CLOUDS and CLOUD):
        pytest.skip("OSTK_COMPARE, OS_CLIENT_CONFIG_FILE and OS_CLOUD are needed")
    own = name.removeprefix("own-")
    source = (HERE if own != name else Path(COMPARE).parent / "scenarios") / f"{own}.txt"
    scenario, lines = tmp_path / source.name, source.read_text().splitlines()
    scenario.write_text("\n".join(line for line in lines if not any(word in line for word in PASSED_OVER)))
    tmp_path.joinpath("files").symlink_to(source.with_name("files"))
    # A busy cloud may answer in another order or late: only a difference that stays is an error.
    for turn in ("first", "second"):
        where = tmp_path / turn
        where.mkdir()
        command = [sys.executable, COMPARE, "--ref", str(real(where)), "--ours", str(practice(where)), str(scenario)]
        done = subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT, check=False)
        if done.returncode == 0:
            return
    raise AssertionError(done.stdout + done.stderr)
