"""Security services: who knows the users of shares (an LDAP, a Kerberos or an Active Directory)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..api.shared_file_system import SHARE_NETWORK, SHARE_SECURITY_SERVICE
from ..errors import OstkError
from ..language import NULL, Arg, Column, Flag, Json, Noun, Opt
from ..render.format import LINES
from ..session.cloud import Cloud
from .change import something
from .lists import ALL_PROJECTS, LIMIT, MARKER, STATUS

SETTINGS = {
    "dns_ip": "DNS server that knows it.",
    "ou": "Organizational unit in the directory.",
    "server": "Host name or address of it.",
    "domain": "Domain that it serves.",
    "user": "User to act as.",
    "password": "Password of the user.",
    "name": "Its name.",
    "description": "What it is for.",
    "default_ad_site": "Site of the Active Directory, in the place of a server.",
}
WORDS = {
    "dns_ip": "DNS server",
    "ou": "organizational unit",
    "default_ad_site": "Active Directory site",
    **{key: key for key in "name type user server domain password description".split()},
}
SINCE = {"ou": "2.44", "default_ad_site": "2.76"}
TOLD = "id name type status created_at updated_at description dns_ip server domain user password project_id"

service = Noun(
    SHARE_SECURITY_SERVICE,
    "Manage security services: who knows the users of shares.",
    columns=["id name status type project_id", Column("share_networks", long=True)],
    fields=[f"{TOLD} ou default_ad_site", Column("share_networks", format=LINES)],
    since=SINCE,
    in_order=True,
)


def flag(key: str) -> str:
    """How the option for a setting is written."""
    return f"--{key.replace('_', '-')}"


def settings() -> list[Opt]:
    """The options for its settings; an empty text takes a setting away."""
    return [
        Opt(flag(key), help, since=SINCE.get(key, ""), convert=lambda text: text or None)
        for key, help in SETTINGS.items()
    ]


def one_place(kind: str | None, values: Json) -> None:
    """Refuse to say in two ways where an Active Directory is."""
    if kind == "active_directory" and values["server"] and values["default_ad_site"]:
        raise OstkError("--server and --default-ad-site do not go together for an Active Directory.")


service.show()


@service.shower(
    "create",
    Arg("type", choices="ldap kerberos active_directory"),
    settings(),
    fields=[f"{TOLD} ou default_ad_site"],
    validate=lambda values: one_place(values["type"], values),
)
def create(cloud: Cloud, body: Json) -> Json:
    """Create a security service."""
    return cloud.create(SHARE_SECURITY_SERVICE, body)


NOTHING = something("Nothing to change.", "Give an option that says what.", *SETTINGS)
service.set(settings(), prepare=lambda item, values: one_place(item.get("type"), values), validate=NOTHING)
service.unset(
    [Opt(flag(key), f"Take its {WORDS[key]} away.", value=NULL, since=SINCE.get(key, "")) for key in SETTINGS],
    validate=NOTHING,
)
service.delete()


@service.lister(
    "list",
    ALL_PROJECTS,
    Opt("--share-network", "Only those of this share network.", ref=SHARE_NETWORK),
    STATUS,
    *(
        Opt(flag(key), f"Only those with this {WORDS[key]}.", since=SINCE.get(key, ""))
        for key in "name type user dns_ip ou default_ad_site server domain".split()
    ),
    Flag("--detail long", "Show their share networks too."),
    LIMIT,
    MARKER,
)
def list_services(
    cloud: Cloud, body: Json, columns: Sequence[Column], all_projects: bool, result_limit: int | None
) -> tuple[list[Column], Iterable[Json]]:
    """List security services."""
    kept = [column for column in columns if column.key != "project_id" or all_projects]
    return kept, cloud.pages(SHARE_SECURITY_SERVICE, body, limit=result_limit)
