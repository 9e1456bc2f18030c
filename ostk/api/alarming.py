"""The Alarming (Aodh) API: its conventions and its resource types.

API reference: https://docs.openstack.org/aodh/latest/contributor/webapi/
"""

from .resource import Resource
from .service import Service

AODH = Service(
    "aodh",
    ("alarming", "alarm"),
    "v2",
    wrapped=False,
    listed_whole=True,
    docs_url="https://docs.openstack.org/aodh/latest/contributor/webapi/v2.html",
)
ALARM = Resource(AODH, "alarm", "/alarms", id="alarm_id", status="state", docs="#alarms")
ALARM_QUOTA = Resource(AODH, "alarm quota", "/quotas", "quota", id="project_id", name="project_id")
ALARM_CHANGE = Resource(
    AODH, "alarm change", "/query/alarms/history", "alarm_change", id="event_id", name="event_id", docs="#alarms"
)
ALARM_METRIC = Resource(AODH, "alarm metric", "/metrics", "metric")
ALARMING_CAPABILITY = Resource(AODH, "alarming capability", "/capabilities", "capabilities", docs="#capabilities")
