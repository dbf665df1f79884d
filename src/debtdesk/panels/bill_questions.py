"""Rows that ask what lines of bills were: the lines with their goods, the answer, and how far it reaches."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as w

from debtdesk.core.bill_fates import LineRef, Question, SortedBills
from debtdesk.core.bill_rules import Reach
from debtdesk.core.bill_sorting import ESSENTIAL
from debtdesk.core.problems import Refused
from debtdesk.locale import Message, language
from debtdesk.panels.bills_state import WORKING, BillsState, answers
from debtdesk.panels.buttons import button
from debtdesk.panels.pool import Row
from debtdesk.views.bill_rules import fate_words, goods_of, goods_words, line_words, touched_words
from debtdesk.views.bills import question_words
from debtdesk.views.names import REACHES

Guard = Callable[[Callable[..., None]], Callable[..., None]]
Splitting = Callable[[LineRef], None]
MOST_CHOICES = 60
NOT_YET = ""  # a dropdown shows no option at all where its value is None


class AnswerRow(Row[Question]):
    """One question: who, what, how much; what it was; for which lines the answer is kept, and how many that are.

    What was chosen for a question stays with it when the rows move up or are drawn again.
    """

    def __init__(
        self,
        state: BillsState,
        safely: Guard,
        split: Splitting,
        typed: dict[object, tuple[Any, ...]],
        again: Callable[[], None],
    ) -> None:
        self.state, self._typed, self._again = state, typed, again
        self.question: Question | None = None
        self._key: object = None
        self._offered: object = None
        self._filling = False
        self.words, self.goods, self.effect = w.HTML(), w.HTML(), w.HTML()
        self.choice = _dropdown("300px", Message("what it was"))
        self.essential = w.Checkbox(
            description=str(Message("cannot do without")), indent=False, layout=w.Layout(width="auto")
        )
        self.reach = _dropdown("270px", Message("for which lines the answer holds"))
        self.item = w.Text(
            placeholder=str(Message("words of the goods")),
            continuous_update=False,
            layout=w.Layout(width="220px"),
            tooltip=str(Message("words of the goods")),
        )
        self.line = _dropdown("420px", Message("which line"))
        self.keep = button(Message("Keep the answer"), safely(self.answer))
        self.split = button(Message("Split this line"), safely(lambda: split(self._line())))
        row = w.Layout(flex_flow="row wrap", grid_gap="4px 10px", align_items="center")
        super().__init__(
            [
                self.words,
                self.goods,
                w.HBox(
                    [self.choice, self.essential, self.reach, self.item, self.line, self.keep, self.split], layout=row
                ),
                self.effect,
            ],
            layout=w.Layout(margin="0 0 10px 0"),
        )
        self.add_class("debtdesk-asked")
        self.choice.tooltip = str(Message("what it was"))
        self.choice.observe(safely(self._tick), "value")
        follow = safely(self._follow)
        for field in (self.choice, self.essential, self.reach, self.item, self.line):
            field.observe(follow, "value")

    def show(self, thing: Question) -> None:
        """Show a question with what was chosen for it before."""
        found, spoken, veil = self.state.sorted(), language(), self.state.veil
        key = (thing.channel, thing.flow, thing.kind, thing.party, thing.reason.text)
        self.question = thing
        self.words.value = f"<b>{escape(question_words(thing, spoken, veil))}</b>"
        goods = goods_words(found, thing, spoken, veil)
        self.goods.value = f"<p class='debtdesk-note'>{escape(goods)}</p>" if goods else ""
        self.goods.layout.display = "" if goods else "none"
        if (key, thing.places, veil) != self._offered:
            self._offered = (key, thing.places, veil)
            self._offer(found, thing, key)
        self._follow(None)

    def _offer(self, found: SortedBills, question: Question, key: object) -> None:
        """Fill the choices; keep what stood there where it still can stand."""
        self._key, self._filling = None, True
        chosen = self._typed.get(key, (NOT_YET, False, None, None, None))
        options: list[tuple[str, Any]] = [(str(Message("not known yet")), NOT_YET)]
        options += [(str(fate_words(fate, category)), (fate, category)) for fate, category in answers(question)]
        _set(self.choice, options, chosen[0])
        self.essential.value = chosen[1]
        named = bool(question.party.strip() or question.kind.strip())
        goods = goods_of(found, question)
        reaches = [Reach.ALIKE] if named else []
        reaches += [Reach.GOODS_HERE] if named and goods else []
        reaches += [Reach.GOODS] if goods else []
        reaches += [Reach.LINE]
        _set(self.reach, [(str(REACHES[r]), r) for r in reaches], chosen[2])
        self.item.value = chosen[3] if chosen[3] is not None else next(iter(goods), "")
        spoken, veil = language(), self.state.veil
        places = question.places[:MOST_CHOICES]
        _set(self.line, [(line_words(found.whole(p), spoken, veil), p) for p in places], chosen[4])
        self._key, self._filling = key, False

    def _tick(self, change: Any) -> None:
        """Tick what a household usually cannot do without; the counselor may take the tick away."""
        if not self._filling and change["new"]:
            self.essential.value = change["new"][1] in ESSENTIAL

    def again(self) -> None:
        """Show the question once more, with what is remembered of it."""
        self._offered = None
        if self.question is not None:
            self.show(self.question)

    def _follow(self, _: Any) -> None:
        """Show the fields that the reach needs, and what the answer would decide."""
        if self.question is None or self._filling:
            return
        reach = self.reach.value
        goods, one = reach in (Reach.GOODS, Reach.GOODS_HERE), reach is Reach.LINE
        for field, wanted in ((self.item, goods), (self.line, one and len(self.question.places) > 1)):
            field.layout.display = "" if wanted else "none"
        self.split.layout.display = "" if one or len(self.question.places) == 1 else "none"
        self.essential.layout.display = "" if not self.choice.value or self.choice.value[1] else "none"
        self._typed[self._key] = (self.choice.value, self.essential.value, reach, self.item.value, self.line.value)
        if not self.choice.value:
            self.effect.value = ""
            return
        try:
            told = touched_words(self.state.touched(self._rule(), self.question.places), language())
            self.effect.value = f"<p class='debtdesk-note' role='status'>{escape(told)}</p>"
        except Refused as refused:
            self._refuse(refused)

    def _rule(self) -> Any:
        assert self.question is not None
        return self.state.rule(self.question, self.choice.value, self.essential.value, **self._how_far())

    def _how_far(self) -> dict[str, Any]:
        reach = self.reach.value
        if reach is Reach.LINE:
            return {"reach": reach, "line": self._line()}
        if reach is Reach.ALIKE:
            return {"reach": reach}
        if not self.item.value.strip():
            raise Refused(
                Message("No words of the goods are written."),
                Message("Write words that stand in the goods, or choose other lines."),
            )
        return {"reach": reach, "words": self.item.value.strip()}

    def _line(self) -> LineRef:
        assert self.question is not None
        return self.line.value if len(self.question.places) > 1 else self.question.places[0]

    def answer(self) -> None:
        """Keep the answer; one that would decide nothing is refused beside the fields."""
        if self.question is None:
            return
        if not self.choice.value:
            self._refuse(
                Refused(Message("Nothing is chosen yet."), Message("Choose what it was, then keep the answer."))
            )
            return
        try:
            if not self.state.touched(self._rule()).lines:
                raise Refused(
                    Message("This would decide no line that is here."),
                    Message("Choose other lines or other words of the goods."),
                )
            if self.state.takes_time:
                self.effect.value = f"<p class='debtdesk-note' role='status'>{escape(str(WORKING))}</p>"
            key, chosen = self._key, self._typed.pop(self._key, None)
            if self.state.answer(self.question, self.choice.value, self.essential.value, **self._how_far()):
                self.choice.focus()
            elif chosen is not None:
                self._typed[key] = chosen
                self._again()
        except Refused as refused:
            self._refuse(refused)

    def _refuse(self, refused: Refused) -> None:
        text = f"{refused.text} {refused.remedy}"
        self.effect.value = f"<div class='debtdesk-help' role='alert'>{escape(text)}</div>"


def _dropdown(width: str, label: Message) -> w.Dropdown:
    made = w.Dropdown(layout=w.Layout(width=width, max_width="100%"))
    made.tooltip = str(label)
    return made


def _set(field: w.Dropdown, options: list[tuple[str, Any]], wanted: Any) -> None:
    """Offer options; the one wanted is chosen where it is among them, else the first."""
    values = [value for _, value in options]
    field.options = options
    field.index = values.index(wanted) if wanted in values else 0
