"""What a new practice cloud has: projects and users, roles, the catalog, flavors, an image, networks."""

from __future__ import annotations

from typing import Any

from .store import Json, Store, same_id

PASSWORD = "sandbox"
PROJECTS = ("admin", "demo", "alt_demo", "service")
USERS = {"admin": ("admin", "admin"), "demo": ("demo", "member"), "alt_demo": ("alt_demo", "member"),
         "reader": ("demo", "reader"), "manager": ("demo", "manager")}  # fmt: skip
ROLES = ("admin", "manager", "member", "reader", "service")
SERVICES = (
    ("identity", "keystone", "/identity"), ("compute", "nova", "/compute/v2.1"), ("image", "glance",
                                                                                  "/image"),
    ("network", "neutron", "/network"), ("block-storage", "cinder", "/volume/v3"),
    ("volumev3", "cinderv3", "/volume/v3"), ("object-store", "swift", "/object-store/v1/AUTH_$(project_id)s"),
)  # fmt: skip
# name, ID, MiB of memory, virtual CPUs, GiB of disk
FLAVORS = (
    ("m1.nano", "42", 64, 1, 0), ("m1.micro", "84", 128, 1, 0), ("m1.tiny", "1", 512, 1, 1),
    ("m1.small", "2", 2048, 1, 20), ("m1.medium", "3", 4096, 2, 40), ("m1.large", "4", 8192, 4, 80),
    ("m1.xlarge", "5", 16384, 8, 160),
)  # fmt: skip


def id_of(kind: str, name: str) -> str:
    """The ID of something of Identity that every practice cloud has."""
    return same_id(kind, name, dashes=False)


def seed(store: Store) -> None:
    """Put in what is missing of all this."""
    identity(store)
    flavors(store)
    image(store)
    networks(store)
    for name in ("lvmdriver-1", "lvmdriver-2"):
        put(store, "volume_type", id=same_id("type", name), name=name, is_public=True, description=None,
            extra_specs={"volume_backend_name": name})  # fmt: skip


def put(store: Store, kind: str, **item: Any) -> Json:
    """Keep a thing unless one with its ID is there."""
    return store.get(kind, item["id"]) or store.put(kind, item)


def identity(store: Store) -> None:
    """Domains, projects, users, roles, who has which, services and endpoints."""
    from .tokens import hashed

    put(store, "domain", id="default", name="Default", description="The default domain", enabled=True,
        tags=[],
        options={})  # fmt: skip
    put(store, "region", id="RegionOne", description="", parent_region_id=None)
    for name in ROLES:
        put(store, "role", id=id_of("role", name), name=name, domain_id=None, description=None,
            options={"immutable": True})  # fmt: skip
    for name in PROJECTS:
        put(store, "project", id=id_of("project", name), name=name, domain_id="default", description="",
            enabled=True,
            parent_id="default", is_domain=False, tags=[], options={})  # fmt: skip
    for name, (project, role) in USERS.items():
        put(store, "user", id=id_of("user", name), name=name, domain_id="default", enabled=True,
            email=f"{name}@example.org", password_expires_at=None, options={},
            _password=hashed(PASSWORD, "sandbox"))  # fmt: skip
        assign(store, name, role, "project", id_of("project", project))
    for project in ("demo", "alt_demo"):
        assign(store, "admin", "admin", "project", id_of("project", project))
    assign(store, "admin", "admin", "system", "all")
    for type, name, path in SERVICES:
        service = put(store, "service", id=id_of("service", type), name=name, type=type, enabled=True)
        for interface in ("public", "internal", "admin"):
            put(store, "endpoint", id=id_of(type, interface), interface=interface, service_id=service["id"],
                url="{host}" + path, region="RegionOne", region_id="RegionOne", enabled=True)  # fmt: skip


def assign(store: Store, user: str, role: str, target: str, target_id: str) -> None:
    """Give a user a role somewhere."""
    put(store, "assignment", id=f"{user}/{role}/{target_id}", target=target, target_id=target_id,
        group_id=None,
        user_id=id_of("user", user), role_id=id_of("role", role), inherited=False)  # fmt: skip


