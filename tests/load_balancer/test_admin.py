"""Flavors, availability zones, their profiles, and quotas of load balancers: what is sent."""

from __future__ import annotations

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

LBAAS = "/load-balancer/v2.0/lbaas"
test_sends = sends(
    request_table("""
/load-balancer/v2.0/lbaas
loadbalancer flavorprofile list --name n --provider amphora
  GET ~/flavorprofiles?name=n&provider_name=amphora
loadbalancer flavorprofile show f
  GET ~/flavorprofiles?name=f
loadbalancer flavorprofile create --name n --provider amphora --flavor-data {}
  POST ~/flavorprofiles {"flavorprofile": {"name": "n", "provider_name": "amphora", "flavor_data": "{}"}}
loadbalancer flavorprofile set f
loadbalancer flavorprofile set f --name n --provider octavia --flavor-data {}
  PUT ~/flavorprofiles/f-id {"flavorprofile": {"name": "n", "provider_name": "octavia", "flavor_data": "{}"}}
loadbalancer flavorprofile delete f
  DELETE ~/flavorprofiles/f-id
loadbalancer flavor list --name n --flavorprofile f --disable
  GET ~/flavors?name=n&flavor_profile_id=f-id&enabled=false
loadbalancer flavor show a
  GET ~/flavors?name=a
loadbalancer flavor create --name n --flavorprofile f
  POST ~/flavors {"flavor": {"name": "n", "flavor_profile_id": "f-id"}}
loadbalancer flavor create --name n --flavorprofile f --description d --disable
  POST ~/flavors {"flavor": {"name": "n", "flavor_profile_id": "f-id", "description": "d", "enabled": false}}
loadbalancer flavor set a
loadbalancer flavor set a --name n --description d --enable
  PUT ~/flavors/a-id {"flavor": {"name": "n", "description": "d", "enabled": true}}
loadbalancer flavor unset a
loadbalancer flavor unset a --description
  PUT ~/flavors/a-id {"flavor": {"description": null}}
loadbalancer flavor delete a b
  DELETE ~/flavors/a-id
  DELETE ~/flavors/b-id
loadbalancer availabilityzoneprofile list --name n --provider amphora
  GET ~/availabilityzoneprofiles?name=n&provider_name=amphora
loadbalancer availabilityzoneprofile show z
  GET ~/availabilityzoneprofiles?name=z
loadbalancer availabilityzoneprofile create --name n --provider amphora --availability-zone-data {}
  POST ~/availabilityzoneprofiles {"availability_zone_profile": {"name": "n", "provider_name": "amphora",\
 "availability_zone_data": "{}"}}
loadbalancer availabilityzoneprofile set z --name n --provider octavia --availability-zone-data {}
  PUT ~/availabilityzoneprofiles/z-id {"availability_zone_profile": {"name": "n", "provider_name": "octavia",\
 "availability_zone_data": "{}"}}
loadbalancer availabilityzoneprofile delete z
  DELETE ~/availabilityzoneprofiles/z-id
loadbalancer availabilityzone list --name n --availabilityzoneprofile z --enable
  GET ~/availabilityzones?name=n&availability_zone_profile_id=z-id&enabled=true
loadbalancer availabilityzone show one
  GET ~/availabilityzones/one
loadbalancer availabilityzone create --name n --availabilityzoneprofile z --description d --enable
  POST ~/availabilityzones {"availability_zone": {"name": "n", "availability_zone_profile_id": "z-id", "description":\
 "d", "enabled": true}}
loadbalancer availabilityzone set one
loadbalancer availabilityzone set one --description d --disable
  PUT ~/availabilityzones/one {"availability_zone": {"description": "d", "enabled": false}}
loadbalancer availabilityzone unset one --description
  PUT ~/availabilityzones/one {"availability_zone": {"description": null}}
loadbalancer availabilityzone delete one two
  DELETE ~/availabilityzones/one
  DELETE ~/availabilityzones/two
loadbalancer quota list --project demo
  GET ~/quotas?project_id=demo-id
loadbalancer quota show demo
  GET ~/quotas/demo-id
loadbalancer quota defaults show
  GET ~/quotas/defaults
loadbalancer quota set demo --loadbalancer 1 --listener 2 --pool 3 --member 4 --healthmonitor 5 --l7policy 6 --l7rule -1
  PUT ~/quotas/demo-id {"quota": {"load_balancer": 1, "listener": 2, "pool": 3, "member": 4, "health_monitor": 5,\
 "l7policy": 6, "l7rule": -1}}
loadbalancer quota unset demo
loadbalancer quota unset demo --loadbalancer --healthmonitor --l7rule
  PUT ~/quotas/demo-id {"quota": {"load_balancer": null, "health_monitor": null, "l7rule": null}}
loadbalancer quota reset demo
  DELETE ~/quotas/demo-id
""")
)
test_rejects = rejects(
    rejection_table("""
1 loadbalancer quota set demo => Give at least one of --loadbalancer, --listener, --pool, --member, --healthmonitor
2 loadbalancer quota set demo --pool many => 'many' is not a valid integer
2 loadbalancer flavor create --name n => Missing option '--flavorprofile'
""")
)


def test_quota_that_is_met_is_explained(cloud: FakeCloud, ostk: Run) -> None:
    message = "Quota has been met for resources: Load Balancer"
    cloud.answers[f"POST {LBAAS}/loadbalancers"] = (403, {"faultstring": message})
    result = ostk("loadbalancer create --vip-subnet-id s")
    hint = "Quotas and their usage: ostk loadbalancer quota show PROJECT"
    assert result.stderr == f"{message} (HTTP 403)\n{hint}\n"
