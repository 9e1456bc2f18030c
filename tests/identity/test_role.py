"""Test roles, role assignments and implied roles: requests and output."""

from __future__ import annotations

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table("""
/identity/v3
role create new --domain here --description d --immutable
  POST ~/roles {"role": {"name": "new", "domain_id": "here-id", "description": "d", "options": {"immutable": true}}}
role create new --no-immutable
  POST ~/roles {"role": {"name": "new", "options": {"immutable": false}}}
role show cook --domain here
  GET ~/roles?name=cook&domain_id=here-id
role set cook --domain here --name chef --description d --immutable
  PATCH ~/roles/cook-id {"role": {"name": "chef", "description": "d", "options": {"immutable": true}}}
role set cook --no-immutable
  PATCH ~/roles/cook-id {"role": {"options": {"immutable": false}}}
role delete cook chef --domain here
  DELETE ~/roles/cook-id
  DELETE ~/roles/chef-id
role list
  GET ~/roles
role list --domain here
  GET ~/domains?name=here
  GET ~/roles?domain_id=here-id
role add cook --user bob --project one --role-domain a --user-domain b --project-domain c
  GET ~/roles?name=cook&domain_id=a-id
  GET ~/users?name=bob&domain_id=b-id
  GET ~/projects?name=one&domain_id=c-id
  PUT ~/projects/one-id/users/bob-id/roles/cook-id
role add cook --group staff --group-domain a --domain here
  GET ~/groups?name=staff&domain_id=a-id
  PUT ~/domains/here-id/groups/staff-id/roles/cook-id
role add cook --user bob --project one --inherited
  PUT ~/OS-INHERIT/projects/one-id/users/bob-id/roles/cook-id/inherited_to_projects
role add cook --group staff --domain here --inherited
  PUT ~/OS-INHERIT/domains/here-id/groups/staff-id/roles/cook-id/inherited_to_projects
role add cook --user bob --system all
  PUT ~/system/users/bob-id/roles/cook-id
role remove cook --user bob --project one --role-domain a --user-domain b --project-domain c
  GET ~/users?name=bob&domain_id=b-id
  DELETE ~/projects/one-id/users/bob-id/roles/cook-id
role remove cook --user no-body --project no-where
  DELETE ~/projects/no-where/users/no-body/roles/cook-id
role remove cook --group staff --group-domain a --domain here --inherited
  DELETE ~/OS-INHERIT/domains/here-id/groups/staff-id/roles/cook-id/inherited_to_projects
role remove cook --group staff --system all
  DELETE ~/system/groups/staff-id/roles/cook-id
role assignment list
  GET ~/role_assignments
role assignment list --role cook --role-domain a --user bob --user-domain b --project one --project-domain c --names --effective --inherited
  GET ~/roles?name=cook&domain_id=a-id
  GET ~/role_assignments?effective=True&role.id=cook-id&include_names=True&user.id=bob-id&scope.project.id=one-id&scope.OS-INHERIT%3Ainherited_to=projects
role assignment list --group staff --group-domain a --domain here
  GET ~/role_assignments?group.id=staff-id&scope.domain.id=here-id
role assignment list --system all
  GET ~/role_assignments?scope.system=all
role assignment list --auth-user --auth-project
  GET ~/role_assignments?user.id=ann-id&scope.project.id=p
implied role create cook --implied-role eater
  PUT ~/roles/cook-id/implies/eater-id
implied role delete cook --implied-role eater
  DELETE ~/roles/cook-id/implies/eater-id
implied role list
  GET ~/role_inferences
""")  # noqa: E501


@pytest.fixture
def prepared_cloud(cloud: FakeCloud) -> FakeCloud:
    """Return a cloud in which the role cook implies the role eater."""
    rule = {"prior_role": {"id": "cook-id", "name": "cook"}, "implies": {"id": "eater-id", "name": "eater"}}
    cloud.answers["PUT /identity/v3/roles/cook-id/implies/eater-id"] = (201, {"role_inference": rule})
    several = {**rule, "implies": [rule["implies"], {"id": "x", "name": "y"}]}
    cloud.answers["GET /identity/v3/role_inferences"] = {"role_inferences": [several]}
    return cloud


