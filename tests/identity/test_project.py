"""Test projects and domains: requests and output."""

from __future__ import annotations

import json

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table("""
/identity/v3
project create new
  POST ~/projects {"project": {"name": "new"}}
project create new --domain here --parent above --description d --enable --property a=b --property is_domain=true --immutable --tag t --tag u
  GET ~/projects?name=above&domain_id=here-id
  POST ~/projects {"project": {"name": "new", "domain_id": "here-id", "parent_id": "above-id", "description": "d", "enabled": true, "a": "b", "is_domain": true, "options": {"immutable": true}, "tags": ["t", "u"]}}
project create new --disable --no-immutable --property is_domain=None
  POST ~/projects {"project": {"name": "new", "enabled": false, "is_domain": null, "options": {"immutable": false}}}
project delete one two --domain here
  GET ~/projects?name=one&domain_id=here-id
  DELETE ~/projects/one-id
  DELETE ~/projects/two-id
project set one --name new --domain here --description d --disable --property a=b --no-immutable
  GET ~/projects?name=one&domain_id=here-id
  PATCH ~/projects/one-id {"project": {"name": "new", "description": "d", "enabled": false, "a": "b", "options": {"immutable": false}}}
project set tagged --tag z --remove-tag a
  GET ~/projects?name=tagged
  PATCH ~/projects/tagged-id {"project": {"tags": ["b", "z"]}}
project set tagged --clear-tags
  GET ~/projects?name=tagged
  PATCH ~/projects/tagged-id {"project": {"tags": []}}
project set tagged --clear-tags --tag z --enable --immutable
  GET ~/projects?name=tagged
  PATCH ~/projects/tagged-id {"project": {"tags": ["z"], "enabled": true, "options": {"immutable": true}}}
project set one
project show one --domain here
  GET ~/projects?name=one&domain_id=here-id
project show one --parents --children
  GET ~/projects/one-id?parents_as_ids=True&subtree_as_ids=True
project list
  GET ~/projects
project list --domain here --parent above --long --enabled --limit 3 --marker m
  GET ~/projects?name=above&domain_id=here-id
  GET ~/projects?domain_id=here-id&parent_id=above-id&enabled=true&limit=3&marker=m
project list --tags a,b --tags-any c --not-tags d --not-tags-any e --disabled --max-items 3
  GET ~/projects?enabled=false&tags=a%2Cb&tags-any=c&not-tags=d&not-tags-any=e
project list --user bob --domain here
  GET ~/users?name=bob&domain_id=here-id
  GET ~/users/bob-id/projects?domain_id=here-id
project list --my-projects --enabled
  GET ~/users/ann-id/projects
project list --my-projects --sort name:desc,id
  GET ~/users/ann-id/projects
project list --mine --sort name --long --max-items 5
  GET ~/auth/projects
domain create new
  POST ~/domains {"domain": {"name": "new", "description": null}}
domain create new --description d --disable --immutable
  POST ~/domains {"domain": {"name": "new", "description": "d", "enabled": false, "options": {"immutable": true}}}
domain create new --enable --no-immutable
  POST ~/domains {"domain": {"name": "new", "description": null, "enabled": true, "options": {"immutable": false}}}
domain list --enabled
  GET ~/domains?enabled=True
domain list --name here
  GET ~/domains?name=here
domain set here --name new --description d --enable --immutable
  PATCH ~/domains/here-id {"domain": {"name": "new", "description": "d", "enabled": true, "options": {"immutable": true}}}
domain set here --disable --no-immutable
  PATCH ~/domains/here-id {"domain": {"enabled": false, "options": {"immutable": false}}}
domain show default
  GET ~/domains/default
domain show here
  GET ~/domains?name=here
domain delete one two
  DELETE ~/domains/one-id
  DELETE ~/domains/two-id
federation domain list
  GET ~/auth/domains
federation project list
  GET ~/auth/projects
""")  # noqa: E501
PROJECTS = [{"id": "1", "name": "a", "enabled": True}, {"id": "2", "name": "b"}, {"id": "3", "name": "a"}]


