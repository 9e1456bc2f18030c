"""Signatures of image data, made with a private key that stays on this machine."""

from __future__ import annotations

from ..errors import FileError
from ..language import Json


def signed(path: str, key: str, certificate: str) -> Json:
    """The properties that carry the signature of a file: RSA-PSS of its SHA-256, the longest salt.

    The work is OpenSSL's, which asks for the key's passphrase itself. Errors: FileError where it cannot.
    """
    import base64
    import shutil
    import subprocess

    program = shutil.which("openssl")
    if program is None:
        raise FileError("Signing needs the program openssl, which is not here.", "Install OpenSSL.")
    padding = ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:max"]
    made = subprocess.run([program, "dgst", "-sha256", *padding, "-sign", key, path], capture_output=True)
    if made.returncode or not made.stdout:
        said = made.stderr.decode(errors="replace").strip().splitlines()
        raise FileError(f"The private key {key!r} cannot sign: {said[0] if said else 'openssl failed'}.")
    return {
        "img_signature": base64.b64encode(made.stdout).decode(),
        "img_signature_certificate_uuid": certificate,
        "img_signature_hash_method": "SHA-256",
        "img_signature_key_type": "RSA-PSS",
    }
