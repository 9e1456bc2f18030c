"""Security services: LDAP, Kerberos and Active Directory configurations for share networks."""

from collections.abc import Iterable, Sequence

from ..api.shared_file_system import SHARE_NETWORK, SHARE_SECURITY_SERVICE
from ..errors import OstkError
from ..language import LIMIT, NULL, Arg, Cloud, Column, Flag, Json, Noun, Opt, require_any
from ..render.format import LINES
from .list_options import ALL_PROJECTS, MARKER, STATUS_FILTER

FIELD_HELP = {
    "dns_ip": "IP address of the DNS server.",
    "ou": "Organizational unit.",
    "server": "Host name or IP address of the security service.",
    "domain": "Domain of the security service.",
    "user": "User or group name for the security service.",
    "password": "Password of the user.",
    "name": "Name of the security service.",
    "description": "Description of the security service.",
    "default_ad_site": "Default Active Directory site; excludes --server for active_directory.",
}
FIELD_NAMES = {
    "dns_ip": "IP address of the DNS server",
    "ou": "organizational unit",
    "default_ad_site": "default Active Directory site",
    **{key: key for key in "name type user server domain password description".split()},
}
FILTERS = {
    "type": "type: ldap, kerberos or active_directory",
    "user": "user or group name",
    "server": "host name or IP address of the security service",
    "domain": "domain of the security service",
}
SINCE = {"ou": "2.44", "default_ad_site": "2.76"}
COMMON_FIELDS = "id name type status created_at updated_at description dns_ip server domain user password project_id"

service = Noun(
    SHARE_SECURITY_SERVICE,
    "Manage security services: LDAP, Kerberos or Active Directory for share networks.",
    columns=["id name status type project_id", Column("share_networks", long=True)],
    fields=[f"{COMMON_FIELDS} ou default_ad_site", Column("share_networks", format=LINES)],
    since=SINCE,
    in_order=True,
)


def flag(key: str) -> str:
    """Return the flag of the option for a field of the request."""
    return f"--{key.replace('_', '-')}"


def field_options() -> list[Opt]:
    """Return the options for the fields of a security service; an empty value is sent as null."""
    return [
        Opt(flag(key), help, since=SINCE.get(key, ""), convert=lambda text: text or None)
        for key, help in FIELD_HELP.items()
    ]


def validate_server(service_type: str | None, values: Json) -> None:
    """Raise OstkError for a server together with a default site, of an Active Directory."""
    if service_type == "active_directory" and values["server"] and values["default_ad_site"]:
        raise OstkError("--server and --default-ad-site exclude each other for an Active Directory.")


service.show(help="Show a security service.")


@service.shower(
    "create",
    Arg("type", "Type of the security service.", choices="ldap kerberos active_directory"),
    field_options(),
    fields=[f"{COMMON_FIELDS} ou default_ad_site"],
    validate=lambda values: validate_server(values["type"], values),
)
def create(cloud: Cloud, body: Json) -> Json:
    """Create a security service."""
    return cloud.create(SHARE_SECURITY_SERVICE, body)


def validated_request(item: Json, body: Json, values: Json) -> Json:
    """Return the request. Raises OstkError as `validate_server` does, for the type that the security service has."""
    validate_server(item.get("type"), values)
    return body


service.set(
    field_options(),
    help="Update a security service.",
    prepare=validated_request,
    validate=require_any("set", *map(flag, FIELD_HELP)),
)
service.unset(
    [Opt(flag(key), f"Remove the {FIELD_NAMES[key]}.", value=NULL, since=SINCE.get(key, "")) for key in FIELD_HELP],
    help="Remove fields of a security service.",
    validate=require_any("remove", *map(flag, FIELD_HELP)),
)
service.delete(help="Delete security services.")


@service.lister(
    "list",
    ALL_PROJECTS,
    Opt("--share-network", "Filter by share network.", ref=SHARE_NETWORK),
    STATUS_FILTER,
    *(
        Opt(flag(key), f"Filter by {FILTERS.get(key, FIELD_NAMES[key])}.", since=SINCE.get(key, ""))
        for key in "name type user dns_ip ou default_ad_site server domain".split()
    ),
    Flag("--detail long", "Show share networks too."),
    LIMIT,
    MARKER,
)
def list_services(
    cloud: Cloud, body: Json, columns: Sequence[Column], all_projects: bool | None, result_limit: int | None
) -> tuple[list[Column], Iterable[Json]]:
    """List security services."""
    visible = [column for column in columns if column.key != "project_id" or all_projects]
    return visible, cloud.pages(SHARE_SECURITY_SERVICE, body, limit=result_limit)
