"""Nouns of the Key Manager service (Barbican)."""
