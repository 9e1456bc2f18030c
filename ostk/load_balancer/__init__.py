"""Commands of the Load Balancer service (Octavia): one module per noun, and modules of shared options."""
