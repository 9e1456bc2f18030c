"""Instances, backups, clusters, configuration groups and the rest of Trove: requests and output."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

DB = "/database/v1.0/p"
HEX = "0123456789abcdef0123456789abcdef"
V = "01234567-89ab-cdef-0123-456789abcdef"
test_sends = sends(
    request_table("""
/database/v1.0/p
database instance list
  GET ~/instances
database instance list --limit 2 --marker m --include-clustered
  GET ~/instances?limit=2&marker=m&include_clustered=true
database instance list --include_clustered
  GET ~/instances?include_clustered=true
database instance list --all-projects --include-clustered
  GET ~/mgmt/instances?deleted=false&include_clustered=true
database instance list --project-id demo
  GET ~/mgmt/instances?deleted=false&project_id=demo-id
database instance list --project-id 0123456789abcdef0123456789abcdef
  GET ~/mgmt/instances?deleted=false&project_id=0123456789abcdef0123456789abcdef
database instance show one
  GET ~/instances/one-id
database instance create n --flavor one
  POST ~/instances {"instance": {"name": "n", "flavorRef": "one-id", "access": {"is_public": false}}}
database instance create n --flavor one --size 2 --volume-type t --databases a b --users u:p v:p:q:r --backup one\
 --availability-zone z --datastore d --datastore-version v --datastore-version-number 1 --nic\
 net-id=one,subnet-id=two,ip-address=10.0.0.5 --configuration one --module one --module two --locality affinity\
 --region r --is-public --allowed-cidr 10.0.0.0/8 --allowed-cidr 10.1.0.0/16
  POST ~/instances {"instance": {"name": "n", "flavorRef": "one-id", "volume": {"size": 2, "type": "t"}, "databases":\
 [{"name": "a"}, {"name": "b"}], "users": [{"name": "u", "password": "p", "databases": [{"name": "a"}, {"name":\
 "b"}]}, {"name": "v", "password": "p:q:r", "databases": [{"name": "a"}, {"name": "b"}]}], "restorePoint":\
 {"backupRef": "one-id"}, "availability_zone": "z", "datastore": {"type": "d", "version": "v", "version_number": "1"},\
 "nics": [{"network_id": "one-id", "subnet_id": "two-id", "ip_address": "10.0.0.5"}], "configuration": "one-id",\
 "modules": [{"id": "one-id"}, {"id": "two-id"}], "locality": "affinity", "region_name": "r", "access": {"is_public":\
 true, "allowed_cidrs": ["10.0.0.0/8", "10.1.0.0/16"]}}}
database instance create n --replica-of one --replica-count 2
  POST ~/instances {"instance": {"name": "n", "replica_of": "one-id", "replica_count": 2, "access": {"is_public":\
 false}}}
database instance create n --replica-of one --flavor one
  POST ~/instances {"instance": {"name": "n", "replica_of": "one-id", "replica_count": 1, "access": {"is_public":\
 false}}}
database instance update one
database instance update one --name n --configuration two --detach-replica-source --is-public --allowed-cidr 10.0.0.0/8
  PUT ~/instances/one-id {"instance": {"name": "n", "configuration": "two-id", "replica_of": null, "access":\
 {"is_public": true, "allowed_cidrs": ["10.0.0.0/8"]}}}
database instance update one --remove_configuration --detach_replica_source --is-private
  PUT ~/instances/one-id {"instance": {"configuration": null, "replica_of": null, "access": {"is_public": false}}}
database instance delete one two
  DELETE ~/instances/one-id
  DELETE ~/instances/two-id
database instance delete one --force
  POST ~/instances/one-id/action {"reset_status": {}}
  then DELETE ~/instances/one-id
database instance force delete one
  POST ~/instances/one-id/action {"reset_status": {}}
  then DELETE ~/instances/one-id
database instance detach one
  PUT ~/instances/one-id {"instance": {"replica_of": null}}
