"""openrc files, read without a shell and never executed."""
