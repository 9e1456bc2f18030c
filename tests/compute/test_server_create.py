"""Servers: requests, output and rejections of create."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import assert_rejected, rejection_table, rejects, request_table, sends

ROOT = (
    '{"uuid": "i-id", "boot_index": 0, "source_type": "image", "destination_type": "local", '
    '"delete_on_termination": true}'
)
SERVER = '"name": "s", "flavorRef": "one-id"'
CASES = request_table(
    """
/compute/v2.1
server create s --flavor one --image i
  POST ~/servers {"server": {SERVER, "imageRef": "i-id", "networks": "auto"}}
server create s --flavor one --image i --network n --port p --nic net-id=m,v4-fixed-ip=10.0.0.9,tag=lan --network o
  POST ~/servers {"server": {SERVER, "imageRef": "i-id", "networks": [{"uuid": "n-id"}, {"port": "p-id"}, {"uuid": "m-id", "fixed_ip": "10.0.0.9", "tag": "lan"}, {"uuid": "o-id"}]}}
server create s --flavor one --image i --nic v6-fixed-ip=fd00::9,net-id=n --network o --nic port-id=p
  POST ~/servers {"server": {SERVER, "imageRef": "i-id", "networks": [{"uuid": "n-id", "fixed_ip": "fd00::9"}, {"uuid": "o-id"}, {"port": "p-id"}]}}
server create s --flavor one --image i --no-network
  POST ~/servers {"server": {SERVER, "imageRef": "i-id", "networks": "none"}}
server create s --flavor one --image i --auto-network
  POST ~/servers {"server": {SERVER, "imageRef": "i-id", "networks": "auto"}}
server create s --flavor one --image i --nic none
  POST ~/servers {"server": {SERVER, "imageRef": "i-id", "networks": "none"}}
server create s --flavor one --image i --os-compute-api-version 2.1
  POST ~/servers {"server": {SERVER, "imageRef": "i-id", "networks": []}}
server create s --flavor one --image i --security-group g --security-group h --key-name k --property a=b=c --property d=
  POST ~/servers {"server": {SERVER, "imageRef": "i-id", "networks": "auto", "security_groups": [{"name": "g-id"}, {"name": "h-id"}], "key_name": "k", "metadata": {"a": "b=c", "d": ""}}}
server create s --flavor one --image i --no-security-group --password pw --description d --availability-zone z:h:n
  POST ~/servers {"server": {SERVER, "imageRef": "i-id", "networks": "auto", "security_groups": [], "adminPass": "pw", "description": "d", "availability_zone": "z:h:n"}}
server create s --flavor one --image i --host h --hypervisor-hostname hh --hostname hn --tag t --tag u --min 2 --max 3
  POST ~/servers {"server": {SERVER, "imageRef": "i-id", "networks": "auto", "host": "h", "hypervisor_hostname": "hh", "hostname": "hn", "tags": ["t", "u"], "min_count": 2, "max_count": 3}}
server create s --flavor one --image i --server-group one --hint a=b --hint a=c --hint d=e
  POST ~/servers {"server": {SERVER, "imageRef": "i-id", "networks": "auto"}, "os:scheduler_hints": {"a": ["b", "c"], "d": "e", "group": "one-id"}}
server create s --flavor one --image i --use-config-drive --trusted-image-cert c --trusted-image-cert d
  POST ~/servers {"server": {SERVER, "imageRef": "i-id", "networks": "auto", "config_drive": true, "trusted_image_certificates": ["c", "d"]}}
server create s --flavor one --image i --no-config-drive
  POST ~/servers {"server": {SERVER, "imageRef": "i-id", "networks": "auto"}}
server create s --flavor one --image i --config-drive True
  POST ~/servers {"server": {SERVER, "imageRef": "i-id", "networks": "auto", "config_drive": true}}
server create s --flavor one --image i --config-drive none
  POST ~/servers {"server": {SERVER, "imageRef": "i-id", "networks": "auto"}}
server create s --flavor one --image i --config-drive 1234
  POST ~/servers {"server": {SERVER, "imageRef": "i-id", "networks": "auto", "config_drive": "1234"}}
server create s --flavor one --image i --boot-from-volume 5 --delete-on-termination
  POST ~/servers {"server": {SERVER, "imageRef": "", "networks": "auto", "block_device_mapping_v2": [{"uuid": "i-id", "boot_index": 0, "source_type": "image", "destination_type": "volume", "volume_size": 5, "delete_on_termination": true}]}}
