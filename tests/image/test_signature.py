"""Test image signatures made by OpenSSL."""

from __future__ import annotations

import base64
import shutil
import subprocess
from pathlib import Path

import pytest

from ostk.image.signature import sign

from ..conftest import Run
from ..fake_cloud import FakeCloud

needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the program openssl")


@needs_openssl
def test_signature_is_verified_by_public_key(cloud: FakeCloud, ostk: Run, tmp_path: Path) -> None:
    (tmp_path / "data.raw").write_bytes(b"[1, 2]")

    def openssl(*words: str) -> int:
        done = subprocess.run(["openssl", *words], cwd=tmp_path, capture_output=True, check=False)
        return done.returncode

    assert openssl("genrsa", "-out", "key.pem", "2048") == 0
    assert openssl("rsa", "-in", "key.pem", "-pubout", "-out", "public.pem") == 0
    assert ostk("image create n --file data.raw --sign-key-path key.pem --sign-cert-id c").exit_code == 0
    sent = cloud.sent[0][1]
    assert sent["img_signature_certificate_uuid"] == "c"
    assert (sent["img_signature_hash_method"], sent["img_signature_key_type"]) == ("SHA-256", "RSA-PSS")
    (tmp_path / "signature").write_bytes(base64.b64decode(sent["img_signature"]))
    verify = ["dgst", "-sha256", "-sigopt", "rsa_padding_mode:pss", "-verify", "public.pem"]
    assert openssl(*verify, "-signature", "signature", "data.raw") == 0
    (tmp_path / "data.raw").write_bytes(b"[1, 3]")
    assert openssl(*verify, "-signature", "signature", "data.raw") != 0


@needs_openssl
def test_image_create_rejects_invalid_key_before_any_request(cloud: FakeCloud, ostk: Run, tmp_path: Path) -> None:
    (tmp_path / "data.raw").write_bytes(b"data")
    result = ostk("image create n --file data.raw --sign-key-path data.raw --sign-cert-id c")
    assert (result.exit_code, "The private key 'data.raw' cannot sign" in result.output) == (1, True)
    assert cloud.all == []


def test_signing_without_openssl_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Exception, match="Signing needs the program openssl"):
        sign("data.raw", "key.pem", "c")
