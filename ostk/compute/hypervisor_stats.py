"""What all hypervisors have together."""

from __future__ import annotations

from typing import Any

from ..kinds import HYPERVISOR
from ..language import Noun
from ..session.cloud import Cloud

stats = Noun(HYPERVISOR, "See what all hypervisors have together.")


@stats.shower("show")
def show_stats(cloud: Cloud) -> Any:
    """Show what all hypervisors have and use together."""
    # Nova has it up to microversion 2.87.
    reply = cloud.call(HYPERVISOR.service, "GET", f"{HYPERVISOR.path}/statistics", microversion="2.1")
    return reply["hypervisor_statistics"]
