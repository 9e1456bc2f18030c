"""Every noun → the modules its verbs are in and one line of help: the table of contents.

In each of the modules the noun (or the command, for a word that stands alone) has the name of its last
word, with underscores for dashes.
"""

ALONE = {"api", "complete", "help"}  # words that are commands by themselves

INDEX: dict[str, tuple[str, str]] = {
    "api": ("local.api", "Send any request to a service."),
    "complete": ("local.complete", "Print the script that completes words in a shell."),
    "cache": ("local.cache", "Manage what ostk keeps between runs."),
    "cloud cache": ("local.cloud_cache", "Manage what ostk keeps of one cloud."),
    "command": ("local.command", "See what commands there are."),
    "help": ("local.help", "Explain a command or a group of commands."),
    "module": ("local.module", "See what ostk is made of."),
    "cached image": ("image.cached", "Manage the images that Glance keeps at hand."),
    "flavor": ("compute.flavor", "Manage flavors: the sizes a server can have."),
    "image": ("image.image image.data image.member", "Manage images: what servers start from."),
    "image metadef namespace": (
        "image.metadef_namespace",
        "Manage namespaces of metadata definitions.",
    ),
    "image metadef object": ("image.metadef_object", "Manage objects of metadata definitions."),
    "image metadef property": ("image.metadef_property", "Manage properties of metadata definitions."),
    "image metadef resource type": (
        "image.metadef_type",
        "See the resource types that have metadata definitions.",
    ),
    "image metadef resource type association": (
        "image.metadef_type",
        "Manage which resource types a namespace is for.",
    ),
    "image task": ("image.task", "See what Glance does with images in the background."),
    "keypair": ("compute.keypair", "Manage key pairs: the public keys that servers let in."),
    "network": ("network.network", "Manage networks."),
    "port": ("network.port", "Manage ports: where servers and routers meet a network."),
    "subnet": ("network.subnet", "Manage subnets: blocks of addresses on a network."),
    "catalog": ("identity.catalog", "Look at the services of the cloud and their addresses."),
    "token": ("identity.token", "Manage tokens."),
    "versions": ("identity.versions", "Look at the API versions of the services."),
    "server": (
        "compute.server compute.server_list compute.server_create compute.server_attach",
        "Manage servers.",
    ),
    "domain": ("identity.domain", "Manage domains: what users, groups and projects belong to."),
    "endpoint": ("identity.endpoint", "Manage endpoints: the addresses of services."),
    "group": ("identity.group", "Manage groups of users."),
    "implied role": ("identity.implied_role", "Manage roles that come with another one."),
    "project": ("identity.project", "Manage projects: what resources belong to."),
    "region": ("identity.region", "Manage regions: parts of a cloud with endpoints of their own."),
    "role": ("identity.role", "Manage roles: what users may do."),
    "role assignment": ("identity.role_assignment", "Look at who has which role where."),
    "service": ("identity.service", "Manage the services in the catalog."),
    "user": ("identity.user", "Manage users: who may log in."),
    "access rule": ("identity.access_rule", "Manage requests that application credentials may make."),
    "access token": ("identity.access_token", "Get to act for a user, by OAuth 1."),
    "application credential": ("identity.application_credential", "Manage secrets programs log in with."),
    "consumer": ("identity.consumer", "Manage programs that users let act for them."),
    "credential": ("identity.credential", "Manage secrets that are kept for users."),
    "ec2 credentials": ("identity.ec2_credentials", "Manage keys for programs that speak Amazon's APIs."),
    "endpoint group": ("identity.endpoint_group", "Manage which projects see which endpoints."),
    "federation domain": ("identity.federation_domain", "Look at the domains you may log in to."),
    "federation project": ("identity.federation_project", "Look at the projects you may log in to."),
    "federation protocol": ("identity.federation_protocol", "Manage how identity providers are spoken to."),
    "identity provider": ("identity.identity_provider", "Manage who vouches for users from elsewhere."),
    "limit": ("identity.limit", "Manage how much of something a project may have."),
    "mapping": ("identity.mapping", "Manage rules that map users from elsewhere."),
    "policy": ("identity.policy", "Manage texts of rules that are kept for services."),
    "registered limit": ("identity.registered_limit", "Manage how much of something every project may have."),
    "request token": ("identity.request_token", "Ask to act for a user, by OAuth 1."),
    "service provider": ("identity.service_provider", "Manage other clouds that trust this one's users."),
    "trust": ("identity.trust", "Manage trusts: roles that one user lets another use."),
}
