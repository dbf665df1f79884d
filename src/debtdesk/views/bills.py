"""Bills in words and tables: what each fate means, what came in by fate, and what is proposed for the budget."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from debtdesk.core.bill_budget import BillBudget, Spike
from debtdesk.core.bill_fates import BillFate, Question, SortedBills, SortedLine
from debtdesk.core.bill_items import MergeRow
from debtdesk.core.budget import BudgetItem
from debtdesk.locale import Message
from debtdesk.views.names import CHANNELS as CHANNELS
from debtdesk.views.names import FATES as FATES
from debtdesk.views.names import FLOWS as FLOWS
from debtdesk.views.names import STANDINGS as STANDINGS
from debtdesk.views.veil import OPEN, Veil
from debtdesk.views.words import NONE, money, name_of


def sums_table(found: SortedBills, language: str, veil: Veil = OPEN) -> pd.DataFrame:
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
        rows.append([veil.words(bill.source), *words, f"{lines:,}", total, *cells])
    names = [h.in_language(language) for h in (*heads, *(FATES[f] for f in used))]
    return pd.DataFrame(rows, columns=names, dtype="object")


def lines_table(found: SortedBills, lines: Iterable[SortedLine], language: str, veil: Veil = OPEN) -> pd.DataFrame:
    """Return a row a line: where it stands, its own words, its fate and why."""
    heads = (
        Message("bill"), Message("line"), Message("day"), Message("who"), Message("what"), Message("amount"),
        Message("fate"), Message("category"), Message("why"),
    )  # fmt: skip
    rows = [
        [
            veil.words(found.bills[x.ref.bill].source),
            str(x.line.row),
            x.line.day.isoformat(),
            veil.name(x.line.party) or NONE,
            veil.words(" · ".join(t for t in (x.line.kind, x.line.item) if t)) or NONE,
            money(x.line.amount, language, unit=False),
            FATES[x.fate].in_language(language),
            name_of(x.category).in_language(language) if x.category else NONE,
            x.reason.in_language(language),
        ]
        for x in lines
    ]
    return pd.DataFrame(rows, columns=[h.in_language(language) for h in heads], dtype="object")


def spike_words(spike: Spike, language: str, veil: Veil = OPEN) -> str:
    """Return a payment that was set aside in one line: day, who, category, amount, and the usual month."""
    told = (
        spike.day.isoformat(),
        veil.name(spike.party),
        name_of(spike.category).in_language(language),
        money(spike.amount, language),
        Message("usual month {amount}", amount=money(spike.usual, language)).in_language(language),
    )
    return " · ".join(t for t in told if t)


def recurring_table(found: BillBudget, language: str, veil: Veil = OPEN) -> pd.DataFrame:
    """Return a row a recurring payment: who, what, how often, how much, how many times and when last and next."""
    heads = (
        Message("who"), Message("category"), Message("how often"), Message("amount"), Message("from – to"),
        Message("times seen"), Message("last"), Message("expected next"),
    )  # fmt: skip
    ended = Message("no more? ask").in_language(language)
    rows = [
        [
            veil.name(r.party),
            name_of(r.category).in_language(language),
            name_of(r.rhythm).in_language(language),
            money(r.amount, language, unit=False),
            NONE
            if r.least == r.most
            else f"{money(r.least, language, unit=False)} – {money(r.most, language, unit=False)}",
            str(len(r.days)),
            r.days[-1].isoformat(),
            ended if r.lapsed else r.expected.isoformat(),
        ]
        for r in found.recurring
    ]
    return pd.DataFrame(rows, columns=[h.in_language(language) for h in heads], dtype="object")


def proposed_words(row: MergeRow, language: str, veil: Veil = OPEN) -> str:
    """Return a proposed item in one line: name, amount, how often."""
    item = row.proposed.item()
    name = veil.name(item.name) if isinstance(row.proposed.name, str) else item.name
    return f"{name} · {money(item.amount, language)} {name_of(item.frequency).in_language(language)}"


def proposed_note(row: MergeRow, language: str) -> str:
    """Return how a proposed item stands to the budget, where it was seen, and what may say the same already."""
    parts = [STANDINGS[row.standing].in_language(language), row.proposed.note.in_language(language)]
    if row.beside:
        parts.append(_beside(row.beside).in_language(language))
    return " · ".join(parts)


def _beside(items: Sequence[BudgetItem]) -> Message:
    return Message("look: {items} may contain it already", items=", ".join(i.name for i in items))


def question_words(question: Question, language: str, veil: Veil = OPEN) -> str:
    """Return a question in one line: who, what, how many, how much, and why it is asked."""
    who = " · ".join(t for t in (veil.name(question.party), veil.words(question.kind)) if t) or NONE
    n, amount = len(question.places), money(question.amount, language)
    told = Message("{who}: {n} lines, {amount}. {why}", who=who, n=n, amount=amount, why=question.reason)
    return told.in_language(language)
