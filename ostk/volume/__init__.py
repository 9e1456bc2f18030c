"""Commands of the Block Storage service (Cinder): volumes, snapshots, backups, volume types, services."""
