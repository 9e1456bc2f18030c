"""Test metadata definitions: requests and output."""

from __future__ import annotations

import json

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import Request, rejection_table, rejects, request_table

BASE = "/image/v2/metadefs/namespaces"
CASES = request_table("""
/image/v2/metadefs
image metadef namespace list --resource-types a,b --visibility public
  GET ~/namespaces?resource_types=a%2Cb&visibility=public&limit=1000
image metadef namespace show n
  GET ~/namespaces/n
image metadef namespace create n --display-name N --description d --public --protected
  POST ~/namespaces {"namespace": "n", "display_name": "N", "description": "d", "visibility": "public", "protected": true}
image metadef namespace create n --private --unprotected
  POST ~/namespaces {"namespace": "n", "visibility": "private", "protected": false}
image metadef namespace set n --display-name M --private --unprotected --tag t
  PUT ~/namespaces/n {"namespace": "n", "display_name": "M", "description": "d", "visibility": "private", "protected": false, "owner": "p"}
  POST ~/namespaces/n/tags/t
image metadef namespace set n --description e --public --protected
  PUT ~/namespaces/n {"namespace": "n", "display_name": "N", "description": "e", "visibility": "public", "protected": true, "owner": "p"}
image metadef namespace set n --tag t --tag u/v
  POST ~/namespaces/n/tags/t
  POST ~/namespaces/n/tags/u%2Fv
image metadef namespace unset n --tag t --tag u
  DELETE ~/namespaces/n/tags/t
  DELETE ~/namespaces/n/tags/u
image metadef namespace unset n --all-tags
  DELETE ~/namespaces/n/tags
image metadef namespace delete n m
  DELETE ~/namespaces/n
  DELETE ~/namespaces/m
image metadef object create o --namespace n
  POST ~/namespaces/n/objects {"name": "o"}
image metadef object list n
  GET ~/namespaces/n/objects
image metadef object show n o
  GET ~/namespaces/n/objects/o
image metadef object property show n o p
  GET ~/namespaces/n/objects/o
image metadef object update n o --name q
  PUT ~/namespaces/n/objects/o {"name": "q", "description": "d", "properties": {"p": {"type": "string"}}}
image metadef object update n o
  GET ~/namespaces/n/objects/o
image metadef object delete n o q
  DELETE ~/namespaces/n/objects/o
  DELETE ~/namespaces/n/objects/q
image metadef object delete n
  DELETE ~/namespaces/n/objects
image metadef property create n --name p --title P --type string --schema '{"enum": ["a"], "readonly": true}'
  POST ~/namespaces/n/properties {"name": "p", "title": "P", "type": "string", "enum": ["a"], "readonly": true}
image metadef property list n
  GET ~/namespaces/n/properties
image metadef property show n p
  GET ~/namespaces/n/properties/p
image metadef property set n p --name q --title Q --type integer --schema '{"maximum": 5}'
  PUT ~/namespaces/n/properties/p {"name": "q", "title": "Q", "type": "integer", "minLength": 1, "maximum": 5}
image metadef property delete n p q
  DELETE ~/namespaces/n/properties/p
  DELETE ~/namespaces/n/properties/q
image metadef property delete n
  DELETE ~/namespaces/n/properties
image metadef resource type list
  GET ~/resource_types
image metadef resource type association list n
  GET ~/namespaces/n/resource_types
image metadef resource type association create n OS::Nova::Server --properties-target image
  POST ~/namespaces/n/resource_types {"name": "OS::Nova::Server", "properties_target": "image"}
image metadef resource type association delete n a b
  DELETE ~/namespaces/n/resource_types/a
  DELETE ~/namespaces/n/resource_types/b
""")  # noqa: E501
REJECTED = rejection_table("""
1 image metadef object create o => A metadata definition object needs a namespace: give --namespace.
1 image metadef property set n p --schema {broken => The schema (--schema) is not valid JSON
1 image metadef property set n p --schema [] => The schema (--schema) is not a JSON object.
2 image metadef property create n --name p --title P --type string => Missing option '--schema'
2 image metadef namespace create n --public --private => exclude each other
2 image metadef namespace set n --protected --unprotected => exclude each other
2 image metadef namespace unset n => One of --tag, --all-tags is required.
2 image metadef namespace unset n --tag t --all-tags => exclude each other
""")
NAMESPACE = {
    "namespace": "n",
    "display_name": "N",
    "description": "d",
    "visibility": "public",
    "protected": True,
    "owner": "p",
    "created_at": "then",
    "resource_type_associations": [{"name": "b", "prefix": "hw_"}, {"name": "a"}],
    "self": "/v2/metadefs/namespaces/n",
    "schema": "/v2/schemas/metadefs/namespace",
}


