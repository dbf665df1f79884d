"""What becomes of each part of what is owed, before and after: a table whose rows agree to the fen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from debtdesk.core.concession import CarriedEnd, WaiverTime
from debtdesk.core.proposal import NO_DISCOUNT
from debtdesk.core.schedule import Schedule
from debtdesk.core.settlement import NONE as NO_PARTS
from debtdesk.core.settlement import Parts, settle
from debtdesk.core.terms import PARTS, Part
from debtdesk.locale import Message
from debtdesk.views.markup import html_table
from debtdesk.views.words import money, name_of

if TYPE_CHECKING:
    import pandas as pd

_HEADS = {
    "owed": Message("owed at the start"),
    "waived_at_once": Message("waived at once"),
    "waived_at_the_end": Message("waived once all is paid"),
    "discount": Message("discount"),
    "capitalised": Message("added to the principal"),
    "carried": Message("set aside, owed at the end"),
    "down": Message("paid down"),
    "installments": Message("paid in installments"),
}


class PartShares(NamedTuple):
    """What becomes of one part, or of all together: `owed` is the sum of the others. [fen]

    `part` is None for all together; `waived_at_the_end` hangs on everything being paid as agreed, parts set aside to be
    waived included; what is added to the principal is paid in installments as well.
    """

    part: Part | None
    owed: int
    waived_at_once: int
    waived_at_the_end: int
    discount: int
    capitalised: int
    carried: int
    down: int
    installments: int


def part_shares(plans: Iterable[Schedule]) -> tuple[PartShares, ...]:
    """Return what becomes of each part of what is owed under schedules of one proposal, all together last."""
    each = [_columns(plan) for plan in plans]
    sums = [[sum(column[i] for column in columns) for i in range(len(PARTS))] for columns in zip(*each, strict=True)]
    sums = sums or [[0] * len(PARTS) for _ in _HEADS]
    rows = [PartShares(part, *(column[i] for column in sums)) for i, part in enumerate(PARTS)]
    return (*rows, PartShares(None, *(sum(column) for column in sums)))


def _columns(plan: Schedule) -> tuple[Parts, ...]:
    """Return the amounts of one schedule, in the order of the heads."""
    s, proposal = plan.settlement, plan.proposal
    waived, off = s.waived, NO_PARTS
    if proposal.discount != NO_DISCOUNT:
        waived = settle(replace(proposal, discount=NO_DISCOUNT), plan.balance).waived
        off = Parts(*(x - y for x, y in zip(s.waived, waived, strict=True)))
    at_once = s.time is WaiverTime.ON_SIGNING
    now, last = (waived, NO_PARTS) if at_once else (NO_PARTS, waived)
    carried = s.carried
    if s.carried_end is CarriedEnd.WAIVED:
        last, carried = Parts(*(x + y for x, y in zip(last, carried, strict=True))), NO_PARTS
    return s.before, now, last, off, s.capitalised, carried, s.down, s.installments


def settlement_table(plans: Iterable[Schedule], language: str) -> pd.DataFrame:
    """Return a row a part and one for all: what is owed, and the columns of what becomes of it that hold anything."""
    import pandas as pd

    rows = part_shares(plans)
    shown = [n for n in _HEADS if n in ("owed", "installments") or any(getattr(row, n) for row in rows)]
    return pd.DataFrame(
        {
            Message("part").in_language(language): [
                (Message("in all") if r.part is None else name_of(r.part)).in_language(language) for r in rows
            ],
            **{
                _HEADS[n].in_language(language): [money(getattr(r, n), language, unit=False) for r in rows]
                for n in shown
            },
        },
        dtype="object",
    )


def settlement_sentences(plans: Iterable[Schedule], language: str) -> list[str]:
    """Return what the table does not say: with what principal the plan begins, and what may be asked for again."""
    plans = tuple(plans)
    found = []
    added = sum(p.settlement.capitalised.total for p in plans)
    if added:
        own = sum(p.settlement.installments.principal for p in plans)
        text = Message(
            "The plan begins with a principal of {sum}: {own} of principal and {added} added to it.",
            sum=money(own + added, language),
            own=money(own, language, unit=False),
            added=money(added, language, unit=False),
        )
        found.append(text.in_language(language))
    if hanging := sum(p.settlement.conditional.total for p in plans):
        text = Message(
            "{amount} hang on everything being paid as agreed; after a breach they may be asked for again.",
            amount=money(hanging, language),
        )
        found.append(text.in_language(language))
    return found


def settlement_html(plans: Iterable[Schedule], language: str) -> str:
    """Return the table and its sentences, ready to show."""
    plans = tuple(plans)
    title = Message("Before and after, part by part; each line adds up to what is owed. [yuan]").in_language(language)
    lines = "".join(f"<p class='debtdesk-note'>{escape(s)}</p>" for s in settlement_sentences(plans, language))
    return html_table(settlement_table(plans, language), caption=title) + lines