test_sends_requests = sends(CASES, "prepared_cloud")


test_rejects_invalid_input = rejects(
    rejection_table("""
1 role add cook --user bob => A role assignment needs a user or a group
1 role add cook --project one => A role assignment needs a user or a group
1 role remove cook => A role assignment needs a user or a group
2 role add cook --user bob --group staff --project one => exclude each other
2 role add cook --user bob --project one --domain here => exclude each other
1 role add cook --user no-body --project one => No User found for no-body: No user with a name or ID of 'no-body' exists
2 role assignment list --user a --group b => exclude each other
2 implied role create cook => Missing option
""")
)


def test_role_add_system_ignores_inherited_with_warning(cloud: FakeCloud, ostk: Run) -> None:
    result = ostk("role add cook --user bob --system all --inherited")
    assert (result.exit_code, "--inherited has no effect" in result.stderr) == (0, True)
    assert cloud.sent == [("PUT /identity/v3/system/users/bob-id/roles/cook-id", None)]


def test_role_remove_of_missing_assignment_warns_and_succeeds(cloud: FakeCloud, ostk: Run) -> None:
    path = "DELETE /identity/v3/projects/one-id/users/bob-id/roles/cook-id"
    cloud.answers[path] = (404, {"error": {"message": "not found", "code": 404}})
    result = ostk("role remove cook --user bob --project one")
    assert (result.exit_code, "nothing to remove" in result.stderr) == (0, True)


def test_or_show_prints_existing_role(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["POST /identity/v3/roles"] = (409, {"error": {"message": "duplicate", "code": 409}})
    assert ostk("role create cook --or-show -f value").stdout == "cook-id\ncook\nNone\nNone\n"


ASSIGNMENTS = [
    {
        "role": {"id": "1", "name": "cook", "domain": None},
        "user": {"id": "2", "name": "bob", "domain": {"name": "Default"}},
        "scope": {"project": {"id": "3", "name": "one", "domain": {"name": "Default"}}},
    },
    {"role": {"id": "1", "name": "cook"}, "group": {"id": "4", "name": "staff"}, "scope": {"system": {"all": True}}},
    {
        "role": {"id": "1", "name": "cook", "domain": {"name": "here"}},
        "user": {"id": "2", "name": "bob"},
        "scope": {"domain": {"id": "5", "name": "here"}, "OS-INHERIT:inherited_to": "projects"},
    },
]


@pytest.mark.parametrize(
    ("flag", "rows"),
    [
        ("", [",1,2,,3,,,False", ",1,,4,,,all,False", ",1,2,,,5,,True"]),
        (
            "--names",
            [",cook,bob@Default,,one@Default,,,False", ",cook,,staff,,,all,False", ",cook@here,bob,,,here,,True"],
        ),
    ],
)
def test_role_assignment_list_prints_ids_or_names(cloud: FakeCloud, ostk: Run, flag: str, rows: list[str]) -> None:
    cloud.answers["GET /identity/v3/role_assignments"] = {"role_assignments": ASSIGNMENTS}
    result = ostk(f"role assignment list {flag} -f csv --quote none")
    header, *lines = result.stdout.replace("\r", "").splitlines()
    assert header == "Role,User,Group,Project,Domain,System,Inherited"
    assert [f",{line}" for line in lines] == rows


def test_role_list_domain_prints_domain_name(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /identity/v3/roles"] = {"roles": [{"id": "1", "name": "cook"}]}
    assert ostk("role list --domain here -f csv --quote none").stdout.split() == ["ID,Name,Domain", "1,cook,here"]
    assert ostk("role list -f csv --quote none").stdout.split() == ["ID,Name", "1,cook"]


def test_implied_role_list_prints_a_row_per_rule(prepared_cloud: FakeCloud, ostk: Run) -> None:
    assert ostk("implied role list -f value").stdout == "cook-id cook eater-id eater\ncook-id cook x y\n"
    assert ostk("implied role create cook --implied-role eater -f shell").stdout == (
        'implies="eater-id"\nprior_role="cook-id"\n'
    )
