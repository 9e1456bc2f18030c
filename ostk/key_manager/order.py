"""Orders: requests to Barbican to generate a key or a key pair and to store it."""

from ..api.key_manager import SECRET_ORDER
from ..language import Arg, Cloud, Column, Json, Noun, Opt, Wait
from .fields import BINARY, LIMIT, OFFSET, for_all, show_target, with_times


def reference_column(key: str, title: str, type: str) -> Column:
    """Return the column of what an order of a type creates; "N/A" for orders of another type."""
    return Column(key, title, value=lambda item: item.get(key) if item.get("type") == type else "N/A")


order = Noun(
    SECRET_ORDER,
    "Manage orders: keys and key pairs that the key manager generates.",
    with_times(
        Column("order_ref", "Order href"),
        Column("type", "Type", value=lambda item: str(item.get("type", "")).capitalize()),
        reference_column("container_ref", "Container href", "asymmetric"),
        reference_column("secret_ref", "Secret href", "key"),
        "created=Created, status=Status, error_status_code=Error code, error_reason=Error message",
    ),
    in_order=True,
)


order.list(LIMIT, OFFSET, prepare=for_all, help="List orders.")


@order.shower("get", show_target(SECRET_ORDER), fields=order.columns)
def get(cloud: Cloud, secret_order: str) -> Json:
    """Show an order."""
    return cloud.get(SECRET_ORDER, secret_order)


@order.shower(
    "create",
    Arg("type", "Type of the order: a symmetric key, or a key pair.", choices="asymmetric key"),
    Opt("-n --name", "Name of the secret or container to create.", key="meta.name"),
    Opt("-a --algorithm", "Algorithm of the key.", key="meta.algorithm", default="aes"),
    Opt("-b --bit-length", "Length of the key, in bits.", key="meta.bit_length", type=int, default=256),
    Opt("-m --mode", "Mode of the algorithm (default of a symmetric key: cbc).", key="meta.mode"),
    Opt("-t --payload-content-type", "Content type of the key.", key="meta.payload_content_type", default=BINARY),
    Opt("-x --expiration", "Time at which the secret expires, in ISO 8601 format.", key="meta.expiration"),
    fields=order.columns,
    wait=Wait(),
)
def create(cloud: Cloud, body: Json, type: str) -> Json:
    """Create an order: Barbican generates and stores a key or a key pair."""
    mode = {"mode": "cbc"} if type == "key" else {}
    return {**cloud.create(SECRET_ORDER, {**body, "meta": mode | body["meta"]}), "type": type}


order.delete()
