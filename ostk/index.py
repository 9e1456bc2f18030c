"""Every noun → the modules its verbs are in and one line of help: the table of contents.

In each of the modules the noun (or the command, for a word that stands alone) has the name of its last
word, with underscores for dashes.
"""

ALONE = {"api", "complete", "help"}  # words that are commands by themselves

INDEX: dict[str, tuple[str, str]] = {
    "api": ("local.api", "Send any request to a service."),
    "complete": ("local.complete", "Print the script that completes words in a shell."),
    "flavor": ("compute.flavor", "Manage flavors: the sizes a server can have."),
    "image": ("image.image image.data image.member", "Manage images: what servers start from."),
    "keypair": ("compute.keypair", "Manage key pairs: the public keys that servers let in."),
    "network": ("network.network", "Manage networks."),
    "catalog": ("identity.catalog", "Look at the services of the cloud and their addresses."),
    "token": ("identity.token", "Manage tokens."),
    "versions": ("identity.versions", "Look at the API versions of the services."),
    "server": ("compute.server compute.server_list", "Manage servers."),
}
