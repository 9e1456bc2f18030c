"""Zone shares: projects that may add record sets to a zone of another project."""

from ..api.dns import DNS_ZONE, ZONE_SHARE
from ..api.identity import PROJECT
from ..language import ALL_FIELDS_IN_API_ORDER, Arg, Noun, Opt, target
from .fields import OF_PROJECT, cells
from .options import SCOPE

share = Noun(
    ZONE_SHARE,
    "Manage zone shares: projects that may use a zone of another project.",
    [*cells("id"), *OF_PROJECT, *cells("zone_id target_project_id")],
    fields=[ALL_FIELDS_IN_API_ORDER],
    in_order=True,
    parent=target(DNS_ZONE),
    shared=SCOPE,
)
share.create(Arg("target_project_id", "Project.", ref=PROJECT))
share.list(Opt("--target-project-id", "Filter by project that has the share.", ref=PROJECT))
share.show()
share.delete()
