"""Placement: what hosts and other providers have, and who uses how much of it."""
