"""What ostk keeps of one cloud between runs: `ostk cloud cache delete`."""

from __future__ import annotations

from ..language import Noun, Resource
from ..session.cloud import Cloud
from . import LOCAL_SERVICE

cache = Noun(Resource(LOCAL_SERVICE, "cloud cache", ""), "Manage what is kept of one cloud between runs.")


@cache.action("delete")
def forget(cloud: Cloud) -> None:
    """Forget the token, catalog and versions of this cloud."""
    cloud.cache.drop()
