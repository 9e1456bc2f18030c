"""The Shared File Systems (Manila) API: its conventions and its resource types.

API reference: https://docs.openstack.org/api-ref/shared-file-system/
"""

from __future__ import annotations

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


def shares(noun: str, path: str, key: str = "", **more: Any) -> Resource:
    """A kind that Manila keeps, up to the newest microversion of it whose shapes ostk knows."""
    return Resource(MANILA, noun, path, key, microversion="2.98", **more)


ALL_TENANTS_QUERY = (("all_tenants", "1"),)  # who administers the cloud finds by name what any project has
SHARE = shares(
    "share",
    "/shares",
    list="/shares/detail",
    find_query=(("all_tenants", "1"), ("is_public", "True")),
    find_also=(("is_soft_deleted", "True"),),
)
SHARE_ACCESS = shares("share access", "/share-access-rules", "access", plural="access_list", name="id")
SHARE_BACKUP = shares(
    "share backup", "/share-backups", list="/share-backups/detail", find_query=ALL_TENANTS_QUERY, since="2.80"
)
SHARE_EXPORT_LOCATION = shares(
    "share export location", "/shares/{}/export_locations", "export_location", name="id", since="2.9"
)
SHARE_GROUP = shares(
    "share group", "/share-groups", list="/share-groups/detail", find_query=ALL_TENANTS_QUERY, since="2.31"
)
SHARE_GROUP_SNAPSHOT = shares(
    "share group snapshot",
    "/share-group-snapshots",
    list="/share-group-snapshots/detail",
    find_query=ALL_TENANTS_QUERY,
    since="2.31",
)
SHARE_GROUP_TYPE = shares(
    "share group type", "/share-group-types", by_name="", find_query=(("is_public", "all"),), since="2.31"
)
SHARE_INSTANCE = shares("share instance", "/share_instances", name="id", since="2.3")
SHARE_INSTANCE_EXPORT_LOCATION = shares(
    "share instance export location", "/share_instances/{}/export_locations", "export_location", name="id", since="2.9"
)
SHARE_LIMITS = shares("share limits", "/limits", "limits")
SHARE_LOCK = shares("share lock", "/resource-locks", "resource_lock", name="id", since="2.81")
SHARE_MESSAGE = shares("share message", "/messages", "message", name="id", since="2.37")
SHARE_NETWORK = shares("share network", "/share-networks", list="/share-networks/detail", find_query=ALL_TENANTS_QUERY)
SHARE_NETWORK_SUBNET = shares("share network subnet", "/share-networks/{}/subnets", name="id", by_name="", since="2.51")
SHARE_POOL = shares("share pool", "/scheduler-stats/pools", "pool", id="name")
SHARE_QOS_TYPE = shares("share qos type", "/qos-types", "qos_type", since="2.94")
SHARE_QUOTA = shares("share quota", "/quota-sets", "quota_set", name="id", since="2.7")
SHARE_REPLICA = shares("share replica", "/share-replicas", list="/share-replicas/detail", name="id", since="2.11")
SHARE_REPLICA_EXPORT_LOCATION = shares(
    "share replica export location", "/share-replicas/{}/export-locations", "export_location", name="id", since="2.47"
)
SHARE_SECURITY_SERVICE = shares(
    "share security service",
    "/security-services",
    "security_service",
    list="/security-services/detail",
    find_query=ALL_TENANTS_QUERY,
)
SHARE_SERVER = shares("share server", "/share-servers", name="id", by_name="id")
SHARE_SERVICE = shares("share service", "/services", "service", name="id", since="2.7")
SHARE_SNAPSHOT = shares(
    "share snapshot", "/snapshots", "snapshot", list="/snapshots/detail", find_query=ALL_TENANTS_QUERY
)
SHARE_SNAPSHOT_ACCESS = shares(
    "share snapshot access",
    "/snapshots/{}/access-list",
    "snapshot_access",
    plural="snapshot_access_list",
    name="id",
    since="2.32",
)
SHARE_SNAPSHOT_EXPORT_LOCATION = shares(
    "share snapshot export location",
    "/snapshots/{}/export-locations",
    "share_snapshot_export_location",
    name="id",
    since="2.32",
)
SHARE_SNAPSHOT_INSTANCE = shares(
    "share snapshot instance",
    "/snapshot-instances",
    "snapshot_instance",
    list="/snapshot-instances/detail",
    name="id",
    since="2.19",
)
SHARE_SNAPSHOT_INSTANCE_EXPORT_LOCATION = shares(
    "share snapshot instance export location",
    "/snapshot-instances/{}/export-locations",
    "share_snapshot_export_location",
    name="id",
    since="2.32",
)
SHARE_TRANSFER = shares("share transfer", "/share-transfers", "transfer", list="/share-transfers/detail", since="2.77")
SHARE_TYPE = shares(
    "share type", "/types", "share_type", by_name="", find_query=(("is_public", "all"),), defaults='{"extra_specs": {}}'
)
SHARE_ZONE = Resource(MANILA, "availability zone", "/availability-zones", id="name", microversion="2.7")
