"""Share messages: what went wrong with shares."""

from __future__ import annotations

from ..api.shared_file_system import SHARE_MESSAGE
from ..language import Noun, Opt
from .lists import LIMIT

message = Noun(
    SHARE_MESSAGE,
    "See what went wrong with shares.",
    columns=["id resource_type resource_id action_id user_message detail_id created_at"],
    fields=[
        "id resource_type resource_id action_id user_message message_level detail_id created_at expires_at request_id"
    ],
    in_order=True,
)
message.list(
    Opt("--resource-id", "Only those about what has this ID."),
    Opt("--resource-type", "Only those about this type, such as SHARE."),
    Opt("--action-id", "Only those about this action."),
    Opt("--detail-id", "Only those with this detail."),
    Opt("--request-id", "Only those about this request."),
    Opt("--message-level", "Only those of this level, such as ERROR."),
    LIMIT,
    Opt("--since", "Only those since this time, as 2026-01-31T12:00:00.", key="created_since", since="2.52"),
    Opt("--before", "Only those before this time, as 2026-01-31T12:00:00.", key="created_before", since="2.52"),
)
message.show()
message.delete()
