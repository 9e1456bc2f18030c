"""Default statefulness: whether new security groups of a project are stateful."""

from __future__ import annotations

from ..api.network import DEFAULT_STATEFULNESS
from ..language import REMAINING_FIELDS, Column, Noun, Opt, exclusive
from ..owner import OF_PROJECT, OWNER

statefulness = Noun(
    DEFAULT_STATEFULNESS,
    "Manage whether new security groups are stateful.",
    columns=["id project_id stateful"],
    fields=[
        "id project_id stateful",
        Column("name", hidden=True),
        Column("revision_number", hidden=True),
        REMAINING_FIELDS,
    ],
)
STATEFUL = exclusive(
    Opt("--stateful", "They are stateful.", value=True),
    Opt("--stateless", "They are stateless.", key="stateful", value=False),
    required=True,
)
statefulness.create(STATEFUL, OWNER)
statefulness.list(OF_PROJECT)
statefulness.show()
statefulness.set(STATEFUL)
statefulness.delete()
