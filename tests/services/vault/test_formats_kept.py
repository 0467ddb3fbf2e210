"""What an earlier version wrote still opens: these values were written once and are never to be made anew."""

from __future__ import annotations

from pathlib import Path

from services.vault.fernet import TokenCipher
from services.vault.files import FileVault
from services.vault.keys import DataKey
from services.vault.protection import key_from_passphrase, key_from_recovery_code
from services.vault.recovery import RecoveryCode
from services.vault.sidecar import read_sidecar, unseal
from services.vault.signing import SigningKey, verify

UID = bytes.fromhex("019aaa00112273338444555566667777")
CODE_TEXT = "0J6H-B7H6-NWVV-R14D-2PF2-DBSQ-QG28-T5QK"
PASSPHRASE_KEY = "f6798d3c2f0fea0ef70ed365282dedf0539eb8828e149d83c70482783885a4e9"
KEY = DataKey(bytes(range(32)))

SIDECAR = """{
 "format": "mycrm-keys",
 "version": 1,
 "workspace": "019aaa00112273338444555566667777",
 "changing": false,
 "sealed": [
  {
   "nonce": "jYTBUr06plCruFCV",
   "key": "p0vKWptqykMTmqeB3Z/36jBfCmiv3vBCjgiJnv6HwyHT0gG60jFmCKvbGQ5kwiVx"
  }
 ]
}
"""
TOKEN = (
    b"gAAAAABrAvTDrJ5RFOWx0MU88Ee5Yf4IdvUhT6Fqc-RaLjcaExRRAnyq3irQcPMT"
    b"6VxZ4Zh-CLU9dXcGe9sZdoF574MyYoWwtGM5KAmyCJi7tdiym1eQUFs="
)
FILE_NAME = "d39ef79b85a416ddc570fac8533e07e7967903becefb9ee49759bf25a807afcd"
FILE = (
    "4d5943524d46310a30a942a5c57d65fb10d37fbf84de3fbebb83d35cdad453ef"
    "35eda30c0f907b4f530f30f6cc98555b8e6cfd84c4457ad577d1eaa5aff60b5a"
)
PUBLIC_KEY = "4c6df5dcf21fcdec6672013fc76c24413a8722162aa51c5fafe924c5c78419e6"
SIGNATURE = (
    "3874e88cb5571ceefe4994ab0461e7b59f23893efe630fa843b0537448f2746b"
    "6aee463ba8e1b6e205f647eb10f4f8bf91348967c591d1be00a704ce7acc430b"
)


def test_a_recovery_code_on_paper_still_gives_its_key() -> None:
    code = RecoveryCode.parse(CODE_TEXT)

    assert code.reveal().hex() == "048d159e26af37bc048d159e26af37bc048d16f3"
    assert key_from_recovery_code(code, UID).reveal().hex() == (
        "8061bde810ea4a7216000fae99cb987cbad94920fc317168a821229eb8a8ce46"
    )


def test_a_passphrase_still_gives_its_key() -> None:
    assert key_from_passphrase("correct horse battery", UID).reveal().hex() == PASSPHRASE_KEY


def test_a_sidecar_still_opens_with_its_code(tmp_path: Path) -> None:
    (tmp_path / "sales.mycrm-keys").write_text(SIDECAR)
    sidecar = read_sidecar(tmp_path / "sales.mycrm")

    assert sidecar is not None
    opened = unseal(sidecar.sealed[0], RecoveryCode.parse(CODE_TEXT), UID)
    assert opened == DataKey(bytes.fromhex(PASSPHRASE_KEY))


def test_a_token_still_opens() -> None:
    assert TokenCipher(KEY).decrypt(TOKEN, bound_to="google|1") == b"token"


def test_an_attachment_still_opens(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(bytes.fromhex(FILE))
    vault = FileVault(tmp_path, KEY)

    assert vault.verify(FILE_NAME) == 8
    with vault.open(FILE_NAME) as content:
        assert content.read() == b"contract"


def test_a_signature_is_still_accepted_and_made_alike() -> None:
    verify(b"m", bytes.fromhex(SIGNATURE), public_key=bytes.fromhex(PUBLIC_KEY), purpose="p")
    assert SigningKey(KEY).public_key.hex() == PUBLIC_KEY
    assert SigningKey(KEY).sign(b"m", purpose="p").hex() == SIGNATURE
