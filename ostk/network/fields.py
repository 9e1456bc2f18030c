"""Fields of Neutron's resources: how many nouns format, hide and title them."""

from ..language import REMAINING_FIELDS, Column
from ..language.column import as_columns
from ..language.view import header
from ..record import replace
from ..render.format import ALIVE, DICT, EXTERNAL, LIST, LIST_OF_DICTS, UP_DOWN

FORMATS = {
    "admin_state_up": UP_DOWN,
    "alive": ALIVE,
    "router:external": EXTERNAL,
    "availability_zones availability_zone_hints prefixes security_groups service_types subnets tags": LIST,
    "binding:profile binding:vif_details ip_availability_details": DICT,
    "allowed_address_pairs dns_assignment extra_dhcp_opts fixed_ips": LIST_OF_DICTS,
    "subnet_ip_availability trunk_details.sub_ports": LIST_OF_DICTS,
}


def other_fields(exclude: str = "") -> list[Column]:
    """Return columns for every field that a noun does not list itself, except `tenant_id` and some more.

    `tenant_id` is left out because Neutron repeats the project there: `project_id` holds the same ID.

    Args:
        exclude: Keys of further fields to leave out, separated by spaces.
    """
    return [*(Column(key, hidden=True) for key in f"tenant_id {exclude}".split()), REMAINING_FIELDS]


OTHER_FIELDS = other_fields()


def with_list_titles(*columns: Column | str) -> list[Column]:
    """Return fields with the titles that they have in lists.

    The reference client's `show` prints list titles for the resources of the former plug-ins FWaaS and VPNaaS.
    """
    return [replace(column, title=header(column)) for column in as_columns(columns)]
