"""Every kind of thing a cloud keeps, one line each: the atlas of the API."""

from __future__ import annotations

from .language.kind import Kind
from .language.service import CINDER, GLANCE, KEYSTONE, NEUTRON, NOVA

# Compute. Nova reads the name in a query as a regular expression of its database.
NOVA_NAME = "name=^{}$"
FLAVOR = Kind(NOVA, "flavor", "/flavors", list="/flavors/detail", microversion="2.61", by_name="", find_query=(("is_public", "None"),))
KEYPAIR = Kind(NOVA, "keypair", "/os-keypairs", id="name", microversion="2.92")
SERVER = Kind(NOVA, "server", "/servers", list="/servers/detail", microversion="2.96", by_name=NOVA_NAME, find_path="/servers")

# Identity
DOMAIN = Kind(KEYSTONE, "domain", "/domains", as_given=True)
PROJECT = Kind(KEYSTONE, "project", "/projects", as_given=True)
USER = Kind(KEYSTONE, "user", "/users", as_given=True)

# Image
IMAGE = Kind(GLANCE, "image", "/images")

# Network
NETWORK = Kind(NEUTRON, "network", "/networks")
NETWORK_AGENT = Kind(NEUTRON, "network agent", "/agents", key="agent", name="id")
PORT = Kind(NEUTRON, "port", "/ports")
QOS_POLICY = Kind(NEUTRON, "network qos policy", "/qos/policies", key="policy", plural="policies")
SUBNET = Kind(NEUTRON, "subnet", "/subnets")

# Volume
VOLUME = Kind(CINDER, "volume", "/volumes", list="/volumes/detail", microversion="3.71")
