"""The card of bills: keep them, answer what is not certain, and take what they show into budget and ledgers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

import ipywidgets as w

from debtdesk.core.bill_budget import BillBudget
from debtdesk.core.bill_fates import BillFate, Question, SortedBills
from debtdesk.core.bill_items import MergeRow
from debtdesk.core.bill_payments import PaymentOffer
from debtdesk.locale import Message, language
from debtdesk.panels.bill_upload import BillUpload
from debtdesk.panels.bills_state import Answer, BillsState, answers
from debtdesk.panels.buttons import button
from debtdesk.panels.desk import Desk
from debtdesk.views.bills import (
    FATES,
    lines_table,
    proposed_note,
    proposed_words,
    question_words,
    spikes_table,
    sums_table,
)
from debtdesk.views.markup import html_table, problems_html
from debtdesk.views.words import debt_name, money, month, name_of

Guard = Callable[[Callable[..., None]], Callable[..., None]]
MOST_ASKED, MOST_LINES, MOST_OFFERED = 12, 200, 40


class BillsCard(w.VBox):
    """Everything that follows from bills; each part is there only where it has something to say."""

    def __init__(self, desk: Desk, safely: Guard) -> None:
        self.state, self._safely = BillsState(desk), safely
        self._shown: object = None
        self.upload = BillUpload(self.state, safely)
        self.lead, self.sums, self.missing, self.unknown = w.HTML(), w.HTML(), w.HTML(), w.HTML()
        self.questions, self.items, self.payments, self.bills = w.VBox(), w.VBox(), w.VBox(), w.VBox()
        super().__init__(
            [
                self.upload,
                self.lead,
                self.questions,
                self.items,
                self.payments,
                self.missing,
                self.sums,
                self.unknown,
                self.bills,
            ]
        )

    def refresh(self) -> None:
        """Show what the bills of the case come to; built anew only where bills, rules, budget or debts changed."""
        case = self.state.case
        now = (case.bills, case.bill_rules, case.budget, case.debts, language())
        if now == self._shown:
            return
        self._shown = now
        found, spoken = self.state.sorted(), language()
        budget = self.state.budget() if case.bills else None
        self.lead.value = _lead(budget, spoken) if budget else ""
        self.questions.children = self._questions(found.questions())
        self.items.children = self._items(self.state.proposals(budget)) if budget else ()
        self.payments.children = self._payments(self.state.payments())
        self.missing.value = _missing(budget, spoken) if budget else ""
        self.sums.value = _sums(found, spoken) if case.bills else ""
        self.unknown.value = _unknown(found, spoken)
        self.bills.children = tuple(self._bill(b.source, b.digest) for b in case.bills)

    def _questions(self, asked: Sequence[Question]) -> tuple[w.Widget, ...]:
        """Return a line a question, each with its answers."""
        able = [q for q in asked if q.party.strip() or q.kind.strip()]
        if not able:
            return ()
        rows = [_head(Message("Please ask the client: what was this?")), *map(self._question, able[:MOST_ASKED])]
        if len(able) > MOST_ASKED:
            rows.append(
                _note(Message("{n} smaller questions follow when these are answered.", n=len(able) - MOST_ASKED))
            )
        return tuple(rows)

    def _question(self, question: Question) -> w.Widget:
        options: list[tuple[str, Answer | None]] = [(str(Message("not known yet")), None)]
        options += [
            (f"{FATES[fate]}: {name_of(category)}" if category else str(FATES[fate]), (fate, category))
            for fate, category in answers(question)
        ]
        choice = w.Dropdown(options=options, index=0, layout=w.Layout(width="300px"))
        essential = w.Checkbox(
            description=str(Message("cannot do without")), indent=False, layout=w.Layout(width="auto")
        )

        def answer() -> None:
            if choice.value is not None:
                self.state.answer(question, choice.value, essential.value)

        keep = button(Message("Keep the answer"), self._safely(answer))
        words = w.HTML(escape(question_words(question, language())), layout=w.Layout(flex="1 1 420px"))
        return w.HBox([words, choice, essential, keep], layout=w.Layout(flex_flow="row wrap", grid_gap="4px 10px"))

    def _items(self, rows: Sequence[MergeRow]) -> tuple[w.Widget, ...]:
        """Return what is proposed for the budget, each to be ticked, and the button that takes the ticked ones."""
        if not rows:
            return ()
        ticks = [
            w.Checkbox(
                value=not row.beside and row.proposed.category.value != "debt_service",
                description=proposed_words(row, language()),
                indent=False,
                layout=w.Layout(width="100%"),
            )
            for row in rows
        ]

        def take() -> None:
            self.state.take_items([r.proposed for r, tick in zip(rows, ticks, strict=True) if tick.value])

        text = Message(
            "Debt service is ticked by nobody but you: only debts that go on beside the plan belong in the budget."
        )
        press = button(Message("Take the ticked ones into the budget"), self._safely(take), "primary")
        notes = [w.HTML(_small(proposed_note(row, language()))) for row in rows]
        lines = [widget for pair in zip(ticks, notes, strict=True) for widget in pair]
        return (_head(Message("What the bills propose for the budget")), *lines, _note(text), press)

    def _payments(self, offers: Sequence[PaymentOffer]) -> tuple[w.Widget, ...]:
        """Return the payments that no ledger has, each with the debts it may belong to."""
        if not offers:
            return ()
        more = len(offers) - MOST_OFFERED
        rest = (_note(Message("… and {n} more payments", n=more)),) if more > 0 else ()
        head = _head(Message("Payments on debts that stand in no ledger yet"))
        return (head, *map(self._payment, offers[:MOST_OFFERED]), *rest)

    def _payment(self, offer: PaymentOffer) -> w.Widget:
        debts = [(debt_name(d, language()), d.account) for d in self.state.case.debts]
        choice = w.Dropdown(
            options=[(str(Message("choose …")), ""), *debts], value=offer.account or "", layout=w.Layout(width="360px")
        )

        def take() -> None:
            if choice.value:
                self.state.take_payment(offer, choice.value)

        told = f"{offer.day.isoformat()} · {money(offer.amount, language())} · {offer.words} · {offer.reason}"
        words = w.HTML(escape(told), layout=w.Layout(flex="1 1 420px"))
        press = button(Message("Put it into this ledger"), self._safely(take))
        return w.HBox([words, choice, press], layout=w.Layout(flex_flow="row wrap", grid_gap="4px 10px"))

    def _bill(self, source: str, digest: str) -> w.Widget:
        def take_out() -> None:
            self.state.remove(digest)

        remove = button(Message("Take it out of the case"), self._safely(take_out))
        return w.HBox([w.HTML(escape(source), layout=w.Layout(flex="0 1 420px")), remove])


def _lead(found: BillBudget, spoken: str) -> str:
    if not found.months:
        text = Message("No month is whole on all bills yet; nothing is proposed from part of a month.")
    else:
        first, last = (month(m, spoken) for m in (found.months[0], found.months[-1]))
        text = Message(
            "{n} whole months, {first} to {last}: what is proposed is the median month, set-aside payments left out.",
            n=len(found.months),
            first=first,
            last=last,
        )
    return f"<p class='debtdesk-lead'>{escape(str(text))}</p>"


def _missing(found: BillBudget, spoken: str) -> str:
    """Return what the bills do not show, and what was set aside."""
    told = "".join(f"<li>{escape(m.in_language(spoken))}</li>" for m in found.missing)
    lists = f"<div class='debtdesk-help'><ul>{told}</ul></div>" if told else ""
    caption = str(Message("Set aside: single payments far above the usual month"))
    return lists + (html_table(spikes_table(found, spoken), caption=caption) if found.spikes else "")


def _sums(found: SortedBills, spoken: str) -> str:
    caption = str(Message("What came in is what is shown: sums by fate, in yuan"))
    return html_table(sums_table(found, spoken), caption=caption) + problems_html(found.problems, spoken)


def _unknown(found: SortedBills, spoken: str) -> str:
    """Return the lines that nobody has explained yet; none is dropped."""
    lines = list(found.of(BillFate.UNKNOWN))
    if not lines:
        return ""
    caption = str(Message("Not known yet: {n} lines, kept and counted nowhere", n=len(lines)))
    more = len(lines) - MOST_LINES
    rest = f"<p class='debtdesk-note'>{escape(str(Message('… and {n} more rows', n=more)))}</p>" if more > 0 else ""
    return html_table(lines_table(found, lines[:MOST_LINES], spoken), caption=caption) + rest


def _head(text: Message) -> w.HTML:
    return w.HTML(f"<h3 class='debtdesk-part'>{escape(str(text))}</h3>")


def _note(text: Message) -> w.HTML:
    return w.HTML(_small(str(text)))


def _small(text: str) -> str:
    return f"<p class='debtdesk-note'>{escape(text)}</p>"
