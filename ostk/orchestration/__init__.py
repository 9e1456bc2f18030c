"""Nouns of the Orchestration service (Heat)."""
