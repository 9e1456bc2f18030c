"""Tests of ostk/config/."""
