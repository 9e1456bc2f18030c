"""TLS: the context of all connections, loaded for the first https URL."""

from __future__ import annotations

import os
import ssl
import threading
from functools import cached_property
from typing import TYPE_CHECKING

from ..errors import ConfigError

if TYPE_CHECKING:
    from ..config.settings import Settings

# Distributions keep one file per certificate here, named by hash: OpenSSL reads only the file that it needs.
HASHED = "/etc/ssl/certs"
BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR")


class TrustStore:
    """The trusted CA certificates: `context` is for all connections, `roots` names their files for messages.

    Reading them takes 25 to 45 ms from one large file, so they are not read before `load` is called; plain http
    needs none.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.checks = settings.boolean("verify", True) and not settings.boolean("insecure", False)
        self.roots = ""
        self.loaded = False
        self.certifi_untried = False
        self.lock = threading.Lock()

    @cached_property
    def context(self) -> ssl.SSLContext:
        """The TLS context, which is made for the first https URL."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.set_alpn_protocols(["http/1.1"])
        return context

    def load(self) -> None:
        """Read the CA certificates and the client certificate. Raises ConfigError for a file that cannot be used."""
        with self.lock:
            if self.loaded:
                return
            if not self.checks:
                self.context.check_hostname = False
                self.context.verify_mode = ssl.CERT_NONE
            else:
                self._load_roots()
            self._load_certificate()
            self.loaded = True

    def _load_roots(self) -> None:
        given = self.settings.text("cacert")
        source = self.settings.source("cacert")
        for name in BUNDLES:
            if not given and os.environ.get(name):
                given, source = os.environ[name], name
        if given:
            self._read(given, source)
            self.roots = given
        elif any(entry.endswith(".0") for entry in _names(HASHED)):
            self.context.load_verify_locations(capath=HASHED)
            self.roots, self.certifi_untried = HASHED, True
        else:
            self._load_bundled()

    def _read(self, path: str, source: str) -> None:
        path = os.path.expanduser(path)
        try:
            if os.path.isdir(path):
                self.context.load_verify_locations(capath=path)
            else:
                self.context.load_verify_locations(cafile=path)
        except OSError as error:
            why = error.strerror if not isinstance(error, ssl.SSLError) else "the file has no certificate"
            raise ConfigError(f"The CA file {path} ({source}) cannot be used: {why}.") from None

    def _load_certificate(self) -> None:
        certificate, key = self.settings.text("cert"), self.settings.text("key")
        if not certificate:
            return
        try:
            self.context.load_cert_chain(certificate, key or None)
        except OSError as error:
            why = (
                error.strerror if not isinstance(error, ssl.SSLError) else "the files are not a certificate and its key"
            )
            files = f"{certificate} and {key}" if key else certificate
            source = self.settings.source("cert")
            raise ConfigError(f"The client certificate {files} ({source}) cannot be used: {why}.") from None

    def add_certifi(self, roots: str) -> bool:
        """Trust certifi's certificates too, after the system's did not verify a server.

        Args:
            roots: `roots` when the verification failed.

        Returns:
            Whether there are other certificates than those to try.
        """
        with self.lock:
            if roots != self.roots:
                return True
            if not self.certifi_untried:
                return False
            self._load_bundled()
            return True

    def _load_bundled(self) -> None:
        import certifi

        self.certifi_untried = False
        self.context.load_verify_locations(cafile=certifi.where())
        self.roots = f"{self.roots} and {certifi.where()}" if self.roots else certifi.where()


def _names(directory: str) -> list[str]:
    try:
        return os.listdir(directory)
    except OSError:
        return []
