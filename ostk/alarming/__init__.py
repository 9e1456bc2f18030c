"""Commands on alarms: the Alarming service (Aodh)."""
