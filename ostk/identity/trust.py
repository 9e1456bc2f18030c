"""Trusts: roles that one user lets another use in their name."""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import OstkError
from ..kinds import DOMAIN, PROJECT, ROLE, TRUST, USER
from ..language import Arg, Column, Flag, Json, Noun, Opt
from ..owner import PROJECT_DOMAIN
from ..session.cloud import Cloud
from .moment import moment

trust = Noun(
    TRUST,
    "Manage trusts: roles that one user lets another use.",
    columns=["id expires_at impersonation project_id trustee_user_id trustor_user_id"],
    fields=[
        "expires_at id",
        Column("impersonation", "is_impersonation"),
        "project_id redelegated_trust_id redelegation_count remaining_uses roles trustee_user_id",
        "trustor_user_id",
    ],
)
TRUSTOR_DOMAIN = Opt("--trustor-domain", "Domain of the one who trusts.", ref=DOMAIN, key="domain_id", local=True)
TRUSTEE_DOMAIN = Opt("--trustee-domain", "Domain of the one trusted.", ref=DOMAIN, key="domain_id", local=True)


def timely(expiration: str | None) -> None:
    """Refuse a time that is none."""
    if expiration:
        moment(expiration)


@trust.shower(
    "create",
    Arg("trustor", ref=USER, domain=TRUSTOR_DOMAIN, key="trustor_user_id"),
    Arg("trustee", ref=USER, domain=TRUSTEE_DOMAIN, key="trustee_user_id"),
    Opt("--project", "Project in which it holds.", ref=PROJECT, domain=PROJECT_DOMAIN, required=True),
    Opt(
        "--role",
        "Role that is lent; may be repeated.",
        key="roles",
        ref=ROLE,
        multiple=True,
        required=True,
        convert=lambda ids: [{"id": id} for id in ids],
    ),
    Opt(
        "--impersonate",
        "Have the one trusted act as the one who trusts.",
        key="impersonation",
        is_flag=True,
        default=False,
    ),
    Opt("--expiration", "When it ends, as 2030-12-31T23:59:59 in UTC.", key="expires_at", convert=moment),
    PROJECT_DOMAIN,
    TRUSTOR_DOMAIN,
    TRUSTEE_DOMAIN,
    refuse=timely,
)
def create(cloud: Cloud, body: Json) -> Json:
    """Create a trust."""
    return cloud.create(TRUST, body)


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
    refuse=coherent,
)
def list_trusts(cloud: Cloud, body: Json, auth_user: bool) -> Iterable[Json]:
    """List trusts."""
    if not auth_user:
        return cloud.pages(TRUST, body)
    queries = [{key: cloud.access.user_id} for key in ("trustor_user_id", "trustee_user_id")]
    found = cloud.at_once(lambda query: list(cloud.pages(TRUST, query)), queries)
    return {one["id"]: one for several in found for one in several}.values()
