"""Global options, as plain data: their flags, settings and environment variables.

The command line and the meaning of OS_* variables are both built from this table.
"""

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

INTERACTIVE_AUTH_TYPES = ("v3multifactor", "v3oidcauthcode", "v3oidcdeviceauthz", "v3totp", "v3websso")
"""Auth types that need the user for each token: a passcode or a sign-in in a browser."""

INTERFACES = ("admin", "public", "internal")


class GlobalOption(NamedTuple):
    """An option that may stand anywhere on the command line.

    Attributes:
        flag: The long flag.
        help: The help.
        kind: "text" (takes a value), "flag" (takes none) or "count" (may be repeated).
        setting: The setting of a cloud that the option gives, "" for an option of the program.
        variables: The environment variables for the same setting, highest precedence first.
        choices: The values, if they are limited.
        metavar: The placeholder of the value in help.
        hidden: Whether help omits the option.
        short: The short flag.
        excludes: The flag that cannot be used with this one.
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
        """The key of the value in the flags that `load` takes: "os_cloud" for --os-cloud."""
        return self.flag.lstrip("-").replace("-", "_")


def _setting(name: str, text: str, *older: str, choices: tuple[str, ...] = (), metavar: str = "") -> GlobalOption:
    """Return the option --os-NAME with the variable OS_NAME and the `older` variables."""
    flag = "--os-" + name.replace("_", "-")
    variables = (f"OS_{name.upper()}", *older)
    return GlobalOption(flag, text, "text", name, variables, choices, metavar or f"<{name.replace('_', '-')}>")


def _version(service: str, title: str) -> GlobalOption:
    return _setting(f"{service}_api_version", f"{title} API version.")


_PROGRAM_OPTIONS = (
    GlobalOption("--version", "Print the version and exit.", "flag"),
    GlobalOption("--help", "Show help and exit.", "flag", short="-h"),
    GlobalOption("--verbose", "Show more messages (repeat for more).", "count", short="-v", excludes="--quiet"),
    GlobalOption("--quiet", "Show warnings and errors only.", "flag", short="-q", excludes="--verbose"),
    GlobalOption("--debug", "Show requests, responses and tracebacks, without secrets.", "flag"),
    GlobalOption(
        "--log-file",
        "File to add messages to, with --debug also requests.",
        "text",
        setting="log_file",
        metavar="<file>",
    ),
    GlobalOption("--timing", "Show the time of each request at the end.", "flag"),
    GlobalOption("--curl", "Print cURL commands instead of sending requests (dry run).", "flag"),
    GlobalOption("--os-beta-command", "Enable beta commands, which are subject to change.", "flag"),
    GlobalOption("--no-cache", "Do not use the cache: get a new token, catalog and version documents.", "flag"),
    GlobalOption("--openrc", "Read an openrc file, as if sourced; nothing in the file is executed.", metavar="<file>"),
    GlobalOption("--no-color", "Do not use colors.", "flag"),
    _setting("cloud", "Name of the cloud in clouds.yaml."),
    _setting("region_name", "Region."),
    _setting("cacert", "CA certificate bundle file.", metavar="<file>"),
    _setting("cert", "Client certificate file.", metavar="<file>"),
    _setting("key", "Client certificate key file.", metavar="<file>"),
    GlobalOption(
        "--verify", "Verify the server's certificate (default).", "flag", setting="verify", excludes="--insecure"
    ),
    GlobalOption(
        "--insecure", "Do not verify the server's certificate.", "flag", setting="insecure", excludes="--verify"
    ),
    _setting("api_timeout", "Time-out of a request, in seconds (default: 60)."),
    _setting("interface", "Endpoint interface (default: public).", choices=INTERFACES),
    _setting("default_domain", "Default domain (ID) of users and projects (default: default)."),
    _setting("service_provider", "Keystone-to-Keystone service provider (ID)."),
    _setting("remote_project_name", "Project at the service provider (name)."),
    _setting("remote_project_id", "Project at the service provider (ID)."),
    _setting("remote_project_domain_name", "Domain of the project at the service provider (name)."),
    _setting("remote_project_domain_id", "Domain of the project at the service provider (ID)."),
    _version("accelerator", "Accelerator"),
    _version("baremetal", "Bare metal"),
    _version("compute", "Compute"),
    _version("container_infra", "Container infrastructure management"),
    _version("identity", "Identity"),
    _version("image", "Image"),
    _version("network", "Network"),
    _version("object", "Object storage"),
    _version("volume", "Block storage"),
    _version("share", "Shared file system"),
    _version("placement", "Placement"),
    GlobalOption(
        "--os-endpoint-override",
        "Endpoint URL of the shared file system service.",
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
    _setting("auth_type", "Auth type (default: follows from the credentials that are set).", choices=AUTH_TYPES),
)

_AUTH_OPTIONS = (
    _setting("auth_url", "Authentication URL: the URL of Keystone."),
    _setting("username", "User name."),
    _setting("user_id", "User ID."),
    _setting("user_domain_name", "Domain of the user (name)."),
    _setting("user_domain_id", "Domain of the user (ID)."),
    _setting("password", "Password of the user."),
    _setting("passcode", "Time-based one-time passcode (TOTP) of the user."),
    _setting("project_name", "Project (name).", "OS_TENANT_NAME"),
    _setting("project_id", "Project (ID).", "OS_TENANT_ID"),
    GlobalOption("--os-tenant-name", "Older name of --os-project-name.", "text", "project_name", hidden=True),
    GlobalOption("--os-tenant-id", "Older name of --os-project-id.", "text", "project_id", hidden=True),
    _setting("project_domain_name", "Domain of the project (name)."),
    _setting("project_domain_id", "Domain of the project (ID)."),
    _setting("domain_name", "Domain to scope to (name)."),
    _setting("domain_id", "Domain to scope to (ID)."),
    _setting("default_domain_name", "Default domain of users and projects (name)."),
    _setting("default_domain_id", "Default domain of users and projects (ID)."),
    _setting("system_scope", "System scope: all."),
    _setting("trust_id", "Trust to scope to (ID)."),
    _setting("token", "Token."),
    _setting("endpoint", "Endpoint URL to use in the place of the catalog."),
    _setting("application_credential_id", "Application credential (ID)."),
    _setting("application_credential_name", "Application credential (name)."),
    _setting("application_credential_secret", "Secret of the application credential."),
    _setting("auth_methods", "Auth methods of v3multifactor, separated by commas."),
    _setting("identity_provider", "Identity provider (ID), for federation."),
    _setting("protocol", "Federation protocol (ID)."),
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
    _setting("idp_otp_key", "Form field for the one-time passcode."),
    _setting("redirect_uri", "OpenID Connect redirect URI."),
    _setting("redirect_host", "Host of the redirect URI (default: localhost)."),
    _setting("redirect_port", "Port of the redirect URI."),
    _setting("login_timeout", "Time-out of the login in the browser, in seconds."),
    _setting("oauth2_endpoint", "OAuth 2.0 token endpoint."),
    _setting("oauth2_client_id", "OAuth 2.0 client ID."),
    _setting("oauth2_client_secret", "OAuth 2.0 client secret."),
)

GLOBAL_OPTIONS: tuple[GlobalOption, ...] = _PROGRAM_OPTIONS + _AUTH_OPTIONS

AUTH_SETTINGS = frozenset(option.setting for option in _AUTH_OPTIONS)
"""Settings of the credential and the scope; clouds.yaml has them under `auth`."""

SECRETS = frozenset(filter(is_secret_setting, AUTH_SETTINGS))
"""Settings with an option that are secret: never shown, logged or put into a message."""
