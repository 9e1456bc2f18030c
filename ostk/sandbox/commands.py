"""Commands that manage the practice cloud: `ostk sandbox …`."""

from collections.abc import Sequence
from functools import partial

import click

from ..console import write_message, write_text
from ..errors import OstkError, ResourceNotFound
from ..language import Arg, Column, Command, Json, Opt
from ..language.view import print_items
from ..render.options import LIST_OPTIONS, SHOW_OPTIONS, output_from
from ..render.output import print_resource
from ..session.cloud import Cloud
from . import entry
from .faults import KINDS

Params = Sequence[click.Parameter]
SERVICES = ("all", "identity", "compute", "image", "network", "volume", "object-store")
COUNTED = ("project", "user", "server", "image", "network", "port", "volume", "container", "object", "fault")
FAULT = (Column("id"), Column("service"), Column("fault"), Column("share"), Column("seconds"))


def status(cloud: Cloud, params: Params, values: Json) -> None:
    """Show the directory of the practice cloud and the number of its resources."""
    from .app import open_cloud

    with open_cloud(write=False) as store:
        fields = {"directory": store.root, **{f"{kind}s": len(store.all(kind)) for kind in COUNTED}}
    print_resource(list(fields), list(fields.values()), output_from(values))


def reseed(cloud: Cloud, params: Params, values: Json, empty: bool = False) -> None:
    """Create the resources of a new practice cloud that are missing; with `empty` delete everything first."""
    from .app import open_cloud
    from .seed import reset, seed

    with open_cloud() as store:
        (reset if empty else seed)(store)


def serve(cloud: Cloud, params: Params, values: Json) -> None:
    """Serve the practice cloud over HTTP until interrupted."""
    from .server import listen

    try:
        server = listen(values["port"])
    except OSError as error:
        message = f"The practice cloud cannot listen on port {values['port']}: {error.strerror}."
        raise OstkError(message, "Choose another port with --port; 0 selects a free port.") from None
    write_text(usage_example(f"http://127.0.0.1:{server.server_port}") + "\n")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        write_message("Stopped.")
    finally:
        server.server_close()


def usage_example(address: str) -> str:
    """Return an openrc and an entry of clouds.yaml for the practice cloud at an address."""
    auth = entry(address, "demo")["auth"].items()
    openrc = "\n".join(f"export OS_{key.upper()}={value}" for key, value in auth)
    inner = "\n".join(f"      {key}: {value}" for key, value in auth)
    return (
        f"# The practice cloud listens at {address}; Ctrl-C stops it.\n"
        "# For a shell (user admin is an administrator; every password is the same):\n"
        f"{openrc}\nexport OS_REGION_NAME=RegionOne\nexport OS_IDENTITY_API_VERSION=3\n\n"
        f"# For clouds.yaml:\nclouds:\n  practice:\n    region_name: RegionOne\n    auth:\n{inner}\n"
    )


def add_fault(cloud: Cloud, params: Params, values: Json) -> None:
    """Inject faults into requests."""
    from .app import open_cloud

    with open_cloud() as store:
        number = max([0, *(int(x["id"]) for x in store.all("fault"))]) + 1
        item = {"id": str(number), **{key: values[key] for key in ("service", "fault", "share", "seconds")}}
        store.put("fault", item)
    print_resource(list(item), list(item.values()), output_from(values))


def list_faults(cloud: Cloud, params: Params, values: Json) -> None:
    """List the faults that are injected."""
    from .app import open_cloud

    with open_cloud(write=False) as store:
        print_items(FAULT, store.all("fault"), output_from(values))


def clear_faults(cloud: Cloud, params: Params, values: Json) -> None:
    """Stop injecting all faults, or those with the given IDs."""
    from .app import open_cloud

    with open_cloud() as store:
        known = [x["id"] for x in store.all("fault")]
        for id in values["ids"] or known:
            if id not in known:
                raise ResourceNotFound(f"No fault has the ID {id!r}.")
            store.delete("fault", id)


PORT = Opt("--port", "TCP port to listen on; 0 selects a free port.", type=click.IntRange(0, 65535), default=8700)
NEW_FAULT = (
    Arg("fault", "Fault: 503 (unavailable), 429 (busy), delay, cut connection (cut) or 401 (expired).", choices=KINDS),
    Opt("--service", "Service that fails.", choices=SERVICES, default="all"),
    Opt(
        "--share",
        "Share of the requests that fail, e.g. 0.5 for half of the requests.",
        type=click.FloatRange(0, 1),
        default=1.0,
    ),
    Opt(
        "--seconds",
        "Delay (fault delay) or value of Retry-After (fault busy), in seconds.",
        type=click.FloatRange(0, 3600),
        default=1.0,
    ),
)

sandbox = {
    "status": Command(
        "status", [SHOW_OPTIONS], "Show the directory and the number of resources of the practice cloud.", status
    ),
    "reset": Command(
        "reset", [], "Delete everything in the practice cloud, and seed a new cloud.", partial(reseed, empty=True)
    ),
    "seed": Command("seed", [], "Create the resources of a new practice cloud that are missing.", reseed),
    "serve": Command("serve", [PORT], "Serve the practice cloud over HTTP on the loopback interface.", serve),
    "fault add": Command(
        "add", [*NEW_FAULT, SHOW_OPTIONS], "Inject a fault into a share of the requests to a service.", add_fault
    ),
    "fault list": Command("list", [LIST_OPTIONS], "List injected faults.", list_faults),
    "fault clear": Command(
        "clear",
        [Arg("ids", "IDs of faults (default: all faults).", nargs=-1)],
        "Remove all faults from the practice cloud.",
        clear_faults,
    ),
}
