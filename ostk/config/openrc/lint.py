"""What goes wrong with openrc files that are well formed: one line of advice for each."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping

from ..config_files import expanded
from ..credentials import listed
from ..global_options import SECRETS
from ..settings import parse_boolean
from .reader import OPTIONS, Openrc
from .values import known

Advice = tuple[int, str]
INTERNAL_HINT = "its endpoints are mostly reachable from inside the cloud alone"
FEDERATED = ("v3oidc", "v3saml", "v3adfs", "v3fed", "v3websso")
_CREDENTIAL = re.compile(
    r"OS_(USER|PROJECT|TENANT|DOMAIN|TRUST|SYSTEM|APPLICATION_CREDENTIAL|AUTH|TOKEN|PASS|CLOUD|REGION)"
)


class Checked:
    """A file, with the variables as they are after it."""

    def __init__(self, openrc: Openrc, environ: Mapping[str, str]) -> None:
        self.openrc, self.environ = openrc, environ
        self.lines = openrc.given.lines

    def sets(self, name: str) -> bool:
        """Whether the file gives a variable a value that is not empty."""
        return bool(self.openrc.given.values.get(name))

    def has(self, *names: str) -> bool:
        """Whether one of the variables has a value afterwards, by the file or inherited."""
        return any(self.openrc.given.get(name, self.environ) for name in names)

    def text(self, name: str) -> str:
        """The value that the file gives, "" where it gives none or it is not known."""
        return known(self.openrc.given.values.get(name) or ()) or ""

    def line(self, *names: str) -> int:
        """The line that gives the first of these that the file gives."""
        return next((self.lines[name] for name in names if self.sets(name)), 0)


def traps(openrc: Openrc, environ: Mapping[str, str]) -> list[Advice]:
    """Line (0 for the whole file) and advice, in the order of the lines."""
    checked = Checked(openrc, environ)
    checks = (address, names, domains, places, leftovers, proof, permissions)
    found = [*openrc.given.traps, *(advice for check in checks for advice in check(checked))]
    return sorted(dict.fromkeys(found))


def address(checked: Checked) -> Iterator[Advice]:
    """Keystone's URL."""
    url, line = checked.text("OS_AUTH_URL"), checked.line("OS_AUTH_URL")
    if not checked.has("OS_AUTH_URL", "OS_CLOUD", "OS_ENDPOINT"):
        yield 0, "Nothing sets OS_AUTH_URL, so there is no cloud to ask."
    if re.search(r"/v2\.0/*$", url):
        yield line, "OS_AUTH_URL is one of Identity v2.0, which clouds have given up; most want /v3."
    elif url and checked.text("OS_IDENTITY_API_VERSION").startswith("2"):
        version = checked.line("OS_IDENTITY_API_VERSION")
        yield version, "OS_IDENTITY_API_VERSION asks for Identity v2.0, which clouds have given up."
    if url and not re.match(r"(?i)https?://[^/\s]", url):
        yield line, "OS_AUTH_URL is not a URL; it looks like https://cloud.example.com:5000/v3."
    if re.match(r"(?i)http://(?!127\.|localhost|\[::1\])", url) and checked.has("OS_PASSWORD"):
        yield line, "OS_AUTH_URL is http, not https: the password can be read on its way."


def names(checked: Checked) -> Iterator[Advice]:
    """Projects and tenants, IDs and names."""
    for kind in ("NAME", "ID"):
        project, tenant = f"OS_PROJECT_{kind}", f"OS_TENANT_{kind}"
        # kolla and TripleO write both, with one value, for clients old and new.
        if checked.sets(project) and checked.sets(tenant) and checked.text(project) != checked.text(tenant):
            yield checked.line(tenant), f"{project} and {tenant} differ: {project} counts."
    id, name = ("OS_PROJECT_ID", "OS_TENANT_ID"), ("OS_PROJECT_NAME", "OS_TENANT_NAME")
    for own, other in ((id, name), (name, id)):
        left = [one for one in other if one in checked.environ and one not in checked.lines]
        if checked.line(*own) and left and not checked.line(*other):
            yield (
                checked.line(*own),
                f"{left[0]} of the environment stays beside it, perhaps of another project: the ID counts.",
            )


