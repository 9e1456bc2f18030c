"""Nouns of the Accelerator service (Cyborg)."""
