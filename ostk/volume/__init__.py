"""Block storage: volumes, their snapshots and backups (Cinder)."""
