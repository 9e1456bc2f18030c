"""Tests of the nouns of the Load Balancer service."""
