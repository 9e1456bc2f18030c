"""The Shared File Systems API (Manila): conventions of the service and its resource types.

API reference: https://docs.openstack.org/api-ref/shared-file-system/
"""

from typing import Any

from .resource import Resource
from .service import Service

MANILA = Service(
    "manila",
    ("shared-file-system", "sharev2", "share"),
    "v2",
    docs_url="https://docs.openstack.org/api-ref/shared-file-system/",
    microversion_type="shared-file-system",
    legacy_microversion_header="X-OpenStack-Manila-API-Version",
    experimental_header="X-OpenStack-Manila-API-Experimental",
    by_offset=True,
    listed_whole=True,
)


def manila_resource(noun: str, path: str, key: str = "", **attrs: Any) -> Resource:
    """Return a resource type of Manila, with the newest microversion that ostk supports (2.98)."""
    return Resource(MANILA, noun, path, key, microversion="2.98", **attrs)


# Manila looks in the token's project alone, for administrators too, unless a list is requested with all_tenants=1;
# for everybody else it ignores that parameter.
ALL_TENANTS_QUERY = (("all_tenants", "1"),)
SHARE = manila_resource(
    "share",
    "/shares",
    list="/shares/detail",
    find_query=(("all_tenants", "1"), ("is_public", "True")),
    find_also=(("is_soft_deleted", "True"),),
    docs="#shares",
)
SHARE_ACCESS = manila_resource(
    "share access",
    "/share-access-rules",
    "access",
    plural="access_list",
    name="id",
    docs="#share-access-rules-since-api-v2-45",
)
SHARE_BACKUP = manila_resource(
    "share backup",
    "/share-backups",
    list="/share-backups/detail",
    find_query=ALL_TENANTS_QUERY,
    since="2.80",
    docs="#share-backups-since-api-v2-80",
)
SHARE_EXPORT_LOCATION = manila_resource(
    "share export location",
    "/shares/{}/export_locations",
    "export_location",
    name="id",
    since="2.9",
    docs="#share-export-locations-since-api-v2-9",
)
SHARE_GROUP = manila_resource(
    "share group",
    "/share-groups",
    list="/share-groups/detail",
    find_query=ALL_TENANTS_QUERY,
    since="2.31",
    docs="#share-groups-since-api-v2-31",
)
SHARE_GROUP_SNAPSHOT = manila_resource(
    "share group snapshot",
    "/share-group-snapshots",
    list="/share-group-snapshots/detail",
    find_query=ALL_TENANTS_QUERY,
    since="2.31",
    docs="#share-group-snapshots-since-api-v2-31",
)
SHARE_GROUP_TYPE = manila_resource(
    "share group type",
    "/share-group-types",
    by_name="",
    find_query=(("is_public", "all"),),
    since="2.31",
    docs="#share-group-types-since-api-v2-31",
)
SHARE_INSTANCE = manila_resource(
    "share instance", "/share_instances", name="id", since="2.3", docs="#share-instances-since-api-v2-3"
)
SHARE_INSTANCE_EXPORT_LOCATION = manila_resource(
    "share instance export location",
    "/share_instances/{}/export_locations",
    "export_location",
    name="id",
    since="2.9",
    docs="#share-instance-export-locations-since-api-v2-9",
)
SHARE_LIMITS = manila_resource("share limits", "/limits", "limits", docs="#limits")
SHARE_LOCK = manila_resource(
    "share lock", "/resource-locks", "resource_lock", name="id", since="2.81", docs="#resource-locks-since-api-v2-81"
)
SHARE_MESSAGE = manila_resource(
    "share message", "/messages", "message", name="id", since="2.37", docs="#user-messages-since-api-2-37"
)
SHARE_NETWORK = manila_resource(
    "share network",
    "/share-networks",
    list="/share-networks/detail",
    find_query=ALL_TENANTS_QUERY,
    docs="#share-networks",
)
SHARE_NETWORK_SUBNET = manila_resource(
    "share network subnet",
    "/share-networks/{}/subnets",
    name="id",
    by_name="",
    since="2.51",
    docs="#share-network-subnets-since-api-v2-51",
)
SHARE_POOL = manila_resource(
    "share pool", "/scheduler-stats/pools", "pool", id="name", docs="#scheduler-stats-storage-pools"
)
SHARE_QOS_TYPE = manila_resource("share qos type", "/qos-types", "qos_type", since="2.94")
SHARE_QUOTA = manila_resource("share quota", "/quota-sets", "quota_set", name="id", since="2.7", docs="#quota-sets")
SHARE_REPLICA = manila_resource(
    "share replica",
    "/share-replicas",
    list="/share-replicas/detail",
    name="id",
    since="2.11",
    docs="#share-replicas-since-api-v2-11",
)
SHARE_REPLICA_EXPORT_LOCATION = manila_resource(
    "share replica export location",
    "/share-replicas/{}/export-locations",
    "export_location",
    name="id",
    since="2.47",
    docs="#share-replica-export-locations-since-api-v2-47",
)
SHARE_SECURITY_SERVICE = manila_resource(
    "share security service",
    "/security-services",
    "security_service",
    list="/security-services/detail",
    find_query=ALL_TENANTS_QUERY,
    docs="#security-services",
)
SHARE_SERVER = manila_resource("share server", "/share-servers", name="id", by_name="id", docs="#share-servers")
SHARE_SERVICE = manila_resource("share service", "/services", "service", name="id", since="2.7", docs="#services")
SHARE_SNAPSHOT = manila_resource(
    "share snapshot",
    "/snapshots",
    "snapshot",
    list="/snapshots/detail",
    find_query=ALL_TENANTS_QUERY,
    docs="#share-snapshots",
)
SHARE_SNAPSHOT_ACCESS = manila_resource(
    "share snapshot access",
    "/snapshots/{}/access-list",
    "snapshot_access",
    plural="snapshot_access_list",
    name="id",
    since="2.32",
    docs="#share-snapshots",
)
SHARE_SNAPSHOT_EXPORT_LOCATION = manila_resource(
    "share snapshot export location",
    "/snapshots/{}/export-locations",
    "share_snapshot_export_location",
    name="id",
    since="2.32",
)
SHARE_SNAPSHOT_INSTANCE = manila_resource(
    "share snapshot instance",
    "/snapshot-instances",
    "snapshot_instance",
    list="/snapshot-instances/detail",
    name="id",
    since="2.19",
    docs="#share-snapshot-instances-since-api-v2-19",
)
SHARE_SNAPSHOT_INSTANCE_EXPORT_LOCATION = manila_resource(
    "share snapshot instance export location",
    "/snapshot-instances/{}/export-locations",
    "share_snapshot_export_location",
    name="id",
    since="2.32",
)
SHARE_TRANSFER = manila_resource(
    "share transfer",
    "/share-transfers",
    "transfer",
    list="/share-transfers/detail",
    since="2.77",
    docs="#share-transfer-since-api-v2-77",
)
SHARE_TYPE = manila_resource(
    "share type",
    "/types",
    "share_type",
    by_name="",
    find_query=(("is_public", "all"),),
    defaults='{"extra_specs": {}}',
    docs="#share-types",
)
SHARE_ZONE = Resource(
    MANILA, "availability zone", "/availability-zones", id="name", microversion="2.7", docs="#availability-zones"
)
