"""The options that every command takes, as plain data.

One line is one option: what it is called, which setting it gives, which variables give the same one.
The command line is built from this table, and so is what the environment means.
"""

from __future__ import annotations

from typing import NamedTuple

from ..redaction import is_secret_setting

AUTH_TYPES = (
    "admin_token",
    "http_basic",
    "none",
    "password",
    "token",
    "v2password",
    "v2token",
    "v3applicationcredential",
    "v3multifactor",
    "v3oauth2clientcredential",
    "v3oauth2mtlsclientcredential",
    "v3oidcaccesstoken",
    "v3oidcauthcode",
    "v3oidcclientcredentials",
    "v3oidcdeviceauthz",
    "v3oidcpassword",
    "v3password",
    "v3token",
    "v3tokenlessauth",
    "v3totp",
    "v3websso",
)

INTERFACES = ("admin", "public", "internal")


class GlobalOption(NamedTuple):
    """One option that may stand anywhere on the line.

    `kind` is "text" (takes a value), "flag" (takes none) or "count" (may be repeated); `setting` is the name
    of the setting it gives, "" where it steers the program and is no setting of a cloud; `variables` are
    the environment variables that give the same setting, the strongest first. `excludes` is the flag that
    may not stand beside it.
    """

    flag: str
    help: str
    kind: str = "text"
    setting: str = ""
    variables: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    metavar: str = ""
    hidden: bool = False
    short: str = ""
    excludes: str = ""

    @property
    def key(self) -> str:
        """The name under which its value is handed to `load`: "--os-cloud" is "os_cloud"."""
        return self.flag.lstrip("-").replace("-", "_")


def _setting(name: str, text: str, *older: str, choices: tuple[str, ...] = ()) -> GlobalOption:
    """The option --os-NAME, the variable OS_NAME, and the `older` variables it also goes by."""
    flag = "--os-" + name.replace("_", "-")
    variables = (f"OS_{name.upper()}", *older)
    return GlobalOption(flag, text, "text", name, variables, choices, f"<{name.replace('_', '-')}>")


def _version(service: str, title: str) -> GlobalOption:
    return _setting(f"{service}_api_version", f"{title} API version.")


_PROGRAM_OPTIONS = (
    GlobalOption("--version", "The version of this program.", "flag"),
    GlobalOption("--help", "This text.", "flag", short="-h"),
    GlobalOption("--verbose", "More about what happens; repeat for more.", "count", short="-v", excludes="--quiet"),
    GlobalOption("--quiet", "Warnings and errors only.", "flag", short="-q", excludes="--verbose"),
    GlobalOption("--debug", "Everything that happens, and tracebacks.", "flag"),
    GlobalOption("--log-file", "A file that keeps the messages.", "text", setting="log_file", metavar="<file>"),
    GlobalOption("--timing", "How long each request took, at the end.", "flag"),
    GlobalOption("--curl", "Print the cURL commands of it, change nothing.", "flag"),
    GlobalOption("--os-beta-command", "Leave to run commands that may still change.", "flag"),
    GlobalOption("--no-cache", "A new token, and nothing kept from earlier runs.", "flag"),
    GlobalOption("--openrc", "openrc file whose variables count as if sourced.", metavar="<file>"),
    GlobalOption("--no-color", "Plain text without colors.", "flag"),
    _setting("cloud", "Name of the cloud in clouds.yaml."),
    _setting("region_name", "Region to work in."),
    _setting("cacert", "File with the certificate authorities to trust."),
    _setting("cert", "File with the client certificate."),
    _setting("key", "File with the key of the client certificate."),
    GlobalOption(
        "--verify", "Check of the server's certificate (default).", "flag", setting="verify", excludes="--insecure"
    ),
    GlobalOption(
        "--insecure", "No check of the server's certificate.", "flag", setting="insecure", excludes="--verify"
    ),
    _setting("api_timeout", "Seconds to wait for an answer."),
    _setting("interface", "Kind of endpoint to use; public unless given.", choices=INTERFACES),
    _setting("default_domain", "ID of the domain of names that have none."),
    _setting("service_provider", "Keystone service provider to work on."),
    _setting("remote_project_name", "Project at the service provider, by name."),
    _setting("remote_project_id", "Project at the service provider, by ID."),
    _setting("remote_project_domain_name", "Domain of the remote project, by name."),
    _setting("remote_project_domain_id", "Domain of the remote project, by ID."),
    _version("accelerator", "Accelerator"),
    _version("compute", "Compute"),
    _version("identity", "Identity"),
    _version("image", "Image"),
    _version("network", "Network"),
    _version("object", "Object storage"),
    _version("volume", "Block storage"),
    _version("share", "Shared file system"),
    _version("placement", "Placement"),
    GlobalOption(
        "--os-endpoint-override",
        "URL of the shared file system service.",
        "text",
        "shared_file_system_endpoint_override",
        (
            "OS_SHARED_FILE_SYSTEM_ENDPOINT_OVERRIDE",
            "OS_ENDPOINT_OVERRIDE",
            "OS_MANILA_BYPASS_URL",
            "MANILACLIENT_BYPASS_URL",
        ),
        metavar="<url>",
    ),
    _setting("auth_type", "Way to authenticate; follows from what is given.", choices=AUTH_TYPES),
)

