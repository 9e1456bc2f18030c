"""Clusters, templates, node groups, certificates and quotas of Magnum: requests and output."""

from __future__ import annotations

import base64
import json
import shutil
import stat
import subprocess
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import pytest
import yaml

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

M = "/container-infra/v1"
PROJECT = "0123456789abcdef0123456789abcdef"
CASES = request_table(f"""
{M}
coe cluster list --limit 5 --sort-key name --sort-dir desc
  GET ~/clusters?limit=5&sort_key=name&sort_dir=desc
coe cluster show c-id
  GET ~/clusters/c-id
coe cluster create c --cluster-template t
  POST ~/clusters {{"name": "c", "cluster_template_id": "t", "master_count": 1, "node_count": 1, "create_timeout": 60}}
coe cluster create c --cluster-template t --discovery-url u --docker-volume-size 5 --labels a=1,b=2;c=3 --keypair k --master-count 3 --node-count 2 --timeout 30 --master-flavor m --flavor f --fixed-network n --fixed-subnet s --floating-ip-disabled --merge-labels --master-lb-enabled
  POST ~/clusters {{"name": "c", "cluster_template_id": "t", "discovery_url": "u", "docker_volume_size": 5, "labels": {{"a": "1", "b": "2", "c": "3"}}, "keypair": "k", "master_count": 3, "node_count": 2, "create_timeout": 30, "master_flavor_id": "m", "flavor_id": "f", "fixed_network": "n", "fixed_subnet": "s", "floating_ip_enabled": false, "merge_labels": true, "master_lb_enabled": true}}
coe cluster create c --cluster-template t --labels gates=A,B
  POST ~/clusters {{"name": "c", "cluster_template_id": "t", "labels": {{"gates": "A,B"}}, "master_count": 1, "node_count": 1, "create_timeout": 60}}
coe cluster create c --cluster-template t --labels a=1,b=2 --labels c=3 --labels c=4 --floating-ip-enabled --master-lb-disabled
  POST ~/clusters {{"name": "c", "cluster_template_id": "t", "labels": {{"a": "1,b=2", "c": "3,4"}}, "floating_ip_enabled": true, "master_lb_enabled": false, "master_count": 1, "node_count": 1, "create_timeout": 60}}
coe cluster update c-id --name d --node-count 2 --master-count 3 --label a=1=2 --no-label b --rollback
  PATCH ~/clusters/c-id?rollback=True [{{"op": "replace", "path": "/name", "value": "d"}}, {{"op": "replace", "path": "/node_count", "value": 2}}, {{"op": "replace", "path": "/master_count", "value": 3}}, {{"op": "add", "path": "/labels/a", "value": "1=2"}}, {{"op": "remove", "path": "/labels/b"}}]
coe cluster resize c-id 3 --nodes-to-remove s1 --nodes-to-remove s2 --nodegroup g
  POST ~/clusters/c-id/actions/resize {{"node_count": 3, "nodes_to_remove": ["s1", "s2"], "nodegroup": "g"}}
coe cluster upgrade c-id t --nodegroup g
  POST ~/clusters/c-id/actions/upgrade {{"cluster_template": "t", "max_batch_size": 1, "nodegroup": "g"}}
coe cluster upgrade c-id t --max-batch-size 2
  POST ~/clusters/c-id/actions/upgrade {{"cluster_template": "t", "max_batch_size": 2}}
coe cluster delete c-id d-id
  DELETE ~/clusters/c-id
  DELETE ~/clusters/d-id
coe cluster template list --fields coe,image_id --limit 2 --sort-key name --sort-dir asc
  GET ~/clustertemplates?limit=2&sort_key=name&sort_dir=asc
coe cluster template show t-id
  GET ~/clustertemplates/t-id
coe cluster template create t --coe kubernetes --image i --external-network e
  POST ~/clustertemplates {{"name": "t", "coe": "kubernetes", "image_id": "i", "external_network_id": "e", "dns_nameserver": "8.8.8.8", "flavor_id": "m1.medium", "docker_storage_driver": "overlay2", "server_type": "vm"}}
coe cluster template create t --coe k --image i --external-network e --keypair k --fixed-network n --fixed-subnet s --network-driver calico --volume-driver cinder --driver d --dns-nameserver 1.1.1.1 --flavor f --master-flavor m --docker-volume-size 5 --docker-storage-driver o --http-proxy h --https-proxy hs --no-proxy np --labels a=1 --tls-disabled --public --registry-enabled --insecure-registry r --server-type bm --master-lb-enabled --floating-ip-disabled --hidden --tags x,y --tags y
  POST ~/clustertemplates {{"name": "t", "coe": "k", "image_id": "i", "external_network_id": "e", "keypair_id": "k", "fixed_network": "n", "fixed_subnet": "s", "network_driver": "calico", "volume_driver": "cinder", "driver": "d", "dns_nameserver": "1.1.1.1", "flavor_id": "f", "master_flavor_id": "m", "docker_volume_size": 5, "docker_storage_driver": "o", "http_proxy": "h", "https_proxy": "hs", "no_proxy": "np", "labels": {{"a": "1"}}, "tls_disabled": true, "public": true, "registry_enabled": true, "insecure_registry": "r", "server_type": "bm", "master_lb_enabled": true, "floating_ip_enabled": false, "hidden": true, "tags": "x,y"}}
coe cluster template update t-id --private --tls-enabled --registry-disabled --master-lb-disabled --floating-ip-enabled --visible --tag x --tag y --label a=1 --no-label b
  PATCH ~/clustertemplates/t-id [{{"op": "replace", "path": "/tags", "value": "x,y"}}, {{"op": "replace", "path": "/public", "value": false}}, {{"op": "replace", "path": "/tls_disabled", "value": false}}, {{"op": "replace", "path": "/registry_enabled", "value": false}}, {{"op": "replace", "path": "/master_lb_enabled", "value": false}}, {{"op": "replace", "path": "/floating_ip_enabled", "value": true}}, {{"op": "replace", "path": "/hidden", "value": false}}, {{"op": "add", "path": "/labels/a", "value": "1"}}, {{"op": "remove", "path": "/labels/b"}}]
coe cluster template delete t-id u-id
  DELETE ~/clustertemplates/t-id
  DELETE ~/clustertemplates/u-id
coe nodegroup list c-id --role worker --limit 2
  GET ~/clusters/c-id/nodegroups?limit=2&role=worker
coe nodegroup show c-id g-id
  GET ~/clusters/c-id/nodegroups/g-id
coe nodegroup create c-id g
  POST ~/clusters/c-id/nodegroups {{"name": "g", "node_count": 1, "min_node_count": 0, "role": "worker"}}
coe nodegroup create c-id g --docker-volume-size 5 --labels a=1 --node-count 2 --min-nodes 1 --max-nodes 3 --role r --image i --flavor f --merge-labels --node-labels a=b,c=d --node-taints k=v:NoSchedule,x:NoExecute
  POST ~/clusters/c-id/nodegroups {{"name": "g", "docker_volume_size": 5, "labels": {{"a": "1"}}, "node_count": 2, "min_node_count": 1, "max_node_count": 3, "role": "r", "image_id": "i", "flavor_id": "f", "merge_labels": true, "node_labels": {{"a": "b", "c": "d"}}, "node_taints": [{{"key": "k", "value": "v", "effect": "NoSchedule"}}, {{"key": "x", "value": "", "effect": "NoExecute"}}]}}
coe nodegroup update c-id g-id --min-nodes 1 --max-nodes 4 --node-labels a=b --node-taints ""
  PATCH ~/clusters/c-id/nodegroups/g-id [{{"op": "replace", "path": "/min_node_count", "value": 1}}, {{"op": "replace", "path": "/max_node_count", "value": 4}}, {{"op": "replace", "path": "/node_labels", "value": "{{'a': 'b'}}"}}, {{"op": "replace", "path": "/node_taints", "value": "[]"}}]
coe nodegroup delete c-id g-id h-id
  DELETE ~/clusters/c-id/nodegroups/g-id
  DELETE ~/clusters/c-id/nodegroups/h-id
coe ca rotate c-id
  PATCH ~/certificates/c-id
coe credential rotate c-id
  PATCH ~/credentials/c-id
coe quotas list --all-tenants --marker m --limit 2 --sort-key id --sort-dir asc
  GET ~/quotas?marker=m&limit=2&sort_key=id&sort_dir=asc&all_tenants=True
coe quotas create --project-id {PROJECT} --resource Cluster
  POST ~/quotas {{"project_id": "{PROJECT}", "resource": "Cluster", "hard_limit": 1}}
coe quotas show --project-id {PROJECT} --resource Cluster
  GET ~/quotas/{PROJECT}/Cluster
coe quotas update --project-id demo --resource Cluster --hard-limit 5
  PATCH ~/quotas/demo-id/Cluster {{"project_id": "demo-id", "resource": "Cluster", "hard_limit": 5}}
coe quotas delete --project-id {PROJECT} --resource Cluster
  DELETE ~/quotas/{PROJECT}/Cluster
coe stats list {PROJECT}
  GET ~/stats?project_id={PROJECT}
coe service list
  GET ~/mservices
""")  # noqa: E501
test_requests = sends(CASES)
test_rejected = rejects(
    rejection_table(
        """
1 coe cluster create c --cluster-template t --labels a => The label 'a' is not KEY=VALUE.
1 coe cluster create c --cluster-template t --master-count 2 --master-lb-disabled => requires one master node
2 coe cluster create c --cluster-template t --master-lb-enabled --master-lb-disabled => exclude
2 coe cluster create c => --cluster-template
1 coe cluster update c-id => Nothing to update.
1 coe cluster update no-such --name d => No Cluster found for no-such
2 coe cluster update c-id --label a => is not KEY=VALUE
1 coe cluster template update t-id => Nothing to update.
1 coe nodegroup update c-id g-id => Nothing to update.
1 coe nodegroup create c-id g --node-taints k=v:Never => The taint 'k=v:Never' is not KEY[=VALUE]:EFFECT.
1 coe ca sign c-id no-file => The certificate signing request no-file cannot be read
1 coe cluster config c-id --dir no-directory => The directory no-directory does not exist.
"""
    )
)


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("cluster create c --cluster-template t", "Request to create cluster new-id accepted\n"),
        ("cluster update c-id --name d", "Request to update cluster c-id has been accepted.\n"),
        ("cluster resize c-id 2", "Request to resize cluster c-id has been accepted.\n"),
        ("nodegroup create c-id g", "Request to create nodegroup new-id accepted\n"),
        ("nodegroup update c-id g-id --max-nodes 2", "Request to update nodegroup g-id has been accepted.\n"),
        ("ca rotate c-id", "Request to rotate the CA certificate for cluster c-id has been accepted.\n"),
        ("credential rotate c-id", "Request to rotate credentials for cluster c-id accepted.\n"),
    ],
)
@pytest.mark.usefixtures("cloud")
def test_requests_are_confirmed(ostk: Run, line: str, printed: str) -> None:
    """The sentence is on standard output, as the reference client prints it."""
    assert ostk(f"coe {line}").stdout == printed


