"""Tests of the commands of the Metric service."""