database instance promote one
  POST ~/instances/one-id/action {"promote_to_replica_source": {}}
database instance eject one
  POST ~/instances/one-id/action {"eject_replica_source": {}}
database instance restart one
  POST ~/instances/one-id/action {"restart": {}}
database instance reset status one
  POST ~/instances/one-id/action {"reset_status": {}}
database instance reboot one
  POST ~/mgmt/instances/one-id/action {"reboot": {}}
database instance rebuild one two
  POST ~/mgmt/instances/one-id/action {"rebuild": {"image_id": "two-id"}}
database instance resize flavor one two
  POST ~/instances/one-id/action {"resize": {"flavorRef": "two-id"}}
database instance resize volume one 5
  POST ~/instances/one-id/action {"resize": {"volume": {"size": 5}}}
database instance upgrade one 8.5
  PATCH ~/instances/one-id {"instance": {"datastore_version": "8.5"}}
database backup list
  GET ~/backups
database backup list --limit 2 --marker m --datastore one -i two --all-projects
  GET ~/backups?limit=2&marker=m&datastore=one-id&instance_id=two-id&all_projects=true
database backup list --instance-id one --project-id demo
  GET ~/backups?instance_id=one-id&project_id=demo-id
database backup list --instance 0123456789abcdef0123456789abcdef
  GET ~/backups?instance_id=0123456789abcdef0123456789abcdef
database backup list instance one --limit 5 --marker m
  GET ~/instances/one-id/backups?limit=5&marker=m
database backup show one
  GET ~/backups/one-id
database backup create b -i one
  POST ~/backups {"backup": {"name": "b", "instance": "one-id"}}
database backup create b --instance one --description d --parent two --incremental --swift-container c\
 --storage-driver cinder
  POST ~/backups {"backup": {"name": "b", "instance": "one-id", "description": "d", "parent_id": "two-id",\
 "incremental": 1, "swift_container": "c", "storage_driver": "cinder"}}
database backup create b --restore-from http://x/y --restore-datastore-version v --restore-size 0.5
  POST ~/backups {"backup": {"name": "b", "restore_from": {"remote_location": "http://x/y",\
 "local_datastore_version_id": "v", "size": 0.5}}}
database backup delete one two
  DELETE ~/backups/one-id
  DELETE ~/backups/two-id
database backup execution delete e
  DELETE /workflow/v2/executions/e
database backup strategy list --instance-id one --project-id demo
  GET ~/backup_strategies?instance_id=one-id&project_id=demo-id
database backup strategy create --swift-container c
  POST ~/backup_strategies {"backup_strategy": {"swift_container": "c"}}
database backup strategy create --swift-container c --instance-id one --project-id p
  POST ~/backup_strategies {"backup_strategy": {"swift_container": "c", "instance_id": "one-id"}}
database backup strategy delete
  DELETE ~/backup_strategies
database backup strategy delete --instance-id one --project-id demo
  DELETE ~/backup_strategies?project_id=demo-id&instance_id=one-id
database cluster list --limit 2 --marker m
  GET ~/clusters?limit=2&marker=m
database cluster show one
  GET ~/clusters/one-id
database cluster create n d v --instance\
 "flavor=one,volume=2,volume_type=t,nic='net-id=one,ip-address=10.0.0.5',nic=port-id=q,\
availability_zone=z,module=one,module=two,type=a,related_to=r,name=m,region=x"\
 --instance flavor=two,volume=3 --locality anti-affinity --extended-properties num_mongos=1,num_configsvr=2\
 --configuration one
  POST ~/clusters {"cluster": {"name": "n", "datastore": {"type": "d", "version": "v"}, "locality": "anti-affinity",\
 "extended_properties": {"num_mongos": "1", "num_configsvr": "2"}, "configuration": "one-id", "instances":\
 [{"flavorRef": "one-id", "volume": {"size": "2", "type": "t"}, "nics": [{"network_id": "one-id", "ip_address":\
 "10.0.0.5"}, {"port-id": "q"}], "modules": [{"id": "one-id"}, {"id": "two-id"}], "type": ["a"], "availability_zone":\
 "z", "related_to": "r", "name": "m", "region_name": "x"}, {"flavorRef": "two-id", "volume": {"size": "3"}}]}}
