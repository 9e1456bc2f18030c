"""Identity: who there is, what they may do, and where the services are."""
