"""User messages: the reasons why asynchronous operations on shares failed."""

from ..api.shared_file_system import SHARE_MESSAGE
from ..language import LIMIT, Noun, Opt

message = Noun(
    SHARE_MESSAGE,
    "Manage user messages: why asynchronous operations on shares failed.",
    columns=["id resource_type resource_id action_id user_message detail_id created_at"],
    fields=[
        "id resource_type resource_id action_id user_message message_level detail_id created_at expires_at request_id"
    ],
    in_order=True,
)
message.list(
    Opt("--resource-id", "Filter by ID of the resource."),
    Opt("--resource-type", "Filter by resource type, e.g. SHARE."),
    Opt("--action-id", "Filter by ID of the action, e.g. 001 (allocate host) or 002 (create)."),
    Opt("--detail-id", "Filter by ID of the detail, e.g. 001 (unknown error) or 002 (no valid host)."),
    Opt("--request-id", "Filter by ID of the API request, e.g. req-…."),
    Opt("--message-level", "Filter by message level, e.g. ERROR."),
    LIMIT,
    Opt("--since", "Filter by creation time: not before YYYY-MM-DDTHH:MM:SS.", key="created_since", since="2.52"),
    Opt("--before", "Filter by creation time: not after YYYY-MM-DDTHH:MM:SS.", key="created_before", since="2.52"),
    help="List user messages.",
)
message.show(help="Show a user message.")
message.delete(help="Delete user messages.")
