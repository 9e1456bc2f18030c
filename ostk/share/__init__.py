"""Shared file systems: shares, their snapshots and who may mount them (Manila)."""
