"""Test identity providers, mappings, federation protocols and service providers: requests and output."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table("""
/identity/v3/OS-FEDERATION
identity provider create acme --remote-id a --remote-id b --description d --domain here --authorization-ttl 5 --enable
  PUT ~/identity_providers/acme {"identity_provider": {"enabled": true, "remote_ids": ["a", "b"], "description": "d", "domain_id": "here-id", "authorization_ttl": 5}}
identity provider create acme --remote-id-file ids.txt --disable --domain no-where
  PUT ~/identity_providers/acme {"identity_provider": {"enabled": false, "remote_ids": ["one", "two"], "domain_id": "no-where"}}
identity provider list --id acme --enabled
  GET ~/identity_providers?id=acme&enabled=True
identity provider show acme
  GET ~/identity_providers/acme
identity provider set acme --remote-id c --description e --authorization-ttl 0 --disable
  PATCH ~/identity_providers/acme {"identity_provider": {"remote_ids": ["c"], "description": "e", "authorization_ttl": 0, "enabled": false}}
identity provider set acme --remote-id-file ids.txt --enable
  PATCH ~/identity_providers/acme {"identity_provider": {"remote_ids": ["one", "two"], "enabled": true}}
identity provider delete acme other
  DELETE ~/identity_providers/acme
  DELETE ~/identity_providers/other
mapping create map --rules rules.json --schema-version 2.0
  PUT ~/mappings/map {"mapping": {"rules": [{"local": []}], "schema_version": "2.0"}}
mapping list
  GET ~/mappings
mapping show map
  GET ~/mappings/map
mapping set map --rules rules.json --schema-version 1.0
  PATCH ~/mappings/map {"mapping": {"rules": [{"local": []}], "schema_version": "1.0"}}
mapping delete map other
  DELETE ~/mappings/map
  DELETE ~/mappings/other
federation protocol create saml2 --identity-provider acme --mapping map
  PUT ~/identity_providers/acme/protocols/saml2 {"protocol": {"mapping_id": "map"}}
federation protocol list --identity-provider acme
  GET ~/identity_providers/acme/protocols
federation protocol show saml2 --identity-provider acme
  GET ~/identity_providers/acme/protocols/saml2
federation protocol set saml2 --identity-provider acme --mapping other
  PATCH ~/identity_providers/acme/protocols/saml2 {"protocol": {"mapping_id": "other"}}
federation protocol delete saml2 mapped --identity-provider acme
  DELETE ~/identity_providers/acme/protocols/saml2
  DELETE ~/identity_providers/acme/protocols/mapped
service provider create sp --auth-url http://a --service-provider-url http://b --description d --enable
  PUT ~/service_providers/sp {"service_provider": {"enabled": true, "auth_url": "http://a", "sp_url": "http://b", "description": "d"}}
service provider create sp --auth-url http://a --service-provider-url http://b --disable
  PUT ~/service_providers/sp {"service_provider": {"enabled": false, "auth_url": "http://a", "sp_url": "http://b"}}
service provider list
  GET ~/service_providers
service provider show sp
  GET ~/service_providers/sp
service provider set sp --auth-url http://c --service-provider-url http://d --description e --disable
  PATCH ~/service_providers/sp {"service_provider": {"auth_url": "http://c", "sp_url": "http://d", "description": "e", "enabled": false}}
service provider set sp --enable
  PATCH ~/service_providers/sp {"service_provider": {"enabled": true}}
service provider delete sp other
  DELETE ~/service_providers/sp
  DELETE ~/service_providers/other
""")  # noqa: E501
PROTOCOL = {"id": "saml2", "mapping_id": "map", "links": {}}


@pytest.fixture
def prepared_cloud(cloud: FakeCloud, tmp_path: Path) -> FakeCloud:
    """Return a cloud with a federation protocol, and write the files that commands read."""
    protocols = "/identity/v3/OS-FEDERATION/identity_providers/acme/protocols"
    cloud.answers = {f"GET {protocols}": {"protocols": [PROTOCOL]}, f"GET {protocols}/saml2": {"protocol": PROTOCOL}}
    (tmp_path / "ids.txt").write_text(" one \ntwo\n")
    (tmp_path / "rules.json").write_text('[{"local": []}]')
    return cloud


test_sends_requests = sends(CASES, "prepared_cloud")


test_rejects_invalid_input = rejects(
    rejection_table("""
1 identity provider create acme --authorization-ttl -1 => cannot be below 0
1 identity provider set acme --authorization-ttl -1 => cannot be below 0
2 identity provider create acme --remote-id a --remote-id-file ids.txt => exclude each other
1 identity provider create acme --remote-id-file missing => cannot be read
2 mapping create map => Missing option '--rules'
1 mapping create map --rules ids.txt => is not valid JSON
2 federation protocol create saml2 --identity-provider acme => Missing option '--mapping'
2 federation protocol list => Missing option '--identity-provider'
2 service provider create sp --auth-url http://a => Missing option '--service-provider-url'
"""),
    "prepared_cloud",
)


def test_federation_protocol_show_prints_identity_provider(prepared_cloud: FakeCloud, ostk: Run) -> None:
    assert ostk("federation protocol show saml2 --identity-provider acme -f value").stdout == "saml2\nacme\nmap\n"
    listed = ostk("federation protocol list --identity-provider acme -f csv").stdout
    assert listed.split() == ['"id","mapping"', '"saml2","map"']


def test_mapping_list_titles_schema_version_as_the_api(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /identity/v3/OS-FEDERATION/mappings"] = {"mappings": [{"id": "map"}]}
    assert json.loads(ostk("mapping list -f json").stdout) == [{"ID": "map", "schema_version": None}]


def test_identity_provider_show_prints_remote_ids_as_list(cloud: FakeCloud, ostk: Run) -> None:
    provider = {"id": "acme", "enabled": True, "remote_ids": ["b", "a"], "domain_id": "d"}
    cloud.answers["GET /identity/v3/OS-FEDERATION/identity_providers/acme"] = {"identity_provider": provider}
    assert ostk("identity provider show acme").stdout == (
        "+-------------------+-------+\n"
        "| Field             | Value |\n"
        "+-------------------+-------+\n"
        "| authorization_ttl | None  |\n"
        "| description       | None  |\n"
        "| domain_id         | d     |\n"
        "| enabled           | True  |\n"
        "| id                | acme  |\n"
        "| remote_ids        | a, b  |\n"
        "+-------------------+-------+\n"
    )
