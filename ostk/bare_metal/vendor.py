"""Methods of vendors, of nodes and of drivers: the requests."""

from typing import Any

from ..language import Arg, Cloud, Column, Items, Json, Resource, Value
from .changes import key_values
from .fields import column

METHOD_FIELDS: list[Column] = [
    column("name", title="Name"),
    column("http_methods", title="Supported HTTP methods"),
    column("async", title="Async"),
    column("description", title="Description"),
    column("attach", title="Response is attachment"),
]
CALL = [
    Arg("method", "Vendor passthru method.", not_sent=True),
    key_values("--arg", "Argument of the method.", "arg"),
    Value("--http-method", "HTTP method.", choices="DELETE GET PATCH POST PUT", default="POST"),
]


def method_rows(methods: dict[str, Json]) -> Items:
    """Yield the methods of a node or a driver, from the answer of Ironic."""
    for name, method in methods.items():
        yield {**method, "name": name, "http_methods": ", ".join(method.get("http_methods") or ())}


def call_method(cloud: Cloud, resource: Resource, name: str, body: Json, values: Json) -> Any:
    """Call a method of a node or a driver; return the answer, None if there is none."""
    method = values["http_method"]
    content = {"params" if method in ("GET", "DELETE") else "json": body.get("arg", {})}
    path = resource.at(name, "vendor_passthru", values["method"])
    return cloud.call(resource.service, method, path, microversion=resource.microversion, **content)
