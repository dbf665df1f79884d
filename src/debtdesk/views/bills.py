"""Bills in words and tables: what each fate means, what came in by fate, and what is proposed for the budget."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from debtdesk.core.bill_budget import BillBudget
from debtdesk.core.bill_fates import BillFate, Question, SortedBills, SortedLine
from debtdesk.core.bill_items import MergeRow
from debtdesk.core.budget import BudgetItem
from debtdesk.locale import Message
from debtdesk.views.names import CHANNELS as CHANNELS
from debtdesk.views.names import FATES as FATES
from debtdesk.views.names import FLOWS as FLOWS
from debtdesk.views.names import STANDINGS as STANDINGS
from debtdesk.views.words import NONE, money, name_of


def sums_table(found: SortedBills, language: str) -> pd.DataFrame:
    """Return a row a bill and direction: its sum, and the same by fate. What came in is what is shown."""
    used = [f for f in BillFate if any(f in by for by in found.sums().values())]
    heads = [Message("bill"), Message("kind of bill"), Message("direction"), Message("lines"), Message("in all")]
    rows = []
    for (place, flow), by_fate in sorted(found.sums().items()):
        bill = found.bills[place]
        lines = sum(x.flow is flow for x in bill.lines)
        cells = [money(by_fate[f], language, unit=False) if f in by_fate else NONE for f in used]
        words = [CHANNELS[bill.channel].in_language(language), FLOWS[flow].in_language(language)]
        total = money(sum(by_fate.values()), language, unit=False)
        rows.append([bill.source, *words, f"{lines:,}", total, *cells])
    names = [h.in_language(language) for h in (*heads, *(FATES[f] for f in used))]
    return pd.DataFrame(rows, columns=names, dtype="object")


def lines_table(found: SortedBills, lines: Iterable[SortedLine], language: str) -> pd.DataFrame:
    """Return a row a line: where it stands, its own words, its fate and why."""
    heads = (
        Message("bill"), Message("line"), Message("day"), Message("who"), Message("what"), Message("amount"),
        Message("fate"), Message("category"), Message("why"),
    )  # fmt: skip
    rows = [
        [
            found.bills[x.ref.bill].source,
            str(x.line.row),
            x.line.day.isoformat(),
            x.line.party or NONE,
            " · ".join(t for t in (x.line.kind, x.line.item) if t) or NONE,
            money(x.line.amount, language, unit=False),
            FATES[x.fate].in_language(language),
            name_of(x.category).in_language(language) if x.category else NONE,
            x.reason.in_language(language),
        ]
        for x in lines
    ]
    return pd.DataFrame(rows, columns=[h.in_language(language) for h in heads], dtype="object")


def spikes_table(found: BillBudget, language: str) -> pd.DataFrame:
    """Return the payments that were set aside because they would distort the month."""
    heads = (Message("day"), Message("who"), Message("category"), Message("amount"), Message("usual month"))
    rows = [
        [
            s.day.isoformat(),
            s.party or NONE,
            name_of(s.category).in_language(language),
            money(s.amount, language, unit=False),
            money(s.usual, language, unit=False),
        ]
        for s in found.spikes
    ]
    return pd.DataFrame(rows, columns=[h.in_language(language) for h in heads], dtype="object")


def proposed_words(row: MergeRow, language: str) -> str:
    """Return a proposed item in one line: name, amount, how often."""
    item = row.proposed.item()
    return f"{item.name} · {money(item.amount, language)} {name_of(item.frequency).in_language(language)}"


def proposed_note(row: MergeRow, language: str) -> str:
    """Return how a proposed item stands to the budget, where it was seen, and what may say the same already."""
    parts = [STANDINGS[row.standing].in_language(language), row.proposed.note.in_language(language)]
    if row.beside:
        parts.append(_beside(row.beside).in_language(language))
    return " · ".join(parts)


def _beside(items: Sequence[BudgetItem]) -> Message:
    return Message("look: {items} may contain it already", items=", ".join(i.name for i in items))


def question_words(question: Question, language: str) -> str:
    """Return a question in one line: who, what, how many, how much, and why it is asked."""
    who = " · ".join(t for t in (question.party, question.kind) if t) or NONE
    n, amount = len(question.places), money(question.amount, language)
    told = Message("{who}: {n} lines, {amount}. {why}", who=who, n=n, amount=amount, why=question.reason)
    return told.in_language(language)
