"""The practice cloud through ostk: `--os-cloud sandbox` and `ostk sandbox …`."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from ostk.sandbox import store
from ostk.sandbox.app import open_cloud
from ostk.sandbox.server import listen

from ..conftest import Run
from .conftest import Practice


def test_server_create(ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ostk.sandbox.servers.BUILD_SECONDS", 0.05)
    line = "--os-cloud sandbox server create --image cirros --flavor m1.tiny --wait demo -f json"
    result = ostk(line)
    assert result.exit_code == 0, result.stderr
    server = json.loads(result.stdout)
    assert server["status"] == "ACTIVE"
    first, second = server["addresses"]["private"]
    assert (first, second[:25]) == ("10.0.0.2", "fd12:6c5d:ae73:0:f816:3ef")
    assert ostk("--os-cloud sandbox server list -f value -c Name -c Status").stdout == "demo ACTIVE\n"


def test_environment_variables_do_not_override_the_sandbox(ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "OS_AUTH_URL": "http://real.example.org/v3",
        "OS_USERNAME": "ann",
        "OS_PASSWORD": "secret",
        "OS_PROJECT_NAME": "important",
        "OS_REGION_NAME": "elsewhere",
    }.items():
        monkeypatch.setenv(name, value)
    result = ostk("--os-cloud sandbox network list -f value -c Name")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.split() == ["public", "shared", "private"]


def test_a_cloud_of_clouds_yaml_with_the_same_name_is_used(ostk: Run, tmp_path: Path) -> None:
    tmp_path.joinpath("clouds.yaml").write_text("clouds: {sandbox: {auth: {auth_url: 'http://127.0.0.1:1'}}}\n")
    result = ostk("--os-cloud sandbox --os-username a --os-password b network list")
    assert result.exit_code == 1
    assert "127.0.0.1:1" in result.stderr


def test_the_admin_cloud(ostk: Run) -> None:
    assert ostk("--os-cloud sandbox hypervisor list").exit_code == 1
    names = ostk("--os-cloud sandbox-admin project list -f value -c Name").stdout.split()
    assert names == ["admin", "demo", "alt_demo", "invisible_to_admin", "service"]


def test_status_reset_and_seed(ostk: Run) -> None:
    def servers_and_networks() -> list[str]:
        return ostk("sandbox status -f value -c servers -c networks").stdout.split()

    assert servers_and_networks() == ["0", "3"]
    ostk("--os-cloud sandbox server create --image cirros --flavor m1.tiny demo")
    ostk("--os-cloud sandbox-admin network delete shared")
    assert servers_and_networks() == ["1", "2"]
    assert ostk("sandbox seed").exit_code == 0
    assert servers_and_networks() == ["1", "3"]
    assert ostk("sandbox reset").exit_code == 0
    assert servers_and_networks() == ["0", "3"]


def test_files_are_private_to_the_user(ostk: Run) -> None:
    ostk("--os-cloud sandbox image list")
    where = Path(store.directory())
    assert stat.S_IMODE(where.stat().st_mode) == 0o700
    assert all(stat.S_IMODE(x.stat().st_mode) == 0o600 for x in where.rglob("*") if x.is_file())


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("unavailable", "The server is currently unavailable"),
        ("busy --seconds 0", "Too many requests."),
        ("cut", "peer closed connection|ended in the middle|closed"),
        ("expired", "requires authentication"),
    ],
)
def test_injected_faults(ostk: Run, fault: str, says: str) -> None:
    import re

    assert ostk(f"sandbox fault add {fault} --service network").exit_code == 0
    assert ostk("sandbox fault list -f value -c Service").stdout == "network\n"
    result = ostk("--os-cloud sandbox network list")
    assert result.exit_code == 1
    assert re.search(says, result.stderr), result.stderr
    assert ostk("--os-cloud sandbox flavor list").exit_code == 0
    assert ostk("sandbox fault clear").exit_code == 0
    assert ostk("--os-cloud sandbox network list").exit_code == 0


def test_clear_of_an_unknown_fault_fails(ostk: Run) -> None:
    assert ostk("sandbox fault clear 7").exit_code == 1
    assert ostk("sandbox fault add cut --share 2").exit_code == 2
    assert ostk("sandbox fault add bogus").exit_code == 2


def test_a_share_of_the_requests_fails(practice: Practice) -> None:
    with open_cloud() as kept:
        kept.put("fault", {"id": "1", "service": "all", "fault": "unavailable", "share": 0.0, "seconds": 1})
    assert practice.ask("GET /network/v2.0/networks").status_code == 200
    with open_cloud() as kept:
        kept.put("fault", {"id": "1", "service": "all", "fault": "busy", "share": 1.0, "seconds": 7})
    answer = practice.ask("GET /network/v2.0/networks")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "7")


WRITER = """
import sys
from click.testing import CliRunner
from ostk.cli import main
for number in range(6):
    name = f"{sys.argv[1]}-{number}"
    line = ["--os-cloud", "sandbox", "network", "create", name, "-f", "value", "-c", "name"]
    result = CliRunner().invoke(main, line)
    assert result.exit_code == 0, result.output
