"""The import of httpx and httpcore, without the parts that ostk does not use.

httpx imports its own command-line program (click, rich and pygments: 65 ms) and httpcore its asynchronous half
(anyio: 12 ms); httpx also looks for the libraries of compressions that no service uses. Both go on where these cannot
be imported, so they cannot be imported while this module is. certifi (10 ms) is replaced by a stub: tls.py loads the
trusted certificates. tests/http/test_httpx_release.py holds what this relies on; pyproject.toml admits the releases
for which it has passed.
"""

import contextlib
import sys
from collections.abc import Iterator
from types import ModuleType

__all__ = ["block_imports", "httpx"]


def certifi_where() -> str:
    """Return the path of certifi's certificates; certifi itself is imported for that."""
    import certifi

    return certifi.where()


@contextlib.contextmanager
def block_imports(*names: str) -> Iterator[None]:
    """Keep modules that are not imported yet from being imported in this block; certifi is replaced by a stub."""
    absent = [name for name in names if name not in sys.modules]
    stub = ModuleType("certifi")
    stub.where = certifi_where  # type: ignore[attr-defined]
    sys.modules.update({name: stub if name == "certifi" else None for name in absent})  # type: ignore[misc]
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


with block_imports("httpx._main", "certifi", "brotli", "brotlicffi", "zstandard"):
    import httpx
