"""Health monitors: the checks that tell which members of a pool are online."""

import click

from ..api.load_balancer import HEALTH_MONITOR, POOL
from ..language import NAME, WAIT, Arg, Noun, Opt
from ..tags import NEW_FIELD_TAGS, SET_FIELD_TAGS, TAG_FILTERS, UNSET_FIELD_TAGS
from .formats import IDS, LINES
from .options import DEFAULTS, GONE, PARENT_READY, any_case, enabling, removed

RETRIES = click.IntRange(1, 10)
healthmonitor = Noun(
    HEALTH_MONITOR,
    "Manage health monitors of pools.",
    columns=["id= name= project_id= type= admin_state_up="],
    fields=[
        "project_id name admin_state_up pools created_at provisioning_status updated_at delay expected_codes",
        "max_retries http_method timeout max_retries_down url_path type id operating_status http_version domain_name",
        "tags",
    ],
    formats={"pools": IDS, "tags": LINES},
    in_order=True,
    wait=PARENT_READY,
)
CONTENT = [
    Opt("--domain-name", "Domain name for the Host header of HTTP/1.1 health checks."),
    Opt("--expected-codes", "Expected HTTP status codes, e.g. 200, 200,202 or 200-204."),
    Opt(
        "--http-method",
        "HTTP method of health checks.",
        type=any_case("GET POST DELETE PUT HEAD OPTIONS PATCH CONNECT TRACE"),
    ),
    Opt("--http-version", "HTTP version of health checks.", choices="1.0 1.1", convert=float),
    Opt("--max-retries-down", "Number of failed health checks after which a member is in ERROR.", type=RETRIES),
    Opt("--url-path", "URL path of HTTP health checks."),
    enabling("health monitor"),
    WAIT,
]


def timing(required: bool) -> list[Opt]:
    """Return the options for the times and the number of checks."""
    return [
        Opt("--delay", "Delay between health checks, in seconds.", type=int, required=required),
        Opt("--timeout", "Time-out of a health check, in seconds; less than the delay.", type=int, required=required),
        Opt(
            "--max-retries",
            "Number of successful health checks after which a member is ONLINE.",
            type=RETRIES,
            required=required,
        ),
    ]


healthmonitor.create(
    Arg("pool", "Pool to monitor.", ref=POOL),
    Opt("--name", "Name of the health monitor."),
    Opt(
        "--type", "Health monitor type.", type=any_case("PING HTTP TCP HTTPS TLS-HELLO UDP-CONNECT SCTP"), required=True
    ),
    timing(required=True),
    CONTENT,
    NEW_FIELD_TAGS,
    defaults=DEFAULTS,
)
healthmonitor.list(TAG_FILTERS)
healthmonitor.show()
healthmonitor.set(NAME, timing(required=False), CONTENT, SET_FIELD_TAGS)
healthmonitor.unset(
    removed("--domain-name", "Remove the domain name."),
    removed("--expected-codes", "Reset the expected HTTP status codes to the default."),
    removed("--http-method", "Reset the HTTP method to the default."),
    removed("--http-version", "Remove the HTTP version."),
    removed("--max-retries-down", "Reset the number of failed health checks to the default."),
    removed("--name", "Remove the name."),
    removed("--url-path", "Reset the URL path to the default."),
    WAIT,
    UNSET_FIELD_TAGS,
)
healthmonitor.delete(WAIT, wait=GONE)
