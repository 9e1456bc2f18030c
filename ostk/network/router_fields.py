"""The fields of a router as commands show them."""

import json

from ..language import Column
from ..render.format import Format
from .fields import FORMATS, OTHER_FIELDS
from .list_fields import ROUTES

AS_JSON = Format(json.dumps)
FIELDS: list[Column | str] = [
    "admin_state_up availability_zone_hints availability_zones created_at description enable_ndp_proxy",
    "external_gateway_info flavor_id id name project_id revision_number routes status tags updated_at",
    *OTHER_FIELDS,
]
FIELD_FORMATS = FORMATS | {"routes": ROUTES, "external_gateway_info": AS_JSON}
