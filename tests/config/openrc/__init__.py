"""Tests of ostk/config/openrc/."""
