"""The software config that is derived for a deployment, and the temporary URL to which the server reports."""

import hmac
import time
import uuid
from typing import Any
from urllib.parse import urlsplit

from ..api.object_store import CONTAINER, SWIFT
from ..language import Cloud, Json

TEMPORARY_URL, NO_SIGNAL = "TEMP_URL_SIGNAL", "NO_SIGNAL"
KEY_HEADER = "X-Account-Meta-Temp-URL-Key"


def text_input(name: str, value: Any, description: str = "") -> Json:
    """Return an input of a software config."""
    return {"name": name, **({"description": description} if description else {}), "type": "String", "value": value}


def derived_config(source: Json, name: str, values: Json, server: str, action: str, transport: str, url: str) -> Json:
    """Return the body of the config of a deployment.

    Args:
        source: The software config that is deployed, {} for none.
        name: The name of the derived config.
        values: The values of inputs by name.
        server: The ID of the server.
        action: The action of the deployment.
        transport: How the server reports the outputs.
        url: The temporary URL to which it reports, "" for none.
    """
    declared = [{**one, "value": values.get(one["name"], one.get("default"))} for one in source.get("inputs") or ()]
    names = {one["name"] for one in declared}
    inputs = [
        *declared,
        *(text_input(key, value) for key, value in values.items() if key not in names),
        text_input("deploy_server_id", server, "ID of the server of the deployment"),
        text_input("deploy_action", action, "Action of the deployment"),
        text_input("deploy_signal_transport", transport, "How the server reports the outputs"),
    ]
    if url:
        inputs += [
            text_input("deploy_signal_id", url, "URL to which the server reports the outputs"),
            text_input("deploy_signal_verb", "PUT", "HTTP method of the report"),
        ]
    return {
        "name": name,
        "group": source.get("group") or "Heat::Ungrouped",
        "config": source.get("config") or "",
        "options": source.get("options") or {},
        "inputs": inputs,
        "outputs": source.get("outputs") or [],
    }


def signal_url(cloud: Cloud, name: str, container: str | None, minutes: int) -> str:
    """Create an empty object, and return a temporary URL to which a server may PUT the outputs without a token.

    Args:
        cloud: The cloud.
        name: The name of the deployment.
        container: The container of the object; None: a new one.
        minutes: The time for which the URL is valid.
    """
    place = CONTAINER.at(container or f"{name}-{uuid.uuid4()}", str(uuid.uuid4()))
    cloud.request(SWIFT, "PUT", place.rpartition("/")[0])
    key = account_key(cloud)
    cloud.request(SWIFT, "PUT", place, content=b"")
    url = cloud.endpoint(SWIFT) + place
    path, expires = urlsplit(url).path, int(time.time()) + minutes * 60
    signed = path[max(path.find("/v1/"), 0) :]  # Swift signs its own path, without a prefix of a proxy
    signature = hmac.new(key.encode(), f"PUT\n{expires}\n{signed}".encode(), "sha256").hexdigest()
    return f"{url}?temp_url_sig={signature}&temp_url_expires={expires}"


def account_key(cloud: Cloud) -> str:
    """Return the key of the account for temporary URLs; it is set if there is none."""
    with cloud.force_send():
        known = cloud.request(SWIFT, "HEAD", "").headers.get(KEY_HEADER)
    if known:
        return str(known)
    key = uuid.uuid4().hex
    cloud.request(SWIFT, "POST", "", headers={KEY_HEADER: key})
    return key
