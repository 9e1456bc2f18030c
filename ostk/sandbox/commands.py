"""Commands for the practice cloud itself: `ostk sandbox …`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import click

from ..console import write_message, write_text
from ..errors import OstkError, ResourceNotFound
from ..language import Arg, Branch, Column, Command, Json, Opt
from ..language.view import print_items
from ..render.options import LIST_OPTIONS, SHOW_OPTIONS, output_from
from ..render.output import print_one
from ..session.cloud import Cloud
from . import entry
from .faults import KINDS

Params = Sequence[click.Parameter]
SERVICES = ("all", "identity", "compute", "image", "network", "volume", "object-store")
COUNTED = ("project", "user", "server", "image", "network", "port", "volume", "container", "object", "fault")
FAULT = (Column("id"), Column("service"), Column("fault"), Column("share"), Column("seconds"))


def status(cloud: Cloud, params: Params, values: Json) -> None:
    """Print where the practice cloud is kept and how much there is in it."""
    from .app import open_cloud

    with open_cloud(write=False) as store:
        fields = {"directory": store.where, **{f"{kind}s": len(store.all(kind)) for kind in COUNTED}}
    print_one(list(fields), list(fields.values()), output_from(values))


def refill(cloud: Cloud, params: Params, values: Json, empty: bool = False) -> None:
    """Put back what a new practice cloud has."""
    from .app import open_cloud
    from .seed import reset, seed

    with open_cloud() as store:
        (reset if empty else seed)(store)


def serve(cloud: Cloud, params: Params, values: Json) -> None:
    """Serve until interrupted."""
    from .server import listen

    try:
        server = listen(values["port"])
    except OSError as error:
        words = f"The practice cloud cannot listen on port {values['port']}: {error.strerror}."
        raise OstkError(words, "Choose another one with --port; 0 takes a free one.") from None
    write_text(introduction(f"http://127.0.0.1:{server.server_port}") + "\n")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        write_message("Stopped.")
    finally:
        server.server_close()


def introduction(address: str) -> str:
    """An openrc and an entry of clouds.yaml for the practice cloud at an address."""
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
    """Let requests go wrong from now on."""
    from .app import open_cloud

    with open_cloud() as store:
        number = max([0, *(int(x["id"]) for x in store.all("fault"))]) + 1
        item = {"id": str(number), **{key: values[key] for key in ("service", "fault", "share", "seconds")}}
        store.put("fault", item)
    print_one(list(item), list(item.values()), output_from(values))


def list_faults(cloud: Cloud, params: Params, values: Json) -> None:
    """Print the faults that there are."""
    from .app import open_cloud

    with open_cloud(write=False) as store:
        print_items(FAULT, store.all("fault"), output_from(values))


def clear_faults(cloud: Cloud, params: Params, values: Json) -> None:
    """Let nothing go wrong any more, or not these."""
    from .app import open_cloud

    with open_cloud() as store:
        known = [x["id"] for x in store.all("fault")]
        for id in values["ids"] or known:
            if id not in known:
                raise ResourceNotFound(f"No fault has the ID {id!r}.")
            store.delete("fault", id)


PORT = Opt("--port", "Port to listen on, 0 for a free one.", type=click.IntRange(0, 65535), default=8700)
NEW_FAULT = (
    Arg("fault", choices=KINDS),
    Opt("--service", "The service that fails.", choices=SERVICES, default="all"),
    Opt("--share", "How many of the requests, from 0 to 1.", type=click.FloatRange(0, 1), default=1.0),
    Opt("--seconds", "How long to wait.", type=click.FloatRange(0, 3600), default=1.0),
)

sandbox = Branch("sandbox", "A cloud inside ostk: for practice, demonstrations, tests of scripts.")
sandbox.add("status", Command("status", [SHOW_OPTIONS], "See what is in the practice cloud.", status))
sandbox.add("reset", Command("reset", [], "Empty the practice cloud and begin anew.", partial(refill, empty=True)))
sandbox.add("seed", Command("seed", [], "Put back what a new practice cloud has.", refill))
sandbox.add("serve", Command("serve", [PORT], "Serve the practice cloud over HTTP, on loopback alone.", serve))
sandbox.add_command(Branch("fault", "Let requests go wrong on purpose, to test scripts."))
sandbox.add("fault add", Command("add", [*NEW_FAULT, SHOW_OPTIONS], "Let some requests to it fail.", add_fault))
sandbox.add("fault list", Command("list", [LIST_OPTIONS], "List the faults that are on.", list_faults))
sandbox.add("fault clear", Command("clear", [Arg("ids", nargs=-1)], "Turn faults off: these, or all.", clear_faults))
