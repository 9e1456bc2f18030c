"""Where something is: options of service and region that nouns share."""

from __future__ import annotations

from dataclasses import replace

from ..kinds import REGION, SERVICE
from ..language import Opt

# Keystone makes a region that an endpoint names and that is not there: it is looked for before.
THERE = replace(REGION, name="", by_name="", gone=False)
IN_REGION = Opt("--region", "Region it is for, by ID.", ref=THERE)
OF_REGION = Opt("--region", "Only those for this region, by ID.", ref=THERE)
OF_SERVICE = Opt("--service", "Only those of this service.", ref=SERVICE)
