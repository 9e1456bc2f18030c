"""What the Alarming service can do."""

from ..api.alarming import ALARMING_CAPABILITY
from ..language import ALL_FIELDS_IN_API_ORDER, Cloud, Json, Noun

capabilities = Noun(
    ALARMING_CAPABILITY, "Show what the Alarming service can do.", fields=[ALL_FIELDS_IN_API_ORDER], in_order=True
)


@capabilities.shower("list")
def list_capabilities(cloud: Cloud) -> Json:
    """Show what the Alarming service can do."""
    return cloud.send(ALARMING_CAPABILITY, "GET")
