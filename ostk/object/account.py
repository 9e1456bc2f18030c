"""The object store account, which holds the containers of a project."""

from __future__ import annotations

from typing import Any

from ..api.object_store import ACCOUNT
from ..language import Json, Noun
from ..session.cloud import Cloud
from .swift import (
    PROPERTIES,
    REMOVED_PROPERTIES,
    SWIFT,
    account_name,
    format_metadata,
    update_metadata,
    validate_metadata,
)

account = Noun(ACCOUNT, "Manage the object store account of the project.")


@account.action("set", PROPERTIES, validate=validate_metadata)
def set_account(cloud: Cloud, property: Any) -> None:
    """Set properties of the account."""
    update_metadata(cloud, "", "Account", property)


@account.shower("show", fields=[])
def show(cloud: Cloud) -> Json:
    """Show the account: number of containers and objects, bytes used and properties."""
    headers = cloud.request(SWIFT, "HEAD", "").headers
    counts = {"Containers": "container-count", "Objects": "object-count", "Bytes": "bytes-used"}
    found = {title: headers.get(f"X-Account-{key}") for title, key in counts.items()}
    return {"Account": account_name(cloud), **found, **format_metadata("account", headers)}


@account.action("unset", REMOVED_PROPERTIES, validate=validate_metadata)
def unset(cloud: Cloud, property: Any) -> None:
    """Remove properties from the account."""
    update_metadata(cloud, "", "Account", removed=property)