@pytest.mark.parametrize("line", ["update c-id --name d", "resize c-id 2", "delete c-id"])
def test_dry_run_confirms_nothing(cloud: FakeCloud, ostk: Run, line: str) -> None:
    """Only the requests are printed."""
    result = ostk(f"--curl coe cluster {line}")
    assert (result.exit_code, changes(cloud)) == (0, [])
    assert result.stdout.startswith("curl")
    assert "accepted" not in result.stdout


def test_deletion_goes_on_after_a_failure(cloud: FakeCloud, ostk: Run) -> None:
    """What is not there is named on standard error; the others are deleted, and confirmed in the order given."""
    result = ostk("coe cluster template delete z-id no-such a-id")
    assert (result.exit_code, len(changes(cloud))) == (1, 2)
    assert result.stdout.splitlines() == [
        "Request to delete cluster template z-id has been accepted.",
        "Request to delete cluster template a-id has been accepted.",
    ]
    assert "'no-such'" in result.stderr


def test_notice_of_a_template_leaves_the_json(cloud: FakeCloud, ostk: Run) -> None:
    """The notice is on standard error; a field that is null is a hyphen, in JSON too."""
    cloud.answers[f"POST {M}/clustertemplates"] = {"uuid": "t-id", "name": "t", "updated_at": None, "labels": {}}
    result = ostk("coe cluster template create t --coe k --image i --external-network e -f json")
    assert json.loads(result.stdout)["updated_at"] == "-"
    assert result.stderr == "Request to create cluster template t accepted\n"


