"""The card of bills: keep them, answer what is not certain, and take what they show into budget and ledgers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import ipywidgets as w

from debtdesk.core.bill_budget import BillBudget
from debtdesk.core.bill_fates import BillFate, Question, SortedBills
from debtdesk.core.bills import Bill
from debtdesk.locale import Message, language
from debtdesk.panels.bill_columns import KeptColumnsBox
from debtdesk.panels.bill_find import FindBox
from debtdesk.panels.bill_kept import KeptBox
from debtdesk.panels.bill_questions import AnswerRow
from debtdesk.panels.bill_seen import MissingBox, RecurringBox, SpikesBox
from debtdesk.panels.bill_split import SplitBox
from debtdesk.panels.bill_take import ItemsBox, PaymentsBox, head_of
from debtdesk.panels.bill_upload import BillUpload
from debtdesk.panels.bills_state import BillsState
from debtdesk.panels.buttons import button
from debtdesk.panels.desk import Desk
from debtdesk.panels.pool import Pool, Row
from debtdesk.views.bills import lines_table, sums_table
from debtdesk.views.markup import html_table, problems_html
from debtdesk.views.veil import Veil
from debtdesk.views.words import month

Guard = Callable[[Callable[..., None]], Callable[..., None]]
MOST_ASKED, MOST_LINES = 12, 200


class QuestionsBox(w.VBox):
    """What the client should be asked, the largest amounts first."""

    def __init__(self, state: BillsState, safely: Guard, split: Callable[..., None]) -> None:
        typed: dict[object, tuple[Any, ...]] = {}
        self.pool: Pool[AnswerRow] = Pool(lambda: AnswerRow(state, safely, split, typed, self._again))
        self.more = w.HTML()
        super().__init__([head_of(Message("Please ask the client: what was this?")), self.pool, self.more])

    def _again(self) -> None:
        for row in self.pool.rows:
            row.again()

    def show(self, asked: Sequence[Question]) -> None:
        """Show the first questions; nothing is there where nothing is asked."""
        self.pool.show(asked[:MOST_ASKED])
        more = Message("{n} smaller questions follow when these are answered.", n=len(asked) - MOST_ASKED)
        self.more.value = f"<p class='debtdesk-note'>{escape(str(more))}</p>" if len(asked) > MOST_ASKED else ""
        self.layout.display = "" if asked else "none"


class BillRow(Row[Bill]):
    """A bill that is kept, and the button that takes it out."""

    def __init__(self, state: BillsState, safely: Guard) -> None:
        self._state = state
        self._digest = ""
        self.words = w.HTML(layout=w.Layout(flex="0 1 420px"))
        self.remove = button(Message("Take it out of the case"), safely(self._take_out))
        super().__init__([w.HBox([self.words, self.remove])])

    def show(self, thing: Bill) -> None:
        """Show the name of a bill."""
        self._digest = thing.digest
        self.words.value = escape(self._state.veil.words(thing.source))

    def _take_out(self) -> None:
        self._state.remove(self._digest)


class BillsCard(w.VBox):
    """Everything that follows from bills; each part is there only where it has something to say."""

    def __init__(self, desk: Desk, safely: Guard) -> None:
        self.state = state = BillsState(desk)
        self._shown: object = None
        self.columns = KeptColumnsBox(state, safely)
        self.upload = BillUpload(state, safely, self.columns.refresh)
        self.veil = w.Checkbox(
            description=str(Message("hide names and numbers, for others who look")),
            indent=False,
            layout=w.Layout(width="auto"),
        )
        self.split = SplitBox(state, safely)
        self.questions = QuestionsBox(state, safely, self.split.begin)
        self.find = FindBox(state, safely, self.split.begin)
        self.kept = KeptBox(state, safely)
        self.items, self.payments = ItemsBox(state, safely), PaymentsBox(state, safely)
        self.missing, self.spikes, self.recurring = (
            MissingBox(state, safely),
            SpikesBox(state, safely),
            RecurringBox(state),
        )
        self.lead, self.sums, self.unknown, self.message = w.HTML(), w.HTML(), w.HTML(), w.HTML()
        self.bills: Pool[BillRow] = Pool(lambda: BillRow(state, safely))
        self._with_bills = (self.veil, self.find)
        super().__init__(
            [
                self.upload,
                self.veil,
                self.lead,
                self.questions,
                self.message,
                self.find,
                self.split,
                self.kept,
                self.items,
                self.spikes,
                self.recurring,
                self.missing,
                self.payments,
                self.sums,
                self.unknown,
                self.bills,
                self.columns,
            ]
        )
        self.veil.observe(safely(self._draw_veil), "value")
        desk.observe(safely(self._tell), "said")

    def _tell(self, _: Any) -> None:
        """Say here too what went wrong: the message line of the page is far above the fold."""
        desk = self.state.desk
        said = escape(str(desk.said)) if desk.said and desk.failed else ""
        self.message.value = f"<div class='debtdesk-failed'>{said}</div>" if said else ""

    def _draw_veil(self, change: Any) -> None:
        self.state.veil = Veil(change["new"])
        self.upload.refresh()
        self.refresh()

    def refresh(self) -> None:
        """Show what the bills of the case come to; nothing is drawn where nothing of it changed."""
        state, case, spoken = self.state, self.state.case, language()
        decided = (case.bill_rules, case.bill_splits, state.decisions.last)
        now = (case.bills, *decided, case.budget, case.debts, spoken, state.veil)
        if now == self._shown:
            return
        self._shown = now
        found = state.sorted()
        budget = state.budget() if case.bills else None
        for part in self._with_bills:
            part.layout.display = "" if case.bills else "none"
        self.lead.value = _lead(budget, spoken) if budget else ""
        self.questions.show(found.questions())
        self.split.follow()
        self.find.look()
        self.kept.refresh()
        self.items.show(state.proposals(budget) if budget else ())
        self.payments.show(state.payments())
        for seen in (self.spikes, self.recurring, self.missing):
            seen.show(budget)
        self.sums.value = _sums(found, spoken, state.veil) if case.bills else ""
        self.unknown.value = _unknown(found, spoken, state.veil)
        self.bills.show(case.bills)
        self.columns.refresh()


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


def _sums(found: SortedBills, spoken: str, veil: Veil) -> str:
    caption = str(Message("What came in is what is shown: sums by fate, in yuan"))
    return html_table(sums_table(found, spoken, veil), caption=caption) + problems_html(found.problems, spoken)


def _unknown(found: SortedBills, spoken: str, veil: Veil) -> str:
    """Return the lines that nobody has explained yet; none is dropped."""
    lines = list(found.of(BillFate.UNKNOWN))
    if not lines:
        return ""
    caption = str(Message("Not known yet: {n} lines, kept and counted nowhere", n=len(lines)))
    more = len(lines) - MOST_LINES
    rest = f"<p class='debtdesk-note'>{escape(str(Message('… and {n} more rows', n=more)))}</p>" if more > 0 else ""
    return html_table(lines_table(found, lines[:MOST_LINES], spoken, veil), caption=caption) + rest
