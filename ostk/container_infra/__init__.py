"""Nouns of the Container Infrastructure Management service (Magnum)."""
