"""A case as the bytes that are kept: canonical JSON, the same for the same case, so that it can be hashed."""

from __future__ import annotations

import json

from debtdesk.core.case import Case
from debtdesk.core.plain import case_from_plain, case_to_plain


def to_bytes(case: Case) -> bytes:
    """Return the canonical JSON of a case: keys in order, no spaces, Chinese as it is, UTF-8."""
    plain = case_to_plain(case)
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def from_bytes(content: bytes) -> Case:
    """Return the case of canonical JSON."""
    return case_from_plain(json.loads(content))
