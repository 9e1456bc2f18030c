"""Consumers: programs that users let act for them, by OAuth 1."""

from __future__ import annotations

from ..kinds import CONSUMER
from ..language.kind import Column
from ..language.noun import Noun
from ..language.options import DESCRIPTION

consumer = Noun(CONSUMER, "Manage programs that users let act for them.", columns=[Column("id"), Column("description")])
consumer.list()
consumer.show()
consumer.create(DESCRIPTION)
consumer.set(DESCRIPTION)
consumer.delete()
