"""Default statefulness: the setting `stateful` of new security groups in a project."""

from ..api.network import DEFAULT_STATEFULNESS
from ..language import REMAINING_FIELDS, Column, Noun, Opt, exclusive
from ..owner import OWNER, PROJECT_FILTER

statefulness = Noun(
    DEFAULT_STATEFULNESS,
    "Manage the default statefulness of new security groups.",
    columns=["id project_id stateful"],
    fields=[
        "id project_id stateful",
        Column("name", hidden=True),
        Column("revision_number", hidden=True),
        REMAINING_FIELDS,
    ],
)
STATEFUL = exclusive(
    Opt("--stateful", "Make new security groups stateful.", value=True),
    Opt("--stateless", "Make new security groups stateless.", key="stateful", value=False),
    required=True,
)
statefulness.create(STATEFUL, OWNER, help="Create the default statefulness of a project.")
statefulness.list(PROJECT_FILTER, help="List the default statefulness of projects.")
statefulness.show(help="Show the default statefulness of a project.")
statefulness.set(STATEFUL, help="Change the default statefulness of a project.")
statefulness.delete(help="Delete the default statefulness of projects.")
