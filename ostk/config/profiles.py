"""Profiles: default settings of public clouds, which `profile:` in clouds.yaml refers to."""

from collections.abc import Callable
from typing import Any, NamedTuple

from ..errors import ConfigError, OstkError
from .config_files import Files, Malformed, as_plain_data, with_underscores

Fetch = Callable[[str], Any]

_RAW = {"image_format": "raw"}
_V3 = {"identity_api_version": "3"}
_DEFAULT_DOMAINS = {"user_domain_name": "Default", "project_domain_name": "Default"}

_UNRESPONSIVE = "its API no longer answers"
_OUT_OF_BUSINESS = "the provider has ceased business"

BUILT_IN: dict[str, dict[str, Any]] = {
    "auro": {
        "auth": {"auth_url": "https://api.van2.auro.io:5000/v3", **_DEFAULT_DOMAINS},
        "region_name": "RegionOne",
        "requires_floating_ip": True,
        **_V3,
    },
    "betacloud": {"status": "shutdown", "message": _OUT_OF_BUSINESS},
    "binero": {
        "auth": {"auth_url": "https://auth.binero.cloud:5000/v3"},
        "regions": ["europe-se-1"],
        "block_storage_api_version": "3",
        **_V3,
    },
    "bluebox": {"region_name": "RegionOne", "block_storage_api_version": "1"},
    "catalyst": {
        "auth": {"auth_url": "https://api.cloud.catalyst.net.nz:5000/v2.0"},
        "regions": ["nz-por-1", "nz_wlg_2"],
        "image_api_version": "1",
        "block_storage_api_version": "1",
        **_RAW,
    },
    "citycloud": {
        "auth": {"auth_url": "https://{region_name}.citycloud.com:5000/v3/"},
        "regions": ["Buf1", "Fra1", "Sto2", "Kna1", "dx1", "tky1"],
        "requires_floating_ip": True,
        "block_storage_api_version": "3",
        **_V3,
        **_RAW,
    },
    "conoha": {
        "auth": {"auth_url": "https://identity.{region_name}.conoha.io"},
        "regions": ["sin1", "sjc1", "tyo1"],
        "identity_api_version": "2",
    },
    "dreamcompute": {"auth": {"auth_url": "https://iad2.dream.io:5000"}, "region_name": "RegionOne", **_V3, **_RAW},
    "elastx": {"auth": {"auth_url": "https://ops.elastx.cloud:5000/v3"}, "region_name": "se-sto", **_V3},
    "entercloudsuite": {
        "auth": {"auth_url": "https://api.entercloudsuite.com/"},
        "regions": ["it-mil1", "nl-ams1", "de-fra1"],
        "image_api_version": "1",
        "block_storage_api_version": "1",
        **_V3,
    },
    "fuga": {
        "auth": {"auth_url": "https://identity.api.fuga.io:5000", **_DEFAULT_DOMAINS},
        "regions": ["cystack"],
        "block_storage_api_version": "3",
        "status": "deprecated",
        "message": _UNRESPONSIVE,
        **_V3,
    },
    "ibmcloud": {"status": "shutdown", "message": _UNRESPONSIVE},
    "internap": {"status": "shutdown", "message": "the provider is now called HorizonIQ"},
    "limestonenetworks": {
        "auth": {"auth_url": "https://auth.cloud.lstn.net:5000/v3"},
        "regions": ["us-dfw-1", "us-slc"],
        "volume_api_version": "3",
        **_V3,
        **_RAW,
    },
    "otc": {
        "auth": {"auth_url": "https://iam.{region_name}.otc.t-systems.com/v3"},
        "regions": ["eu-de", "eu-nl"],
        "interface": "public",
        **_V3,
    },
    "otc-swiss": {
        "auth": {"auth_url": "https://iam-pub.eu-ch2.sc.otc.t-systems.com/v3"},
        "regions": ["eu-ch2"],
        "interface": "public",
        **_V3,
    },
    "ovh": {"profile": "https://ovhcloud.com"},
    "ovh-us": {
        "auth": {"auth_url": "https://auth.cloud.ovh.us/", **_DEFAULT_DOMAINS},
        "regions": ["US-EAST-VA-1", "US-WEST-OR-1", "US-EAST-VA", "US-WEST-OR"],
        "floating_ip_source": "None",
        **_V3,
    },
    "rackspace": {
        "auth": {"auth_url": "https://identity.api.rackspacecloud.com/v2.0/"},
        "regions": ["DFW", "HKG", "IAD", "ORD", "SYD", "LON"],
        "identity_api_version": "2.0",
        "database_service_type": "rax:database",
        "compute_service_name": "cloudServersOpenStack",
        "image_api_use_tasks": True,
        "image_format": "vhd",
        "floating_ip_source": "None",
        "secgroup_source": "None",
        "requires_floating_ip": False,
        "has_network": False,
        "block_storage_endpoint_override": "https://{region_name}.blockstorage.api.rackspacecloud.com/v2/",
        "block_storage_api_version": "2",
    },
    "switchcloud": {
        "auth": {"auth_url": "https://identity.compute.cloud.switch.ch/v3"},
        "regions": ["zhw", "zhc"],
        **_V3,
        **_RAW,
    },
    "switchengines": {
        "auth": {"auth_url": "https://keystone.cloud.switch.ch:5000/v3"},
        "regions": ["LS", "ZH"],
        **_V3,
        **_RAW,
    },
    "ultimum": {"status": "shutdown", "message": _OUT_OF_BUSINESS},
    "unitedstack": {"status": "shutdown", "message": _UNRESPONSIVE},
    "vexxhost": {"profile": "https://vexxhost.com"},
    "zetta": {
        "auth": {"auth_url": "https://identity.api.zetta.io/v3"},
        "regions": ["no-osl1"],
        "dns_api_version": "2",
        **_V3,
    },
}


