"""Consumers: programs that users let act for them, by OAuth 1."""

from __future__ import annotations

from ..api.identity import CONSUMER
from ..language import DESCRIPTION, Noun

consumer = Noun(CONSUMER, "Manage programs that users let act for them.", columns=["id description"])
consumer.list()
consumer.show()
consumer.create(DESCRIPTION)
consumer.set(DESCRIPTION)
consumer.delete()
