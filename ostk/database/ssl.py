"""Encryption of connections to database instances."""

from typing import Any, cast

from ..api.database import INSTANCE
from ..language import Arg, Cloud, Flag, Json, Noun, Opt
from .options import OF_INSTANCE, spelled

ssl = Noun(INSTANCE, "Manage SSL of database instances.")


def act(cloud: Cloud, instance: str, body: Json) -> Json:
    """Send an action about SSL; return the state of SSL."""
    return cast(Json, cloud.send(INSTANCE, "POST", instance, "ssl", json={"ssl": body})["ssl"])


@ssl.shower(
    "enable",
    OF_INSTANCE,
    Arg("container_ref", "URL of the key manager container with the certificate, in PKCS #12 format."),
    Opt("--mode", "SSL mode: basic, enforced or mtls.", default="basic"),
    Opt(spelled("--password_ref"), "URL of the secret with the password of the container."),
    fields=(),
)
def enable(cloud: Cloud, instance: str, body: Json) -> Json:
    """Enable SSL on an instance."""
    return act(cloud, instance, {"enable": True, **body})


@ssl.shower("disable", OF_INSTANCE, fields=())
def disable(cloud: Cloud, instance: str) -> Json:
    """Disable SSL on an instance."""
    return act(cloud, instance, {"disable": True})


@ssl.shower("rollback", OF_INSTANCE, fields=())
def rollback(cloud: Cloud, instance: str) -> Json:
    """Return to the SSL configuration before the last change."""
    return act(cloud, instance, {"rollback": True})


@ssl.shower("show", OF_INSTANCE, Flag("--include-certificate", "Show the certificate itself, too."), fields=())
def show(cloud: Cloud, instance: str, include_certificate: bool) -> Json:
    """Show whether SSL is enabled on an instance, and the certificate in use."""
    query = {"include_certificate": True} if include_certificate else {}
    found: Any = cloud.send(INSTANCE, "GET", instance, "ssl", params=query)["ssl"]
    certificate = found.get("certificate")
    if not isinstance(certificate, dict):
        return {key: value for key, value in found.items() if key != "certificate"}
    plain = {key: value for key, value in found.items() if key != "certificate"}
    return {**plain, **{f"certificate.{key}": value for key, value in certificate.items()}}
