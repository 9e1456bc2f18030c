"""The conventions of each service: messages, pagination, times, headers, microversions."""

from dataclasses import dataclass
from html import escape

from .data import Json
from .messages import MICROSECONDS, ApiError, Request, Response, reason_phrase


@dataclass(frozen=True)
class PracticeService:
    """A service and its conventions; names in braces in its messages are filled in by the engine."""

    name: str  # the first segment of its paths
    version: str  # the second segment
    forbidden: str = ""  # the message of a 403
    policy: str = "{many}:"  # of a collection without a policy
    not_found: str = "{Kind} {id} could not be found."
    conflict_message: str = ""  # the message of a 409 for a name in use
    required_field: str = "Invalid input for field/attribute {kind}. Value: {body}. '{key}' is a required property"
    unknown_field: str = ""  # the message for an unknown field
    unknown_filter: str = ""  # the message for an unknown filter
    extra_filters: str = ""  # filters besides the fields
    no_route: str = "The resource could not be found."
    tag_not_found: str = ""
    over_quota: tuple[int, str] = (403, "")  # status and message
    read_scope: str = "own"  # who reads and writes: "own" project, "all" or "admin"
    update_method: str = "PUT"
    create_status: int = 200
    delete_status: int = 204
    tag_status: int = 201
    uuid_dashes: bool = True  # in IDs
    newest_first: bool = False  # in lists
    admin_lists_all: bool = True  # whether administrators see all projects in a list without asking
    oldest: str = ""  # microversion
    newest: str = ""
    modules: str = ""  # the modules that add its routes


KEYSTONE = PracticeService(
    "identity",
    "v3",
    modules="identity tokens",
    read_scope="admin",
    update_method="PATCH",
    create_status=201,
    uuid_dashes=False,
    forbidden="You are not authorized to perform the requested action: identity:{verb}_{what}.",
    not_found="Could not find {words}: {id}.",
    tag_not_found="Could not find project tag: {tag}.",
    conflict_message="Conflict occurred attempting to store {kind} - Duplicate entry found with name {name} at domain "
    "ID {domain_id}.",
    no_route="The requested URL was not found on the server. If you entered the URL manually please check your "
    "spelling and try again.",
)
NOVA = PracticeService(
    "compute",
    "v2.1",
    modules="compute servers server_actions quota_routes",
    admin_lists_all=False,
    oldest="2.1",
    newest="2.104",
    forbidden="Policy doesn't allow os_compute_api:{policy}{verb} to be performed.",
    conflict_message="{Kind} with name {name} already exists.",
    tag_not_found="Server {id} has no tag '{tag}'",
    over_quota=(403, "Quota exceeded for {key}: Requested {more}, but already used {used} of {limit} {key}"),
)
GLANCE = PracticeService(
    "image",
    "v2",
    modules="image",
    update_method="PATCH",
    create_status=201,
    tag_status=204,
    newest_first=True,
    forbidden="You are not authorized to complete {verb}_image action.",
    not_found="No image found with ID {id}",
)
NEUTRON = PracticeService(
    "network",
    "v2.0",
    modules="network quota_routes",
    create_status=201,
    tag_not_found="Tag {tag} could not be found.",
    forbidden="rule:{verb}_{kind} is disallowed by policy",
    required_field="Failed to parse request. Required attribute '{key}' not specified",
    unknown_field="Unrecognized attribute(s) '{key}'",
    unknown_filter="['{key}'] is invalid attribute for filtering",
    extra_filters="id project_id tenant_id tags tags-any not-tags not-tags-any revision_number created_at updated_at "
    "security_group_id floating_ip_address ip_version cidr",
    over_quota=(409, "Quota exceeded for resources: ['{key}']."),
)
CINDER = PracticeService(
    "volume",
    "v3",
    modules="volume quota_routes",
    create_status=202,
    delete_status=202,
    newest_first=True,
    admin_lists_all=False,
    oldest="3.0",
    newest="3.71",
    forbidden="Policy doesn't allow {policy}{verb} to be performed.",
    policy="volume:",
    conflict_message="Volume Type {name} already exists.",
    unknown_filter="Invalid filters {key} are found in query options.",
    required_field="Invalid input for field/attribute {kind}. '{key}' is a required property",
    extra_filters="id project_id bootable host volume_type_id user_id container",
    over_quota=(413, "{word}LimitExceeded: Maximum number of {key} allowed ({limit}) exceeded for quota '{key}'."),
)
SWIFT = PracticeService("object-store", "v1", modules="objects")
SERVICES = {one.name: one for one in (KEYSTONE, NOVA, GLANCE, NEUTRON, CINDER, SWIFT)}

