"""A new Ed25519 key pair in the formats of OpenSSH, made on this machine.

Nova makes no key pairs since microversion 2.92, so the client does. The arithmetic is that of RFC 8032,
section 5.1.5; only whole numbers and SHA-512 are needed.
"""

from __future__ import annotations

import base64
import hashlib
import os

PRIME = 2**255 - 19
CURVE = -121665 * pow(121666, -1, PRIME) % PRIME
Point = tuple[int, int, int, int]
BASE_Y = 4 * pow(5, -1, PRIME) % PRIME


def even_x(y: int) -> int:
    """The even x of the point at this y."""
    square = (y * y - 1) * pow(CURVE * y * y + 1, -1, PRIME)
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if (x * x - square) % PRIME:
        x = x * pow(2, (PRIME - 1) // 4, PRIME) % PRIME
    return PRIME - x if x & 1 else x


def add(p: Point, q: Point) -> Point:
    """The sum of two points in extended coordinates."""
    a = (p[1] - p[0]) * (q[1] - q[0]) % PRIME
    b = (p[1] + p[0]) * (q[1] + q[0]) % PRIME
    c, d = 2 * p[3] * q[3] * CURVE % PRIME, 2 * p[2] * q[2] % PRIME
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME


def public_of(seed: bytes) -> bytes:
    """The 32 bytes of the public key that belongs to the 32 of a secret."""
    scalar = int.from_bytes(hashlib.sha512(seed).digest()[:32], "little") & (1 << 254) - 8 | 1 << 254
    x = even_x(BASE_Y)
    point: Point = (x, BASE_Y, 1, x * BASE_Y % PRIME)
    found: Point = (0, 1, 1, 0)
    for bit in range(255):
        # Both sums are made whatever the bit is, so that the time tells nothing of the secret.
        both = (found, add(found, point))
        found = both[scalar >> bit & 1]
        point = add(point, point)
    inverse = pow(found[2], -1, PRIME)
    x, y = found[0] * inverse % PRIME, found[1] * inverse % PRIME
    return (y | (x & 1) << 255).to_bytes(32, "little")


def packed(*parts: bytes) -> bytes:
    """Texts as SSH packs them, each after its length."""
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def key_pair() -> tuple[str, str]:
    """A new private key as its file holds it, and the line of the public key."""
    seed = os.urandom(32)
    public = public_of(seed)
    line = packed(b"ssh-ed25519", public)
    check = os.urandom(4)  # twice the same, by which one who opens a locked key knows the passphrase is right
    secret = check + check + packed(b"ssh-ed25519", public, seed + public, b"")
    secret += bytes(range(1, 1 + -len(secret) % 8))
    content = b"openssh-key-v1\0" + packed(b"none", b"none", b"") + (1).to_bytes(4, "big") + packed(line, secret)
    text = base64.b64encode(content).decode()
    rows = "\n".join(text[i : i + 70] for i in range(0, len(text), 70))
    private = f"-----BEGIN OPENSSH PRIVATE KEY-----\n{rows}\n-----END OPENSSH PRIVATE KEY-----\n"
    return private, f"ssh-ed25519 {base64.b64encode(line).decode()}"
