"""Compute: servers, flavors, key pairs, hypervisors and aggregates (Nova)."""
