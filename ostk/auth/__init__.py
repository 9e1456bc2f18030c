"""The ways to get a token from Keystone, federation, and the cache of tokens and documents."""
