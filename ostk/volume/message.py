"""Volume messages: Cinder's user messages about asynchronous operations that failed."""

from ..api.block_storage import VOLUME_MESSAGE
from ..language import MARKER, PAGE_SIZE, Noun
from ..owner import ADMIN_PROJECT_FILTER

message = Noun(
    VOLUME_MESSAGE,
    "Manage volume messages: failures of asynchronous operations.",
    columns=[
        "id event_id resource_type",
        "resource_uuid=Resource UUID, message_level, user_message, request_id, created_at, guaranteed_until",
    ],
    fields=[
        "created_at=Created At, event_id=Event ID, guaranteed_until=Guaranteed Until, id=ID",
        "message_level=Message Level, request_id=Request ID, resource_type=Resource Type",
        "resource_uuid=Resource UUID, user_message=User Message",
    ],
)
message.list(ADMIN_PROJECT_FILTER, PAGE_SIZE, MARKER)
message.show()
message.delete()
