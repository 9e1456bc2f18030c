"""Object store: Swift."""