def domains(checked: Checked) -> Iterator[Advice]:
    """Domains of users and projects."""
    version, auth_type = checked.text("OS_IDENTITY_API_VERSION"), checked.text("OS_AUTH_TYPE").lower()
    # Identity v2.0 has no domains, and with a version that is 3 other clients take the domain `default` as well.
    without = version.startswith("2") or version == "3" or "/v2.0" in checked.text("OS_AUTH_URL")
    defaults = "OS_DEFAULT_DOMAIN OS_DEFAULT_DOMAIN_ID OS_DEFAULT_DOMAIN_NAME OS_DOMAIN_ID OS_DOMAIN_NAME".split()
    for kind, variable in (("USER", "OS_USERNAME"), ("PROJECT", "OS_PROJECT_NAME")):
        domain = (f"OS_{kind}_DOMAIN_ID", f"OS_{kind}_DOMAIN_NAME")
        by_id = checked.has(f"OS_{kind}_ID")
        # The user of an identity provider has no domain in Keystone; an application credential has its project.
        unneeded = auth_type.startswith(FEDERATED) if kind == "USER" else auth_type == "v3applicationcredential"
        needed = checked.sets(variable) and not (by_id or without or unneeded)
        if needed and not checked.has(*domain, *defaults):
            yield (
                checked.line(variable),
                f"{variable} without {domain[1]}: ostk takes the domain `default`, other clients refuse.",
            )
        if checked.text(domain[0]) == "Default":
            yield (
                checked.line(domain[0]),
                f"{domain[0]} is Default, but that is a name; the ID is mostly `default`. "
                f"Write {domain[1]}=Default or {domain[0]}=default.",
            )


def places(checked: Checked) -> Iterator[Advice]:
    """Endpoints and certificates."""
    interface, older = checked.text("OS_INTERFACE"), checked.text("OS_ENDPOINT_TYPE")
    if interface and older and plain_interface(interface) != plain_interface(older):
        yield checked.line("OS_ENDPOINT_TYPE"), "OS_INTERFACE and OS_ENDPOINT_TYPE differ; OS_INTERFACE counts."
    for name in ("OS_INTERFACE", "OS_ENDPOINT_TYPE"):
        if (kind := plain_interface(checked.text(name))) in ("internal", "admin"):
            yield checked.line(name), f"{name} is {kind}: {INTERNAL_HINT}."
    for name in ("OS_CACERT", "OS_CERT", "OS_KEY"):
        path = checked.text(name)
        if path and not os.path.exists(expanded(path, checked.environ)):
            yield checked.line(name), f"The file that {name} names is not there: {path}"
        elif path and not path.startswith(("/", "~")):
            yield checked.line(name), f"{name} is a relative path: it holds in one directory alone."
    if parse_boolean(checked.text("OS_INSECURE")) or parse_boolean(checked.text("OS_VERIFY") or "yes") is False:
        line = checked.line("OS_INSECURE", "OS_VERIFY")
        yield line, "Certificates are not checked: anybody on the way can read the password."


def plain_interface(word: str) -> str:
    """Return an interface as Identity v3 writes it: `public` for publicURL."""
    return re.sub("(?i)url$", "", word).lower()


def proof(checked: Checked) -> Iterator[Advice]:
    """Ways to say who asks."""
    secret = "OS_APPLICATION_CREDENTIAL_SECRET"
    if checked.sets("OS_PASSWORD") and checked.sets(secret):
        yield checked.line(secret), "A password and an application credential: only one of them counts."
    scope = ("OS_PROJECT_NAME", "OS_PROJECT_ID", "OS_TENANT_NAME", "OS_TENANT_ID")
    if checked.sets(secret) and checked.line(*scope):
        yield (checked.line(*scope), "An application credential has its project already; Keystone wants no other.")
    if checked.sets("OS_CLOUD") and checked.sets("OS_AUTH_URL"):
        yield (checked.line("OS_CLOUD"), "OS_CLOUD names a cloud of clouds.yaml, and these variables mix with it.")
    elif "OS_CLOUD" in checked.environ and checked.has("OS_CLOUD") and checked.sets("OS_AUTH_URL"):
        yield 0, "OS_CLOUD of the environment stays, and these variables mix with that cloud: unset it."


def leftovers(checked: Checked) -> Iterator[Advice]:
    """What an earlier file has left in the environment."""
    counting = [name for name in checked.environ if _CREDENTIAL.match(name) and name in OPTIONS]
    left = [name for name in counting if name not in checked.lines and name != "OS_CLOUD"]
    if left and not checked.openrc.given.drops:
        yield 0, f"Of the environment stay, and count too: {listed(sorted(left))}."


def permissions(checked: Checked) -> Iterator[Advice]:
    """Whether others may read the secrets in it."""
    # A public client of an identity provider has the secret `none`.
    values = {name: checked.text(name) for name, option in OPTIONS.items() if option.setting in SECRETS}
    secret = [name for name, value in values.items() if value and value.lower() != "none"]
    try:
        mode = os.stat(expanded(checked.openrc.path, checked.environ)).st_mode
    except (OSError, ValueError):
        return
    if secret and mode & (stat.S_IRGRP | stat.S_IROTH):
        yield (
            checked.line(secret[0]),
            f"{secret[0]} stands here, and other users of this machine may read it: chmod 600 the file.",
        )
