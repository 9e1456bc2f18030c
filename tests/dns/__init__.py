"""Tests of the commands of the DNS service."""
