"""Settings of accounts and containers that Swift keeps in headers: ACLs, versions, quotas, static web, keys.

https://docs.openstack.org/api-ref/object-store/#create-update-or-delete-container-metadata
"""

from collections.abc import Sequence
from typing import Any

import click

from ..errors import OstkError
from ..language import COUNT, FullOpt, Json
from ..record import Record
from ..text import is_one_line
from .swift import validate_metadata

PUBLIC_ACL = ".r:*,.rlistings"


TERMS = {"acl": "ACL", "bytes": "of bytes", "count": "of objects", "css": "style sheet"}
TERMS |= {"tempurl": "temporary URL", "to": "target", "web": "static web"}


class Setting(Record):
    """A header with a setting, and the option that sets it; `metavar` is "" for a flag with a --no- form."""

    name: str
    header: str
    help: str
    metavar: str = ""
    type: Any = None

    @property
    def flag(self) -> str:
        """The flag: `--read-acl`."""
        return f"--{self.name.replace('_', '-')}"

    @property
    def title(self) -> str:
        """The setting in a sentence: `read ACL`."""
        words = self.name.removesuffix("_2").split("_")
        second = ["second"] if self.name.endswith("_2") else []
        return " ".join([*second, *(TERMS.get(word, word) for word in words)])

    def option(self) -> FullOpt:
        """Return the option that sets the header."""
        flag = self.flag if self.metavar else f"{self.flag}/{self.flag.replace('--', '--no-', 1)}"
        more = {"metavar": self.metavar, "type": self.type} if self.metavar else {}
        return FullOpt(flag, self.help, not_sent=True, **more)

    def removal(self) -> FullOpt:
        """Return the option that removes the header."""
        return FullOpt(self.flag, f"Remove the {self.title} (header {self.header}).", is_flag=True, not_sent=True)


ACLS = [
    Setting("read_acl", "X-Container-Read", "Read ACL, e.g. .r:*,.rlistings or PROJECT_ID:USER_ID.", "ACL"),
    Setting("write_acl", "X-Container-Write", "Write ACL, e.g. PROJECT_ID:USER_ID.", "ACL"),
]
VERSIONS = [
    Setting(
        "versions",
        "X-Versions-Enabled",
        "Enable or suspend object versioning: keep old versions of objects in the container.",
    ),
    Setting(
        "versions_location",
        "X-Versions-Location",
        "Container for the old versions of replaced objects; a deletion restores the last version.",
        "CONTAINER",
    ),
    Setting(
        "history_location",
        "X-History-Location",
        "Container for the old versions of replaced and deleted objects.",
        "CONTAINER",
    ),
]
QUOTAS = [
    Setting(
        "quota_bytes", "X-Container-Meta-Quota-Bytes", "Quota of the total size of objects, in bytes.", "BYTES", COUNT
    ),
    Setting("quota_count", "X-Container-Meta-Quota-Count", "Quota of the number of objects.", "NUMBER", COUNT),
]
STATIC_WEB = [
    Setting("web_index", "X-Container-Meta-Web-Index", "Static web: index object, e.g. index.html.", "OBJECT"),
    Setting(
        "web_error",
        "X-Container-Meta-Web-Error",
        "Static web: suffix of error pages, e.g. error.html for 404error.html.",
        "SUFFIX",
    ),
    Setting(
        "web_listings",
        "X-Container-Meta-Web-Listings",
        "Static web: enable or disable object listings for paths without an index object.",
    ),
    Setting("web_css", "X-Container-Meta-Web-Listings-CSS", "Static web: style sheet of object listings.", "OBJECT"),
]
TEMPURL_KEYS = [
    Setting("tempurl_key", "X-Container-Meta-Temp-URL-Key", "Secret key of temporary URLs.", "KEY"),
    Setting("tempurl_key_2", "X-Container-Meta-Temp-URL-Key-2", "Second secret key of temporary URLs.", "KEY"),
]
SYNC = [
    Setting("sync_to", "X-Container-Sync-To", "Container to synchronize to, e.g. //REALM/CLUSTER/ACCOUNT/NAME.", "URL"),
    Setting(
        "sync_key", "X-Container-Sync-Key", "Container synchronization key: the same secret on both containers.", "KEY"
    ),
]
CONTAINER_SETTINGS = [*ACLS, *VERSIONS, *QUOTAS, *STATIC_WEB, *TEMPURL_KEYS, *SYNC]
ACCOUNT_SETTINGS = [
    Setting(one.name, one.header.replace("Container", "Account"), one.help, one.metavar, one.type)
    for one in (QUOTAS[0], *TEMPURL_KEYS)
]
SHOW_KEYS = FullOpt(
    "--show-keys",
    "Show the secret keys of temporary URLs in the properties.",
    is_flag=True,
    not_sent=True,
    default=False,
)


def options(settings: Sequence[Setting]) -> list[FullOpt]:
    """Return the options that set settings."""
    return [one.option() for one in settings]


def removals(settings: Sequence[Setting]) -> list[FullOpt]:
    """Return the options that remove settings. A removed switch is that of its default: it has no option."""
    return [one.removal() for one in settings if one.name != "versions"]


def headers_for(settings: Sequence[Setting], values: Json) -> dict[str, str]:
    """Return the headers of the settings that are given on the command line."""
    given = {one.header: values[one.name] for one in settings if values.get(one.name) is not None}
    return {header: str(value).lower() if isinstance(value, bool) else str(value) for header, value in given.items()}


def removal_headers(settings: Sequence[Setting], values: Json) -> dict[str, str]:
    """Return the headers that remove the settings given on the command line."""
    return {one.header.replace("X-", "X-Remove-", 1): "x" for one in settings if values.get(one.name)}


def validate_values(values: Json) -> None:
    """Reject values that a header cannot carry, and settings that exclude each other. Raises OstkError."""
    for one in CONTAINER_SETTINGS:
        value = values.get(one.name)
        if isinstance(value, str) and (not is_one_line(value) or value != value.strip() or not value):
            raise OstkError(
                f"The value of {one.flag} must be a single line that neither begins nor ends with a space.",
                f"To remove it: container unset {one.flag}." if not value else "",
            )
    if values.get("public") and values.get("read_acl"):
        raise OstkError("--public sets the read ACL: it excludes --read-acl.")
    modes = [one.flag for one in VERSIONS if values.get(one.name)]
    if len(modes) > 1:
        raise OstkError(f"{' and '.join(modes)} exclude each other: a container has one kind of versions.")


def validate_set(values: Json) -> None:
    """Reject a command line of set or unset that changes nothing or that Swift would not take.

    Raises:
        click.UsageError: Neither a property nor a setting is given.
        OstkError: A value is invalid.
    """
    given = [values.get(one.name) is not None for one in CONTAINER_SETTINGS]
    if not (values["property"] or values.get("public") or values.get("private") or any(given)):
        raise click.UsageError("Missing option '--property' or another option that says what to change.")
    validate_metadata(values["property"])
    validate_values(values)
