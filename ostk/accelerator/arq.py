"""Accelerator requests (ARQs): accelerators that a server uses or is to use."""

from collections.abc import Iterator
from contextlib import contextmanager

from ..api.accelerator import ACCELERATOR_REQUEST, DEVICE_PROFILE
from ..api.compute import SERVER
from ..api.placement import RESOURCE_PROVIDER
from ..console import write_message
from ..errors import Forbidden
from ..language import LONG, Arg, Cloud, Json, Noun, Value, target

BOUND_BY_NOVA = (
    "Only the Compute service binds accelerator requests: create or delete a server whose flavor has the property "
    "accel:device_profile."
)
arq = Noun(
    ACCELERATOR_REQUEST,
    "Manage accelerator requests (ARQs) of servers.",
    columns=["uuid= state= device_profile_name= instance_uuid= attach_handle_type= attach_handle_info="],
    long=["hostname= device_rp_uuid="],
    fields=[
        "uuid state device_profile_name hostname device_rp_uuid instance_uuid attach_handle_type attach_handle_info"
    ],
    in_order=True,
)
arq.list(LONG)
arq.show()


@arq.shower(
    "create",
    Arg("device_profile_name", "Device profile (name).", names=DEVICE_PROFILE, key="device_profile_name"),
    Value("--group-id", "Deprecated: the service ignores the group.", hidden=True),
    Value("--image-uuid", "Deprecated: the service knows no image.", hidden=True),
)
def create(cloud: Cloud, body: Json, group_id: str | None, image_uuid: str | None) -> Json:
    """Create the accelerator requests of a device profile, and show the first request."""
    for flag in [flag for flag, value in (("--group-id", group_id), ("--image-uuid", image_uuid)) if value]:
        write_message(f"{flag} is deprecated and has no effect.")
    requests: list[Json] = cloud.send(ACCELERATOR_REQUEST, "POST", json=body)["arqs"]
    first, *others = requests
    if others:  # one for each accelerator of the profile
        write_message(f"{len(others)} more accelerator requests were created: {', '.join(x['uuid'] for x in others)}.")
    return first


@arq.each("delete")
def delete(cloud: Cloud, accelerator_request: str) -> None:
    """Delete accelerator requests."""
    with explained():
        cloud.send(ACCELERATOR_REQUEST, "DELETE", params={"arqs": accelerator_request})


@arq.shower(
    "bind",
    target(ACCELERATOR_REQUEST),
    Arg("hostname", "Compute host."),
    Arg("server", "Server.", key="instance_uuid", ref=SERVER),
    Arg("resource_provider", "Resource provider of the device (ID).", key="device_rp_uuid", names=RESOURCE_PROVIDER),
)
def bind(cloud: Cloud, accelerator_request: str, body: Json) -> Json:
    """Bind an accelerator request to a server. Cyborg permits this to the Compute service only."""
    patch = [{"op": "add", "path": f"/{key}", "value": value} for key, value in body.items()]
    return change(cloud, accelerator_request, patch)


@arq.shower("unbind", target(ACCELERATOR_REQUEST))
def unbind(cloud: Cloud, accelerator_request: str) -> Json:
    """Unbind an accelerator request from the server. Cyborg permits this to the Compute service only."""
    fields = ("hostname", "instance_uuid", "device_rp_uuid")
    return change(cloud, accelerator_request, [{"op": "remove", "path": f"/{key}"} for key in fields])


def change(cloud: Cloud, request_id: str, patch: list[Json]) -> Json:
    """Change an accelerator request, and return the request as it is then."""
    with explained():
        cloud.send(ACCELERATOR_REQUEST, "PATCH", json={request_id: patch})
    return cloud.fetch(ACCELERATOR_REQUEST, request_id)


@contextmanager
def explained() -> Iterator[None]:
    """Say in the hint of a refusal that only the Compute service may send this request."""
    try:
        yield
    except Forbidden as error:
        error.hint = BOUND_BY_NOVA
        raise
