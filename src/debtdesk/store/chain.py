"""The chain of the audit: each entry sealed with the hash of the one before.

An entry seals the digest of its content, not the content, and the digest is salted with random bytes that are kept
beside the content: once both are emptied, the chain still holds, and nothing of the content can be guessed from it.
Whoever can write the file can forge the whole chain; a head that was written down elsewhere shows it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

START = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the audit: who did what to which case, and its seal. `at` as stored; no digest means removed."""

    number: int
    at: str
    who: str
    action: str
    reference: str
    version: int
    digest: str
    previous: str
    hash: str = ""

    def seal(self) -> str:
        """Return the hash over all of the entry and the hash before it."""
        fields = (self.number, self.at, self.who, self.action, self.reference, self.version, self.digest, self.previous)
        return hashlib.sha256(json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def digest(salt: str, content: Iterable[bytes]) -> str:
    """Return the salted hash of a content, given in pieces."""
    found = hashlib.sha256(bytes.fromhex(salt))
    for piece in content:
        found.update(piece)
    return found.hexdigest()


def holds(salt: str, content: Iterable[bytes], sealed: str) -> bool:
    """Return whether a content, given in pieces, is still the one that was sealed."""
    try:
        return digest(salt, content) == sealed
    except (ValueError, TypeError):  # no longer hexadecimal, no longer bytes
        return False
