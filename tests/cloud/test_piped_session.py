"""The same lines piped into `openstack` and into `ostk batch --keep-going`, on a real cloud: the same output.

Needs OS_* variables or OS_CLOUD for a user with a project, and the reference client (`openstack` on PATH, or its path
in OSTK_REFERENCE). What the reference client does otherwise is left out: it ends with 1 and one empty line more
whatever happened, writes its suggestions for an unknown command to standard output, and takes off quotes twice, so
that a quoted text with blanks becomes several words.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REFERENCE = os.environ.get("OSTK_REFERENCE") or shutil.which("openstack") or ""
OURS = Path(sys.executable).with_name("ostk")
ENVIRONMENT = dict(os.environ)  # the fixtures of the other tests hide it

SESSION = """\
flavor list --sort-column Name
flavor list -f csv --quote minimal -c Name -c RAM --sort-column Name
image list -f json -c Name -c Status --sort-column Name
network create --disable-port-security ostk-piped -f value -c name -c port_security_enabled

# a comment, and an empty line before it
network show ostk-piped -c name -c admin_state_up -c tags
network set --description 'quoted' --mtu "1400" ostk-piped
network show ostk-piped -f json -c description -c mtu
subnet create --network ostk-piped --subnet-range 10.77.0.0/24 ostk-piped -f shell -c cidr -c gateway_ip --prefix s_
subnet list --network ostk-piped -f yaml -c Name -c Subnet
port create --network ostk-piped --fixed-ip ip-address=10.77.0.9 ostk-piped -f value -c status -c admin_state_up
port list --network ostk-piped -c Name -c Status --sort-column Name
security group create --description "a" ostk-piped -f json -c name -c description
security group rule create --proto tcp --dst-port 22 ostk-piped -f value -c protocol -c port_range_max
volume create --size 1 --property "color=red" ostk-piped -f value -c name -c size -c properties
volume list --name ostk-piped -f csv -c Name -c Size
port delete ostk-piped
"""
ERRORS = """\
network show ostk-nosuch -f value -c id
flavor list --nosuch
subnet delete ostk-piped ostk-nosuch
volume delete ostk-nosuch
network create --mtu big ostk-piped-2
"""
REMOVAL = """\
volume delete ostk-piped
security group delete ostk-piped
network delete ostk-piped
network list --name ostk-piped
"""

pytestmark = pytest.mark.cloud


def piped(command: list[str], lines: str) -> subprocess.CompletedProcess[str]:
    """Pipe lines into a client."""
    return subprocess.run(command, input=lines, capture_output=True, text=True, env=ENVIRONMENT, check=False)


def both(lines: str) -> tuple[str, str, subprocess.CompletedProcess[str]]:
    """Return the output of the reference client, what it says on standard error, and the result of ostk."""
    if not REFERENCE:
        pytest.skip("a reference client is needed")
    theirs = piped([REFERENCE], lines)
    return theirs.stdout.removesuffix("\n"), theirs.stderr, piped([str(OURS), "batch", "--keep-going"], lines)


def test_a_piped_session_with_errors_in_the_middle_has_the_same_output() -> None:
    expected, said, ours = both(SESSION + ERRORS + REMOVAL)
    assert ours.stdout.splitlines() == expected.splitlines()
    assert expected.count("\n") > 60
    assert ours.returncode == 1
    failed = re.findall(r"^Line \d+ failed \(exit status \d\): (.*)$", ours.stderr, re.MULTILINE)
    assert failed == ERRORS.splitlines()
    for phrase in ("No Network found for ostk-nosuch", "1 of 2 subnets failed to delete", "--nosuch", "'big'"):
        assert phrase in said, phrase
        assert phrase in ours.stderr, phrase


def test_a_piped_session_without_errors_ends_with_0() -> None:
    expected, _, ours = both(SESSION + "subnet delete ostk-piped\n" + REMOVAL)
    assert ours.stdout.splitlines() == expected.splitlines()
    assert (ours.returncode, ours.stderr) == (0, "")