def test_quotas_are_framed(cloud: FakeCloud, ostk: Run) -> None:
    """The tables are those of the reference client: an empty one has its titles, one quota is called a property."""
    cloud.answers[f"GET {M}/quotas"] = {"quotas": []}
    assert ostk("coe quotas list").stdout.splitlines()[1] == "| project_id | resource | hard_limit |"
    cloud.answers[f"GET {M}/quotas/{PROJECT}/Cluster"] = {"id": 1, "hard_limit": 5, "updated_at": None}
    shown = ostk(f"coe quotas show --project-id {PROJECT} --resource Cluster -c id -c updated_at").stdout
    assert [line.split()[1:4:2] for line in shown.splitlines() if "+" not in line] == [
        ["Property", "Value"],
        ["id", "1"],
        ["updated_at", "-"],
    ]


def test_name_that_is_not_unique_lists_the_ids(cloud: FakeCloud, ostk: Run) -> None:
    """Magnum refuses the name; the error has the IDs."""
    cloud.answers[f"GET {M}/clusters/c"] = (409, {"errors": [{"title": "Multiple clusters exist with same name."}]})
    cloud.answers[f"GET {M}/clusters"] = {"clusters": [{"uuid": "1", "name": "c"}, {"uuid": "2", "name": "c"}]}
    result = ostk("coe cluster delete c")
    assert (result.exit_code, "1, 2" in result.stderr, changes(cloud)) == (1, True, [])


