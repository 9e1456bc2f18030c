"""The object store account: all the containers of a project together."""

from __future__ import annotations

from typing import Any

from ..api.object_store import ACCOUNT
from ..language import Json, Noun
from ..session.cloud import Cloud
from .swift import SET, SWIFT, UNSET, account_name, change, refuse_unsound, told

account = Noun(ACCOUNT, "Manage the object store account of a project.")


@account.action("set", SET, validate=refuse_unsound)
def set_account(cloud: Cloud, property: Any) -> None:
    """Set properties of the account."""
    change(cloud, "", "Account", property)


@account.shower("show", fields=[])
def show(cloud: Cloud) -> Json:
    """Show the account."""
    headers = cloud.request(SWIFT, "HEAD", "").headers
    counts = {"Containers": "container-count", "Objects": "object-count", "Bytes": "bytes-used"}
    found = {title: headers.get(f"X-Account-{key}") for title, key in counts.items()}
    return {"Account": account_name(cloud), **found, **told("account", headers)}


@account.action("unset", UNSET, validate=refuse_unsound)
def unset(cloud: Cloud, property: Any) -> None:
    """Remove properties of the account."""
    change(cloud, "", "Account", removed=property)
