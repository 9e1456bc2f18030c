"""Names of resource types in sentences: acronyms and plurals."""

from __future__ import annotations

ACRONYMS = {
    "bgpvpn": "BGP VPN",
    "ips": "IPs",
    "ipsec": "IPsec",
    "qos": "QoS",
    **{word: word.upper() for word in "bgp dns ha id ike ip l3 mac ndp pvlan rbac vni vpn".split()},
}


def prose(noun: str) -> str:
    """Return a noun as written in a sentence: `floating IP`."""
    return " ".join(ACRONYMS.get(word, word) for word in noun.split())


def article(noun: str) -> str:
    """Return the indefinite article of a noun: `an` image, `a` user."""
    sounded = noun.startswith(("us", "uni")) or not noun.lower().startswith(tuple("aeiou"))
    return "a" if sounded else "an"


def plural(noun: str) -> str:
    """Return the plural of a noun: `networks`, `policies`, `addresses`."""
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith("s") else f"{noun}s"
