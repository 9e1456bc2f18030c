"""Commands of the Shared File Systems service (Manila): one module per noun, and modules of shared options."""
