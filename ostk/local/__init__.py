"""Commands about ostk itself, and those that belong to no service."""

from ..api.service import Service

LOCAL_SERVICE = Service("ostk", ())  # what keeps the things of this machine that commands are about
