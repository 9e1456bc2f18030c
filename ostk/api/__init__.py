"""What OpenStack is: services, their conventions, and their resource types; one file a service."""
