"""OpenSSL: what needs private keys, done by the program openssl."""

from collections.abc import Sequence

from .errors import FileError


def openssl(arguments: Sequence[str], purpose: str, data: bytes | None = None) -> bytes:
    """Run the program openssl and return its standard output. It may ask for the passphrase of a key.

    Args:
        arguments: The arguments of the program.
        purpose: What needs the program, for the error: "Signing".
        data: The standard input; None leaves the program that of ostk.

    Raises:
        FileError: OpenSSL is not installed, or failed; the message is its first line.
    """
    import shutil
    import subprocess

    program = shutil.which("openssl")
    if program is None:
        raise FileError(f"{purpose} needs the program openssl, which is not in PATH.", "Install OpenSSL.")
    result = subprocess.run([program, *arguments], input=data, capture_output=True)
    if result.returncode or not result.stdout:
        lines = result.stderr.decode(errors="replace").strip().splitlines()
        raise FileError(lines[0] if lines else "openssl failed")
    return result.stdout