def statuses(cloud: FakeCloud, path: str, *answers: Any) -> None:
    """Answer one request for a cluster after the other, the last one again and again."""
    cloud.answers[f"GET {path}"] = chain(answers, repeat(answers[-1]))


def changes(cloud: FakeCloud) -> list[str]:
    """Return the requests that change something."""
    return [request for request, _ in cloud.sent if not request.startswith("GET ")]


def test_wait_for_a_cluster_without_nodes(cloud: FakeCloud, ostk: Run) -> None:
    """Magnum answers 400 while a new cluster has no node groups; the reason of a failure is told."""
    item = {"uuid": "new-id", "name": "c", "status": "CREATE_FAILED", "status_reason": "no quota."}
    statuses(cloud, f"{M}/clusters/new-id", (400, {}), {**item, "status": "CREATE_IN_PROGRESS"}, item)
    result = ostk("coe cluster create c --cluster-template t --wait")
    assert (result.exit_code, result.stderr) == (1, "The cluster c went into CREATE_FAILED: no quota.\n")


def test_wait_for_an_update_that_has_not_begun(cloud: FakeCloud, ostk: Run) -> None:
    """The status of an earlier update is not taken for that of this one."""
    done = {"uuid": "c-id", "name": "c", "status": "UPDATE_COMPLETE", "updated_at": "2026-01-01T00:00:00"}
    begun = {**done, "status": "UPDATE_IN_PROGRESS"}
    statuses(cloud, f"{M}/clusters/c-id", done, done, begun, {**done, "updated_at": "2026-01-01T00:00:09"})
    assert ostk("coe cluster resize c-id 2 --wait").exit_code == 0
    assert len([request for request, _ in cloud.all if request.startswith("GET ") and "c-id" in request]) >= 4


def test_deletion_that_fails_ends_the_waiting(cloud: FakeCloud, ostk: Run) -> None:
    """DELETE_FAILED is an error, with its reason."""
    item = {"uuid": "c-id", "name": "c", "status": "CREATE_COMPLETE"}
    failed = {**item, "status": "DELETE_FAILED", "status_reason": "in use"}
    statuses(cloud, f"{M}/clusters/c-id", item, item, failed)
    result = ostk("coe cluster delete c-id --wait")
    assert (result.exit_code, result.stderr) == (1, "The cluster c went into DELETE_FAILED: in use.\n")


@pytest.fixture
def kubernetes(cloud: FakeCloud) -> FakeCloud:
    """A cluster with an address, its template, its CA, and certificates that are signed."""
    cluster = {"uuid": "c-id", "name": "c", "cluster_template_id": "t-id", "api_address": "https://192.0.2.1:6443"}
    cloud.answers[f"GET {M}/clusters/c-id"] = {**cluster, "status": "CREATE_COMPLETE"}
    cloud.answers[f"GET {M}/clustertemplates/t-id"] = {"uuid": "t-id", "tls_disabled": False, "coe": "kubernetes"}
    cloud.answers[f"GET {M}/certificates/c-id"] = {"cluster_uuid": "c-id", "pem": "CA"}
    cloud.answers[f"POST {M}/certificates"] = {"cluster_uuid": "c-id", "pem": "CERT"}
    return cloud