database cluster delete one two
  DELETE ~/clusters/one-id
  DELETE ~/clusters/two-id
database cluster force delete one
  POST ~/clusters/one-id {"reset-status": {}}
  then DELETE ~/clusters/one-id
database cluster reset status one
  POST ~/clusters/one-id {"reset-status": {}}
database cluster grow one --instance flavor=one,volume=2,name=m
  POST ~/clusters/one-id {"grow": [{"flavorRef": "one-id", "volume": {"size": "2"}, "name": "m"}]}
database cluster shrink one one two
  POST ~/clusters/one-id {"shrink": [{"id": "one-id"}, {"id": "two-id"}]}
database cluster upgrade one v
  POST ~/clusters/one-id {"upgrade": {"datastore_version": "v"}}
database cluster list instances one
  GET ~/clusters/one-id
database cluster modules one
  GET ~/clusters/one-id
database configuration list --limit 2 --marker m
  GET ~/configurations?limit=2&marker=m
database configuration show one
  GET ~/configurations/one-id
database configuration create n '{"a":1}' --datastore d --datastore-version v --datastore-version-number 1\
 --description x
  POST ~/configurations {"configuration": {"name": "n", "values": {"a": 1}, "datastore": {"type": "d", "version": "v",\
 "version_number": "1"}, "description": "x"}}
database configuration set one '{"a":"b"}' --name n --description d
  PUT ~/configurations/one-id {"configuration": {"values": {"a": "b"}, "name": "n", "description": "d"}}
database configuration delete one two
  DELETE ~/configurations/one-id
  DELETE ~/configurations/two-id
database configuration attach one two
  PUT ~/instances/one-id {"instance": {"configuration": "two-id"}}
database configuration detach one
  PUT ~/instances/one-id {"instance": {"configuration": null}}
database configuration instances one --limit 1 --marker m
  GET ~/configurations/one-id/instances?limit=1&marker=m
database configuration parameter list 8.4 --datastore mysql
  GET ~/datastores/mysql/versions/8.4/parameters
database configuration parameter list 01234567-89ab-cdef-0123-456789abcdef
  GET ~/datastores/versions/01234567-89ab-cdef-0123-456789abcdef/parameters
database configuration parameter show 8.4 a --datastore mysql
  GET ~/datastores/mysql/versions/8.4/parameters/a
database configuration parameter set one '{"a":null}'
  PATCH ~/configurations/one-id {"configuration": {"values": {"a": null}}}
database db list one
  GET ~/instances/one-id/databases
database db create one d --character_set utf8 --collate c
  POST ~/instances/one-id/databases {"databases": [{"name": "d", "character_set": "utf8", "collate": "c"}]}
database db delete one a b
  DELETE ~/instances/one-id/databases/a
  DELETE ~/instances/one-id/databases/b
database user list one
  GET ~/instances/one-id/users
database user create one a:b p:q
  POST ~/instances/one-id/users {"users": [{"name": "a:b", "password": "p:q", "databases": []}]}
database user create one u p --host 10.0.0.1 --databases a b
  POST ~/instances/one-id/users {"users": [{"name": "u", "password": "p", "host": "10.0.0.1", "databases": [{"name":\
 "a"}, {"name": "b"}]}]}
database user delete one u a.b%40@c --host 10.0.0.1
  DELETE ~/instances/one-id/users/u%254010%252E0%252E0%252E1
  DELETE ~/instances/one-id/users/a%252Eb%252540%2540c%254010%252E0%252E0%252E1
