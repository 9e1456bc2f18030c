"""Names of resource types in sentences: acronyms and plurals."""

ACRONYMS = {
    "bgpvpn": "BGP VPN",
    "ips": "IPs",
    "ipsec": "IPsec",
    "qos": "QoS",
    **{word: word.upper() for word in "bgp dns ha id ike ip l3 mac ndp pvlan rbac vni vpn".split()},
}

PLURALS = {"amphora": "amphorae", "chassis": "chassis"}

# What stands for a resource type where people read of it, if the words of the noun are not the usual term.
TERMS = {
    "compute agent": "agent build",
    "image metadef namespace": "metadata definition namespace",
    "ip availability": "network",
    "keypair": "key pair",
    "network qos rule type": "type of QoS rule",
    "network rbac": "network RBAC policy",
    "share access": "share access rule",
    "volume qos": "QoS specification",
}


def term(noun: str) -> str:
    """Return the usual term for a resource type: `key pair`, `floating IP`."""
    return TERMS.get(noun) or prose(noun)


def prose(noun: str) -> str:
    """Return a noun as written in a sentence: `floating IP`."""
    return " ".join(ACRONYMS.get(word, word) for word in noun.split())


def article(noun: str) -> str:
    """Return the indefinite article of a noun: `an` image, `a` user, `an` L7 rule."""
    vowel = noun.lower().startswith(tuple("aeiou")) and not noun.startswith(("us", "uni"))
    return "an" if vowel or noun.startswith("L7") else "a"


def plural(noun: str) -> str:
    """Return the plural of a noun: `networks`, `policies`, `addresses`."""
    if noun in PLURALS:
        return PLURALS[noun]
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith("s") else f"{noun}s"
