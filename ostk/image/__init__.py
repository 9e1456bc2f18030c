"""Commands of the Image service (Glance): images, their data, sharing, tasks, the cache and metadata definitions."""
