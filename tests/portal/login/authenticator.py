"""A device that keeps a passkey, for tests: it answers as a browser's JSON does (WebAuthn level 3)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import bytes_to_base64url, encode_cbor

USER_PRESENT, USER_VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class Device:
    """Holds one key; ``verifies`` says whether it asks for its owner, ``count`` how often it has signed."""

    origin: str
    number: bytes = b"k" * 16
    verifies: bool = True
    count: int = 0
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def register(self, options: dict[str, Any]) -> str:
        """Make the passkey that these options ask for."""
        number = len(self.number).to_bytes(2, "big") + self.number
        authenticator = self._data(options["rp"]["id"], ATTESTED) + bytes(16) + number + self._public_key()
        attestation = encode_cbor({"fmt": "none", "attStmt": {}, "authData": authenticator})
        return self._answer(attestationObject=attestation, clientDataJSON=self._client("webauthn.create", options))

    def sign(self, options: dict[str, Any]) -> str:
        """Answer the question in these options."""
        self.count += 1
        data, client = self._data(options["rpId"]), self._client("webauthn.get", options)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer(authenticatorData=data, clientDataJSON=client, signature=signature, userHandle=b"x")

    def _data(self, host: str, more: int = 0) -> bytes:
        flags = USER_PRESENT | (USER_VERIFIED if self.verifies else 0) | more
        return hashlib.sha256(host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, kind: str, options: dict[str, Any]) -> bytes:
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": self.origin}).encode()

    def _public_key(self) -> bytes:
        numbers = self.key.public_key().public_numbers()
        point = {-2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        return encode_cbor({1: 2, 3: -7, -1: 1, **point})

    def _answer(self, **response: bytes) -> str:
        number = bytes_to_base64url(self.number)
        texts = {name: bytes_to_base64url(value) for name, value in response.items()}
        return json.dumps({"id": number, "rawId": number, "type": "public-key", "response": texts})
