"""VPN endpoint groups: the subnets or CIDRs behind a side of an IPsec site connection."""

from ..api.network import SUBNET, VPN_ENDPOINT_GROUP
from ..language import DESCRIPTION, LONG, NAME, NEW_DESCRIPTION, Arg, Cloud, Json, Noun, Opt
from ..owner import OWNER
from .addresses import parse_interface
from .fields import OTHER_FIELDS, with_list_titles

COLUMNS, LONG_COLUMNS = "id name type endpoints", "description project_id=Project"
group = Noun(
    VPN_ENDPOINT_GROUP,
    "Manage VPN endpoint groups: subnets or CIDRs of a VPN.",
    columns=[COLUMNS],
    long=[LONG_COLUMNS],
    fields=[*with_list_titles(COLUMNS, LONG_COLUMNS), *OTHER_FIELDS],
)


def validate_cidrs(type: str, value: tuple[str, ...]) -> None:
    """Reject a value that is not a CIDR in a group of CIDRs."""
    for cidr in value if type == "cidr" else ():
        parse_interface(cidr)


def find_subnets(cloud: Cloud, body: Json) -> Json:
    """Return the request with IDs for names of subnets, in a group of subnets."""
    if body["type"] != "subnet":
        return body
    return {**body, "endpoints": cloud.find_all([(SUBNET, name, {}) for name in body["endpoints"]])}


group.create(
    Arg("name", "Name of the VPN endpoint group."),
    Opt("--type", "Type of the endpoints.", choices="subnet cidr", required=True),
    Opt("--value...", "Endpoint: subnet (name or ID) or CIDR, by --type.", key="endpoints", required=True),
    DESCRIPTION,
    OWNER,
    prepare=find_subnets,
    validate=validate_cidrs,
)
group.list(LONG)
group.show()
group.set(NAME, NEW_DESCRIPTION)
group.delete()
