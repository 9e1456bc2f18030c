"""ostk: the openstack command, ten times quicker."""

__version__ = "0.1.0"
