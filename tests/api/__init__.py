"""Tests of ostk/api/."""
