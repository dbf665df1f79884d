"""A case as the bytes that are kept: canonical JSON, the same for the same case, so that it can be hashed.

Bills are long and never change: they are kept apart, each once, and the content that is kept names them where they
stand. What an entry seals is the whole content with the bills in their places; how it is kept makes no difference.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from debtdesk.core.bills import Bill
from debtdesk.core.case import Case
from debtdesk.core.plain import case_from_plain, case_to_plain, from_plain, to_plain

# quotation marks within a text have a backslash before them, so that no text of a case looks like this
_NAMED = re.compile(rb'"bills":\[("[0-9a-f]{64}"(?:,"[0-9a-f]{64}")*)\]')


def to_bytes(case: Case) -> bytes:
    """Return the canonical JSON of a case: keys in order, no spaces, Chinese as it is, UTF-8."""
    return _json(case_to_plain(case))


def from_bytes(content: bytes) -> Case:
    """Return the case of canonical JSON."""
    return case_from_plain(json.loads(content))


def bill_to_bytes(bill: Bill) -> bytes:
    """Return a bill as it stands within the canonical JSON of its case."""
    return _json(to_plain(bill))


def bill_from_bytes(content: bytes) -> Bill:
    """Return the bill of such bytes."""
    return from_plain(Bill, json.loads(content))


def with_names(case: Case, names: list[str]) -> bytes:
    """Return the canonical JSON of a case in which names stand for its bills."""
    return _json(case_to_plain(replace(case, bills=())) | {"bills": names})


def names_in(content: bytes) -> list[str]:
    """Return the names that stand for bills in a content."""
    found = _NAMED.search(content)
    return [name.decode() for name in found[1].replace(b'"', b"").split(b",")] if found else []


def whole(content: bytes, bills: Mapping[str, bytes]) -> Iterator[bytes]:
    """Yield a content piece by piece, with the bytes of each bill in place of its name.

    Raises
    ------
    ValueError
        If a bill is missing.
    """
    found = _NAMED.search(content)
    if found is None:
        yield content
        return
    yield content[: found.start(1)]
    for place, name in enumerate(names_in(content)):
        if name not in bills:
            raise ValueError(f"bill {name} is missing")
        if place:
            yield b","
        yield bills[name]
    yield content[found.end(1) :]


def case_of(content: bytes, bills: Mapping[str, Bill]) -> Case:
    """Return the case of a content in which names stand for bills."""
    names = names_in(content)
    if not names:
        return from_bytes(content)
    case = case_from_plain(json.loads(content) | {"bills": []})
    return replace(case, bills=tuple(bills[name] for name in names))


def _json(plain: object) -> bytes:
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