@pytest.fixture
def prepared_cloud(cloud: FakeCloud) -> FakeCloud:
    """Return a cloud in which ann has projects, and one project has tags."""
    for user in ("ann", "bob"):
        cloud.answers[f"GET /identity/v3/users/{user}-id/projects"] = {"projects": PROJECTS}
    tagged = {"id": "tagged-id", "name": "tagged", "tags": ["a", "b"]}
    cloud.answers["GET /identity/v3/projects?name=tagged"] = {"projects": [tagged]}
    cloud.answers["GET /identity/v3/projects/one-id"] = {"project": {"id": "one-id", "subtree": None}}
    cloud.answers["GET /identity/v3/auth/domains"] = {"domains": []}
    cloud.answers["GET /identity/v3/auth/projects"] = {"projects": []}
    return cloud


test_sends_requests = sends(CASES, "prepared_cloud")


test_rejects_invalid_input = rejects(
    rejection_table("""
1 project list --sort name:up => 'name:up' is not a sort key.
2 project create => Missing argument
2 project create x --enable --disable => exclude each other
2 project list --enabled --disabled => exclude each other
2 domain set x --immutable --no-immutable => exclude each other
1 project show no-such => No Project found for no-such: No project with a name or ID of 'no-such' exists
1 domain delete no-such => No Domain found for no-such: No domain with a name or ID of 'no-such' exists
""")
)


def test_or_show_prints_existing_project(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["POST /identity/v3/projects"] = (409, {"error": {"message": "duplicate", "code": 409}})
    assert ostk("project create old").exit_code == 1
    result = ostk("project create old --or-show --domain here -f value -c id")
    assert (result.exit_code, result.stdout) == (0, "old-id\n"), result.output
    assert cloud.all[-1][0] == "GET /identity/v3/projects?name=old&domain_id=here-id"


def test_project_list_falls_back_to_own_projects_on_403(prepared_cloud: FakeCloud, ostk: Run) -> None:
    prepared_cloud.answers["GET /identity/v3/projects"] = (403, {"error": {"message": "forbidden", "code": 403}})
    assert ostk("project list -f value -c ID").stdout == "1\n2\n3\n"
    assert ostk("project list --enabled").exit_code == 1


def test_project_show_finds_current_project_by_name_on_403(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /identity/v3/projects"] = (403, {"error": {"message": "forbidden", "code": 403}})
    cloud.answers["GET /identity/v3/projects/p"] = {"project": {"id": "p", "name": "demo"}}
    result = ostk("project show demo -f json")
    assert json.loads(result.stdout) == {"id": "p", "name": "demo"}


def test_project_list_sorts_by_several_fields(prepared_cloud: FakeCloud, ostk: Run) -> None:
    ids = "project list --my-projects -f value -c ID --sort"
    assert ostk(f"{ids} name:desc,id:desc").stdout == "2\n3\n1\n"
    assert ostk(f"{ids} is_enabled,name").stdout == "3\n2\n1\n"
    failed = ostk(f"{ids} name,nosuch")
    assert (failed.exit_code, failed.stdout) == (1, "")
    assert failed.stderr == "Cannot sort by 'nosuch': no result has this field.\n"


def test_domain_show_prints_fields_in_order(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /identity/v3/domains/default"] = {
        "domain": {"id": "default", "name": "Default", "enabled": True, "description": "d", "options": {}}
    }
    assert ostk("domain show default -f value").stdout == "default\nDefault\nTrue\nd\n{}\n"


def test_project_delete_deletes_parent_after_child(cloud: FakeCloud, ostk: Run) -> None:
    parent = (403, {"error": {"message": "it has children", "code": 403}}), (204, None)
    cloud.answers["DELETE /identity/v3/projects/parent-id"] = iter(parent)
    result = ostk("project delete parent child")
    assert (result.exit_code, result.output) == (0, "")
    assert [line for line, _ in cloud.sent].count("DELETE /identity/v3/projects/parent-id") == 2


def test_project_delete_reports_a_lasting_403_once(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["DELETE /identity/v3/projects/kept-id"] = (403, {"error": {"message": "not yours", "code": 403}})
    result = ostk("project delete kept gone")
    assert result.exit_code == 1
    assert result.stderr.count("not yours") == 1


@pytest.mark.parametrize(
    "option",
    [
        *["--domain d", "--parent p", "--user u", "--my-projects", "--enabled", "--disabled"],
        *["--tags a", "--not-tags-any a", "--limit 2", "--marker a"],
    ],
)
def test_projects_of_the_user_take_no_filters(option: str, cloud: FakeCloud, ostk: Run) -> None:
    result = ostk(f"project list --mine {option}")
    assert (result.exit_code, cloud.all) == (2, [])
    assert "--mine and --" in result.stderr
    assert "exclude each other." in result.stderr
