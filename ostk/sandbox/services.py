"""The conventions of each service: its words of refusal, pages of lists, times, headers, microversions."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from .data import Json
from .wire import MICROSECONDS, Answer, Ask, Refusal, phrase


@dataclass(frozen=True)
class SandboxService:
    """A service and its habits; texts in braces are filled in by the engine."""

    name: str  # the first word of its paths
    version: str  # the second one
    forbid: str = ""  # why it refuses those who may not
    policy: str = "{many}:"  # in that, for a collection without one of its own
    missing: str = "{Kind} {id} could not be found."
    conflict: str = ""  # the refusal of a second one with the same name
    needed: str = "Invalid input for field/attribute {kind}. Value: {body}. '{key}' is a required property"
    unknown: str = ""  # the refusal of a field that there is not
    stranger: str = ""  # the refusal of a filter that there is not
    filters: str = ""  # filters besides the fields
    nowhere: str = "The resource could not be found."
    no_tag: str = ""
    over: tuple[int, str] = (403, "")  # the refusal of what is more than the quota
    see: str = "own"  # who reads: "own" project, "all" or "admin"; and who writes
    update: str = "PUT"
    created: int = 200
    deleted: int = 204
    tagged: int = 201
    dashes: bool = True  # in IDs
    newest_first: bool = False  # in lists
    lists_all: bool = True  # to an administrator, without being asked for all projects
    oldest: str = ""  # microversion
    newest: str = ""
    modules: str = ""


KEYSTONE = SandboxService(
    "identity", "v3", modules="identity tokens", see="admin", update="PATCH", created=201, dashes=False,
    forbid="You are not authorized to perform the requested action: identity:{verb}_{what}.",
    missing="Could not find {words}: {id}.", no_tag="Could not find project tag: {tag}.",
    conflict="Conflict occurred attempting to store {kind} - Duplicate entry found with name {name} at domain ID "
    "{domain_id}.",
    nowhere="The requested URL was not found on the server. If you entered the URL manually please check your "
    "spelling and try again.")  # fmt: skip
NOVA = SandboxService(
    "compute", "v2.1", modules="compute servers actions quota_routes", lists_all=False, oldest="2.1", newest="2.104",
    forbid="Policy doesn't allow os_compute_api:{policy}{verb} to be performed.",
    conflict="{Kind} with name {name} already exists.", no_tag="Server {id} has no tag '{tag}'",
    over=(403, "Quota exceeded for {key}: Requested {more}, but already used {used} of {limit} {key}"))  # fmt: skip
GLANCE = SandboxService(
    "image", "v2", modules="image", update="PATCH", created=201, tagged=204, newest_first=True,
    forbid="You are not authorized to complete {verb}_image action.", missing="No image found with ID {id}",
)  # fmt: skip
NEUTRON = SandboxService(
    "network", "v2.0", modules="network quota_routes", created=201, no_tag="Tag {tag} could not be found.",
    forbid="rule:{verb}_{kind} is disallowed by policy",
    needed="Failed to parse request. Required attribute '{key}' not specified",
    unknown="Unrecognized attribute(s) '{key}'", stranger="['{key}'] is invalid attribute for filtering",
    filters="id project_id tenant_id tags tags-any not-tags not-tags-any revision_number created_at updated_at "
    "security_group_id floating_ip_address ip_version cidr",
    over=(409, "Quota exceeded for resources: ['{key}']."))  # fmt: skip
CINDER = SandboxService(
    "volume", "v3", modules="volume quota_routes", created=202, deleted=202, newest_first=True, lists_all=False,
    oldest="3.0", newest="3.71", forbid="Policy doesn't allow {policy}{verb} to be performed.", policy="volume:",
    conflict="Volume Type {name} already exists.", stranger="Invalid filters {key} are found in query options.",
    needed="Invalid input for field/attribute {kind}. '{key}' is a required property",
    filters="id project_id bootable host volume_type_id user_id container",
    over=(413, "{word}LimitExceeded: Maximum number of {key} allowed ({limit}) exceeded for quota '{key}'."),
)  # fmt: skip
SWIFT = SandboxService("object-store", "v1", modules="objects")
SERVICES = {one.name: one for one in (KEYSTONE, NOVA, GLANCE, NEUTRON, CINDER, SWIFT)}

FAULTS = {400: "badRequest", 403: "forbidden", 404: "itemNotFound", 405: "badMethod", 409: "conflictingRequest",
          413: "overLimit", 429: "overLimit", 503: "serviceUnavailable"}  # fmt: skip
SWIFT_SAYS = {
    202: "The request is accepted for processing.",
    401: "This server could not verify that you are authorized to access the document you requested.",
    403: "Access was denied to this resource.",
    404: "The resource could not be found.",
    409: "There was a conflict when trying to complete your request.",
    416: "The Range requested is not available.",
    422: "Unable to process the contained instructions",
}


def fault(ask: Ask, service: SandboxService, refusal: Refusal) -> Answer:
    """A refusal in the form of a service."""
    status, message, headers = refusal.status, refusal.message, dict(refusal.headers)
    if service is SWIFT:
        return page(status, headers)
    if service is GLANCE:
        title = f"{status} {phrase(status)}"
        told = escape(SWIFT_SAYS[401] if status == 401 else message)
        head = f"<html>\n <head>\n  <title>{title}</title>\n </head>\n <body>\n  <h1>{title}</h1>\n"
        return Answer(f"{head}  {told}<br /><br />\n\n\n\n </body>\n</html>", status, headers)
    if service is KEYSTONE or status == 401:
        headers |= {"WWW-Authenticate": f'Keystone uri="{ask.host}/identity/v3"'} if status == 401 else {}
        return Answer({"error": {"code": status, "message": message, "title": phrase(status)}}, status, headers)
    if service is NEUTRON:
        error = {"type": refusal.type or "HTTPBadRequest", "message": message, "detail": ""}
        return Answer({"NeutronError": error}, status, headers)
    return Answer({FAULTS.get(status, "computeFault"): {"code": status, "message": message}}, status, headers)


def page(status: int, headers: dict[str, str] | None = None) -> Answer:
    """What Swift answers where there is no more to tell than the status."""
    body = f"<html><h1>{phrase(status)}</h1><p>{SWIFT_SAYS[status]}</p></html>" if status in SWIFT_SAYS else ""
    return Answer(body, status, {"Content-Type": "text/html; charset=UTF-8", **(headers or {})})


def sign(ask: Ask, service: SandboxService, answer: Answer) -> None:
    """Put the headers of a service on an answer."""
    headers = answer.headers
    if service is SWIFT:
        number = f"tx{ask.number[4:].replace('-', '')[:21]}-{int(ask.now):010x}"
        headers |= {"X-Trans-Id": number, "X-Openstack-Request-Id": number}
        return
    headers |= {"x-openstack-request-id": ask.number}
    headers |= {"Vary": "X-Auth-Token"} if service is KEYSTONE else {}
    headers |= {"x-compute-request-id": ask.number} if service.newest else {}
    if ask.version[0]:
        version = f"{ask.version[0]}.{ask.version[1]}"
        headers |= {"OpenStack-API-Version": f"{service.name} {version}", "Vary": "OpenStack-API-Version"}
        headers |= {"X-OpenStack-Nova-API-Version": version} if service is NOVA else {}


def stamp(ask: Ask, service: SandboxService, item: Json, new: bool) -> None:
    """Put times, and what else counts changes, on a thing."""
    if service is NOVA:
        item.update(_updated=ask.now, _changed=None)
    elif service is CINDER:
        item.setdefault("created_at", ask.time(MICROSECONDS))
        item["updated_at"] = None if new else ask.time(MICROSECONDS)
    elif service in (NEUTRON, GLANCE):
        item.setdefault("created_at", ask.time())
        item["updated_at"] = ask.time()
    if service is NEUTRON:
        first = int("admin_state_up" in item)
        item["revision_number"] = first if new else item["revision_number"] + 1
        item.update({"tenant_id": item["project_id"]} if new else {})


def footer(ask: Ask, service: SandboxService, many: str, marker: str) -> Json:
    """What follows a page of a list: where the next one is, if there is one after the marker."""
    following = ask.here(marker) if marker else None
    if service is KEYSTONE:
        links = {"next": following, "self": ask.here(), "previous": None}
        return {"links": links, **({"truncated": True} if following else {})}
    if service is GLANCE:
        told = {"first": ask.here()} if many == "images" else {}
        told |= {"next": following} if following else {}
        return {"schema": f"/v2/schemas/{many}", **{k: x.removeprefix(f"{ask.host}/image") for k, x in told.items()}}
    return {f"{many}_links": [{"rel": "next", "href": following}]} if following else {}


def links(ask: Ask, service: SandboxService, path: str, id: str) -> Json | list[Json]:
    """The addresses of a thing."""
    href = f"{ask.host}/{service.name}{path}/{id}"
    return {"self": href} if service is KEYSTONE else [{"rel": "self", "href": href}, bookmark(ask, service, path, id)]


def bookmark(ask: Ask, service: SandboxService, path: str, id: str) -> Json:
    """The address of a thing without a version."""
    return {"rel": "bookmark", "href": f"{ask.host}/{service.name}/{path.rpartition('/')[2]}/{id}"}
