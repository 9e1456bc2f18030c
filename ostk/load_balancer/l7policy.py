"""L7 policies: what a listener does with requests that match rules."""

from ..api.load_balancer import L7_POLICY, LISTENER, POOL
from ..errors import OstkError
from ..language import DESCRIPTION, NAME, NEW_DESCRIPTION, WAIT, Arg, Json, Noun, Opt, exclusive
from ..language.noun import Params
from ..tags import NEW_FIELD_TAGS, SET_FIELD_TAGS, TAG_FILTERS, UNSET_FIELD_TAGS
from .formats import IDS, LINES
from .options import DEFAULTS, GONE, PARENT_READY, any_case, enabling, removed

ACTION = any_case("REDIRECT_TO_URL REDIRECT_TO_POOL REDIRECT_PREFIX REJECT")
REQUIRED = {
    "REDIRECT_TO_POOL": "redirect_pool",
    "REDIRECT_TO_URL": "redirect_url",
    "REDIRECT_PREFIX": "redirect_prefix",
}
l7policy = Noun(
    L7_POLICY,
    "Manage L7 policies of listeners: redirect or reject requests.",
    columns=["id= name= project_id= provisioning_status= action= position= admin_state_up="],
    fields=[
        "listener_id description admin_state_up rules project_id created_at provisioning_status updated_at",
        "redirect_pool_id redirect_url redirect_prefix action position id operating_status name redirect_http_code",
        "tags",
    ],
    formats={"rules": IDS, "tags": LINES},
    in_order=True,
    wait=PARENT_READY,
)
CONTENT: list[Params] = [
    exclusive(
        Opt("--redirect-pool", "Pool to redirect requests to.", ref=POOL),
        Opt("--redirect-url", "URL to redirect requests to."),
        Opt("--redirect-prefix", "URL prefix to redirect requests to."),
    ),
    Opt("--redirect-http-code", "HTTP status code of redirects.", choices="301 302 303 307 308", convert=int),
    Opt("--position", "Position among the L7 policies of the listener, starting at 1.", type=int),
    enabling("L7 policy"),
    WAIT,
]


def validate_action(action: str | None, values: Json) -> None:
    """Reject an action without the option that says where to redirect to."""
    needed = REQUIRED.get(action or "")
    if needed and not values[needed]:
        raise OstkError(f"--action {action} needs --{needed.replace('_', '-')}.")


l7policy.create(
    Arg("listener", "Listener of the policy.", ref=LISTENER),
    Opt("--name", "Name of the L7 policy."),
    DESCRIPTION,
    Opt("--action", "Action for matching requests.", type=ACTION, required=True),
    *CONTENT,
    NEW_FIELD_TAGS,
    defaults=DEFAULTS,
    validate=validate_action,
)
l7policy.list(Opt("--listener", "Filter by listener.", ref=LISTENER), TAG_FILTERS)
l7policy.show()
l7policy.set(
    NAME,
    NEW_DESCRIPTION,
    Opt("--action", "Action for matching requests.", type=ACTION),
    *CONTENT,
    SET_FIELD_TAGS,
    validate=validate_action,
)
l7policy.unset(
    removed("--description", "Remove the description."),
    removed("--name", "Remove the name."),
    removed("--redirect-http-code", "Reset the HTTP status code of redirects to the default."),
    WAIT,
    UNSET_FIELD_TAGS,
)
l7policy.delete(WAIT, wait=GONE)
