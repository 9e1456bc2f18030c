"""Devices, deployables, attributes, profiles and requests of Cyborg: requests and refusals."""

from __future__ import annotations

import json

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

A = "/accelerator/v2"
CASES = request_table("""
/accelerator/v2
accelerator device list --long
  GET ~/devices
accelerator device show d-id
  GET ~/devices/d-id
accelerator device enable d-id
  POST ~/devices/d-id/enable
accelerator device disable d-id
  POST ~/devices/d-id/disable
accelerator deployable list --long
  GET ~/deployables
accelerator deployable show one
  GET ~/deployables
accelerator deployable program one i
  PATCH ~/deployables/one-id/program [{"op": "replace", "path": "/program", "value": [{"image_uuid": "i-id"}]}]
accelerator device attribute list --long
  GET ~/attributes
accelerator device attribute show a-id
  GET ~/attributes/a-id
accelerator device attribute create 1 k v
  POST ~/attributes {"deployable_id": 1, "key": "k", "value": "v"}
accelerator device attribute delete a-id b-id
  DELETE ~/attributes/a-id
  DELETE ~/attributes/b-id
accelerator device profile list --long
  GET ~/device_profiles
accelerator device profile show one
  GET ~/device_profiles
accelerator device profile create p --group resources:FPGA=1,trait:X=required --group resources:FPGA=2 --description d
  POST ~/device_profiles [{"name": "p", "groups": [{"resources:FPGA": "1", "trait:X": "required"}, {"resources:FPGA": "2"}], "description": "d"}]
accelerator device profile create p '[{"resources:FPGA": "1"}]'
  POST ~/device_profiles [{"name": "p", "groups": [{"resources:FPGA": "1"}]}]
accelerator device profile delete two
  DELETE ~/device_profiles/two-id
accelerator arq list --long
  GET ~/accelerator_requests
accelerator arq show r-id
  GET ~/accelerator_requests/r-id
accelerator arq delete r-id s-id
  DELETE ~/accelerator_requests?arqs=r-id
  DELETE ~/accelerator_requests?arqs=s-id
accelerator arq bind r-id cmp1 web rp-id
  PATCH ~/accelerator_requests {"r-id": [{"op": "add", "path": "/hostname", "value": "cmp1"}, {"op": "add", "path": "/instance_uuid", "value": "web-id"}, {"op": "add", "path": "/device_rp_uuid", "value": "rp-id"}]}
  then GET ~/accelerator_requests/r-id
accelerator arq unbind r-id
  PATCH ~/accelerator_requests {"r-id": [{"op": "remove", "path": "/hostname"}, {"op": "remove", "path": "/instance_uuid"}, {"op": "remove", "path": "/device_rp_uuid"}]}
  then GET ~/accelerator_requests/r-id
""")  # noqa: E501
test_requests = sends(CASES)
test_rejected = rejects(
    rejection_table(
        """
1 accelerator device profile create p => At least one group is required.
1 accelerator device profile create p '{}' => GROUPS is not a JSON list of objects.
1 accelerator device profile create p '[{"a": "b"}]' --group a=b => The groups are given twice.
2 accelerator device profile create p --group a => is not KEY=VALUE
2 accelerator device attribute create d k v => not a valid integer
"""
    )
)


def test_every_new_request_is_named(cloud: FakeCloud, ostk: Run) -> None:
    """Cyborg makes a request for each accelerator of the profile; the reference client shows the first one alone."""
    cloud.answers[f"POST {A}/accelerator_requests"] = {"arqs": [{"uuid": "1"}, {"uuid": "2"}, {"uuid": "3"}]}
    result = ostk("accelerator arq create p --group-id 0 -f json")
    assert json.loads(result.stdout)["uuid"] == "1"
    assert result.stderr.splitlines() == [
        "--group-id is deprecated and has no effect.",
        "2 more accelerator requests were created: 2, 3.",
    ]


@pytest.mark.parametrize("line", ["bind r-id cmp1 web rp-id", "unbind r-id", "delete r-id"])
def test_what_only_nova_may_do(cloud: FakeCloud, ostk: Run, line: str) -> None:
    """The refusal says so, and what to do instead; not that the user lacks a role."""
    refusal = (403, {"errors": [{"title": "This operation requires a service token."}]})
    cloud.answers |= {f"{method} {A}/accelerator_requests": refusal for method in ("PATCH", "DELETE")}
    result = ostk(f"accelerator arq {line}")
    assert result.exit_code == 1
    assert "requires a service token" in result.stderr
    assert "accel:device_profile" in result.stderr
    assert "role" not in result.stderr


def test_attribute_that_is_not_stored(cloud: FakeCloud, ostk: Run) -> None:
    """Cyborg 17.0 answers 201 to a new attribute, and has no such attribute."""
    cloud.answers[f"POST {A}/attributes"] = (201, {"uuid": "a-id"})
    cloud.answers[f"GET {A}/attributes/a-id"] = (404, {})
    result = ostk("accelerator device attribute create 1 k v")
    assert (result.exit_code, "has not stored it" in result.stderr) == (1, True)


def test_device_profile_has_an_envelope(cloud: FakeCloud, ostk: Run) -> None:
    """Only the answer to a request for one device profile has one."""
    profile = "01234567-89ab-cdef-0123-456789abcdef"
    cloud.answers[f"GET {A}/device_profiles/{profile}"] = {"device_profile": {"uuid": profile, "name": "p"}}
    assert ostk(f"accelerator device profile show {profile} -f value -c name").stdout == "p\n"


def test_status_of_older_releases(cloud: FakeCloud, ostk: Run) -> None:
    """The status of a device came with microversion 2.3."""
    cloud.answers[f"GET {A}/devices"] = {"devices": [{"uuid": "1", "status": "enabled"}]}
    assert ostk("accelerator device list -f value").stdout == "1 None None None None enabled\n"
    assert ostk("--os-accelerator-api-version 2.2 accelerator device list -f value").stdout == "1 None None None None\n"
