"""Shards: parts of the nodes, each for a client of its own."""

from ..api.bare_metal import SHARD
from ..language import Noun
from .fields import columns

shard = Noun(SHARD, "Show shards of bare metal nodes.", columns=columns("name count"))
shard.list(help="List shards, with the number of nodes in each.")