@pytest.fixture(autouse=True)
def definitions(cloud: FakeCloud) -> None:
    """Prepare a namespace with an object and a property."""
    properties = {"p": {"type": "string"}}
    cloud.answers[f"GET {BASE}/n"] = NAMESPACE
    cloud.answers[f"GET {BASE}/n/objects"] = {"objects": [{"name": "o", "description": "d"}]}
    cloud.answers[f"GET {BASE}/n/objects/o"] = {"name": "o", "description": "d", "properties": properties}
    cloud.answers[f"GET {BASE}/n/properties"] = {"properties": {"p": {"title": "P", "type": "string"}}}
    one = {"name": "p", "title": "P", "type": "string", "minLength": 1}
    cloud.answers[f"GET {BASE}/n/properties/p"] = one
    linked = {"resource_type_associations": [{"name": "b"}, {"name": "a"}]}
    cloud.answers[f"GET {BASE}/n/resource_types"] = linked


@pytest.mark.parametrize(("line", "requests"), CASES)
def test_sends_requests(cloud: FakeCloud, ostk: Run, line: str, requests: list[Request]) -> None:
    result = ostk(line)
    assert result.exit_code == 0, result.output
    sent = [request for request in cloud.sent if not request[0].startswith("GET ") or request in requests]
    shown = [request for request in requests if request in cloud.sent]
    assert sorted(sent, key=repr) == sorted(shown, key=repr)
    assert [request for request in requests if request not in cloud.all] == [], cloud.all


test_rejects_invalid_input = rejects(REJECTED)


def test_namespace_show_leaves_out_empty_fields(ostk: Run) -> None:
    shown = json.loads(ostk("image metadef namespace show n -f json").output)
    assert list(shown) == sorted(shown)
    assert (shown["resource_type_associations"], shown["tags"]) == (["b", "a"], [])
    assert set(shown) == {*NAMESPACE, "tags"} - {"self", "schema"}


def test_metadef_lists(ostk: Run) -> None:
    assert ostk("image metadef object list n -f csv").output == '"name","description"\n"o","d"\n'
    assert ostk("image metadef property list n -f csv").output == '"name","title","type"\n"p","P","string"\n'
    assert ostk("image metadef resource type association list n -f csv").output == '"Name"\n"b"\n"a"\n'


def test_metadef_object_and_property_show(ostk: Run) -> None:
    shown = json.loads(ostk("image metadef object show n o -f json").output)
    assert (shown["namespace_name"], shown["required"], len(shown)) == ("n", None, 7)
    assert ostk("image metadef object property show n o p -f value").output == "p\nstring\n"
    result = ostk("image metadef object property show n o q")
    assert (result.exit_code, "The object o has no property 'q'." in result.output) == (1, True)
    assert ostk("image metadef property show n p -f value").output == "p\nP\nstring\n"


def test_association_create_prints_name_as_id(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"POST {BASE}/n/resource_types"] = {"name": "a", "created_at": "then", "updated_at": "now"}
    shown = json.loads(ostk("image metadef resource type association create n a -f json").output)
    assert shown == {
        "created_at": "then",
        "id": "a",
        "name": "a",
        "prefix": None,
        "properties_target": None,
        "updated_at": "now",
    }


def test_association_delete_force_restores_protection_even_on_error(cloud: FakeCloud, ostk: Run) -> None:
    for status in (204, 409):
        cloud.sent.clear()
        cloud.answers[f"DELETE {BASE}/n/resource_types/a"] = (status, {"message": "no"})
        result = ostk("image metadef resource type association delete n a --force")
        assert result.exit_code == (status == 409)
        changes = [(line, body) for line, body in cloud.sent if not line.startswith("GET")]
        assert [line for line, _ in changes] == [f"PUT {BASE}/n", f"DELETE {BASE}/n/resource_types/a", f"PUT {BASE}/n"]
        assert [body["protected"] for _, body in changes if body] == [False, True]
        assert changes[0][1]["description"] == "d"


def test_namespace_unset_names_failed_tag(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"DELETE {BASE}/n/tags/t"] = (404, {"message": "no such tag"})
    result = ostk("image metadef namespace unset n --tag t --tag u")
    assert result.exit_code == 1
    assert "Failed to remove tag 't': no such tag" in result.output
    assert "1 of 2 tags failed to remove." in result.output
