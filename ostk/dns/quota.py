"""Quotas of projects for DNS."""

from ..api.dns import DESIGNATE, DNS_QUOTA
from ..api.identity import PROJECT
from ..errors import OstkError
from ..language import Cloud, Json, Noun, Opt, Value
from .options import SCOPE

LIMITS = {
    "api_export_size": "record sets of a zone that can be exported",
    "recordset_records": "records of a record set",
    "zone_records": "records of a zone",
    "zone_recordsets": "record sets of a zone",
    "zones": "zones",
}
quota = Noun(DNS_QUOTA, "Manage quotas for DNS.", fields=[" ".join(LIMITS)], shared=SCOPE)
OF_PROJECT = Value("--project-id", "Project (default: the current project).", ref=PROJECT)


def project_of(cloud: Cloud, project: str | None) -> str:
    """Return the project of a quota, and say to Designate that it may be another one than that of the token."""
    own = cloud.access.project_id or ""
    if (project or own) != own or not own:
        cloud.send_header(DESIGNATE, "X-Auth-All-Projects", "True")
    if not (project or own):
        raise OstkError("The token has no project.", "Name one with --project-id.")
    return project or own


@quota.shower("list", OF_PROJECT)
def show(cloud: Cloud, project_id: str | None) -> Json:
    """Show the quotas of a project."""
    return cloud.fetch(DNS_QUOTA, project_of(cloud, project_id))


@quota.shower(
    "set",
    OF_PROJECT,
    [
        Opt(f"--{key.replace('_', '-')}", f"Maximum number of {what}.", key=key, type=int)
        for key, what in LIMITS.items()
    ],
)
def set_limits(cloud: Cloud, project_id: str | None, body: Json) -> Json | None:
    """Set quotas of a project (admin only)."""
    project = project_of(cloud, project_id)
    return cloud.update(DNS_QUOTA, project, body) if body else cloud.fetch(DNS_QUOTA, project)


@quota.action("reset", OF_PROJECT)
def reset(cloud: Cloud, project_id: str | None) -> None:
    """Reset all quotas of a project to the defaults (admin only)."""
    cloud.delete(DNS_QUOTA, project_of(cloud, project_id))
