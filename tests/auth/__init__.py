"""Tests of ostk/auth/."""