database user grant access one u a b --host h
  PUT ~/instances/one-id/users/u%2540h/databases {"databases": [{"name": "a"}, {"name": "b"}]}
database user revoke access one u a
  DELETE ~/instances/one-id/users/u/databases/a
database user update attributes one u --new_name v --new_password p:q --new_host h
  PUT ~/instances/one-id/users/u {"user": {"name": "v", "password": "p:q", "host": "h"}}
database root disable one
  DELETE ~/instances/one-id/root
database log list one
  GET ~/instances/one-id/log
database flavor list
  GET ~/flavors
database flavor list --datastore-type d --datastore-version-id v
  GET ~/datastores/d/versions/v/flavors
database flavor show one
  GET ~/flavors/one-id
database limit list
  GET ~/limits
database quota show demo
  GET ~/mgmt/quotas/demo-id
datastore list
  GET ~/datastores
datastore show one
  GET ~/datastores/one-id
datastore delete one two
  DELETE ~/datastores/one-id
  DELETE ~/datastores/two-id
datastore version list mysql
  GET ~/datastores/mysql/versions
datastore version create v d m image --active --default --image-tags a,b --registry-ext r --repl-strategy s\
 --version-number 1
  POST ~/mgmt/datastore-versions {"version": {"name": "v", "datastore_name": "d", "datastore_manager": "m", "image":\
 "image-id", "image_tags": ["a", "b"], "packages": [], "registry_ext": "r", "repl_strategy": "s", "active": true,\
 "default": true, "version": "1"}}
datastore version create v d m "" --image-tags a
  POST ~/mgmt/datastore-versions {"version": {"name": "v", "datastore_name": "d", "datastore_manager": "m",\
 "image_tags": ["a"], "packages": [], "active": false, "default": false}}
datastore version set one
datastore version set one --datastore-manager m --image i --image-tags a,b --registry-ext r --repl-strategy s\
 --version-name n --enable --non-default
  PATCH ~/mgmt/datastore-versions/one-id {"datastore_manager": "m", "image": "i-id", "image_tags": ["a", "b"],\
 "registry_ext": "r", "repl_strategy": "s", "name": "n", "active": true, "default": false}
datastore version set one --disable --default
  PATCH ~/mgmt/datastore-versions/one-id {"active": false, "default": true}
datastore version delete one two
  DELETE ~/mgmt/datastore-versions/one-id
  DELETE ~/mgmt/datastore-versions/two-id
""")
)
test_rejects = rejects(
    rejection_table("""
1 database instance create n => An instance needs --flavor.
1 database instance create n --flavor f --size 0 => --size: 0 is not a size in GiB greater than 0.
1 database instance create n --flavor f --volume-type t => --volume-type needs --size.
1 database instance create n --replica-of one --locality affinity => --locality and --replica-of exclude each other.
1 database instance create n --flavor f --users alice => --users: a user is NAME:PASSWORD, and not 'alice'.
1 database instance create n --flavor f --users :secret => and not ':'.
2 database instance create n --flavor f --nic port-id=p => 'port-id' is not one of net-id, subnet-id, ip-address.
1 database instance show no-such => No DatabaseInstance found for no-such
1 database instance update one --configuration c --remove-configuration => exclude each other
2 database instance update one --is-public --is-private => exclude each other
1 database backup create b => A backup needs --instance, or --restore-from
1 database backup create b -i one --restore-from u => --instance and --restore-from exclude each other.
1 database backup create b -i one --restore-size 1 => --restore-size needs --restore-from.
1 database backup strategy create --swift-container c --project-id other => for the current project only, and not for\
 other.
