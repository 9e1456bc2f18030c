"""Options for owners and their domains, which nouns of several services share."""

from .api.identity import DOMAIN, PROJECT, USER
from .language.options import Opt, Value

PROJECT_DOMAIN = Value("--project-domain", "Domain of the project.", ref=DOMAIN, key="domain_id")
USER_DOMAIN = Value("--user-domain", "Domain of the user.", ref=DOMAIN, key="domain_id")
GROUP_DOMAIN = Value("--group-domain", "Domain of the group.", ref=DOMAIN, key="domain_id")
ROLE_DOMAIN = Value("--role-domain", "Domain of the role.", ref=DOMAIN, key="domain_id")
RESOURCE_DOMAIN = Value("--domain", "Domain of the resource.", ref=DOMAIN, key="domain_id")
NEW_DOMAIN = Opt("--domain", "Domain to create the resource in.", ref=DOMAIN)
DOMAIN_FILTER = Opt("--domain", "Filter by domain.", ref=DOMAIN)
OWNER = [Opt("--project", "Owner project.", ref=PROJECT, domain=PROJECT_DOMAIN), PROJECT_DOMAIN]
PROJECT_FILTER = [Opt("--project", "Filter by project.", ref=PROJECT, domain=PROJECT_DOMAIN), PROJECT_DOMAIN]
ADMIN_PROJECT_FILTER = [
    Opt("--project", "Filter by project.", ref=PROJECT, domain=PROJECT_DOMAIN, admin=True),
    PROJECT_DOMAIN,
]
ADMIN_USER_FILTER = [Opt("--user", "Filter by user.", ref=USER, domain=USER_DOMAIN, admin=True), USER_DOMAIN]
USER_FILTER = [Opt("--user", "Filter by user.", ref=USER, domain=USER_DOMAIN), USER_DOMAIN]


def project_to_show(admin: bool = False, domain: Opt = PROJECT_DOMAIN) -> list[Opt]:
    """Return the options for the project that a command shows.

    Args:
        admin: Whether only administrators may name another project.
        domain: The option for the domain of the project.
    """
    return [
        Value("--project", "Project to show (default: the current project).", ref=PROJECT, domain=domain, admin=admin),
        domain,
    ]
