"""The resources of a new practice cloud: projects, users, roles, the catalog, flavors, images, networks."""

import os

from . import compute, identity, image, network, volume
from .data import Json, fields, pick, rows
from .engine import Collection
from .messages import Identity, Request
from .network import NETWORK
from .store import Store, stable_id

PASSWORD = "sandbox"
PROJECTS = "admin demo alt_demo invisible_to_admin service"
ROLES = "admin manager member reader service anotherrole swiftoperator ResellerAdmin"
GROUPS = "admins nonadmins"
# User, role and project; "-" is the system.
ROLE_ASSIGNMENTS = """admin admin admin, admin admin demo, admin admin alt_demo, admin admin -, demo member demo,
    demo member invisible_to_admin, alt_demo member alt_demo, demo_reader reader demo, demo_manager manager demo"""
SERVICES = """identity keystone /identity, compute nova /compute/v2.1, image glance /image,
    network neutron /network, block-storage cinder /volume/v3, volumev3 cinderv3 /volume/v3/$(project_id)s,
    object-store swift /object-store/v1/AUTH_$(project_id)s"""
FLAVORS = """42 m1.nano 64 1 0, 84 m1.micro 128 1 0, 1 m1.tiny 512 1 0, 2 m1.small 2048 1 20,
    3 m1.medium 4096 2 40, 4 m1.large 8192 4 80, 5 m1.xlarge 16384 8 160, c1 cirros256 256 1 1, d1 ds512M 512 1 5,
    d2 ds1G 1024 1 10, d3 ds2G 2048 2 10, d4 ds4G 4096 4 20"""
IMAGES = ("cirros-0.6.2-x86_64-disk", "cirros")  # DevStack's name, and a short one
IMAGE = fields("disk_format=qcow2 container_format=bare visibility=public os_distro=cirros hw_rng_model=virtio")
NETWORKS = "public admin true false 1500 true, shared admin false true 1450 false, private demo false false 1450 false"
SUBNETS = """public public-subnet 4 172.24.4.0/24 172.24.4.1 false null,
    public ipv6-public-subnet 6 2001:db8::/64 2001:db8::2 false null,
    private ipv6-private-subnet 6 fd12:6c5d:ae73::/64 fd12:6c5d:ae73::1 true slaac,
    private private-subnet 4 10.0.0.0/26 10.0.0.1 true null,
    shared shared-subnet 4 192.168.233.0/24 192.168.233.1 true null"""


def reset(store: Store) -> None:
    """Delete everything, and create the resources of a new practice cloud."""
    store.connection.execute("DELETE FROM resource")
    for name in os.listdir(store.file_path("")):
        store.delete_file(name)
    seed(store)


def seed(store: Store) -> None:
    """Create the resources of a new practice cloud that are missing."""
    admin, demo = request_as(store, "admin"), request_as(store, "demo")
    seed_identity(admin)
    for x in rows("id name ram vcpus disk", FLAVORS):
        ensure(admin, compute.FLAVOR, {**x, "id": str(x["id"])}, str(x["id"]))
    for name in IMAGES:
        created = ensure(admin, image.IMAGE, {**IMAGE, "name": name})
        if created["status"] == "queued":
            image.store_data(admin, created, iter([b"a practice disk that holds no system\n" * 1000]))
    ensure(admin, volume.TYPE, {"name": "__DEFAULT__", "description": "Default Volume Type"})
    for name in volume.DRIVERS:
        ensure(admin, volume.TYPE, {"name": name, "extra_specs": {"volume_backend_name": name}})
    for x in rows("name project router:external shared mtu is_default", NETWORKS):
        ensure(demo if x.pop("project") == "demo" else admin, NETWORK, x)
    for x in rows("network name ip_version cidr gateway_ip enable_dhcp ipv6_address_mode", SUBNETS):
        x |= {"network_id": id_of(NETWORK, x["network"]), "ipv6_ra_mode": x["ipv6_address_mode"]}
        ensure(demo if x.pop("network") == "private" else admin, network.SUBNET, x)
    if not store.get("router", id_of(network.ROUTER, "router1")):
        gateway = {"network_id": id_of(NETWORK, "public")}
        router = ensure(demo, network.ROUTER, {"name": "router1", "external_gateway_info": gateway})
        for x in store.all("subnet", network_id=id_of(NETWORK, "private")):
            ips = [pick(x, "subnet_id=id ip_address=gateway_ip")]
            network.create_router_port(demo, router, x["network_id"], network.INTERFACE, ips)


def seed_identity(admin: Request) -> None:
    """Create domains, projects, users, roles, assignments, services and endpoints."""
    ensure(admin, identity.DOMAIN, {"name": "Default", "description": "The default domain"}, "default")
    ensure(admin, identity.REGION, {"id": "RegionOne"}, "RegionOne")
    for kind, names in ((identity.ROLE, ROLES), (identity.PROJECT, PROJECTS), (identity.GROUP, GROUPS)):
        for name in names.split():
            ensure(admin, kind, {"name": name, **({"options": {"immutable": True}} if kind is identity.ROLE else {})})
    for user, role, project in (x.values() for x in rows("user role project", ROLE_ASSIGNMENTS)):
        email = None if user == "admin" else f"{user}@example.org"
        created = ensure(admin, identity.USER, {"name": user, "email": email, "password": PASSWORD})
        body = {"user_id": created["id"], "role_id": id_of(identity.ROLE, role), "group_id": None, "inherited": False}
        body |= {"target": "system", "target_id": "all", "id": f"{user}/{role}/{project}"}
        if project != "-":
            body |= {"target": "project", "target_id": id_of(identity.PROJECT, project)}
        admin.store.put("assignment", body)
    for x in rows("type name path", SERVICES):
        url = "{host}" + x.pop("path")
        service = ensure(admin, identity.SERVICE, x)
        for interface in ("public", "internal", "admin"):
            body = {"interface": interface, "service_id": service["id"], "url": url, "region_id": "RegionOne"}
            ensure(admin, identity.ENDPOINT, body, stable_id(x["type"], interface, dashes=False))


def request_as(store: Store, name: str) -> Request:
    """Return a request of an administrator in the project of this name."""
    request = Request(
        {"REQUEST_METHOD": "POST", "SERVER_NAME": "", "SERVER_PORT": "", "wsgi.url_scheme": "http"}, store
    )
    request.authenticated = Identity(id_of(identity.USER, name), id_of(identity.PROJECT, name), frozenset({"admin"}))
    return request


def ensure(request: Request, collection: Collection, body: Json, item_id: str = "") -> Json:
    """Return the resource with this ID or name, which is created if it is absent."""
    item_id = item_id or id_of(collection, body["name"])
    return request.store.get(collection.kind, item_id) or collection.insert(request, body, item_id)


def id_of(collection: Collection, name: str) -> str:
    """Return the ID of a seeded resource, which is the same in every practice cloud."""
    return stable_id(collection.kind, name, dashes=collection.service.uuid_dashes)