2 database cluster create n d v => Missing option '--instance'
2 database cluster create n d v --instance flavor=f => volume missing in 'flavor=f'.
2 database cluster create n d v --instance flavor=f,volume=big => volume=big is not a size in GiB.
2 database cluster create n d v --instance flavor=f,volume=1,color=red => 'color' is not one of
2 database cluster create n d v --instance flavor=f,flavor=g,volume=1 => flavor is given more than once
2 database cluster create n d v --instance flavor=f,volume=1,oops => 'oops' is not KEY=VALUE.
1 database configuration create n a=1 => 'a=1' is not JSON
1 database configuration set c [1] => '[1]' is not a JSON object.
1 database configuration parameter list 8.4 => '8.4' is not the ID of a datastore version.
1 database flavor list --datastore-type d => --datastore-type needs --datastore-version-id.
1 database quota show no-such => No Project found for no-such
2 database quota update p instances many => 'many' is not a valid integer
1 database user update attributes one u => Give at least one of --new_name, --new_password, --new_host.
1 datastore version show 8.4 => '8.4' is not the ID of a datastore version.
1 datastore version create v d m "" => A datastore version needs an image
2 datastore version set one --enable --disable => exclude each other
""")
)
BACKUP: dict[str, Any] = {"name": "b", "status": "COMPLETED", "parent_id": None, "updated": "t", "project_id": "p"}


def link(path: str) -> list[dict[str, str]]:
    return [{"rel": "next", "href": f"https://elsewhere{path}"}]


def test_instances_are_listed_and_looked_up_to_the_last_page(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"GET {DB}/instances?include_clustered=true"] = {
        "instances": [{"id": "1", "name": "a"}],
        "links": link("/v1.0/p/instances?include_clustered=true&marker=1"),
    }
    last = {"id": "2-id", "name": "b"}
    cloud.answers[f"GET {DB}/instances?include_clustered=true&marker=1"] = {"instances": [last]}
    cloud.answers[f"GET {DB}/instances/2-id"] = {"instance": last}
    assert ostk("database instance list --include-clustered -f value -c Name").stdout == "a\nb\n"
    assert ostk("database instance show b -f value -c id").stdout == "2-id\n"


def test_backups_of_an_instance_hold_none_of_another_on_later_pages(cloud: FakeCloud, ostk: Run) -> None:
    query = f"instance_id={HEX}"
    cloud.answers[f"GET {DB}/backups?{query}"] = {
        "backups": [{**BACKUP, "id": "1", "instance_id": HEX}],
        "links": link(f"/v1.0/p/backups?{query}&marker=1"),
    }
    cloud.answers[f"GET {DB}/backups?{query}&marker=1"] = {"backups": [{**BACKUP, "id": "2", "instance_id": HEX}]}
    cloud.answers[f"GET {DB}/backups?marker=1"] = {"backups": [{**BACKUP, "id": "3", "instance_id": "other"}]}
    assert ostk(f"database backup list -i {HEX} -f value -c ID").stdout == "1\n2\n"


def test_deletion_goes_on_after_a_failure(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"DELETE {DB}/instances/one-id"] = (422, {"unprocessableEntity": {"code": 422, "message": "busy"}})
    result = ostk("database instance delete one nope two")
    assert result.exit_code == 1
    assert (f"DELETE {DB}/instances/two-id", None) in cloud.sent
    assert "'one': busy (HTTP 422)" in result.stderr
    assert "'nope': No DatabaseInstance found for nope" in result.stderr
    assert result.stderr.endswith("2 of 3 database instances failed to delete.\n")
    assert result.stdout == ""


def test_quota_that_is_met_is_explained(cloud: FakeCloud, ostk: Run) -> None:
    message = "Quota exceeded for resources: ['volumes']."
    cloud.answers[f"POST {DB}/instances"] = (413, {"overLimit": {"code": 413, "message": message}})
    result = ostk("database instance create n --flavor one")
    assert result.stderr == f"{message} (HTTP 413)\nQuotas and their usage: ostk database quota show PROJECT\n"


def test_refusals_name_the_next_step(cloud: FakeCloud, ostk: Run) -> None:
    refusal = {"unauthorized": {"code": 401, "message": "User does not have admin privileges."}}
    cloud.answers[f"GET {DB}/mgmt/instances?deleted=false"] = (401, refusal)
    busy = {"unprocessableEntity": {"code": 422, "message": "Instance one-id is not ready. (Status is BUILD)."}}
    cloud.answers[f"DELETE {DB}/instances/one-id"] = (422, busy)
    assert "You are ann in project demo" in ostk("database instance list --all-projects").stderr
    assert "--force" in ostk("database instance delete one").stderr


def test_flavor_of_a_replica_is_ignored_on_standard_error(cloud: FakeCloud, ostk: Run) -> None:
    result = ostk("database instance create n --replica-of one --flavor one -f json")
    assert result.stderr == "--flavor is ignored: a replica has the flavor of the source.\n"
    assert json.loads(result.stdout)["name"] == "n"


def test_limits_are_one_json_document(cloud: FakeCloud, ostk: Run) -> None:
    rate = {"verb": "GET", "value": 9, "remaining": 8, "unit": "MINUTE"}
    cloud.answers[f"GET {DB}/limits"] = {"limits": [{"verb": "ABSOLUTE", "max_ram": -1}, rate]}
    shown = json.loads(ostk("database limit list -f json").stdout)
    assert shown == [{"Value": 9, "Verb": "GET", "Remaining": 8, "Unit": "MINUTE"}]
    assert "| max_ram  | -1       |" in ostk("database limit list").stdout


def test_instance_that_fails_is_told_with_the_reason(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"POST {DB}/instances"] = {"instance": {"id": "x", "name": "n", "status": "BUILD"}}
    item = {"id": "x", "name": "n", "status": "ERROR", "fault": {"message": "no host", "created": "t"}}
    cloud.answers[f"GET {DB}/instances/x"] = {"instance": item}
    result = ostk("database instance create n --flavor one --wait")
    assert result.exit_code == 1
    assert result.stderr == "The database instance n went into ERROR: no host.\n"


def test_instance_is_waited_for_and_shown_as_it_is_at_the_end(cloud: FakeCloud, ostk: Run) -> None:
    item = {"id": "x", "name": "n", "status": "BUILD", "flavor": {"id": "d1"}}
    cloud.answers[f"POST {DB}/instances"] = {"instance": item}
    cloud.answers[f"GET {DB}/instances/x"] = {"instance": {**item, "status": "HEALTHY"}}
    result = ostk("database instance create n --flavor one --wait -f value")
    assert result.stdout == "d1\nx\nn\nHEALTHY\n"


def test_waiting_ends_in_time(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"GET {DB}/instances/one-id"] = {"instance": {"id": "one-id", "name": "one", "status": "REBOOT"}}
    result = ostk("database instance restart one --wait --timeout 0")
    assert result.exit_code == 124
    assert "is not ready after 0 seconds: its status is REBOOT" in result.stderr


def test_instance_in_error_may_still_be_being_deleted(
    cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)

    def states() -> Iterator[Any]:
        yield from [{"instance": {"id": HEX, "name": "n", "status": "ERROR"}}] * 9
        yield 404, {"itemNotFound": {"code": 404, "message": "gone"}}

    cloud.answers[f"GET {DB}/instances/{HEX}"] = states()
    assert ostk(f"database instance delete {HEX} --force --wait").exit_code == 0
    cloud.answers[f"GET {DB}/instances/{HEX}"] = {"instance": {"id": HEX, "name": "n", "status": "ERROR"}}
    assert ostk(f"database instance force delete {HEX} --wait").stderr == ("The database instance n went into ERROR.\n")


def test_cluster_is_waited_for_until_it_has_no_task(cloud: FakeCloud, ostk: Run) -> None:
    def states() -> Iterator[Any]:
        for task in ("GROWING_CLUSTER", "NONE"):
            yield {"cluster": {"id": "one-id", "name": "one", "task": {"name": task}}}

    cloud.answers[f"GET {DB}/clusters/one-id"] = states()
    assert ostk("database cluster grow one --instance flavor=one,volume=1 --wait").exit_code == 0
    assert len([line for line, _ in cloud.all if line == f"GET {DB}/clusters/one-id"]) == 2


def test_root_user_is_that_of_an_instance_or_of_a_cluster(cloud: FakeCloud, ostk: Run) -> None:
    user = {"user": {"name": "root", "password": "generated"}}
    cloud.answers[f"GET {DB}/clusters"] = {"clusters": [{"id": "c-id", "name": "c"}]}
    cloud.answers[f"POST {DB}/instances/one-id/root"] = cloud.answers[f"POST {DB}/clusters/c-id/root"] = user
    cloud.answers[f"GET {DB}/instances/one-id/root"] = {"rootEnabled": True}
    assert ostk("database root enable one -f value").stdout == "root\ngenerated\n"
    assert ostk("database root enable c --root_password p:q").exit_code == 0
    assert ostk("database root show one -f value").stdout == "True\n"
    assert [body for line, body in cloud.all if line.endswith("/root") and line.startswith("POST")] == [
        None,
        {"password": "p:q"},
    ]
    assert "No DatabaseInstance found for neither" in ostk("database root show neither").stderr


def test_user_and_databases_are_shown(cloud: FakeCloud, ostk: Run) -> None:
    user = {"name": "u", "host": "%", "databases": [{"name": "a"}]}
    cloud.answers[f"GET {DB}/instances/one-id/users/u%2540h"] = {"user": user}
    cloud.answers[f"GET {DB}/instances/one-id/users/u/databases"] = {"databases": [{"name": "a"}, {"name": "b"}]}
    assert json.loads(ostk("database user show one u --host h -f json").stdout) == user
    assert ostk("database user show access one u -f value").stdout == "a\nb\n"


def test_default_configuration_parameter_and_version_are_shown(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"GET {DB}/instances/one-id/configuration"] = {"instance": {"configuration": {"port": "3306"}}}
    cloud.answers[f"GET {DB}/datastores/mysql/versions/8.4"] = {"version": {"id": "v", "name": "8.4"}}
    cloud.answers[f"GET {DB}/datastores/versions/{V}"] = {"version": {"id": V, "name": "8.4"}}
    assert ostk("database configuration default one -f value").stdout == "3306\n"
    assert ostk("datastore version show 8.4 --datastore mysql -f value").stdout == "v\n8.4\n"
    assert ostk(f"datastore version show {V} -f value").stdout == f"{V}\n8.4\n"


def test_quota_is_updated_and_shown(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"PUT {DB}/mgmt/quotas/demo-id"] = {"quotas": {"instances": 5}}
    assert ostk("database quota update demo instances 5 -f value").stdout == "5\n"
    assert cloud.sent == [(f"PUT {DB}/mgmt/quotas/demo-id", {"quotas": {"instances": 5}})]


@pytest.mark.parametrize(
    "words", ["demo instances -1 -f value", "-f value demo instances -1", "-f value -- demo instances -1"]
)
def test_negative_number_is_no_option(words: str, cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"PUT {DB}/mgmt/quotas/demo-id"] = {"quotas": {"instances": -1}}
    assert ostk(f"database quota update {words}").stdout == "-1\n"
    assert cloud.sent == [(f"PUT {DB}/mgmt/quotas/demo-id", {"quotas": {"instances": -1}})]


@pytest.mark.parametrize(
    ("line", "body"),
    [
        ("database ssl enable one url", {"enable": True, "mode": "basic", "container_ref": "url"}),
        (
            "database ssl enable one url --mode mtls --password_ref p",
            {"enable": True, "mode": "mtls", "container_ref": "url", "password_ref": "p"},
        ),
        ("database ssl disable one", {"disable": True}),
        ("database ssl rollback one", {"rollback": True}),
    ],
)
def test_ssl_is_changed_and_shown(cloud: FakeCloud, ostk: Run, line: str, body: Any) -> None:
    cloud.answers[f"POST {DB}/instances/one-id/ssl"] = {"ssl": {"mode": "basic"}}
    assert ostk(f"{line} -f value").stdout == "basic\n"
    assert cloud.sent == [(f"POST {DB}/instances/one-id/ssl", {"ssl": body})]


def test_certificate_is_shown_field_by_field(cloud: FakeCloud, ostk: Run) -> None:
    ssl = {"mode": "basic", "certificate": {"subject": "CN=a"}}
    cloud.answers[f"GET {DB}/instances/one-id/ssl?include_certificate=true"] = {"ssl": ssl}
    shown = json.loads(ostk("database ssl show one --include-certificate -f json").stdout)
    assert shown == {"certificate.subject": "CN=a", "mode": "basic"}


LOG = {"name": "general", "container": "logs", "prefix": "p/", "metafile": "p_meta", "status": "Published"}
SWIFT = "/object/v1/AUTH_p"


@pytest.fixture
def published(cloud: FakeCloud) -> FakeCloud:
    """Give a cloud in which a log is published in three parts."""
    parts = [{"name": f"p/{n}", "last_modified": f"2026-01-0{n}"} for n in (3, 1, 2)]
    cloud.answers[f"POST {DB}/instances/one-id/log"] = {"log": LOG}
    cloud.answers[f"GET {SWIFT}/logs?format=json&prefix=p%2F"] = parts
    cloud.answers[f"GET {SWIFT}/logs?format=json&prefix=p%2F&marker=p%2F2"] = []
    for n in (1, 2, 3):
        cloud.answers[f"GET {SWIFT}/logs/p%2F{n}"] = (200, f"{n}a\n{n}b\n".encode())
    return cloud


def test_end_of_a_log_is_shown_without_older_parts(published: FakeCloud, ostk: Run) -> None:
    assert ostk("database log tail one general --lines 3").stdout == "2b\n3a\n3b\n"
    assert f"GET {SWIFT}/logs/p%2F1" not in [line for line, _ in published.all]
    assert ostk("database log tail one general --lines 0").stdout == "1a\n1b\n2a\n2b\n3a\n3b\n"


def test_log_is_saved_whole(published: FakeCloud, ostk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert ostk("database log save one general").stdout == 'Log "general" written to trove-one-id-general.log\n'
    assert Path("trove-one-id-general.log").read_text() == "1a\n1b\n2a\n2b\n3a\n3b\n"
    assert ostk("database log save one general --file x").exit_code == 0
    assert Path("x").read_text() == "1a\n1b\n2a\n2b\n3a\n3b\n"


@pytest.mark.parametrize("verb", ["tail", "save"])
def test_log_that_is_not_published_is_an_error(cloud: FakeCloud, ostk: Run, verb: str) -> None:
    cloud.answers[f"POST {DB}/instances/one-id/log"] = {"log": {**LOG, "container": None}}
    result = ostk(f"database log {verb} one general")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("The log 'general' of the instance one-id is not published.\n")


def test_logs_are_set_and_errors_of_them_are_errors(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"POST {DB}/instances/one-id/log"] = {"log": LOG}
    assert ostk("database log set one general --enable --publish --discard").exit_code == 0
    assert ostk("database log set one general --disable").exit_code == 0
    assert ostk("database log show one general -f value -c container").stdout == "logs\n"
    assert [body for line, body in cloud.sent] == [
        {"name": "general", "enable": 1, "publish": 1, "discard": 1},
        {"name": "general", "disable": 1},
        {"name": "general"},
    ]
    cloud.answers[f"POST {DB}/instances/one-id/log"] = (404, {"itemNotFound": {"code": 404, "message": "no log"}})
    result = ostk("database log show one general")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no log (HTTP 404)" in result.stderr
