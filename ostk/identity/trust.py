"""Trusts: roles that one user lets another use in their name."""

from __future__ import annotations

from collections.abc import Iterable

from ..api.identity import DOMAIN, PROJECT, TRUST, USER
from ..errors import OstkError
from ..language import Arg, Flag, Json, Noun, Opt
from ..owner import PROJECT_DOMAIN
from ..session.cloud import Cloud
from .options import EXPIRATION, LENT_ROLES, lent_roles

trust = Noun(
    TRUST,
    "Manage trusts: roles that one user lets another use.",
    columns=["id expires_at impersonation project_id trustee_user_id trustor_user_id"],
    fields=[
        "expires_at id impersonation=is_impersonation project_id redelegated_trust_id redelegation_count",
        "remaining_uses roles trustee_user_id trustor_user_id",
    ],
)
TRUSTOR_DOMAIN = Opt("--trustor-domain", "Domain of the one who trusts.", ref=DOMAIN, key="domain_id", not_sent=True)
TRUSTEE_DOMAIN = Opt("--trustee-domain", "Domain of the one trusted.", ref=DOMAIN, key="domain_id", not_sent=True)


def lend(cloud: Cloud, body: Json, role: tuple[str, ...]) -> None:
    """Add the roles to delegate to a trust."""
    body["roles"] = lent_roles(cloud, role)


trust.create(
    Arg("trustor", ref=USER, domain=TRUSTOR_DOMAIN, key="trustor_user_id"),
    Arg("trustee", ref=USER, domain=TRUSTEE_DOMAIN, key="trustee_user_id"),
    Opt("--project", "Project in which it holds.", ref=PROJECT, domain=PROJECT_DOMAIN, required=True),
    LENT_ROLES,
    Opt("--impersonate", "Have the one trusted act as the one who trusts.", key="impersonation", value=True),
    EXPIRATION,
    PROJECT_DOMAIN,
    TRUSTOR_DOMAIN,
    TRUSTEE_DOMAIN,
    defaults={"impersonation": False},
    prepare=lend,
)
trust.show()
trust.delete()


def coherent(trustor: str, trustee: str, trustor_domain: str, trustee_domain: str, auth_user: bool) -> None:
    """Refuse a domain without its user, and --auth-user beside another one."""
    if auth_user and (trustor or trustee or trustor_domain or trustee_domain):
        raise OstkError("--auth-user does not go with --trustor or --trustee.")
    for user, domain, flag in ((trustor, trustor_domain, "trustor"), (trustee, trustee_domain, "trustee")):
        if domain and not user:
            raise OstkError(f"--{flag}-domain needs --{flag}.")


@trust.lister(
    "list",
    Opt("--trustor", "Only those of this user who trusts.", ref=USER, key="trustor_user_id", domain=TRUSTOR_DOMAIN),
    Opt("--trustee", "Only those of this user who is trusted.", ref=USER, key="trustee_user_id", domain=TRUSTEE_DOMAIN),
    TRUSTOR_DOMAIN,
    TRUSTEE_DOMAIN,
    Flag("--auth-user", "Only those in which you trust or are trusted."),
    validate=coherent,
)
def list_trusts(cloud: Cloud, body: Json, auth_user: bool) -> Iterable[Json]:
    """List trusts."""
    if not auth_user:
        return cloud.pages(TRUST, body)
    queries = [{key: cloud.access.user_id} for key in ("trustor_user_id", "trustee_user_id")]
    found = cloud.map_concurrent(lambda query: list(cloud.pages(TRUST, query)), queries)
    return {one["id"]: one for several in found for one in several}.values()