server create s --flavor one --volume v
  POST ~/servers {"server": {SERVER, "imageRef": "", "networks": "auto", "block_device_mapping_v2": [{"uuid": "v-id", "boot_index": 0, "source_type": "volume", "destination_type": "volume"}]}}
server create s --flavor one --snapshot v
  POST ~/servers {"server": {SERVER, "imageRef": "", "networks": "auto", "block_device_mapping_v2": [{"uuid": "v-id", "boot_index": 0, "source_type": "snapshot", "destination_type": "volume", "delete_on_termination": false}]}}
server create s --flavor one --image i --swap 64 --ephemeral size=2 --ephemeral size=3,format=ext4
  POST ~/servers {"server": {SERVER, "imageRef": "i-id", "networks": "auto", "block_device_mapping_v2": [ROOT, {"boot_index": -1, "source_type": "blank", "destination_type": "local", "delete_on_termination": true, "volume_size": 64, "guest_format": "swap"}, {"boot_index": -1, "source_type": "blank", "destination_type": "local", "delete_on_termination": true, "volume_size": 2}, {"boot_index": -1, "source_type": "blank", "destination_type": "local", "delete_on_termination": true, "volume_size": 3, "guest_format": "ext4"}]}}
server create s --flavor one --image i --block-device-mapping vdb=v --block-device-mapping vdc=w:snapshot:7:true --block-device-mapping vdd=x:image:8
  POST ~/servers {"server": {SERVER, "imageRef": "i-id", "networks": "auto", "block_device_mapping_v2": [ROOT, {"device_name": "vdb", "uuid": "v-id", "source_type": "volume", "destination_type": "volume"}, {"device_name": "vdc", "uuid": "w-id", "source_type": "snapshot", "destination_type": "volume", "volume_size": "7", "delete_on_termination": "true"}, {"device_name": "vdd", "uuid": "x-id", "source_type": "image", "destination_type": "volume", "volume_size": "8"}]}}
server create s --flavor one --block-device uuid=u,source_type=volume,boot_index=0,delete_on_termination=Off,tag=root --block-device volume_size=1,volume_type=fast
  POST ~/servers {"server": {SERVER, "imageRef": "", "networks": "auto", "block_device_mapping_v2": [{"uuid": "u", "source_type": "volume", "destination_type": "volume", "boot_index": 0, "delete_on_termination": false, "tag": "root"}, {"source_type": "blank", "destination_type": "local", "volume_size": "1", "volume_type": "fast", "delete_on_termination": true}]}}
