"""Generation of Ed25519 key pairs in the formats of OpenSSH.

Nova does not generate SSH keys since microversion 2.92, so the client does. The public key is computed as in
RFC 8032, section 5.1.5, with integers and SHA-512 alone, which spares a dependency on a cryptography package.
"""

import base64
import hashlib
import os

PRIME = 2**255 - 19
CURVE = -121665 * pow(121666, -1, PRIME) % PRIME
Point = tuple[int, int, int, int]
BASE_Y = 4 * pow(5, -1, PRIME) % PRIME


def even_x(y: int) -> int:
    """Return the even x coordinate of the curve point with this y coordinate."""
    square = (y * y - 1) * pow(CURVE * y * y + 1, -1, PRIME)
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if (x * x - square) % PRIME:
        x = x * pow(2, (PRIME - 1) // 4, PRIME) % PRIME
    return PRIME - x if x & 1 else x


def add(p: Point, q: Point) -> Point:
    """Return the sum of two points in extended coordinates (RFC 8032, section 5.1.4)."""
    a = (p[1] - p[0]) * (q[1] - q[0]) % PRIME
    b = (p[1] + p[0]) * (q[1] + q[0]) % PRIME
    c, d = 2 * p[3] * q[3] * CURVE % PRIME, 2 * p[2] * q[2] % PRIME
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME


def derive_public_key(seed: bytes) -> bytes:
    """Return the public key (32 bytes) of a private key (32 bytes)."""
    scalar = int.from_bytes(hashlib.sha512(seed).digest()[:32], "little") & (1 << 254) - 8 | 1 << 254
    x = even_x(BASE_Y)
    point: Point = (x, BASE_Y, 1, x * BASE_Y % PRIME)
    result: Point = (0, 1, 1, 0)
    for bit in range(255):
        # Both candidates are computed for every bit, so that the time does not depend on the private key.
        candidates = (result, add(result, point))
        result = candidates[scalar >> bit & 1]
        point = add(point, point)
    inverse = pow(result[2], -1, PRIME)
    x, y = result[0] * inverse % PRIME, result[1] * inverse % PRIME
    return (y | (x & 1) << 255).to_bytes(32, "little")


def encode_strings(*parts: bytes) -> bytes:
    """Return SSH strings (RFC 4251, section 5): each part after its length in 4 bytes."""
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def generate_key_pair() -> tuple[str, str]:
    """Return a new private key as the text of an OpenSSH key file, and the line of the public key."""
    seed = os.urandom(32)
    public = derive_public_key(seed)
    line = encode_strings(b"ssh-ed25519", public)
    check = os.urandom(4)  # written twice: the check of the passphrase in encrypted keys
    secret = check + check + encode_strings(b"ssh-ed25519", public, seed + public, b"")
    secret += bytes(range(1, 1 + -len(secret) % 8))
    content = (
        b"openssh-key-v1\0"
        + encode_strings(b"none", b"none", b"")
        + (1).to_bytes(4, "big")
        + encode_strings(line, secret)
    )
    text = base64.b64encode(content).decode()
    rows = "\n".join(text[i : i + 70] for i in range(0, len(text), 70))
    private = f"-----BEGIN OPENSSH PRIVATE KEY-----\n{rows}\n-----END OPENSSH PRIVATE KEY-----\n"
    return private, f"ssh-ed25519 {base64.b64encode(line).decode()}"
