"""The nouns of the Bare Metal service (Ironic)."""
