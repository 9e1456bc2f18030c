"""The words commands are written in."""
