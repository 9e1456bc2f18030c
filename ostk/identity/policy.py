"""Policies of the Identity v3 API: policy blobs that Keystone stores for other services (deprecated)."""

from ..api.identity import POLICY
from ..language import LONG, Arg, Noun, Opt
from .options import read_stripped_text

policy = Noun(
    POLICY,
    "Manage policies (Identity v3 policy blobs, deprecated).",
    columns=["id type"],
    long=["blob=Rules"],
    fields=["id blob=rules type"],
    in_order=True,
)
policy.list(LONG)
policy.show()
policy.create(
    Arg("rules", "File with the policy rules (API field blob).", key="blob", type=read_stripped_text, metavar="FILE"),
    Opt("--type", "MIME type of the policy rules.", default="application/json"),
    help="Create an Identity service policy: a stored blob (admin only).",
)
policy.set(
    Opt("--type", "MIME type of the policy rules."),
    Opt(
        "--rules",
        "File with the new policy rules (API field blob).",
        key="blob",
        type=read_stripped_text,
        metavar="FILE",
    ),
    help="Update an Identity service policy (admin only).",
)
policy.delete(help="Delete Identity service policies (admin only).")