def flavors(store: Store) -> None:
    """The sizes that servers can have."""
    for name, id, ram, vcpus, disk in FLAVORS:
        put(store, "flavor", **{
            "id": id, "name": name, "ram": ram, "vcpus": vcpus, "disk": disk, "swap": "",
            "OS-FLV-EXT-DATA:ephemeral": 0, "OS-FLV-DISABLED:disabled": False,
            "os-flavor-access:is_public": True,
            "rxtx_factor": 1.0, "description": None, "extra_specs": {}, "_access": [],
        })  # fmt: skip


def image(store: Store) -> None:
    """One image, of a few bytes that hold no system."""
    data = b"".join(b"block %04d of a practice disk that holds no system\n" % n for n in range(1000))
    id = same_id("image", "cirros")
    kept = store.keep(f"image-{id}", iter([data]))
    put(store, "image", id=id, name="cirros", disk_format="qcow2", container_format="bare",
        visibility="public",
        size=kept["size"], virtual_size=None, status="active", checksum=kept["md5"], protected=False,
        min_ram=0,
        min_disk=0, owner=id_of("project", "admin"), os_hidden=False, os_hash_algo="sha512",
        os_hash_value=kept["sha512"], tags=[], os_distro="cirros", created_at=stamp(),
        updated_at=stamp())  # fmt: skip


def stamp() -> str:
    """Now, as most services write it."""
    import time

    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def networks(store: Store) -> None:
    """A network to the outside, one that all share, and one of project demo behind a router."""
    from .network import NETWORK, SUBNET, default_group
    from .routing import ROUTER, own_port
    from .wire import Ask, Who

    def ask_as(name: str) -> Ask:
        project = store.get("project", id_of("project", name)) or {}
        ask = Ask({"REQUEST_METHOD": "POST", "SERVER_NAME": "", "SERVER_PORT": "", "wsgi.url_scheme": "http"}, store)
        ask.who = Who({"id": id_of("user", name)}, project, frozenset({"admin", "member"}), {})
        return ask

    admin, demo = ask_as("admin"), ask_as("demo")
    plan: tuple[tuple[str, Ask, Json, str], ...] = (
        ("public", admin, {"router:external": True, "mtu": 1500, "is_default": True}, "172.24.4.0/24"),
        ("shared", admin, {"shared": True}, "192.168.233.0/24"),
        ("private", demo, {}, "10.0.0.0/26"),
    )
    for name, ask, fields, cidr in plan:
        if store.get("network", same_id("network", name)):
            continue
        network = NETWORK.make(ask, {"name": name, **fields})
        store.drop("network", network["id"])
        network["id"] = store.put("network", {**network, "id": same_id("network", name)})["id"]
        subnet = SUBNET.make(ask, {"name": f"{name}-subnet", "network_id": same_id("network", name), "cidr": cidr})
        store.drop("subnet", subnet["id"])
        subnet["id"] = same_id("subnet", name)
        if name == "public":
            subnet["enable_dhcp"] = False
        store.put("subnet", subnet)
    if not store.all("subnet", name="public-subnet-6"):
        SUBNET.make(admin, {"name": "public-subnet-6", "network_id": same_id("network", "public"),
                            "ip_version": 6,
                            "cidr": "2001:db8::/64", "gateway_ip": "2001:db8::2",
                            "enable_dhcp": False})  # fmt: skip
    for name in PROJECTS:
        default_group(admin, id_of("project", name))
    if not store.all("router", name="router1"):
        router = ROUTER.make(demo, {"name": "router1",
                                    "external_gateway_info": {"network_id": same_id("network",
                                                                                    "public")}})  # fmt: skip
        ips = [{"subnet_id": same_id("subnet", "private"), "ip_address": "10.0.0.1"}]
        own_port(demo, router, same_id("network", "private"), "network:router_interface", ips)
