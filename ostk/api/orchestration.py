"""The Orchestration (Heat) API: its conventions and its resource types.

API reference: https://docs.openstack.org/api-ref/orchestration/v1/
"""

from __future__ import annotations

from .resource import Resource
from .service import Service

HEAT = Service("heat", ("orchestration",), "v1", docs_url="https://docs.openstack.org/api-ref/orchestration/v1/")
STACK = Resource(HEAT, "stack", "/stacks/{}", list="/stacks", name="stack_name", docs="#stacks")
