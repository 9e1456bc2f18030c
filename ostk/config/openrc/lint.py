"""Lint for openrc files: advice about common mistakes, for `openrc check`."""

import os
import re
import stat
from collections.abc import Iterator, Mapping

from ...text import parse_boolean
from ..config_files import expand_home
from ..credentials import join_words
from ..global_options import SECRETS
from ..prompts import OPTIONS
from .reader import OpenrcFile
from .values import as_text

Advice = tuple[int, str]  # a line, 0 for the whole file, and a sentence for the user
FEDERATED = ("v3oidc", "v3saml", "v3adfs", "v3fed", "v3websso")
DEFAULT_DOMAINS = (
    "OS_DEFAULT_DOMAIN",
    "OS_DEFAULT_DOMAIN_ID",
    "OS_DEFAULT_DOMAIN_NAME",
    "OS_DOMAIN_ID",
    "OS_DOMAIN_NAME",
)
_AUTH = re.compile(r"OS_(USER|PROJECT|TENANT|DOMAIN|TRUST|SYSTEM|APPLICATION_CREDENTIAL|AUTH|TOKEN|PASS|CLOUD|REGION)")


def lint(openrc: OpenrcFile, environ: Mapping[str, str]) -> list[Advice]:
    """Return advice about a file that is sourced in an environment, in the order of the lines."""
    checks = _Checks(openrc, environ)
    found = [*openrc.changes.warnings, *checks.auth_url(), *checks.projects(), *checks.domains(), *checks.connection()]
    found += [*checks.credentials(), *checks.leftovers(), *checks.permissions()]
    return sorted(dict.fromkeys(found))


