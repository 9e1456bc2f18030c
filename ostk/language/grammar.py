"""How the names of resource types are written in sentences."""

from __future__ import annotations

ACRONYMS = {
    "bgpvpn": "BGP VPN",
    "ips": "IPs",
    "ipsec": "IPsec",
    "qos": "QoS",
    **{word: word.upper() for word in "bgp dns ha id ike ip l3 mac ndp pvlan rbac vni vpn".split()},
}


def prose(noun: str) -> str:
    """A noun as it is written in a sentence: `floating IP`."""
    return " ".join(ACRONYMS.get(word, word) for word in noun.split())


def plural(noun: str) -> str:
    """The plural of a noun: `networks`, `policies`, `addresses`."""
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith("s") else f"{noun}s"