class Profile(NamedTuple):
    """The settings of a profile, in the shape of a cloud in clouds.yaml, and warnings for the user."""

    settings: dict[str, Any]
    warnings: tuple[str, ...] = ()


def profile(name: str, cloud: str, files: Files, fetch: Fetch | None) -> Profile:
    """Return the profile of a cloud: from clouds-public.yaml, built in, or fetched from a URL.

    Raises:
        ConfigError: The provider has shut down, or the URL has no profile.
    """
    found = files.find("clouds-public")
    warnings = [f"Skipping {line}." for line in found.skipped]
    public = with_underscores(found.data).get("public_clouds") or {}
    settings = public.get(name) if isinstance(public, dict) else None
    if settings is not None:
        if not isinstance(settings, dict):
            raise ConfigError(f"Profile {name} in {found.path} is not a mapping of settings.")
    else:
        settings = BUILT_IN.get(name)
        profile_url = name if settings is None else settings.get("profile", "")
        if "://" in profile_url:
            settings = _fetch_profile(profile_url, fetch)
    if settings is None:
        warnings.append(f"The profile {name} of cloud {cloud} is unknown.")
        return Profile({}, tuple(warnings))
    given = with_underscores(settings)
    status = given.pop("status", None)
    why = given.pop("message", None)
    reason = f": {why}" if isinstance(why, str) and why else ""
    if status == "shutdown":
        raise ConfigError(f"The cloud of profile {name} was shut down{reason}.")
    if status == "deprecated":
        warnings.append(f"Profile {name} is deprecated{reason}.")
    given.pop("profile", None)
    return Profile(given, tuple(warnings))


def _fetch_profile(profile_url: str, fetch: Fetch | None) -> dict[str, Any]:
    """Return the profile that a provider publishes at its well-known URL."""
    scheme, _, rest = profile_url.partition("://")
    host = rest.split("/")[0].split("?")[0].split("#")[0].rpartition("@")[2]
    if scheme not in ("http", "https") or not host:
        raise ConfigError(f"Profile {scheme}://{host} is not the URL of a provider.")
    url = f"{scheme}://{host}/.well-known/openstack/api"
    if fetch is None:
        raise ConfigError(f"Profile {profile_url} is published at {url}, and this command fetches no profiles.")
    try:
        answer = fetch(url)
    except OstkError as error:
        raise ConfigError(f"No profile could be fetched from {url}: {error.message}", error.hint) from error
    settings = answer.get("profile") if isinstance(answer, dict) else None
    if not isinstance(settings, dict):
        raise ConfigError(f"There is no profile at {url}.")
    try:
        profile = with_underscores(as_plain_data(settings))
    except Malformed as error:
        raise ConfigError(f"The profile at {url} {error}.") from None
    check_endpoints(profile, url)
    return profile


def check_endpoints(profile: dict[str, Any], document: str) -> None:
    """Raise ConfigError if a published profile sends credentials to an insecure URL."""
    from .documents import checked_endpoint

    for key, value in profile.items():
        if isinstance(value, dict):
            check_endpoints(with_underscores(value), document)
        elif isinstance(value, str) and value and key.endswith(("auth_url", "endpoint", "endpoint_override")):
            advice = "Describe the cloud in clouds.yaml without this profile."
            checked_endpoint(value, document, key, advice)
