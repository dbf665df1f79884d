"""The rows of entries and freezes of a debt: their columns, and how a typed row becomes a record and back."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import date
from enum import StrEnum

from debtdesk.core.days import parse_day
from debtdesk.core.debt import Debt, Freeze
from debtdesk.core.entries import Entry, EntryKind
from debtdesk.core.money import parse_amount, yuan
from debtdesk.core.problems import Refused
from debtdesk.core.rates import Rate, parse_rate
from debtdesk.core.terms import Part
from debtdesk.files.words import Words
from debtdesk.locale import LANGUAGES, Message
from debtdesk.panels.choices import choices, member
from debtdesk.panels.drafts import TypedRow
from debtdesk.panels.fields import rate_text
from debtdesk.panels.sheet import Column, Row


class RowKind(StrEnum):
    """What a row says: one of the kinds of entries, or a freeze."""

    FEE = "fee"
    WAIVER = "waiver"
    RATE = "rate"
    TRANSFER = "transfer"
    FREEZE = "freeze"


KINDS = {
    RowKind.FEE: Message("fee charged"),
    RowKind.WAIVER: Message("waived"),
    RowKind.RATE: Message("another rate"),
    RowKind.TRANSFER: Message("transfer to another creditor"),
    RowKind.FREEZE: Message("interest stopped"),
}
WORDS: Words[RowKind] = Words({kind: [text.in_language(x) for x in LANGUAGES] for kind, text in KINDS.items()})
Happened = Entry | Freeze
USED = {
    RowKind.FEE: {"amount"},
    RowKind.WAIVER: {"amount", "part"},
    RowKind.RATE: {"rate"},
    RowKind.TRANSFER: {"creditor"},
    RowKind.FREEZE: {"last"},
}


def entry_columns() -> tuple[Column, ...]:
    """Return the columns of the sheet of entries and freezes."""
    return (
        Column(key="day", label=Message("day"), kind="day", hint="2026-11-24", width=1.1, aliases=("日期", "date")),
        Column(
            key="kind",
            label=Message("what happened"),
            kind="choice",
            options=(("", Message("choose …")), *((k.value, text) for k, text in KINDS.items())),
            width=1.6,
        ),
        Column(
            key="amount",
            label=Message("amount"),
            kind="amount",
            aliases=("金额",),
            help=Message("Of a fee or a waiver."),
        ),
        Column(
            key="part",
            label=Message("part waived"),
            kind="choice",
            options=(("", Message("choose …")), *choices(*Part)),
            width=1.1,
        ),
        Column(key="rate", label=Message("new rate"), kind="rate", hint="0.05%/日"),
        Column(
            key="last",
            label=Message("last day without interest"),
            kind="day",
            width=1.2,
            help=Message("Where interest stopped: the last day on which none accrues."),
        ),
        Column(key="creditor", label=Message("new creditor"), width=1.4, line=1),
        Column(key="note", label=Message("where it can be seen"), width=1.8, line=1),
        Column(key="inside", label=Message("in the balance?"), kind="shown", width=1.4, line=1),
    )


def entry_reader(debt: Callable[[], Debt | None]) -> Callable[[TypedRow[Happened]], None]:
    """Return what reads a row of the sheet as an entry or a freeze; `debt` gives the debt that it belongs to."""

    def read(typed: TypedRow[Happened]) -> None:
        day = typed.need("day", parse_day, failing=None)
        kind = typed.need("kind", member(RowKind, WORDS), failing=None)
        if day is not None and (begun := began(debt())) is not None and day < begun:
            typed.refuse(
                "day",
                Message("This day lies before the debt began on {day}.", day=begun.isoformat()),
                Message("Check the day, or the day of the contract."),
            )
        if kind is None:
            return
        _refuse_unused(typed, kind)
        amount = typed.need("amount", _above_zero, failing=0) if "amount" in USED[kind] else 0
        part = typed.need("part", member(Part), failing=Part.FEES) if "part" in USED[kind] else Part.FEES
        rate: Rate | None = typed.need("rate", parse_rate, failing=None) if "rate" in USED[kind] else None
        last = typed.need("last", parse_day, failing=None) if "last" in USED[kind] else None
        creditor = typed.need("creditor", str, failing="") if "creditor" in USED[kind] else ""
        if day is not None and last is not None and last < day:
            typed.refuse(
                "last", Message("This ends before it starts."), Message("Write the last day, or mend the first.")
            )
        if not typed.usable or day is None:
            return
        note = typed.text("note")
        if kind is RowKind.FREEZE:
            assert last is not None
            typed.record = Freeze(day, last, note)
        else:
            typed.record = Entry(
                day=day, kind=EntryKind(kind.value), amount=amount, part=part, rate=rate, creditor=creditor, note=note
            )

    return read


def began(debt: Debt | None) -> date | None:
    """Return the day a debt began: of its contract, else of its history; None where neither is known."""
    if debt is None:
        return None
    return debt.contract_date or (debt.origin.as_of if debt.origin else None)


def _above_zero(text: str) -> int:
    amount = parse_amount(text)
    if amount == 0:
        raise Refused(Message("The amount must be above zero."), Message("Write what was charged or waived."))
    return amount


def _refuse_unused(typed: TypedRow[Happened], kind: RowKind) -> None:
    for key in sorted({"amount", "part", "rate", "last", "creditor"} - USED[kind]):
        if typed.text(key):
            typed.refuse(
                key,
                Message("This does not go with “{kind}”.", kind=KINDS[kind]),
                Message("Empty the cell, or write a row of its own for it."),
            )


def write_entry(happened: Happened) -> Row:
    """Return the row that shows an entry or a freeze."""
    row = dict.fromkeys(("amount", "part", "rate", "last", "creditor"), "")
    row |= {"day": day_of(happened).isoformat(), "note": happened.note}
    if isinstance(happened, Freeze):
        return row | {"kind": RowKind.FREEZE.value, "last": happened.last.isoformat()}
    return row | {
        "kind": happened.kind.value,
        "amount": f"{yuan(happened.amount):,.2f}" if happened.amount else "",
        "part": happened.part.value if happened.kind is EntryKind.WAIVER else "",
        "rate": rate_text(happened.rate) if happened.rate else "",
        "creditor": happened.creditor,
    }


def day_of(happened: Happened) -> date:
    """Return the day of an entry, or the first day of a freeze."""
    return happened.first if isinstance(happened, Freeze) else happened.day


def entry_key(happened: Happened) -> Hashable:
    """Return what may stand only once: the rate from a day on, and any other row as it is."""
    if isinstance(happened, Entry) and happened.kind is EntryKind.RATE:
        return ("rate", happened.day)
    return happened


def split(rows: Sequence[Happened]) -> tuple[tuple[Entry, ...], tuple[Freeze, ...]]:
    """Return entries and freezes apart, each in the order of the rows."""
    return tuple(r for r in rows if isinstance(r, Entry)), tuple(r for r in rows if isinstance(r, Freeze))
