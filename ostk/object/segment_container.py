"""The container that holds the segments of the large objects of another container."""

import threading

from ..errors import HTTPNotFound
from ..language import Cloud, Json
from .swift import SWIFT, naming_missing, pages_of, path_of


class SegmentContainer:
    """The container of segments; it is created when it is first used.

    Args:
        cloud: The cloud.
        parent: The container of the large objects.
        name: The container of their segments.
    """

    def __init__(self, cloud: Cloud, parent: str, name: str) -> None:
        self.cloud, self.parent, self.name = cloud, parent, name
        self.lock = threading.Lock()
        self.exists = False

    def create(self) -> None:
        """Create the container unless it exists, with the storage policy of the container of the objects.

        Raises:
            ResourceNotFound: The container of the objects does not exist.
        """
        with self.lock:
            if self.exists:
                return
            with naming_missing(self.cloud, self.parent), self.cloud.force_send():
                policy = self.cloud.request(SWIFT, "HEAD", path_of(self.parent)).headers.get("X-Storage-Policy")
            if not self.is_there():
                headers = {"X-Storage-Policy": policy} if policy else {}
                self.cloud.request(SWIFT, "PUT", path_of(self.name), headers=headers, repeatable=True)
            self.exists = True

    def is_there(self) -> bool:
        """Return whether the container exists."""
        try:
            with self.cloud.force_send():
                self.cloud.request(SWIFT, "HEAD", path_of(self.name))
        except HTTPNotFound:
            return False
        return True

    def rows(self, prefix: str) -> list[Json]:
        """Return the objects whose names begin with a prefix."""
        with self.cloud.force_send():
            return [*pages_of(self.cloud, path_of(self.name), {"prefix": prefix}, True)]
