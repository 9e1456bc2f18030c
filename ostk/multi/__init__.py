"""Nouns that span several services."""
