"""OpenStack services that ostk has no commands for, with the first words of their commands in other clients."""

from typing import NamedTuple

from .index import INDEX


class OtherService(NamedTuple):
    """A service.

    Attributes:
        name: The name of the project.
        title: The name of the service.
        types: The types in the catalog, the usual one first.
        nouns: The first words of the commands, separated by commas.

    """

    name: str
    title: str
    types: tuple[str, ...]
    nouns: str


OTHER_SERVICES = (
    OtherService(
        "ironic-inspector", "Bare Metal Introspection", ("baremetal-introspection",), "baremetal introspection"
    ),
    OtherService("ceilometer", "Metering", ("metering",), "meter, sample, ceilometer"),
    OtherService(
        "mistral",
        "Workflow",
        ("workflowv2", "workflow"),
        "workflow, workbook, action definition, action execution, task execution, cron trigger, event trigger, mistral",
    ),
    OtherService("zun", "Application Container", ("container", "application-container"), "appcontainer, zun"),
    OtherService("watcher", "Infrastructure Optimization", ("infra-optim", "resource-optimization"), "optimize"),
    OtherService("masakari", "Instance High Availability", ("instance-ha",), "segment, notification, masakari"),
    OtherService("blazar", "Reservation", ("reservation",), "reservation, lease, blazar"),
    OtherService("cloudkitty", "Rating", ("rating",), "rating, cloudkitty"),
    OtherService("senlin", "Clustering", ("clustering", "resource-cluster"), "cluster, senlin"),
    OtherService("zaqar", "Messaging", ("messaging", "message"), "messaging, queue, zaqar"),
    OtherService("sahara", "Data Processing", ("data-processing",), "dataprocessing, sahara"),
    OtherService("tacker", "NFV Orchestration", ("nfv-orchestration",), "vnf, vnflcm, vnffg, nfv, vim, tacker"),
    OtherService("vitrage", "Root Cause Analysis", ("rca", "root-cause-analysis"), "rca, vitrage"),
    OtherService("neutron", "Network", ("network", "networking"), "sfc, l2gw"),
)


def service_of_noun(words: str) -> tuple[str, OtherService] | None:
    """Return the noun that the words of a command line begin with, and its service; None for other words.

    A noun that ostk has, or that a noun of ostk begins with, is none of another service.
    """
    found = [
        (noun, service)
        for service in OTHER_SERVICES
        for noun in service.nouns.split(", ")
        if f"{words} ".startswith(f"{noun} ") and not any(f"{own} ".startswith(f"{noun} ") for own in INDEX)
    ]
    return max(found, key=lambda pair: len(pair[0]), default=None)


def note(words: str, program: str) -> str:
    """Return the part of an error message that says how to reach the service of a noun, "" for other words."""
    found = service_of_noun(words)
    if found is None:
        return ""
    noun, service = found
    return (
        f"{noun!r} is a noun of the {service.title} service ({service.name}) that {program} does not have. "
        f"Send requests to the service: {program} api {service.types[0]} PATH"
    )