needs_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl")


@needs_openssl
def test_kubeconfig_is_private(
    kubernetes: FakeCloud, ostk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files are for their owner alone; the key belongs to the request that was signed."""
    monkeypatch.setenv("SHELL", "/bin/sh")
    result = ostk(f"coe cluster config c-id --dir {tmp_path} --output-certs")
    assert result.stdout == f"export KUBECONFIG={tmp_path}/config\n\n"
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir() if path.is_file()} == {0o600}
    config = yaml.safe_load((tmp_path / "config").read_text())
    assert config["clusters"][0]["cluster"]["server"] == "https://192.0.2.1:6443"
    user = config["users"][0]["user"]
    assert base64.b64decode(user["client-certificate-data"]) == b"CERT"
    assert base64.b64decode(user["client-key-data"]) == (tmp_path / "key.pem").read_bytes()
    csr = next(body["csr"] for request, body in kubernetes.sent if request == f"POST {M}/certificates")
    checked = ["openssl", "req", "-verify", "-noout", "-subject", "-key", str(tmp_path / "key.pem")]
    shown = subprocess.run(checked, input=csr.encode(), capture_output=True, check=True).stdout
    assert b"admin" in shown
    assert b"system:masters" in shown


def test_kubeconfig_is_never_written_over_another(kubernetes: FakeCloud, ostk: Run, tmp_path: Path) -> None:
    """It is refused before anything is sent; --force replaces it, and what it was readable for does not stay."""
    path = tmp_path / "config"
    path.write_text("mine")
    path.chmod(0o644)
    result = ostk(f"coe cluster config c-id --dir {tmp_path}")
    assert (result.exit_code, path.read_text(), kubernetes.all) == (1, "mine", [])
    assert ostk(f"coe cluster config c-id --dir {tmp_path} --force --use-keystone").exit_code == 0
    assert yaml.safe_load(path.read_text())["users"][0]["user"]["exec"]["command"] == "/bin/sh"
    assert (stat.S_IMODE(path.stat().st_mode), changes(kubernetes)) == (0o600, [])


def test_token_command_gives_a_credential(
    kubernetes: FakeCloud, ostk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command in the kubeconfig prints the token of the environment, as kubectl expects it."""
    assert ostk(f"coe cluster config c-id --dir {tmp_path} --use-keystone").exit_code == 0
    run = yaml.safe_load((tmp_path / "config").read_text())["users"][0]["user"]["exec"]
    monkeypatch.setenv("OS_TOKEN", "secret")
    printed = subprocess.run([run["command"], *run["args"]], capture_output=True, check=True).stdout
    assert json.loads(printed)["status"] == {"token": "secret"}


def test_cluster_without_address_has_no_kubeconfig(kubernetes: FakeCloud, ostk: Run, tmp_path: Path) -> None:
    """The reference client writes the address None."""
    item = kubernetes.answers[f"GET {M}/clusters/c-id"]
    kubernetes.answers[f"GET {M}/clusters/c-id"] = {**item, "api_address": None, "status": "CREATE_IN_PROGRESS"}
    result = ostk(f"coe cluster config c-id --dir {tmp_path}")
    assert (result.exit_code, (tmp_path / "config").exists()) == (1, False)
    assert "CREATE_IN_PROGRESS" in result.stderr


def test_cluster_of_docker_swarm(
    kubernetes: FakeCloud, ostk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The settings of Docker, in the language of the user's shell."""
    monkeypatch.setenv("SHELL", "/bin/tcsh")
    kubernetes.answers[f"GET {M}/clustertemplates/t-id"] = {"uuid": "t-id", "tls_disabled": True, "coe": "swarm"}
    assert ostk(f"coe cluster config c-id --dir {tmp_path}").stdout.splitlines()[:2] == [
        "setenv DOCKER_HOST https://192.0.2.1:6443",
        f"setenv DOCKER_CERT_PATH {tmp_path}",
    ]


@pytest.mark.usefixtures("kubernetes")
def test_certificates_are_printed(ostk: Run, tmp_path: Path) -> None:
    """The CA's own, and the one that it signs."""
    (tmp_path / "csr").write_text("REQUEST")
    assert ostk("coe ca show c-id").stdout == "CA\n"
    assert ostk(f"coe ca sign c-id {tmp_path}/csr").stdout == "CERT\n"
