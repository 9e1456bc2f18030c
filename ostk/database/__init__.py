"""Nouns of the Database service."""
