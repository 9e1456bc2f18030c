"""Trusts: a trustor delegates roles in a project to a trustee."""

from ..api.identity import DOMAIN, PROJECT, TRUST, USER
from ..errors import OstkError
from ..language import Arg, Cloud, Flag, Items, Json, Noun, Opt, Value
from ..owner import PROJECT_DOMAIN
from .options import DELEGATED_ROLES, EXPIRATION, resolve_roles

trust = Noun(
    TRUST,
    "Manage trusts.",
    columns=["id expires_at impersonation project_id trustee_user_id trustor_user_id"],
    fields=[
        "expires_at id impersonation=is_impersonation project_id redelegated_trust_id redelegation_count",
        "remaining_uses roles trustee_user_id trustor_user_id",
    ],
)
TRUSTOR_DOMAIN = Value("--trustor-domain", "Domain of the trustor.", ref=DOMAIN, key="domain_id")
TRUSTEE_DOMAIN = Value("--trustee-domain", "Domain of the trustee.", ref=DOMAIN, key="domain_id")


def with_roles(cloud: Cloud, body: Json, role: tuple[str, ...]) -> Json:
    """Return the request for a trust with the roles to delegate."""
    return {**body, "roles": resolve_roles(cloud, role)}


trust.create(
    Arg(
        "trustor",
        "Trustor: the current user, who delegates roles.",
        ref=USER,
        domain=TRUSTOR_DOMAIN,
        key="trustor_user_id",
    ),
    Arg("trustee", "Trustee: the user who gets the roles.", ref=USER, domain=TRUSTEE_DOMAIN, key="trustee_user_id"),
    Opt("--project", "Project in which the roles are delegated.", ref=PROJECT, domain=PROJECT_DOMAIN, required=True),
    DELEGATED_ROLES,
    Opt("--impersonate", "Let tokens of the trust impersonate the trustor.", key="impersonation", value=True),
    EXPIRATION,
    PROJECT_DOMAIN,
    TRUSTOR_DOMAIN,
    TRUSTEE_DOMAIN,
    help="Create a trust: delegate roles in a project from the current user to another user.",
    defaults={"impersonation": False},
    prepare=with_roles,
)
trust.show()
trust.delete()


def validate_filters(
    trustor: str | None, trustee: str | None, trustor_domain: str | None, trustee_domain: str | None, auth_user: bool
) -> None:
    """Reject --auth-user beside another filter, and a domain without its user."""
    if auth_user and (trustor or trustee or trustor_domain or trustee_domain):
        raise OstkError("--auth-user does not go with --trustor or --trustee.")
    for user, domain, flag in ((trustor, trustor_domain, "trustor"), (trustee, trustee_domain, "trustee")):
        if domain and not user:
            raise OstkError(f"--{flag}-domain needs --{flag}.")


@trust.lister(
    "list",
    Opt("--trustor", "Filter by trustor.", ref=USER, key="trustor_user_id", domain=TRUSTOR_DOMAIN),
    Opt("--trustee", "Filter by trustee.", ref=USER, key="trustee_user_id", domain=TRUSTEE_DOMAIN),
    TRUSTOR_DOMAIN,
    TRUSTEE_DOMAIN,
    Flag("--auth-user", "Filter by the current user, as trustor or trustee."),
    validate=validate_filters,
)
def list_trusts(cloud: Cloud, body: Json, auth_user: bool) -> Items:
    """List trusts."""
    if not auth_user:
        return cloud.pages(TRUST, body)
    queries = [{key: cloud.access.user_id} for key in ("trustor_user_id", "trustee_user_id")]
    lists = cloud.map_concurrent(lambda query: list(cloud.pages(TRUST, query)), queries)
    return {trust["id"]: trust for trusts in lists for trust in trusts}.values()
