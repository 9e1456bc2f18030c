"""Commands about ostk itself, and those that belong to no service."""
