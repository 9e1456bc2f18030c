"""Flags, OS_* variables, clouds.yaml and openrc files: the settings of one cloud."""