FAULTS = {
    400: "badRequest",
    403: "forbidden",
    404: "itemNotFound",
    405: "badMethod",
    409: "conflictingRequest",
    413: "overLimit",
    429: "overLimit",
    503: "serviceUnavailable",
}
SWIFT_MESSAGES = {
    202: "The request is accepted for processing.",
    401: "This server could not verify that you are authorized to access the document you requested.",
    403: "Access was denied to this resource.",
    404: "The resource could not be found.",
    409: "There was a conflict when trying to complete your request.",
    416: "The Range requested is not available.",
    422: "Unable to process the contained instructions",
}


def error_response(request: Request, service: PracticeService, api_error: ApiError) -> Response:
    """Return an error in the format of a service."""
    status, message, headers = api_error.status, api_error.message, dict(api_error.headers)
    if service is SWIFT:
        return swift_page(status, headers)
    if service is GLANCE:
        title = f"{status} {reason_phrase(status)}"
        output = escape(SWIFT_MESSAGES[401] if status == 401 else message)
        head = f"<html>\n <head>\n  <title>{title}</title>\n </head>\n <body>\n  <h1>{title}</h1>\n"
        return Response(f"{head}  {output}<br /><br />\n\n\n\n </body>\n</html>", status, headers)
    if service is KEYSTONE or status == 401:
        headers |= {"WWW-Authenticate": f'Keystone uri="{request.host}/identity/v3"'} if status == 401 else {}
        return Response(
            {"error": {"code": status, "message": message, "title": reason_phrase(status)}}, status, headers
        )
    if service is NEUTRON:
        error = {"type": api_error.error_type or "HTTPBadRequest", "message": message, "detail": ""}
        return Response({"NeutronError": error}, status, headers)
    return Response({FAULTS.get(status, "computeFault"): {"code": status, "message": message}}, status, headers)


def swift_page(status: int, headers: dict[str, str] | None = None) -> Response:
    """Return a response of Swift that has only a status."""
    body = (
        f"<html><h1>{reason_phrase(status)}</h1><p>{SWIFT_MESSAGES[status]}</p></html>"
        if status in SWIFT_MESSAGES
        else ""
    )
    return Response(body, status, {"Content-Type": "text/html; charset=UTF-8", **(headers or {})})


def add_headers(request: Request, service: PracticeService, answer: Response) -> None:
    """Add the headers of a service to a response."""
    headers = answer.headers
    if service is SWIFT:
        number = f"tx{request.request_id[4:].replace('-', '')[:21]}-{int(request.now):010x}"
        headers |= {"X-Trans-Id": number, "X-Openstack-Request-Id": number}
        return
    headers |= {"x-openstack-request-id": request.request_id}
    headers |= {"Vary": "X-Auth-Token"} if service is KEYSTONE else {}
    headers |= {"x-compute-request-id": request.request_id} if service.newest else {}
    if request.version[0]:
        version = f"{request.version[0]}.{request.version[1]}"
        headers |= {"OpenStack-API-Version": f"{service.name} {version}", "Vary": "OpenStack-API-Version"}
        headers |= {"X-OpenStack-Nova-API-Version": version} if service is NOVA else {}


def set_timestamps(request: Request, service: PracticeService, item: Json, new: bool) -> None:
    """Set the times and the revision number of an item."""
    if service is NOVA:
        item.update(_updated=request.now, _changed=None)
    elif service is CINDER:
        item.setdefault("created_at", request.time(MICROSECONDS))
        item["updated_at"] = None if new else request.time(MICROSECONDS)
    elif service in (NEUTRON, GLANCE):
        item.setdefault("created_at", request.time())
        item["updated_at"] = request.time()
    if service is NEUTRON:
        first = int("admin_state_up" in item)
        item["revision_number"] = first if new else item["revision_number"] + 1
        item.update({"tenant_id": item["project_id"]} if new else {})


def page_links(request: Request, service: PracticeService, many: str, marker: str) -> Json:
    """Return the links of a page of a list; `marker` is the last item if there is a next page."""
    following = request.url(marker) if marker else None
    if service is KEYSTONE:
        links = {"next": following, "self": request.url(), "previous": None}
        return {"links": links, **({"truncated": True} if following else {})}
    if service is GLANCE:
        output = {"first": request.url()} if many == "images" else {}
        output |= {"next": following} if following else {}
        return {
            "schema": f"/v2/schemas/{many}",
            **{k: x.removeprefix(f"{request.host}/image") for k, x in output.items()},
        }
    return {f"{many}_links": [{"rel": "next", "href": following}]} if following else {}


def links(request: Request, service: PracticeService, path: str, item_id: str) -> Json | list[Json]:
    """Return the links of an item."""
    href = f"{request.host}/{service.name}{path}/{item_id}"
    return (
        {"self": href}
        if service is KEYSTONE
        else [{"rel": "self", "href": href}, bookmark(request, service, path, item_id)]
    )


def bookmark(request: Request, service: PracticeService, path: str, item_id: str) -> Json:
    """Return the link of an item without the API version."""
    return {"rel": "bookmark", "href": f"{request.host}/{service.name}/{path.rpartition('/')[2]}/{item_id}"}