"""


def test_concurrent_processes(ostk: Run) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, name]) for name in "abc"]
    assert [writer.wait(120) for writer in writers] == [0, 0, 0]
    names = ostk("--os-cloud sandbox network list -f value -c Name").stdout.split()
    assert sorted(names) == sorted(["public", "shared", "private", *(f"{x}-{n}" for x in "abc" for n in range(6))])


# -- over HTTP ----------------------------------------------------------------------------------------


@pytest.fixture
def address() -> Iterator[str]:
    server = listen(0)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_http_responses_have_the_address_of_the_server(address: str, ostk: Run) -> None:
    flags = (
        f"--os-auth-url {address}/identity --os-username demo --os-password sandbox "
        "--os-project-name demo --os-user-domain-id default --os-project-domain-id default"
    )
    result = ostk(f"{flags} catalog show compute -f json -c endpoints")
    assert result.exit_code == 0, result.stderr
    assert f"{address}/compute/v2.1" in result.stdout
    assert ostk(f"{flags} flavor show m1.tiny -f value -c ram").stdout == "512\n"


def test_uploads_over_http_with_and_without_a_length(address: str, practice: Practice) -> None:
    token = practice.token()
    project = practice.ask("GET /identity/v3/auth/projects").json()["projects"][0]["id"]
    box = f"{address}/object-store/v1/AUTH_{project}/box"
    with httpx.Client(headers={"X-Auth-Token": token}) as client:
        assert client.put(box).status_code == 201
        data = os.urandom(300_000)
        assert client.put(f"{box}/known", content=data).status_code == 201
        assert client.put(f"{box}/chunked", content=iter([data[:1000], data[1000:]])).status_code == 201
        assert client.get(f"{box}/known").content == client.get(f"{box}/chunked").content == data
        with open_cloud() as kept:
            kept.put("fault", {"id": "1", "service": "all", "fault": "cut", "share": 1.0, "seconds": 0})
        with pytest.raises(httpx.RemoteProtocolError):
            client.get(f"{box}/known")


def test_serve_prints_settings_and_stops_on_sigint() -> None:
    command = [sys.executable, "-m", "ostk", "sandbox", "serve", "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as process:  # fmt: skip
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(18)]
        text = "".join(lines)
        assert "export OS_AUTH_URL=http://127.0.0.1:" in text
        assert "clouds:\n  practice:" in text
        address = next(x.partition("=")[2].strip() for x in lines if "OS_AUTH_URL" in x)
        assert httpx.get(f"{address}/v3").json()["version"]["id"] == "v3.14"
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
        assert (process.returncode, errors) == (0, "Stopped.\n")


def test_serve_on_a_port_in_use_fails(address: str, ostk: Run) -> None:
    result = ostk(f"sandbox serve --port {address.rpartition(':')[2]}")
    assert result.exit_code == 1
    assert "cannot listen on port" in result.stderr


def test_other_clouds_do_not_import_the_sandbox() -> None:
    program = "import sys, ostk.cli, ostk.http.client, ostk.config.config; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    modules = set(done.stdout.split())
    assert "ostk.sandbox" in modules
    assert not {"sqlite3", "ostk.sandbox.app", "ostk.sandbox.store", "wsgiref"} & modules
