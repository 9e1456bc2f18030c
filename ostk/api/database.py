"""The Database (Trove) API: its conventions and its resource types.

API reference: https://docs.openstack.org/api-ref/database/
"""

from ..record import replace
from .identity import PROJECT
from .resource import Resource
from .service import Service

TROVE = Service(
    "trove", ("database",), "v1.0", next_link="links", docs_url="https://docs.openstack.org/api-ref/database/"
)
MISTRAL = Service(
    "mistral", ("workflow", "workflowv2"), "v2", docs_url="https://docs.openstack.org/mistral/latest/api/v2.html"
)
# No list of Trove can be filtered by name. That of instances has those of clusters only if asked for.
INSTANCE = Resource(
    TROVE,
    "database instance",
    "/instances",
    "instance",
    by_name="",
    find_query=(("include_clustered", "true"),),
    docs="#database-instances",
)
# Trove keeps what belonged to an instance or a project that is deleted, such as backups.
FORMER_INSTANCE = replace(INSTANCE, assume_id_if_like_id=True)
FORMER_PROJECT = replace(PROJECT, assume_id_if_like_id=True)
ADMIN_INSTANCE = Resource(
    TROVE, "database instance", "/mgmt/instances", "instance", by_name="", docs="#database-instances"
)
BACKUP = Resource(TROVE, "database backup", "/backups", "backup", by_name="", docs="#backups")
BACKUP_STRATEGY = Resource(
    TROVE,
    "database backup strategy",
    "/backup_strategies",
    "backup_strategy",
    "backup_strategies",
    id="instance_id",
    name="instance_id",
    docs="#backup-strategy",
)
CLUSTER = Resource(TROVE, "database cluster", "/clusters", "cluster", by_name="", docs="#clusters")
CONFIGURATION = Resource(
    TROVE, "database configuration", "/configurations", "configuration", by_name="", docs="#configuration-groups"
)
PARAMETER = Resource(
    TROVE,
    "database configuration parameter",
    "/datastores/versions/{}/parameters",
    "configuration-parameter",
    id="name",
    by_name="",
    docs="#list-configuration-parameters",
)
DATASTORE = Resource(TROVE, "datastore", "/datastores", "datastore", by_name="", docs="#datastores")
DATASTORE_VERSION = Resource(
    TROVE, "datastore version", "/datastores/{}/versions", "version", by_name="", docs="#datastore-versions"
)
# The same versions as administrators see and change them, over all datastores.
ADMIN_VERSION = Resource(
    TROVE, "datastore version", "/mgmt/datastore-versions", "version", by_name="", docs="#datastore-versions"
)
# The field id is null for a flavor whose ID is not a number.
DATABASE_FLAVOR = Resource(TROVE, "database flavor", "/flavors", "flavor", id="str_id", by_name="", docs="#flavors")
DATABASE = Resource(TROVE, "database", "/instances/{}/databases", "database", id="name", by_name="", docs="#databases")
DATABASE_USER = Resource(TROVE, "database user", "/instances/{}/users", "user", id="name", by_name="", docs="#users")
DATABASE_LOG = Resource(TROVE, "database log", "/instances/{}/log", "log", id="name", by_name="", docs="#instance-logs")
DATABASE_LIMIT = Resource(TROVE, "database limit", "/limits", "limit", id="verb", name="verb", docs="#limits")
DATABASE_QUOTA = Resource(
    TROVE, "database quota", "/mgmt/quotas", "quotas", "quotas", id="resource", name="resource", docs="#quotas"
)
MODULE = Resource(TROVE, "database module", "/modules", "module", by_name="")
EXECUTION = Resource(MISTRAL, "backup execution", "/executions", "execution", name="id", docs="#executions")
