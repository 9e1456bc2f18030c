"""Tests of the commands of the Alarming service."""
