"""What a new practice cloud has: projects and users, roles, the catalog, flavors, an image, networks."""

from __future__ import annotations

from typing import Any

from . import compute, identity, image, network, volume
from .data import Json, fields, rows
from .engine import Collection
from .store import Store, same_id
from .wire import Ask, Who

PASSWORD = "sandbox"
ROLES = ("admin", "manager", "member", "reader", "service")
PROJECTS = ("admin", "demo", "alt_demo", "service")
USERS = """admin admin admin, demo demo member, alt_demo alt_demo member, reader demo reader, manager demo manager"""
SERVICES = """identity keystone /identity, compute nova /compute/v2.1, image glance /image, network neutron /network,
    block-storage cinder /volume/v3, volumev3 cinderv3 /volume/v3,
    object-store swift /object-store/v1/AUTH_$(project_id)s"""
FLAVORS = """42 m1.nano 64 1 0, 84 m1.micro 128 1 0, 1 m1.tiny 512 1 0, 2 m1.small 2048 1 20, 3 m1.medium 4096 2 40,
    4 m1.large 8192 4 80, 5 m1.xlarge 16384 8 160, c1 cirros256 256 1 1, d1 ds512M 512 1 5, d2 ds1G 1024 1 10,
    d3 ds2G 2048 2 10, d4 ds4G 4096 4 20"""
IMAGES = ("cirros-0.6.2-x86_64-disk", "cirros")  # as DevStack calls it, and as people do
NETWORKS = """public 172.24.4.0/24 router:external=true mtu=1500 is_default=true, shared 192.168.233.0/24 shared=true,
    private 10.0.0.0/26"""


def seed(store: Store) -> None:
    """Put in what is missing of all this."""
    admin, demo = asking(store, "admin"), asking(store, "demo")
    people(admin)
    for x in rows("id name ram vcpus disk", FLAVORS):
        once(admin, compute.FLAVOR, str(x["id"]), {**x, "id": str(x["id"])})
    disk = b"".join(b"block %04d of a practice disk that holds no system\n" % n for n in range(1000))
    given: Json = {"disk_format": "qcow2", "container_format": "bare", "visibility": "public", "os_distro": "cirros"}
    for name in IMAGES:
        id = same_id("image", name)
        if not store.get("image", id):
            image.fill(admin, image.IMAGE.make(admin, {**given, "name": name}, id), iter([disk]))
    for name in ("lvmdriver-1", "lvmdriver-2"):
        given = {"name": name, "extra_specs": {"volume_backend_name": name}}
        once(admin, volume.TYPE, same_id("type", name), given)
    for text in NETWORKS.split(","):
        name, cidr, *given_too = text.split()
        ask = demo if name == "private" else admin
        there = once(ask, network.NETWORK, same_id("network", name), {"name": name, **fields(" ".join(given_too))})
        given = {"name": f"{name}-subnet", "network_id": there["id"], "cidr": cidr, "enable_dhcp": name != "public"}
        once(ask, network.SUBNET, same_id("subnet", name), given)
    public = same_id("network", "public")
    once(admin, network.SUBNET, same_id("subnet", "public 6"), {
        "name": "public-subnet-6", "network_id": public, "ip_version": 6, "cidr": "2001:db8::/64",
        "gateway_ip": "2001:db8::2", "enable_dhcp": False,
    })  # fmt: skip
    for name in PROJECTS:
        network.default_group(admin, id_of("project", name))
    id = same_id("router", "router1")
    if not store.get("router", id):
        given = {"name": "router1", "external_gateway_info": {"network_id": public}}
        router = network.ROUTER.make(demo, given, id)
        ips = [{"subnet_id": same_id("subnet", "private"), "ip_address": "10.0.0.1"}]
        network.own_port(demo, router, same_id("network", "private"), "network:router_interface", ips)


def people(admin: Ask) -> None:
    """Domains, projects, users, roles, who has which, services and endpoints."""
    once(admin, identity.DOMAIN, "default", {"name": "Default", "description": "The default domain"})
    once(admin, identity.REGION, "RegionOne", {"id": "RegionOne"})
    for name in ROLES:
        once(admin, identity.ROLE, id_of("role", name), {"name": name, "options": {"immutable": True}})
    for name in PROJECTS:
        once(admin, identity.PROJECT, id_of("project", name), {"name": name})
    for x in rows("name project role", USERS):
        given = {"name": x["name"], "email": f"{x['name']}@example.org", "password": PASSWORD}
        once(admin, identity.USER, id_of("user", x["name"]), given)
        assign(admin, x["name"], x["role"], x["project"])
    for project in ("demo", "alt_demo", ""):
        assign(admin, "admin", "admin", project)
    for x in rows("type name path", SERVICES):
        service = once(admin, identity.SERVICE, id_of("service", x["type"]), {"type": x["type"], "name": x["name"]})
        for interface in ("public", "internal", "admin"):
            given = {"interface": interface, "service_id": service["id"], "url": "{host}" + x["path"]}
            once(admin, identity.ENDPOINT, id_of(x["type"], interface), {**given, "region_id": "RegionOne"})


def assign(admin: Ask, user: str, role: str, project: str) -> None:
    """Give a user a role on a project, or on the system."""
    item: Json = {"target": "project" if project else "system", "group_id": None, "inherited": False}
    item["target_id"] = id_of("project", project) if project else "all"
    item |= {"user_id": id_of("user", user), "role_id": id_of("role", role), "id": f"{user}/{role}/{project}"}
    admin.store.put("assignment", item)


def asking(store: Store, name: str) -> Ask:
    """One who may do everything, in a project."""
    ask = Ask({"REQUEST_METHOD": "POST", "SERVER_NAME": "", "SERVER_PORT": "", "wsgi.url_scheme": "http"}, store)
    ask.who = Who(id_of("user", name), id_of("project", name), frozenset({"admin"}))
    return ask


def once(ask: Ask, kind: Collection, id: str, given: dict[str, Any]) -> Json:
    """A thing that is made unless it is there."""
    return ask.store.get(kind.kind, id) or kind.make(ask, given, id)


def id_of(kind: str, name: str) -> str:
    """The ID of something of Identity that every practice cloud has."""
    return same_id(kind, name, dashes=False)
