"""Pools: the servers that a listener distributes its traffic to."""

from ..api.load_balancer import LISTENER, LOAD_BALANCER, POOL
from ..language import DESCRIPTION, NAME, NEW_DESCRIPTION, WAIT, KeyValues, Noun, Opt, exclusive
from ..tags import NEW_FIELD_TAGS, SET_FIELD_TAGS, TAG_FILTERS, UNSET_FIELD_TAGS
from .formats import IDS, LINES, PAIRS
from .options import DEFAULTS, GONE, PARENT_READY, any_case, container, enabling, removed

ALGORITHM = any_case("SOURCE_IP ROUND_ROBIN LEAST_CONNECTIONS SOURCE_IP_PORT")
pool = Noun(
    POOL,
    "Manage pools of load balancers: the servers behind listeners.",
    columns=["id= name= project_id= provisioning_status= protocol= lb_algorithm= admin_state_up="],
    fields=[
        "admin_state_up created_at description healthmonitor_id id lb_algorithm listeners loadbalancers members name",
        "operating_status project_id protocol provisioning_status session_persistence updated_at tls_container_ref",
        "ca_tls_container_ref crl_container_ref tls_enabled tls_ciphers tls_versions tags alpn_protocols",
    ],
    formats={"listeners loadbalancers members": IDS, "session_persistence": PAIRS, "tags": LINES},
    in_order=True,
    wait=PARENT_READY,
)
CONTENT = [
    Opt(
        "--session-persistence",
        "Session persistence: type=SOURCE_IP, type=HTTP_COOKIE, or type=APP_COOKIE,cookie_name=NAME.",
        type=KeyValues(),
        metavar="KEY=VALUE,…",
    ),
    enabling("pool"),
    container("--tls-container-ref", "Container with the certificate and key for members, with --enable-tls"),
    container("--ca-tls-container-ref", "Secret with the CA certificate of members, with --enable-tls"),
    container("--crl-container-ref", "Secret with the certificate revocation list of members, with --enable-tls"),
    Opt("--enable-tls/--disable-tls", "Enable or disable TLS to members.", key="tls_enabled"),
    Opt("--tls-ciphers", "TLS ciphers, as an OpenSSL cipher list separated by colons."),
    Opt("--tls-version...", "TLS version, e.g. TLSv1.3.", key="tls_versions"),
    Opt("--alpn-protocol...", "ALPN protocol, e.g. h2.", key="alpn_protocols"),
]
pool.create(
    Opt("--name", "Name of the pool."),
    DESCRIPTION,
    Opt("--protocol", "Protocol.", type=any_case("TCP HTTP HTTPS PROXY PROXYV2 UDP SCTP"), required=True),
    exclusive(
        Opt("--listener", "Listener that gets the new pool as default pool.", ref=LISTENER),
        Opt("--loadbalancer", "Load balancer of the pool.", ref=LOAD_BALANCER),
        required=True,
    ),
    Opt("--lb-algorithm", "Load balancing algorithm.", type=ALGORITHM, required=True),
    CONTENT,
    WAIT,
    NEW_FIELD_TAGS,
    defaults=DEFAULTS,
)
pool.list(Opt("--loadbalancer", "Filter by load balancer.", ref=LOAD_BALANCER), TAG_FILTERS)
pool.show()
pool.set(
    NAME,
    NEW_DESCRIPTION,
    Opt("--lb-algorithm", "Load balancing algorithm.", type=ALGORITHM),
    CONTENT,
    WAIT,
    SET_FIELD_TAGS,
)
pool.unset(
    removed("--name", "Remove the name."),
    removed("--description", "Remove the description."),
    removed("--ca-tls-container-ref", "Remove the secret with the CA certificate of members."),
    removed("--crl-container-ref", "Remove the secret with the certificate revocation list of members."),
    removed("--session-persistence", "Remove the session persistence."),
    removed("--tls-container-ref", "Remove the container with the certificate and key for members."),
    removed("--tls-versions", "Remove all TLS versions."),
    removed("--tls-ciphers", "Remove all TLS ciphers."),
    removed("--alpn-protocols", "Remove all ALPN protocols."),
    WAIT,
    UNSET_FIELD_TAGS,
)
pool.delete(WAIT, wait=GONE)