_AUTH_OPTIONS = (
    _setting("auth_url", "URL of the identity service."),
    _setting("username", "Name of the user."),
    _setting("user_id", "ID of the user."),
    _setting("user_domain_name", "Domain of the user, by name."),
    _setting("user_domain_id", "Domain of the user, by ID."),
    _setting("password", "Password of the user."),
    _setting("passcode", "One-time passcode of the user."),
    _setting("project_name", "Project to work in, by name.", "OS_TENANT_NAME"),
    _setting("project_id", "Project to work in, by ID.", "OS_TENANT_ID"),
    GlobalOption("--os-tenant-name", "Older name of --os-project-name.", "text", "project_name", hidden=True),
    GlobalOption("--os-tenant-id", "Older name of --os-project-id.", "text", "project_id", hidden=True),
    _setting("project_domain_name", "Domain of the project, by name."),
    _setting("project_domain_id", "Domain of the project, by ID."),
    _setting("domain_name", "Domain to work on, by name."),
    _setting("domain_id", "Domain to work on, by ID."),
    _setting("default_domain_name", "Domain of names that have none, by name."),
    _setting("default_domain_id", "Domain of names that have none, by ID."),
    _setting("system_scope", "Part of the system to work on: all."),
    _setting("trust_id", "Trust to act under."),
    _setting("token", "Token to authenticate with."),
    _setting("endpoint", "Endpoint used for everything, without a catalog."),
    _setting("application_credential_id", "Application credential, by ID."),
    _setting("application_credential_name", "Application credential, by name."),
    _setting("application_credential_secret", "Secret of the application credential."),
    _setting("auth_methods", "Methods of v3multifactor, separated by commas."),
    _setting("identity_provider", "Identity provider of the federation."),
    _setting("protocol", "Protocol of the federation."),
    _setting("client_id", "OpenID Connect client ID."),
    _setting("client_secret", "OpenID Connect client secret."),
    _setting("openid_scope", "OpenID Connect scope."),
    _setting("access_token", "OpenID Connect access token."),
    _setting("access_token_endpoint", "OpenID Connect token endpoint."),
    _setting("access_token_type", "OpenID Connect token type."),
    _setting("discovery_endpoint", "OpenID Connect discovery document."),
    _setting("device_authorization_endpoint", "OpenID Connect device authorization endpoint."),
    _setting("code_challenge_method", "OpenID Connect code challenge method."),
    _setting("code", "OpenID Connect authorization code."),
    _setting("idp_otp_key", "Field that carries the one-time passcode."),
    _setting("redirect_uri", "URL that the identity provider returns to."),
    _setting("redirect_host", "Host that the browser returns to."),
    _setting("redirect_port", "Port that the browser returns to."),
    _setting("login_timeout", "Seconds to wait for the login in the browser."),
    _setting("oauth2_endpoint", "OAuth 2.0 token endpoint."),
    _setting("oauth2_client_id", "OAuth 2.0 client ID."),
    _setting("oauth2_client_secret", "OAuth 2.0 client secret."),
)

GLOBAL_OPTIONS: tuple[GlobalOption, ...] = _PROGRAM_OPTIONS + _AUTH_OPTIONS

AUTH_SETTINGS = frozenset(option.setting for option in _AUTH_OPTIONS)
"""Settings that say who asks and for what; clouds.yaml has them under `auth`."""

SECRETS = frozenset(filter(is_secret_setting, AUTH_SETTINGS))
"""Settings with an option that are never shown, logged or put into a message."""
