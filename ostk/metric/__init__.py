"""Commands on metrics: the Metric service (Gnocchi)."""
