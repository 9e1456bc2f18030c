"""Services: the entries of the service catalog."""

from ..api.identity import SERVICE
from ..language import DESCRIPTION, LONG, NEW_DESCRIPTION, Arg, Noun, Opt
from .options import enable_option

service = Noun(
    SERVICE,
    "Manage services in the catalog.",
    columns=["id name type"],
    long=["description enabled"],
    fields=["id name type enabled description"],
    in_order=True,
    admin="create set",
)
ENABLE = enable_option("service")
SERVICE_NAME = Opt("--name", "Name of the service.")
service.list(LONG)
service.show()
service.create(Arg("type", "Service type, e.g. compute or image."), SERVICE_NAME, DESCRIPTION, ENABLE)
service.set(Opt("--type", "New service type."), SERVICE_NAME, NEW_DESCRIPTION, ENABLE)
service.delete(help="Delete services and all endpoints of the services (admin only).")
