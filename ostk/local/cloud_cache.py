"""The cache of one cloud: `ostk cloud cache delete`."""

from ..language import Cloud, Noun, Resource
from . import LOCAL_SERVICE

cache = Noun(Resource(LOCAL_SERVICE, "cloud cache", ""), "Manage the cache of a cloud.")


@cache.action("delete")
def delete(cloud: Cloud) -> None:
    """Delete the cached token, service catalog and API versions of the current cloud."""
    from ..auth.rescope import forget

    cloud.cache.drop()
    forget(cloud.method, cloud.settings)
