"""Nouns of the DNS service (Designate)."""
