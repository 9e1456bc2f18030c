"""Tests of ostk/http/."""