""".replace("SERVER", SERVER).replace("ROOT", ROOT)  # noqa: E501
)
REJECTIONS = rejection_table("""
2 server create s --image i => --flavor
2 server create --flavor one --image i => SERVER_NAME
1 server create s --flavor one => no boot source
2 server create s --flavor one --image i --volume v => exclude each other
2 server create s --flavor one --image i --security-group g --no-security-group => exclude each other
2 server create s --flavor one --image i --use-config-drive --config-drive x => exclude each other
1 server create s --flavor one --volume v --boot-from-volume 1 => needs --image
1 server create s --flavor one --snapshot v --boot-from-volume 1 => needs --image
1 server create s --flavor one --block-device boot_index=0 --boot-from-volume 1 => needs --image
1 server create s --flavor one --image i --delete-on-termination => needs --boot-from-volume
1 server create s --flavor one --image i --no-network --network n => cannot be combined with another NIC
1 server create s --flavor one --image i --nic auto --nic none => cannot be combined with another NIC
2 server create s --flavor one --image i --nic net=n => 'net' is not one of
2 server create s --flavor one --image i --nic net-id= => net-id has no value
2 server create s --flavor one --image i --nic net-id=n,port-id=p => exclude each other
2 server create s --flavor one --image i --nic net-id=n,v4-fixed-ip=1.1.1.1,v6-fixed-ip=::1 => exclude
2 server create s --flavor one --image i --network net-id=n => is not a name or ID
2 server create s --flavor one --image i --port a,b => is not a name or ID
1 server create s --flavor one --image i --network no-net => No Network found for no-
1 server create s --flavor no-flavor --image i => No Flavor found for no-
1 server create s --flavor one --image no-image => No Image found for no-
1 server create s --flavor one --image i --min 2 => --min 2 is greater than --max 1
1 server create s --flavor one --image i --max 0 => at least 1
1 server create s --flavor one --image i --boot-from-volume 1 --trusted-image-cert c => --trusted-image-cert
1 server create s --flavor one --image i --user-data nowhere => nowhere
1 server create s --flavor one --image i --file /etc/motd=nowhere => nowhere
2 server create s --flavor one --image i --file /etc/motd => KEY=VALUE
1 server create s --flavor one --image i --tag t --os-compute-api-version 2.51 => 2.52
1 server create s --flavor one --image i --hostname h --os-compute-api-version 2.89 => 2.90
1 server create s --flavor one --image i --host h --os-compute-api-version 2.73 => 2.74
1 server create s --flavor one --image i --hypervisor-hostname h --os-compute-api-version 2.73 => 2.74
1 server create s --flavor one --image i --description d --os-compute-api-version 2.18 => 2.19
1 server create s --flavor one --image i --trusted-image-cert c --os-compute-api-version 2.62 => 2.63
1 server create s --flavor one --image i --no-network --os-compute-api-version 2.36 => 2.37
1 server create s --flavor one --image i --nic none --os-compute-api-version 2.36 => 2.37
1 server create s --flavor one --image i --nic net-id=n,tag=t --os-compute-api-version 2.42 => 2.43
1 server create s --flavor one --image i --block-device tag=t --os-compute-api-version 2.41 => 2.42
1 server create s --flavor one --image i --block-device volume_type=t --os-compute-api-version 2.66 => 2.67
2 server create s --flavor one --image i --block-device size=1 => 'size' is not one of
1 server create s --flavor one --image i --block-device boot_index=first => 'first' is not a number
1 server create s --flavor one --image i --block-device source_type=disk => 'disk' is not one of
1 server create s --flavor one --image i --block-device destination_type=disk => 'disk' is not one of
1 server create s --flavor one --image i --block-device delete_on_termination=maybe => is not true or false
2 server create s --flavor one --image i --block-device-mapping vdb => DEVICE=NAME
2 server create s --flavor one --image i --block-device-mapping vdb=v:disk => 'disk' is not one of
2 server create s --flavor one --image i --block-device-mapping vdb=v:image:1:true:x => DEVICE=NAME
1 server create s --flavor one --image i --ephemeral size=big => 'big' is not a number
2 server create s --flavor one --image i --ephemeral format=ext4 => size missing
""")


test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def sent_body(cloud: FakeCloud) -> Any:
    """Return the body of the only POST."""
    [body] = [body for line, body in cloud.sent if line.startswith("POST")]
    return body


def test_files_are_encoded_in_base64(cloud: FakeCloud, ostk: Run) -> None:
    Path("motd").write_bytes(b"\xff\x00")
    line = "server create s --flavor one --image i --user-data motd --file /etc/motd=motd"
    assert ostk(f"{line} --os-compute-api-version 2.56").exit_code == 0
    assert sent_body(cloud)["server"]["user_data"] == "/wA="
    assert sent_body(cloud)["server"]["personality"] == [{"path": "/etc/motd", "contents": "/wA="}]


def test_file_injection_is_rejected_since_2_57(cloud: FakeCloud, ostk: Run) -> None:
    Path("motd").write_bytes(b"")
    assert_rejected(cloud, ostk, "server create s --flavor one --image i --file /etc/motd=motd", 1, "--user-data")


def test_block_device_is_read_from_a_json_file(cloud: FakeCloud, ostk: Run) -> None:
    Path("disk.json").write_text('{"uuid": "u", "source_type": "image", "boot_index": "0", "volume_size": 3}')
    assert ostk("server create s --flavor one --block-device disk.json").exit_code == 0
    device = {"uuid": "u", "source_type": "image", "destination_type": "volume", "boot_index": 0, "volume_size": 3}
    assert sent_body(cloud)["server"]["block_device_mapping_v2"] == [device]


@pytest.mark.parametrize(
    ("text", "status", "words"),
    [("{", 1, "not JSON"), ("[]", 1, "not a JSON object"), ('{"size": 1}', 2, "size"), ("\xff", 1, "UTF-8")],
)
def test_invalid_block_device_file_is_rejected(cloud: FakeCloud, ostk: Run, text: str, status: int, words: str) -> None:
    Path("disk.json").write_bytes(text.encode("latin-1"))
    assert_rejected(cloud, ostk, "server create s --flavor one --block-device disk.json", status, words)


def test_image_property_selects_the_newest_image(cloud: FakeCloud, ostk: Run) -> None:
    images = [{"id": f"{n}-id", "name": n, "os_distro": n[:-1]} for n in ("tux1", "tux2", "gnu1")]
    cloud.answers["GET /image/v2/images?os_distro=tux"] = {"images": images}
    result = ostk("server create s --flavor one --image-property os_distro=tux")
    assert result.exit_code == 0
    assert "tux1-id, tux2-id" in result.stderr
    assert sent_body(cloud)["server"]["imageRef"] == "tux1-id"
    cloud.answers["GET /image/v2/images?os_distro=tux"] = {"images": images[2:]}
    result = ostk("server create s --flavor one --image-property os_distro=tux")
    assert (result.exit_code, "No image" in result.stderr) == (1, True)


def test_each_name_is_looked_up_once(cloud: FakeCloud, ostk: Run) -> None:
    ostk("server create s --flavor one --image i --network n --port p --security-group g --server-group one")
    lines = [line for line, _ in cloud.all if "identity" not in line and not line.endswith("/compute/v2.1/")]
    created = lines.index("POST /compute/v2.1/servers")
    assert sorted(lines[:created]) == [
        "GET /compute/v2.1/flavors/detail?is_public=None",
        "GET /compute/v2.1/os-server-groups",
        "GET /image/v2/images?name=i",
        "GET /network/v2.0/networks?name=n",
        "GET /network/v2.0/ports?name=p",
        "GET /network/v2.0/security-groups?name=g",
    ]
    assert sorted(lines[created + 1 :]) == ["GET /compute/v2.1/servers/new-id", "GET /image/v2/images/i-id"]


def test_create_shows_the_server(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["POST /compute/v2.1/servers"] = (202, {"server": {"id": "new-id", "adminPass": "pw"}})
    now = {"id": "new-id", "status": "BUILD", "image": {"id": "i-id"}, "locked": False, "addresses": {}}
    cloud.answers["GET /compute/v2.1/servers/new-id"] = {"server": now | {"flavor": {"original_name": "one"}}}
    line = "server create s --flavor one --image i --property a=b --hostname h -f json"
    shown = json.loads(ostk(line).stdout)
    assert shown["adminPass"] == "pw"
    assert shown["image"] == "i (i-id)"
    assert shown["flavor"]["original_name"] == "one"
    assert shown["properties"] == {"a": "b"}
    assert shown["OS-EXT-SRV-ATTR:hostname"] == "h"
    assert (shown["status"], shown["locked"], shown["addresses"], shown["tags"]) == ("BUILD", None, {}, [])
    assert "fault" not in shown


def test_wait_reports_the_fault_of_a_server_in_error(cloud: FakeCloud, ostk: Run) -> None:
    fault = {"id": "new-id", "name": "s", "status": "ERROR", "fault": {"message": "No valid host was found. "}}
    cloud.answers["GET /compute/v2.1/servers/new-id"] = {"server": fault}
    result = ostk("server create s --flavor one --image i --wait")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "new-id" in result.stderr
    assert result.stderr.endswith("went into ERROR: No valid host was found.\n")


def test_error_after_create_says_that_the_password_was_not_shown(cloud: FakeCloud, ostk: Run) -> None:
    made = {"server": {"id": "new-id", "name": "s", "adminPass": "s3cret"}}
    cloud.answers["POST /compute/v2.1/servers"] = (202, made)
    cloud.answers["GET /compute/v2.1/servers/new-id"] = (500, {})
    result = ostk("server create s --flavor one --image i --wait")
    assert (result.exit_code, "The generated password was not shown" in result.stderr) == (1, True), result.stderr
    assert "s3cret" not in result.output
    assert "password" not in ostk("server create s --flavor one --image i --wait --password x").stderr


def test_wait_ends_when_the_server_is_active(cloud: FakeCloud, ostk: Run) -> None:
    result = ostk("server create s --flavor one --image i --wait -f value -c status")
    assert (result.exit_code, result.stdout) == (0, "ACTIVE\n")
