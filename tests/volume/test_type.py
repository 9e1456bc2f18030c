"""Volume types: requests and output."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import Request, assert_sends, rejection_table, rejects, request_table

CINDER = "/volume/v3"
CASES = request_table(
    """
/volume/v3
volume type list --long
  GET ~/types?is_public=none
volume type list --public
  GET ~/types?is_public=True
volume type list --private --property a=b --multiattach --cacheable --replicated --availability-zone x --availability-zone y
  GET ~/types?is_public=False&extra_specs=%7B%27a%27%3A+%27b%27%2C+%27multiattach%27%3A+%27%3Cis%3E+True%27%2C+%27cacheable%27%3A+%27%3Cis%3E+True%27%2C+%27replication_enabled%27%3A+%27%3Cis%3E+True%27%2C+%27RESKEY%3Aavailability_zones%27%3A+%27x%2Cy%27%7D
volume type create t --description d --public
  POST ~/types {"volume_type": {"name": "t", "description": "d", "os-volume-type-access:is_public": true}}
volume type set t --name n --description d --private --project demo --project-domain here
  GET ~/types?is_public=none
  PUT ~/types/t-id {"volume_type": {"name": "n", "description": "d", "is_public": false}}
  POST ~/types/t-id/action {"addProjectAccess": {"project": "demo-id"}}
volume type set t --public
  GET ~/types?is_public=none
  PUT ~/types/t-id {"volume_type": {"is_public": true}}
volume type unset t --project demo --project-domain here
  GET ~/types?is_public=none
  POST ~/types/t-id/action {"removeProjectAccess": {"project": "demo-id"}}
volume type unset t --property a --property b
  GET ~/types?is_public=none
  DELETE ~/types/t-id/extra_specs/a
  DELETE ~/types/t-id/extra_specs/b
volume type delete t
  GET ~/types?is_public=none
  DELETE ~/types/t-id
"""  # noqa: E501
)
REJECTIONS = rejection_table(
    """
