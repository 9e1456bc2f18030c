"""Commands about ostk itself: help, configuration, cache, completion, and requests to any service."""

from ..api.service import Service

LOCAL_SERVICE = Service("ostk", ())  # stands for this machine: the resource types of local commands need a service
