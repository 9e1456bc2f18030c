"""OAuth 1.0a consumers: programs that act on behalf of users who authorize them."""

from ..api.identity import CONSUMER
from ..language import DESCRIPTION, NEW_DESCRIPTION, Noun

consumer = Noun(CONSUMER, "Manage OAuth 1.0a consumers.", columns=["id description"], admin="set delete")
consumer.list()
consumer.show()
consumer.create(DESCRIPTION, help="Create a consumer (admin only). The secret is shown only once.")
consumer.set(NEW_DESCRIPTION)
consumer.delete()