1 volume type create t --project demo => --project needs --private.
1 volume type create t --public --project demo => --project needs --private.
"""
)
LUKS = {"encryption_id": "e-id", "provider": "luks", "cipher": None, "key_size": 256, "control_location": "front-end"}
ENCRYPTION = {key: value for key, value in LUKS.items() if value}


@pytest.mark.parametrize(("line", "requests"), CASES)
def test_sends_requests(cloud: FakeCloud, ostk: Run, line: str, requests: list[Request]) -> None:
    add_type(cloud)
    assert_sends(cloud, ostk, line, requests)


test_rejects_invalid_input = rejects(REJECTIONS)


def add_type(cloud: FakeCloud) -> None:
    """Answer the list of volume types with one public type."""
    cloud.answers[f"GET {CINDER}/types"] = {"volume_types": [{"id": "t-id", "name": "t", "is_public": True}]}


def add_encryption(cloud: FakeCloud, answer: Any) -> None:
    """Answer with one public volume type, and `answer` for the encryption of the type."""
    add_type(cloud)
    cloud.answers[f"GET {CINDER}/types/t-id/encryption"] = answer


def test_create_with_access_specs_and_encryption(cloud: FakeCloud, ostk: Run) -> None:
    created = {"id": "t-id", "name": "t", "is_public": False, "extra_specs": {}}
    cloud.answers[f"POST {CINDER}/types"] = {"volume_type": created}
    cloud.answers[f"POST {CINDER}/types/t-id/extra_specs"] = {"extra_specs": {"a": "b"}}
    cloud.answers[f"POST {CINDER}/types/t-id/encryption"] = {"encryption": LUKS}
    add_encryption(cloud, {})
    line = "volume type create t --private --project demo --property a=b --multiattach --cacheable --replicated"
    line += " --availability-zone z --encryption-provider luks --encryption-cipher c --encryption-key-size 256"
    shown = json.loads(ostk(f"{line} --encryption-control-location back-end -f json").stdout)
    assert (shown["properties"], shown["encryption"]) == ({"a": "b"}, ENCRYPTION)
    assert list(shown) == ["description", "encryption", "id", "is_public", "name", "properties"]
    specs = {"multiattach": "<is> True", "cacheable": "<is> True", "replication_enabled": "<is> True"}
    assert [body for request, body in cloud.sent if request.startswith("POST")][1:] == [
        {"addProjectAccess": {"project": "demo-id"}},
        {"extra_specs": {"a": "b", **specs, "RESKEY:availability_zones": "z"}},
        {"encryption": {"provider": "luks", "cipher": "c", "key_size": 256, "control_location": "back-end"}},
    ]


def test_create_error_names_the_created_type(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"POST {CINDER}/types"] = {"volume_type": {"id": "t-id", "name": "t", "is_public": True}}
    add_encryption(cloud, {})
    result = ostk("volume type create t --encryption-cipher c")
    assert result.exit_code == 1
    assert "The volume type was created (t-id), but not all settings were applied" in result.stderr


def test_set_updates_existing_encryption(cloud: FakeCloud, ostk: Run) -> None:
    add_encryption(cloud, LUKS)
    ostk("volume type set t --encryption-cipher c --property a=b --multiattach --cacheable --replicated")
    assert (f"PUT {CINDER}/types/t-id/encryption/e-id", {"encryption": {"cipher": "c"}}) in cloud.sent
    ostk("volume type set t --availability-zone z")
    assert cloud.sent[-1][1] == {"extra_specs": {"RESKEY:availability_zones": "z"}}
    ostk("volume type unset t --encryption-type")
    assert cloud.sent[-1] == (f"DELETE {CINDER}/types/t-id/encryption/e-id", None)


def test_unset_of_absent_encryption_fails(cloud: FakeCloud, ostk: Run) -> None:
    add_encryption(cloud, {})
    result = ostk("volume type unset t --encryption-type")
    assert (result.exit_code, "has no encryption to remove" in result.stderr) == (1, True)


def test_set_requires_a_provider_for_new_encryption(cloud: FakeCloud, ostk: Run) -> None:
    add_encryption(cloud, {})
    assert "Give --encryption-provider" in ostk("volume type set t --encryption-key-size 1").stderr
    line = "volume type set t --encryption-provider luks --encryption-control-location back-end"
    cloud.answers[f"POST {CINDER}/types/t-id/encryption"] = {"encryption": LUKS}
    ostk(line)
    assert cloud.sent[-1][1] == {"encryption": {"control_location": "back-end", "provider": "luks"}}


def test_show_and_list_access_and_encryption(cloud: FakeCloud, ostk: Run) -> None:
    item = {"id": "t-id", "name": "t", "is_public": False, "extra_specs": {"a": "b"}}
    cloud.answers[f"GET {CINDER}/types/default"] = {"volume_type": item}
    cloud.answers[f"GET {CINDER}/types/t-id/os-volume-type-access"] = {"volume_type_access": [{"project_id": "p-id"}]}
    add_encryption(cloud, LUKS)
    cloud.answers[f"GET {CINDER}/types"] = {"volume_types": [item]}
    shown = json.loads(ostk("volume type show t --encryption-type -f json").stdout)
    assert (shown["access_project_ids"], shown["encryption"]) == (["p-id"], ENCRYPTION)
    listed = json.loads(ostk("volume type list --default --encryption-type -f json").stdout)
    assert listed == [{"ID": "t-id", "Name": "t", "Is Public": False, "Encryption": ENCRYPTION}]
    add_encryption(cloud, {})
    assert "| -          |" in ostk("volume type list --encryption-type").stdout
    cloud.answers[f"GET {CINDER}/types"] = {"volume_types": [item | {"is_public": True}]}
    assert json.loads(ostk("volume type show t -f json").stdout)["access_project_ids"] is None
