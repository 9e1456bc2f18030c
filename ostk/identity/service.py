"""Services: what the catalog lists."""

from __future__ import annotations

from ..api.identity import SERVICE
from ..language import DESCRIPTION, LONG, Arg, Noun, Opt
from .options import ENABLE

service = Noun(
    SERVICE,
    "Manage the services in the catalog.",
    columns=["id name type"],
    long=["description enabled"],
    fields=["id name type enabled description"],
    in_order=True,
)
SERVICE_NAME = Opt("--name", "Its name.")
service.list(LONG)
service.show()
service.create(Arg("type"), SERVICE_NAME, DESCRIPTION, ENABLE)
service.set(Opt("--type", "Its type."), SERVICE_NAME, DESCRIPTION, ENABLE)
service.delete()
