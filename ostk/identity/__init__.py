"""Commands of the Identity service (Keystone): users, projects, roles, the service catalog and federation."""
