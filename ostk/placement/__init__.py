"""Commands of the Placement service: resource providers, inventories, allocations, resource classes and traits."""
