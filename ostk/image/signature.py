"""Image signatures: sign image data with a private key on this machine, by OpenSSL."""

from ..errors import FileError
from ..language import Json
from ..openssl import openssl


def sign(path: str, key: str, certificate: str) -> Json:
    """Sign a file by RSA-PSS with SHA-256 and the maximum salt length, and return the image properties.

    OpenSSL does the work, and asks for the passphrase of the key if there is one.

    Args:
        path: Path of the file to sign.
        key: Path of the private key.
        certificate: ID of the certificate in the Key Manager service.

    Returns:
        The `img_signature*` properties, which Nova and Glance verify.

    Raises:
        FileError: OpenSSL is not installed, or cannot sign with the key.
    """
    import base64

    padding = ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:max"]
    try:
        signature = openssl(["dgst", "-sha256", *padding, "-sign", key, path], "Signing")
    except FileError as error:
        if error.hint:  # there is no openssl
            raise
        raise FileError(f"The private key {key!r} cannot sign: {error.message}.") from error
    return {
        "img_signature": base64.b64encode(signature).decode(),
        "img_signature_certificate_uuid": certificate,
        "img_signature_hash_method": "SHA-256",
        "img_signature_key_type": "RSA-PSS",
    }
