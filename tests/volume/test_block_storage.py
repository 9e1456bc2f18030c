"""Block storage clusters, log levels, filters, cleanup, manageable resources, messages: requests and output."""

from __future__ import annotations

import json

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CINDER = "/volume/v3"
CASES = request_table(
    """
/volume/v3
block storage cluster list
  GET ~/clusters/detail
block storage cluster list --cluster c --binary cinder-volume --up --disabled --num-hosts 2 --num-down-hosts 1 --long
  GET ~/clusters/detail?name=c&binary=cinder-volume&is_up=True&disabled=True&num_hosts=2&num_down_hosts=1
block storage cluster list --down --enabled
  GET ~/clusters/detail?is_up=False&disabled=False
block storage cluster show c
  GET ~/clusters/c
block storage cluster show c --binary cinder-backup
  GET ~/clusters/c?binary=cinder-backup
block storage cluster set c --enable
  PUT ~/clusters/enable {"name": "c", "binary": "cinder-volume"}
block storage cluster set c --disable --disable-reason r --binary cinder-backup
  PUT ~/clusters/disable {"name": "c", "binary": "cinder-backup", "disabled_reason": "r"}
block storage cluster set c
block storage log level set info
  PUT ~/os-services/set-log {"level": "INFO"}
block storage log level set DEBUG --host h --service * --log-prefix cinder.
  PUT ~/os-services/set-log {"level": "DEBUG", "server": "h", "binary": "*", "prefix": "cinder."}
block storage resource filter list
  GET ~/resource_filters
block storage volume manageable list h@b --limit 2 --marker m --offset 1 --sort size:asc
  GET ~/manageable_volumes/detail?host=h%40b&marker=m&limit=2&offset=1&sort=size%3Aasc
block storage volume manageable list --cluster c --long
  GET ~/manageable_volumes/detail?cluster=c
block storage snapshot manageable list h --long
  GET ~/manageable_snapshots/detail?host=h
volume message list
  GET ~/messages
volume message list --project demo --project-domain here --limit 2 --marker m
  GET ~/messages?project_id=demo-id&limit=2&marker=m
volume message show m
  GET ~/messages/m
volume message delete m n
  DELETE ~/messages/m
  DELETE ~/messages/n
"""
)
REJECTIONS = rejection_table(
    """
1 block storage cluster set c --disable-reason r => --disable-reason needs --disable.
2 block storage cluster set c --enable --disable => exclude each other
2 block storage cluster list --up --down => exclude each other
1 block storage cluster show c --os-volume-api-version 3.6 => block storage cluster show needs version 3.7
2 block storage log level set bogus => 'bogus' is not one of
2 block storage log level list --service bogus => 'bogus' is not one of
1 block storage log level list --os-volume-api-version 3.31 => needs version 3.32
1 block storage resource filter list --os-volume-api-version 3.32 => needs version 3.33
2 block storage cleanup --up --down => exclude each other
1 block storage cleanup --os-volume-api-version 3.23 => block storage cleanup needs version 3.24
1 block storage volume manageable list => Give a host, as HOST@BACKEND#POOL, or --cluster.
2 block storage snapshot manageable list h --cluster c => exclude each other
1 block storage volume manageable list --cluster c --os-volume-api-version 3.16 => --cluster needs version 3.17
1 volume message list --os-volume-api-version 3.2 => volume message list needs version 3.3
"""
)


test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def test_log_level_list_prints_a_row_per_logger(cloud: FakeCloud, ostk: Run) -> None:
    services = [{"binary": "b", "host": "h", "levels": {"z": "INFO", "a": "DEBUG"}}]
    cloud.answers[f"PUT {CINDER}/os-services/get-log"] = {"log_levels": services}
    line = "block storage log level list --host h --service cinder-api --log-prefix p -f value"
    assert ostk(line).stdout == "b h a DEBUG\nb h z INFO\n"
    assert cloud.sent == [(f"PUT {CINDER}/os-services/get-log", {"server": "h", "binary": "cinder-api", "prefix": "p"})]


def test_resource_filter_show(cloud: FakeCloud, ostk: Run) -> None:
    item = {"resource": "volume", "filters": ["name", "a"]}
    cloud.answers[f"GET {CINDER}/resource_filters?resource=volume"] = {"resource_filters": [item]}
    line = "block storage resource filter show volume"
    assert json.loads(ostk(f"{line} -f json").stdout) == {"Resource": "volume", "Filters": ["name", "a"]}
    assert "| Filters  | a, name |" in ostk(line).stdout
    cloud.answers[f"GET {CINDER}/resource_filters"] = {"resource_filters": []}
    result = ostk("block storage resource filter show none")
    assert (result.exit_code, "No ResourceFilter found for none" in result.stderr) == (1, True)


def test_cleanup_sends_filters_and_prints_services(cloud: FakeCloud, ostk: Run) -> None:
    cleaning, unavailable = ({"id": n, "cluster_name": "c", "host": "h", "binary": "b"} for n in (1, 2))
    cloud.answers[f"POST {CINDER}/workers/cleanup"] = {"cleaning": [cleaning], "unavailable": [unavailable]}
    line = "block storage cleanup --cluster c --host h --binary b --up --enabled --resource-id r --resource-type Volume"
    assert ostk(f"{line} --service-id 3 -f value").stdout == "1 c h b Cleaning\n2 c h b Unavailable\n"
    sent = {"cluster_name": "c", "host": "h", "binary": "b", "is_up": True, "disabled": False}
    assert cloud.sent[0][1] == {**sent, "resource_id": "r", "resource_type": "Volume", "service_id": 3}
    ostk("block storage cleanup --down --disabled")
    assert cloud.sent[1][1] == {"is_up": False, "disabled": True}


@pytest.mark.parametrize(
    ("options", "long_columns"), [("", 0), ("--long", 3), ("--detailed yes", 3), ("--detailed no", 0)]
)
def test_manageable_list_long_columns(cloud: FakeCloud, ostk: Run, options: str, long_columns: int) -> None:
    volume = {"reference": {"source-name": "v"}, "size": 1, "safe_to_manage": True}
    cloud.answers[f"GET {CINDER}/manageable_volumes/detail"] = {"manageable-volumes": [volume]}
    (row,) = json.loads(ostk(f"block storage volume manageable list h {options} -f json").stdout)
    assert (row["reference"], len(row)) == ({"source-name": "v"}, 3 + long_columns)
