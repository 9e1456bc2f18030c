"""Options that say whose a resource is; every service has them."""

from __future__ import annotations

from .api.identity import DOMAIN, PROJECT, USER
from .language.options import Opt

PROJECT_DOMAIN = Opt("--project-domain", "Domain of the project.", ref=DOMAIN, key="domain_id", not_sent=True)
USER_DOMAIN = Opt("--user-domain", "Domain of the user.", ref=DOMAIN, key="domain_id", not_sent=True)
GROUP_DOMAIN = Opt("--group-domain", "Domain of the group.", ref=DOMAIN, key="domain_id", not_sent=True)
ROLE_DOMAIN = Opt("--role-domain", "Domain of the role.", ref=DOMAIN, key="domain_id", not_sent=True)
ITS_DOMAIN = Opt("--domain", "Domain it belongs to.", ref=DOMAIN, key="domain_id", not_sent=True)
NEW_DOMAIN = Opt("--domain", "Domain it will belong to.", ref=DOMAIN)
OF_DOMAIN = Opt("--domain", "Only those of this domain.", ref=DOMAIN)
OWNER = [Opt("--project", "Project that owns it.", ref=PROJECT, domain=PROJECT_DOMAIN), PROJECT_DOMAIN]
OF_PROJECT = [Opt("--project", "Only those of this project.", ref=PROJECT, domain=PROJECT_DOMAIN), PROJECT_DOMAIN]
OF_USER = [Opt("--user", "Only those of this user.", ref=USER, domain=USER_DOMAIN), USER_DOMAIN]
