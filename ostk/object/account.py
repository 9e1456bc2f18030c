"""The object store account, which holds the containers of a project."""

from typing import Any

from ..api.object_store import ACCOUNT
from ..language import Cloud, Json, Noun
from .settings import ACCOUNT_SETTINGS, SHOW_KEYS, headers_for, options, removal_headers, removals, validate_set
from .swift import PROPERTIES, REMOVED_PROPERTIES, SWIFT, account_name, format_metadata, update_metadata

account = Noun(ACCOUNT, "Manage the object store account of the project.")


@account.action("set", PROPERTIES, options(ACCOUNT_SETTINGS), validate=validate_set)
def set_account(cloud: Cloud, property: Any, values: Json) -> None:
    """Set properties, the quota and the keys of temporary URLs of the account."""
    update_metadata(cloud, "", "Account", property, headers=headers_for(ACCOUNT_SETTINGS, values))


@account.shower("show", SHOW_KEYS, fields=[])
def show(cloud: Cloud, show_keys: bool) -> Json:
    """Show the account: number of containers and objects, bytes used and properties."""
    headers = cloud.request(SWIFT, "HEAD", "").headers
    counts = {"Containers": "container-count", "Objects": "object-count", "Bytes": "bytes-used"}
    found = {title: headers.get(f"X-Account-{key}") for title, key in counts.items()}
    return {"Account": account_name(cloud), **found, **format_metadata("account", headers, show_keys)}


@account.action("unset", REMOVED_PROPERTIES, removals(ACCOUNT_SETTINGS), validate=validate_set)
def unset(cloud: Cloud, property: Any, values: Json) -> None:
    """Remove properties, the quota and the keys of temporary URLs of the account."""
    headers = removal_headers(ACCOUNT_SETTINGS, values)
    update_metadata(cloud, "", "Account", removed=property, headers=headers)
