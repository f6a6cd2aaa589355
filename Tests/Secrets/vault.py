"""Secrets of every kind that a gateway is given, each a text that occurs nowhere else.

A secret is planted with `Vault.plant`; what a program emitted goes through `Vault.found`, which looks for each secret as
it is, in base64 (both alphabets), percent-encoded, in hexadecimal, and for its SHA-256.
"""

import base64
import hashlib
import secrets
import urllib.parse


class Vault:
    def __init__(self):
        self.planted = {}

    def plant(self, kind, value=None):
        """A new secret; `kind` says in reports which one showed up."""
        value = value or f"s3cr3t-{secrets.token_hex(12)}"
        self.planted[kind] = value
        return value

    def spellings(self, value):
        raw = value.encode()
        # Where it stands within three bytes decides its digits; the first and last depend on its neighbours too.
        shifted = {
            encode(b"\0" * shift + raw)[4 if shift else 0 : -4]
            for shift in range(3)
            for encode in (base64.b64encode, base64.urlsafe_b64encode)
        }
        return shifted | {
            raw,
            urllib.parse.quote(value, safe="").encode(),
            raw.hex().encode(),
            hashlib.sha256(raw).hexdigest().encode(),
        }

    def found(self, emitted):
        """Kinds of the secrets that occur in `emitted`, bytes."""
        return sorted(
            kind
            for kind, value in self.planted.items()
            if any(spelling in emitted for spelling in self.spellings(value))
        )
