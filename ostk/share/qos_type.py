"""QoS types: specs for the quality of service of shares."""

from typing import Any

from ..api.shared_file_system import SHARE_QOS_TYPE
from ..language import LIMIT, NULL, Arg, Cloud, Json, KeyValue, Noun, Opt, Resource
from .list_options import NAME_FILTERS, OFFSET, sort_options
from .metadata import delete_keys, metadata_setter
from .value_types import PAIRS, unique_pairs

type = Noun(
    SHARE_QOS_TYPE,
    "Manage QoS types of shares.",
    columns=["id name description specs created_at updated_at"],
    fields=["id name description specs created_at updated_at"],
    formats={"specs": PAIRS},
    in_order=True,
)


def specs_option(help: str, **attrs: Any) -> Opt:
    """Return --spec."""
    return Opt("--spec...", help, key="specs", type=KeyValue(), convert=unique_pairs, **attrs)


def validate_specs(values: Json) -> None:
    """Raise OstkError for a spec that is given twice."""
    unique_pairs(values["spec"])


type.create(
    Arg("name", "Name of the QoS type."),
    Opt("--description", "Description of the QoS type."),
    specs_option("Set a QoS spec: KEY=VALUE."),
    help="Create a QoS type (admin only).",
    defaults={"specs": {}},
    validate=validate_specs,
)
type.list(NAME_FILTERS, LIMIT, OFFSET, sort_options("id name created_at updated_at"), help="List QoS types.")
type.show(help="Show a QoS type.")


def delete_specs(cloud: Cloud, resource: Resource, item: Json, body: Json) -> None:
    """Delete the specs of a QoS type whose keys are in `body["specs"]`."""
    delete_keys(cloud, resource, item["id"], "specs", body["specs"], "spec")


type.set(
    Opt("--description", "New description of the QoS type."),
    specs_option("Set a QoS spec: KEY=VALUE.", action=metadata_setter(subpath="specs")),
    help="Update a QoS type (admin only).",
    validate=validate_specs,
)
type.unset(
    Opt("--description", "Remove the description of the QoS type.", value=NULL),
    Opt("--spec...", "Key of the QoS spec to remove.", key="specs", action=delete_specs),
    help="Remove the description or specs of a QoS type (admin only).",
)
type.delete(help="Delete QoS types (admin only).")
