"""Listeners: the ports of a load balancer."""

from ..api.load_balancer import LISTENER, LOAD_BALANCER, POOL
from ..language import DESCRIPTION, NAME, NEW_DESCRIPTION, WAIT, Arg, Cloud, Json, KeyValues, Noun, Opt, Value, target
from ..owner import PROJECT_FILTER
from ..tags import NEW_FIELD_TAGS, SET_FIELD_TAGS, TAG_FILTERS, UNSET_FIELD_TAGS
from .formats import IDS, LINES, PAIRS
from .options import DEFAULTS, GONE, PARENT_READY, PROTOCOL_PORT, any_case, container, enabled, enabling, removed
from .statistics import STATISTICS, fetch_statistics

listener = Noun(
    LISTENER,
    "Manage listeners of load balancers: protocols and ports.",
    columns=["id= default_pool_id= name= project_id= protocol= protocol_port= admin_state_up="],
    fields=[
        "admin_state_up connection_limit created_at default_pool_id default_tls_container_ref description id",
        "insert_headers l7policies loadbalancers name operating_status project_id protocol protocol_port",
        "provisioning_status sni_container_refs timeout_client_data timeout_member_connect timeout_member_data",
        "timeout_tcp_inspect updated_at client_ca_tls_container_ref client_authentication client_crl_container_ref",
        "allowed_cidrs tls_ciphers tls_versions alpn_protocols tags hsts_max_age hsts_include_subdomains hsts_preload",
    ],
    formats={"l7policies loadbalancers": IDS, "insert_headers": PAIRS, "allowed_cidrs tags": LINES},
    in_order=True,
    wait=PARENT_READY,
)
BALANCER = Arg("loadbalancer", "Load balancer of the listener.", ref=LOAD_BALANCER)
TLS = [
    container("--client-ca-tls-container-ref", "Secret with the CA certificate of clients, for TERMINATED_HTTPS"),
    Opt("--client-authentication", "TLS client authentication.", type=any_case("NONE OPTIONAL MANDATORY")),
    container("--client-crl-container-ref", "Secret with the certificate revocation list of clients"),
    Opt("--allowed-cidr...", "CIDR that may connect to the listener.", key="allowed_cidrs"),
    Opt("--tls-ciphers", "TLS ciphers, as an OpenSSL cipher list separated by colons."),
    Opt("--tls-version...", "TLS version, e.g. TLSv1.3.", key="tls_versions"),
    Opt("--alpn-protocol...", "ALPN protocol, e.g. h2.", key="alpn_protocols"),
    Opt("--hsts-max-age", "Enable HSTS with this max-age, in seconds.", type=int),
]
CONTENT = [
    Opt("--connection-limit", "Maximum number of connections; -1 is no limit.", type=int),
    Opt(
        "--default-tls-container-ref",
        "Secret or container with the certificate and key, for TERMINATED_HTTPS listeners.",
        metavar="URI",
    ),
    Opt(
        "--sni-container-refs",
        "Containers with certificates and keys for Server Name Indication.",
        greedy=True,
        metavar="URI...",
    ),
    Opt("--insert-headers", "Headers to insert into requests.", type=KeyValues(), metavar="HEADER=VALUE,…"),
    Opt("--timeout-client-data", "Client inactivity timeout, in milliseconds.", type=int),
    Opt("--timeout-member-connect", "Member connection timeout, in milliseconds.", type=int),
    Opt("--timeout-member-data", "Member inactivity timeout, in milliseconds.", type=int),
    Opt(
        "--timeout-tcp-inspect",
        "Time to wait for additional TCP packets for content inspection, in milliseconds.",
        type=int,
    ),
    enabling("listener"),
]


def hsts_flags(needs: str = "") -> list[Opt]:
    """Return the flags for directives of HSTS."""
    return [
        Opt("--hsts-include-subdomains", "Add includeSubDomains to HSTS.", value=True, needs=needs),
        Opt("--hsts-preload", "Add preload to HSTS.", value=True, needs=needs),
    ]


listener.create(
    BALANCER,
    Opt("--name", "Name of the listener."),
    DESCRIPTION,
    Opt("--protocol", "Protocol.", type=any_case("TCP HTTP HTTPS TERMINATED_HTTPS UDP SCTP PROMETHEUS"), required=True),
    Opt("--protocol-port", "Protocol port of the listener.", type=PROTOCOL_PORT, required=True),
    Opt(
        "--default-pool",
        "Pool for requests that no L7 policy matches: a pool of the load balancer.",
        ref=POOL,
        domain=BALANCER,
    ),
    CONTENT,
    TLS,
    hsts_flags("--hsts-max-age"),
    WAIT,
    NEW_FIELD_TAGS,
    defaults=DEFAULTS,
)
listener.list(
    Opt("--name", "Filter by name."),
    Opt("--loadbalancer", "Filter by load balancer.", ref=LOAD_BALANCER),
    enabled("listeners"),
    PROJECT_FILTER,
    TAG_FILTERS,
)
listener.show()


def with_pool(cloud: Cloud, item: Json, body: Json, values: Json) -> Json:
    """Return an update request with the default pool, looked up in the load balancer of the listener."""
    pool = values["default_pool"]
    if not pool:
        return body
    balancers = [one["id"] for one in item.get("loadbalancers") or ()]
    place = {"loadbalancer_id": balancers[0]} if balancers else {}
    return {**body, "default_pool_id": cloud.find(POOL, pool, place)}


listener.set(
    NAME,
    NEW_DESCRIPTION,
    Value("--default-pool", "Pool for requests that no L7 policy matches.", names=POOL, metavar="POOL"),
    CONTENT,
    TLS,
    hsts_flags(),
    WAIT,
    SET_FIELD_TAGS,
    prepare=with_pool,
)
listener.unset(
    removed("--name", "Remove the name."),
    removed("--description", "Remove the description."),
    removed("--connection-limit", "Reset the connection limit to the default."),
    removed("--default-pool", "Remove the default pool.", key="default_pool_id"),
    removed("--default-tls-container-ref", "Remove the container with the certificate and key."),
    removed("--sni-container-refs", "Remove the containers for Server Name Indication."),
    removed("--insert-headers", "Remove the headers to insert."),
    removed("--timeout-client-data", "Reset the client inactivity timeout to the default."),
    removed("--timeout-member-connect", "Reset the member connection timeout to the default."),
    removed("--timeout-member-data", "Reset the member inactivity timeout to the default."),
    removed("--timeout-tcp-inspect", "Reset the time to wait for TCP packets to the default."),
    removed("--client-ca-tls-container-ref", "Remove the secret with the CA certificate of clients."),
    removed("--client-authentication", "Reset TLS client authentication to the default."),
    removed("--client-crl-container-ref", "Remove the secret with the certificate revocation list."),
    removed("--allowed-cidrs", "Remove all allowed CIDRs."),
    removed("--tls-versions", "Remove all TLS versions."),
    removed("--tls-ciphers", "Remove all TLS ciphers."),
    removed("--alpn-protocols", "Remove all ALPN protocols."),
    removed("--hsts-max-age", "Disable HSTS."),
    removed("--hsts-include-subdomains", "Remove includeSubDomains from HSTS."),
    removed("--hsts-preload", "Remove preload from HSTS."),
    WAIT,
    UNSET_FIELD_TAGS,
)
listener.delete(WAIT, wait=GONE)


@listener.shower("stats show", target(LISTENER), fields=STATISTICS)
def show_statistics(cloud: Cloud, listener: str) -> Json:
    """Show statistics of a listener."""
    return fetch_statistics(cloud, LISTENER, listener)
