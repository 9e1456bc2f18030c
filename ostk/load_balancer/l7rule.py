"""L7 rules: the conditions of an L7 policy; all of them must match."""

from ..api.load_balancer import L7_POLICY, L7_RULE
from ..errors import OstkError
from ..language import WAIT, Noun, Opt, target
from ..tags import NEW_FIELD_TAGS, SET_FIELD_TAGS, TAG_FILTERS, UNSET_FIELD_TAGS
from .formats import LINES
from .options import DEFAULTS, GONE, PARENT_READY, any_case, enabling, removed

l7rule = Noun(
    L7_RULE,
    "Manage L7 rules of L7 policies: conditions on requests.",
    columns=["id= project_id= provisioning_status= compare_type= type= key= value= invert= admin_state_up="],
    fields=[
        "created_at compare_type provisioning_status invert admin_state_up updated_at value key project_id type id",
        "operating_status tags",
    ],
    formats={"tags": LINES},
    in_order=True,
    parent=target(L7_POLICY, "l7policy"),
    wait=PARENT_READY,
)


def content(required: bool) -> list[Opt]:
    """Return the options for the fields of a rule."""
    return [
        Opt(
            "--compare-type",
            "Comparison type.",
            type=any_case("REGEX EQUAL_TO CONTAINS ENDS_WITH STARTS_WITH"),
            required=required,
        ),
        Opt("--invert", "Invert the rule: match requests for which the comparison fails.", value=True),
        Opt("--value", "Value to compare with.", required=required),
        Opt("--key", "Name of the cookie or header; required for --type COOKIE and HEADER."),
        Opt(
            "--type",
            "Rule type: the part of the request to compare.",
            type=any_case("FILE_TYPE PATH COOKIE HOST_NAME HEADER SSL_CONN_HAS_CERT SSL_VERIFY_RESULT SSL_DN_FIELD"),
            required=required,
        ),
        enabling("L7 rule"),
        WAIT,
    ]


def validate_key(type: str | None, key: str | None) -> None:
    """Reject a rule about a cookie or a header without the name of it."""
    if type in ("COOKIE", "HEADER") and not key:
        raise OstkError(f"--type {type} needs --key.")


l7rule.create(content(required=True), NEW_FIELD_TAGS, defaults=DEFAULTS, validate=validate_key)
l7rule.list(TAG_FILTERS)
l7rule.show()
l7rule.set(content(required=False), SET_FIELD_TAGS, validate=validate_key)
l7rule.unset(
    removed("--invert", "Match requests for which the comparison succeeds."),
    removed("--key", "Remove the name of the cookie or header."),
    WAIT,
    UNSET_FIELD_TAGS,
)
l7rule.delete(WAIT, wait=GONE)
