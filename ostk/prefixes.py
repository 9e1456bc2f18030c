"""The first words of nouns: a line of help for each."""

from .index import INDEX

# The first words of several nouns or commands that are no noun themselves, with one line of help.
PREFIXES = {
    "accelerator": "Accelerator devices, deployables, device profiles and accelerator requests.",
    "access": "Access rules and OAuth access tokens.",
    "address": "Address groups and address scopes.",
    "database": "Database instances, backups, clusters and configuration groups.",
    "baremetal volume": "Volume connectors and volume targets of bare metal nodes.",
    "bgp": "BGP speakers, peers and dynamic routing agents.",
    "coe": "Clusters of container orchestration engines, templates, node groups and quotas.",
    "compute": "Compute services and compute agents.",
    "console": "Server consoles: URLs, logs and connections.",
    "default": "Default security group rules.",
    "dns": "Limits, quotas and services of the DNS service.",
    "federation": "Federation: protocols, and the domains and projects of federated users.",
    "firewall": "Firewall groups, policies and rules.",
    "image metadef": "Metadata definitions: namespaces, objects, properties and resource types.",
    "network qos": "QoS policies, rules and rule types.",
    "network service": "Network service providers.",
    "object store": "Object storage accounts.",
    "resource": "Placement resource classes, resource providers and usage.",
    "sandbox fault": "Manage injected faults, to test scripts and clients.",
    "ptr": "PTR records of floating IPs.",
    "security": "Security groups and security group rules.",
    "software": "Software configs and software deployments.",
    "tap": "Tap services, flows and mirrors: copies of network traffic.",
    "zone transfer": "Transfers of zones to other projects.",
    "volume backend": "Capabilities and pools of volume backends.",
    "vpn": "VPN services, connections, endpoint groups and policies.",
    "vpn ipsec": "IPsec policies and site connections.",
}


def help_of(words: str) -> str:
    """Return the line of help for a noun, or for the first words of nouns or commands; "" for other words.

    Words that only one noun begins with have the line of this noun.
    """
    if words in INDEX:
        return INDEX[words][1]
    below = (help for noun, (_, help) in INDEX.items() if noun.startswith(f"{words} "))
    return PREFIXES.get(words) or next(below, "")
