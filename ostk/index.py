"""Every noun → the modules its verbs are in and one line of help: the table of contents.

In each of the modules the noun (or the command, for a word that stands alone) has the name of its last
word, with underscores for dashes.
"""

INDEX: dict[str, tuple[str, str]] = {
    "api": ("local.api", "Send any request to a service."),
    "flavor": ("compute.flavor", "Manage flavors: the sizes a server can have."),
    "keypair": ("compute.keypair", "Manage key pairs: the public keys that servers let in."),
    "network": ("network.network", "Manage networks."),
}
