"""Nouns of several services: quotas, limits, availability zones, extensions, project cleanup."""
