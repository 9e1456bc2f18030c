"""Images: what servers start from (Glance)."""
