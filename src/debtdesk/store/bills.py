"""Bills of kept cases: each once a case, under the digest of its bytes; the revisions only name them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from weakref import ref

from sqlalchemy import Connection, bindparam, delete, insert, select

from debtdesk.core.bills import Bill
from debtdesk.store.content import bill_from_bytes, bill_to_bytes, names_in
from debtdesk.store.tables import bills

_FEW = 200  # names asked for at a time

_KEEP = insert(bills)
_NAMES = select(bills.c.digest).where(
    bills.c.reference == bindparam("which"), bills.c.digest.in_(bindparam("names", expanding=True))
)
_CONTENT = select(bills.c.content).where(bills.c.reference == bindparam("which"), bills.c.digest == bindparam("name"))


@dataclass(frozen=True, slots=True)
class KeptBill:
    """A bill as it is kept: its name, which is the SHA-256 of its bytes, and the bytes."""

    name: str
    content: bytes


class KnownBills:
    """Bills and their bytes: a bill is made into bytes, or out of them, once as long as somebody holds it."""

    def __init__(self) -> None:
        self._by_bill: dict[int, tuple[KeptBill, ref[Bill]]] = {}
        self._by_name: dict[str, ref[Bill]] = {}

    @property
    def held(self) -> int:
        """How many bills are known right now."""
        return len(self._by_bill)

    def kept(self, bill: Bill) -> KeptBill:
        """Return a bill as it is kept."""
        known = self._by_bill.get(id(bill))
        if known is not None:
            return known[0]
        content = bill_to_bytes(bill)
        return self._remember(bill, KeptBill(hashlib.sha256(content).hexdigest(), content))

    def bill(self, name: str, content: bytes) -> Bill:
        """Return the bill of bytes that were kept under a name."""
        there = self._by_name.get(name)
        bill = there() if there else None
        if bill is not None and self.kept(bill).content == content:
            return bill
        bill = bill_from_bytes(content)
        self._remember(bill, KeptBill(name, content))
        return bill

    def _remember(self, bill: Bill, known: KeptBill) -> KeptBill:
        place, name = id(bill), known.name

        def forget(gone: ref[Bill]) -> None:
            self._by_bill.pop(place, None)
            if self._by_name.get(name) is gone:
                self._by_name.pop(name, None)

        watched = ref(bill, forget)
        self._by_bill[place], self._by_name[name] = (known, watched), watched
        return known


def keep(connection: Connection, reference: str, these: Iterable[KeptBill]) -> None:
    """Write the bills of a case that are not kept with it yet."""
    wanted = {b.name: b.content for b in these}
    if wanted:
        new = wanted.keys() - _there(connection, reference, sorted(wanted))
        rows = [{"reference": reference, "digest": name, "content": wanted[name]} for name in sorted(new)]
        if rows:
            connection.execute(_KEEP, rows)


def _there(connection: Connection, reference: str, names: Sequence[str]) -> set[str]:
    """Return which names have a bill with a case."""
    found: set[str] = set()
    for at in range(0, len(names), _FEW):
        found.update(connection.scalars(_NAMES, {"which": reference, "names": names[at : at + _FEW]}))
    return found


def bills_in(connection: Connection, reference: str, content: object) -> dict[str, bytes]:
    """Return the bytes of the bills that a content of a case names; one that is missing is left out."""
    names = names_in(content) if isinstance(content, bytes) else []
    found = ((name, connection.scalar(_CONTENT, {"which": reference, "name": name})) for name in names)
    return {name: bytes(kept) for name, kept in found if isinstance(kept, bytes)}


def empty(connection: Connection, reference: str) -> None:
    """Take the bills of a case away."""
    connection.execute(delete(bills).where(bills.c.reference == reference))
