"""What an OpenStack service is: where it is found and which conventions it keeps."""

from __future__ import annotations

from ..record import Record


class Service(Record):
    """The conventions one OpenStack service keeps.

    `types` are the service types it may have in a catalog, the best first; the first one's prefix
    names its settings (`compute` → `compute_api_version`, `compute_endpoint_override`).
    `version` is the path segment of its API ("v2.1", "v3"); put at the end of an endpoint that names
    none, and in place of a version that ostk does not speak; `also` are older versions that take the same
    requests, each as its path segment. `microversion_type` is the name in
    the header `OpenStack-API-Version`, empty where there are no microversions; `experimental_header` is the
    one that lets a request use what the service still calls an experiment.
    """

    name: str
    types: tuple[str, ...]
    version: str = ""
    also: tuple[str, ...] = ()
    microversion_type: str = ""
    legacy_microversion_header: str = ""
    experimental_header: str = ""
    wrapped: bool = True  # a body is {"network": {…}} rather than {…}
    update: str = "PUT"  # how a resource is changed
    patch: str = ""  # the content type of a change, where that is a JSON patch
    next_link: str = "{plural}_links"  # where a page names the next one; words, if in one of several places
    by_offset: bool = False  # a list goes on at ?offset=, whatever its page names
    equals: str = ""  # the filter operator for equality, where a colon in a filter value marks an operator
    listed_whole: bool = False  # a list tells of each resource all that asking for one tells
    docs_url: str = ""  # the base address of the API reference
    older_names: tuple[tuple[str, str], ...] = ()  # fields, each with the name that old releases give it instead

    @property
    def setting(self) -> str:
        """The word its settings begin with: `compute`, `volume`, `object_store`."""
        return self.name if not self.types else SETTING_NAMES.get(self.types[0], self.types[0].replace("-", "_"))

    def exactly(self, value: str) -> str:
        """Return the filter value that finds this very text: to Glance, `ubuntu:22.04` is an operator and a value."""
        return f"{self.equals}{value}" if self.equals and ":" in value else value

    def in_version(self, version: str) -> dict[str, str]:
        """The headers of a request in this microversion; none for ""."""
        if not (version and self.microversion_type):
            return {}
        headers = {"OpenStack-API-Version": f"{self.microversion_type} {version}"}
        headers |= {self.legacy_microversion_header: version} if self.legacy_microversion_header else {}
        return headers | ({self.experimental_header: "True"} if self.experimental_header else {})


SETTING_NAMES = {"block-storage": "volume", "object-store": "object_store", "shared-file-system": "share"}