class _Checks:
    """The checks of one file."""

    def __init__(self, openrc: OpenrcFile, environ: Mapping[str, str]) -> None:
        self.path, self.changes, self.environ = openrc.path, openrc.changes, environ

    def text(self, name: str) -> str:
        """Return the value that the file gives a variable, "" if there is none or it is not known."""
        return as_text(self.changes.values.get(name) or ()) or ""

    def line(self, *names: str) -> int:
        """Return the line of the first of these variables that the file gives a value, else 0."""
        return next((self.changes.lines[name] for name in names if self.changes.values.get(name)), 0)

    def is_set(self, *names: str) -> bool:
        """Return whether one of the variables has a value afterwards, by the file or inherited."""
        return any(self.changes.lookup(name, self.environ) for name in names)

    def auth_url(self) -> Iterator[Advice]:
        """Check the URL of Keystone."""
        url, line = self.text("OS_AUTH_URL"), self.line("OS_AUTH_URL")
        if not self.is_set("OS_AUTH_URL", "OS_CLOUD", "OS_ENDPOINT"):
            yield 0, "Nothing sets OS_AUTH_URL, so no cloud is configured."
        if re.search(r"/v2\.0/*$", url):
            yield line, "OS_AUTH_URL is for Identity API v2.0, which OpenStack has removed; use the URL with /v3."
        elif url and self.text("OS_IDENTITY_API_VERSION").startswith("2"):
            yield self.line("OS_IDENTITY_API_VERSION"), "OpenStack has removed Identity API v2.0; use version 3."
        if url and not re.match(r"(?i)https?://[^/\s]", url):
            yield line, "OS_AUTH_URL is not a URL such as https://cloud.example.com:5000/v3."
        if re.match(r"(?i)http://(?!127\.|localhost|\[::1\])", url) and self.is_set("OS_PASSWORD"):
            yield line, "OS_AUTH_URL is http, not https: the password is sent without encryption."

    def projects(self) -> Iterator[Advice]:
        """Check projects and tenants, IDs and names."""
        for kind in ("NAME", "ID"):
            project, tenant = f"OS_PROJECT_{kind}", f"OS_TENANT_{kind}"
            # kolla and TripleO set both to the same value, for old and new clients.
            if self.line(project) and self.line(tenant) and self.text(project) != self.text(tenant):
                yield self.line(tenant), f"{project} and {tenant} differ: {project} is used."
        ids, names = ("OS_PROJECT_ID", "OS_TENANT_ID"), ("OS_PROJECT_NAME", "OS_TENANT_NAME")
        for own, other in ((ids, names), (names, ids)):
            left = [name for name in other if name in self.environ and name not in self.changes.lines]
            if self.line(*own) and left and not self.line(*other):
                yield self.line(*own), f"{left[0]} is inherited and may be of another project; the ID is used."

    def domains(self) -> Iterator[Advice]:
        """Check the domains of the user and the project."""
        version, auth_type = self.text("OS_IDENTITY_API_VERSION"), self.text("OS_AUTH_TYPE").lower()
        # Identity v2.0 has no domains, and other clients default to the domain `default` if the version is 3.
        optional = version.startswith("2") or version == "3" or "/v2.0" in self.text("OS_AUTH_URL")
        for kind, variable in (("USER", "OS_USERNAME"), ("PROJECT", "OS_PROJECT_NAME")):
            by_id, by_name = f"OS_{kind}_DOMAIN_ID", f"OS_{kind}_DOMAIN_NAME"
            # A user of an identity provider has no domain in Keystone; an application credential has its project.
            unneeded = auth_type.startswith(FEDERATED) if kind == "USER" else auth_type == "v3applicationcredential"
            unneeded = unneeded or optional or self.is_set(f"OS_{kind}_ID", by_id, by_name, *DEFAULT_DOMAINS)
            if self.line(variable) and not unneeded:
                yield self.line(variable), f"{variable} without {by_name}: ostk uses domain `default`, others fail."
            if self.text(by_id) == "Default":
                yield self.line(by_id), f"Default is the name of a domain: write {by_name}=Default or {by_id}=default."

    def connection(self) -> Iterator[Advice]:
        """Check which endpoints are used, and the verification of their certificates."""
        names = ("OS_INTERFACE", "OS_ENDPOINT_TYPE")
        interfaces = {name: re.sub("(?i)url$", "", self.text(name)).lower() for name in names}
        if all(interfaces.values()) and len({*interfaces.values()}) > 1:
            yield self.line(names[1]), "OS_INTERFACE and OS_ENDPOINT_TYPE differ; OS_INTERFACE is used."
        for name, interface in interfaces.items():
            if interface in ("internal", "admin"):
                yield self.line(name), f"{name} is {interface}: most clouds do not serve it to the outside."
        for name in ("OS_CACERT", "OS_CERT", "OS_KEY"):
            path = self.text(name)
            if path and not os.path.exists(expand_home(path, self.environ)):
                yield self.line(name), f"The file of {name} does not exist: {path}"
            elif path and not path.startswith(("/", "~")):
                yield self.line(name), f"{name} is a relative path: it is valid in one directory only."
        if parse_boolean(self.text("OS_INSECURE")) or parse_boolean(self.text("OS_VERIFY") or "yes") is False:
            line = self.line("OS_INSECURE", "OS_VERIFY")
            yield line, "TLS certificates are not verified: others can read the password."

    def credentials(self) -> Iterator[Advice]:
        """Check that there is one credential, and one cloud."""
        secret, cloud = self.line("OS_APPLICATION_CREDENTIAL_SECRET"), self.line("OS_CLOUD")
        scope = self.line("OS_PROJECT_NAME", "OS_PROJECT_ID", "OS_TENANT_NAME", "OS_TENANT_ID")
        if secret and self.line("OS_PASSWORD"):
            yield secret, "A password and an application credential: only one of them is used."
        if secret and scope:
            yield scope, "An application credential has a project already; Keystone accepts no other."
        if cloud and self.line("OS_AUTH_URL"):
            yield cloud, "OS_CLOUD names a cloud of clouds.yaml, and these variables override its settings."
        elif "OS_CLOUD" in self.environ and self.is_set("OS_CLOUD") and self.line("OS_AUTH_URL"):
            yield 0, "OS_CLOUD is inherited, and these variables override settings of that cloud: unset it."

    def leftovers(self) -> Iterator[Advice]:
        """Check what another file has left in the environment."""
        names = [name for name in self.environ if _AUTH.match(name) and name in OPTIONS and name != "OS_CLOUD"]
        left = sorted(name for name in names if name not in self.changes.lines)
        if left and not self.changes.clears:
            yield 0, f"Inherited variables are used too: {join_words(left)}."

    def permissions(self) -> Iterator[Advice]:
        """Check whether other users can read the secrets of the file."""
        # A public client of an identity provider has the secret `none`.
        values = {name: self.text(name) for name, option in OPTIONS.items() if option.setting in SECRETS}
        secrets = [name for name, value in values.items() if value and value.lower() != "none"]
        try:
            mode = os.stat(expand_home(self.path, self.environ)).st_mode
        except (OSError, ValueError):
            return
        if secrets and mode & (stat.S_IRGRP | stat.S_IROTH):
            yield self.line(secrets[0]), f"Other users can read {secrets[0]} in this file: chmod 600 the file."
