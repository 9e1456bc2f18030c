"""Client-side filtering for the BGP, BGP VPN and TaaS plug-ins.

Neutron 29 answers GET /v2.0/bgpvpn/bgpvpns?name=x with 400 "['name'] is invalid attribute for filtering".
"""

import json
from typing import Any

from ..language import Cloud, Items, Json, Resource, properties


def filter_resources(cloud: Cloud, resource: Resource, filters: Json) -> Items:
    """Yield the resources whose fields match all filters; a list field matches if any element does."""
    items = cloud.pages(resource)
    return (item for item in items if all(matches(item.get(key), value) for key, value in filters.items()))


def matches(value: Any, text: str) -> bool:
    """Return True if a field's value, or an element of its list, equals the text as a string or as JSON."""
    if isinstance(value, list):
        return any(matches(element, text) for element in value)
    return text in (str(value), json.dumps(value))


PROPERTY = properties("Filter by field: KEY=VALUE.", not_sent=True)
