"""The Block Storage (Cinder) API: its conventions and its resource types.

API reference: https://docs.openstack.org/api-ref/block-storage/v3/
"""

from .resource import Resource
from .service import Service

CINDER = Service(
    "cinder",
    ("block-storage", "volumev3", "volume", "volumev2"),
    "v3",
    docs_url="https://docs.openstack.org/api-ref/block-storage/v3/",
    also=("v2",),
    microversion_type="volume",
    next_link="{plural}_links {one}_links",
    listed_whole=True,
)
VOLUME = Resource(CINDER, "volume", "/volumes", list="/volumes/detail", microversion="3.71", docs="#volumes-volumes")
VOLUME_BACKUP = Resource(
    CINDER, "volume backup", "/backups", "backup", list="/backups/detail", microversion="3.64", docs="#backups-backups"
)
VOLUME_SNAPSHOT = Resource(
    CINDER,
    "volume snapshot",
    "/snapshots",
    "snapshot",
    list="/snapshots/detail",
    microversion="3.65",
    docs="#volume-snapshots-snapshots",
)
VOLUME_TYPE = Resource(
    CINDER, "volume type", "/types", by_name="", find_query=(("is_public", "none"),), docs="#volume-types-types"
)
VOLUME_SERVICE = Resource(
    CINDER,
    "volume service",
    "/os-services",
    "service",
    id="host",
    name="host",
    microversion="3.71",
    docs="#services-os-services",
)
VOLUME_HOST = Resource(
    CINDER, "volume host", "/os-services", "service", id="host", name="host", docs="#services-os-services"
)
VOLUME_POOL = Resource(
    CINDER, "volume backend pool", "/scheduler-stats/get_pools", "pool", id="name", docs="#back-end-storage-pools"
)
VOLUME_CAPABILITY = Resource(
    CINDER,
    "volume backend capability",
    "/capabilities",
    id="key",
    name="key",
    docs="#capabilities-for-storage-back-ends-capabilities",
)
VOLUME_BACKUP_RECORD = Resource(CINDER, "volume backup record", "/backups", "backup-record", docs="#backups-backups")
CONSISTENCY_GROUP = Resource(
    CINDER,
    "consistency group",
    "/consistencygroups",
    "consistencygroup",
    list="/consistencygroups/detail",
    docs="#consistency-groups-deprecated",
)
CONSISTENCY_SNAPSHOT = Resource(
    CINDER,
    "consistency group snapshot",
    "/cgsnapshots",
    "cgsnapshot",
    list="/cgsnapshots/detail",
    docs="#consistency-group-snapshots-deprecated",
)
MANAGEABLE_SNAPSHOT = Resource(
    CINDER,
    "manageable snapshot",
    "/manageable_snapshots/detail",
    "manageable-snapshot",
    microversion="3.71",
    since="3.8",
    docs="#snapshot-manage-extension-manageable-snapshots",
)
MANAGEABLE_VOLUME = Resource(
    CINDER,
    "manageable volume",
    "/manageable_volumes/detail",
    "manageable-volume",
    microversion="3.71",
    since="3.8",
    docs="#volume-manage-extension-manageable-volumes",
)
RESOURCE_FILTER = Resource(
    CINDER,
    "block storage resource filter",
    "/resource_filters",
    "resource_filter",
    id="resource",
    name="resource",
    microversion="3.71",
    since="3.33",
    docs="#resource-filters-resource-filters",
)
VOLUME_ATTACHMENT = Resource(
    CINDER,
    "volume attachment",
    "/attachments",
    "attachment",
    list="/attachments/detail",
    name="id",
    microversion="3.71",
    assume_id_if_missing=True,
    since="3.27",
    docs="#attachments-attachments",
)
VOLUME_CLUSTER = Resource(
    CINDER,
    "block storage cluster",
    "/clusters",
    "cluster",
    list="/clusters/detail",
    id="name",
    microversion="3.71",
    since="3.7",
    docs="#clusters-clusters",
)
VOLUME_GROUP = Resource(
    CINDER,
    "volume group",
    "/groups",
    "group",
    list="/groups/detail",
    microversion="3.71",
    since="3.13",
    docs="#generic-volume-groups-groups",
)
VOLUME_GROUP_SNAPSHOT = Resource(
    CINDER,
    "volume group snapshot",
    "/group_snapshots",
    "group_snapshot",
    list="/group_snapshots/detail",
    microversion="3.71",
    since="3.14",
    docs="#group-snapshots-group-snapshots",
)
VOLUME_GROUP_TYPE = Resource(
    CINDER,
    "volume group type",
    "/group_types",
    "group_type",
    microversion="3.71",
    by_name="",
    find_query=(("is_public", "None"),),
    since="3.11",
    defaults='{"group_specs": {}}',
    docs="#group-types-group-types",
)
VOLUME_LOG_LEVEL = Resource(
    CINDER,
    "block storage log level",
    "/os-services",
    "log_level",
    microversion="3.71",
    since="3.32",
    docs="#services-os-services",
)
VOLUME_MESSAGE = Resource(
    CINDER,
    "volume message",
    "/messages",
    "message",
    name="id",
    microversion="3.71",
    since="3.3",
    docs="#messages-messages",
)
VOLUME_QOS = Resource(
    CINDER,
    "volume qos",
    "/qos-specs",
    "qos_specs",
    "qos_specs",
    by_name="",
    docs="#quality-of-service-qos-specifications-qos-specs",
)
VOLUME_TRANSFER = Resource(
    CINDER,
    "volume transfer request",
    "/volume-transfers",
    "transfer",
    list="/volume-transfers/detail",
    microversion="3.71",
    docs="#volume-transfers-volume-transfers-3-55-or-later",
)
VOLUME_WORKER = Resource(
    CINDER, "block storage worker", "/workers", "worker", microversion="3.71", since="3.24", docs="#workers-workers"
)
VOLUME_QUOTA = Resource(
    CINDER, "quota", "/os-quota-sets", "quota_set", name="id", docs="#quota-sets-extension-os-quota-sets"
)
VOLUME_ZONE = Resource(
    CINDER,
    "availability zone",
    "/os-availability-zone",
    plural="availabilityZoneInfo",
    id="zoneName",
    name="zoneName",
    docs="#availability-zones-os-availability-zone",
)
