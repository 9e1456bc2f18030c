"""Services: their types in the catalog and the conventions of their APIs."""

from ..record import Record

LINK_HEADER = "Link"  # the `next_link` of a service that names the next page in this header (RFC 8288)


class Busy(Record):
    """How a service refuses a request about a resource while it carries out an earlier one.

    Attributes:
        refusals: Regular expressions of the message, each with the path of the collection of what is being changed;
            the first group is the ID.
        key: The field with the status of what is being changed.
        until: The values of the field in which requests are accepted, separated by blanks; "" is no value.
        meanwhile: What the value begins with while the earlier request is carried out.
        status: The HTTP status of the refusal.
        says: The words between the ID and the value of the field, for people.
    """

    refusals: tuple[tuple[str, str], ...]
    key: str = "status"
    until: str = "ACTIVE"
    meanwhile: str = "PENDING_"
    status: int = 409
    says: str = "is"


class Service(Record):
    """An OpenStack service and the conventions of its API.

    Attributes:
        name: The name of the project: "nova".
        types: The service types in a catalog, the official one first. The settings of the service begin with the
            first one (compute_api_version, compute_endpoint_override).
        version: The path segment of the API version: "v2.1". It is appended to an endpoint without a version, and
            replaces a version that ostk does not support.
        also: Path segments of older API versions that take the same requests.
        microversion_type: The service's name in the header OpenStack-API-Version, "" without microversions.
        legacy_microversion_header: An older header for the microversion.
        experimental_header: The header that admits experimental API.
        wrapped: Whether a body has an envelope: {"network": {…}} rather than {…}.
        update: The method that updates a resource: PUT or PATCH.
        patch: The content type of an update, if it is a JSON patch.
        next_link: The key of the link to the next page; several keys, separated by blanks, if there are variants;
            LINK_HEADER if the link is in a header.
        by_offset: Whether pages are requested by ?offset= (Manila ignores the marker in its own links).
        equals: The filter operator for equality, if a colon in a filter value marks an operator.
        listed_whole: Whether a list has all fields of each resource.
        docs_url: The address of the API reference.
        older_names: Fields, each with its name in older releases.
        document_version: The microversion of the request for the version document (Barbican since 16.0 lists its
            microversions only in the answer to a request that has one).
        busy: How a request is refused while an earlier one is carried out; such a request is sent again.
    """

    name: str
    types: tuple[str, ...]
    version: str = ""
    also: tuple[str, ...] = ()
    microversion_type: str = ""
    legacy_microversion_header: str = ""
    experimental_header: str = ""
    wrapped: bool = True
    update: str = "PUT"
    patch: str = ""
    next_link: str = "{plural}_links"
    by_offset: bool = False
    equals: str = ""
    listed_whole: bool = False
    docs_url: str = ""
    older_names: tuple[tuple[str, str], ...] = ()
    document_version: str = ""
    busy: Busy | None = None

    @property
    def setting(self) -> str:
        """The prefix of the service's settings: `compute`, `volume`, `object_store`."""
        return self.name if not self.types else SETTING_NAMES.get(self.types[0], self.types[0].replace("-", "_"))

    def exactly(self, value: str) -> str:
        """Return the filter value that matches this text exactly: Glance reads `ubuntu:22.04` as operator and value."""
        return f"{self.equals}{value}" if self.equals and ":" in value else value

    def in_version(self, version: str) -> dict[str, str]:
        """Return the headers of a request in a microversion, {} for ""."""
        if not (version and self.microversion_type):
            return {}
        headers = {"OpenStack-API-Version": f"{self.microversion_type} {version}"}
        headers |= {self.legacy_microversion_header: version} if self.legacy_microversion_header else {}
        return headers | ({self.experimental_header: "True"} if self.experimental_header else {})


SETTING_NAMES = {
    "block-storage": "volume",
    "object-store": "object_store",
    "shared-file-system": "share",
    "container-infrastructure-management": "container_infra",
}
