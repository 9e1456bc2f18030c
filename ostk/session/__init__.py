"""From configuration to an answer."""
