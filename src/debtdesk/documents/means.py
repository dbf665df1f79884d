"""Statement of means 收支状况说明: what a household earns, needs and can pay, on one page, a source for every line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from html import escape

from debtdesk.core.budget import Budget, BudgetItem, Category, Kind
from debtdesk.core.capacity import Capacity, capacity
from debtdesk.core.case import Case
from debtdesk.core.guide import GuideComparison, GuideLine, compare_with_guide
from debtdesk.core.money import Rounding, divide
from debtdesk.core.overrides import Override
from debtdesk.core.stress import Stressed, shocks_of, under_shock
from debtdesk.core.terms import Known
from debtdesk.data.rules import named
from debtdesk.documents.page import page, table
from debtdesk.locale import Message
from debtdesk.views.floor import override_sentence
from debtdesk.views.guide import caveats, source_line
from debtdesk.views.sentences import capacity_sentence
from debtdesk.views.stress import lasting, shock_name
from debtdesk.views.words import NONE, money, months, name_of, percent

YEAR = 12
MONTHS = 60
LAW = ("living_costs_kept", "subsistence_local")
_KNOWN = {  # the weakest first, short enough for a cell
    Known.ASSUMED: Message("assumed"),
    Known.TOLD: Message("told"),
    Known.COMPUTED: Message("computed"),
    Known.SEEN: Message("seen"),
}


def statement_of_means(case: Case, language: str, *, on: date, months: int = MONTHS) -> str:
    """Return the statement as an HTML page that prints on A4.

    Parameters
    ----------
    case : Case
        Its budget as kept; of names and numbers nothing goes out beyond what the case holds.
    language : str
        "zh" goes out, "en" is to read along.
    on : date
        The day of the statement; averages are over the twelve months from its month on.
    months : int
        How far the capacity looks ahead. [months]
    """
    return _Statement(case, language, on, months).page()


class _Statement:
    """The figures of one statement and the words for them."""

    def __init__(self, case: Case, language: str, on: date, ahead: int) -> None:
        self.case, self.language, self.on = case, language, on
        self.budget: Budget = case.budget
        self.room: Capacity = capacity(self.budget, start=on, months=ahead)
        self.year: Capacity = capacity(self.budget, start=on, months=YEAR)
        self.guide: GuideComparison = compare_with_guide(self.budget, start=on)
        self.stressed: tuple[Stressed, ...] = tuple(
            under_shock(self.budget, s, start=on, months=ahead, room=self.room) for s in shocks_of(self.budget)
        )

    def page(self) -> str:
        """Return the whole page."""
        title = Message("Statement of means")
        where = [self.case.reference, self.case.client, self._day(self.on)]
        parts = [
            f"<h1>{self._html(title)}</h1><p class='where'>{escape(' · '.join(x for x in where if x))}</p>",
            self._answer(),
            self._part(Message("Who lives from it, and what comes in (yuan a month, average of twelve months)")),
            self._household(),
            self._incomes(),
            self._part(Message("What living costs (yuan a month, average of twelve months)")),
            self._spending(),
            self._part(Message("What is protected")),
            self._protected(),
            self._part(Message("If something happens (all assumed)")),
            self._shocks(),
            self._overrides(),
            self._notes(),
            self._signature(),
        ]
        return page(self._said(title), "".join(parts), self.language)

    # -- parts --------------------------------------------------------------------------------------------------------

    def _answer(self) -> str:
        text = capacity_sentence(self.room, self.language)
        how = Message(
            "Computed for {months} from {start} on: income less living costs, payments on other debts and what is laid "
            "aside ({reserve} a month up to {target}), savings of {savings} at the start, rounded down to {step}.",
            months=months(len(self.room.months), self.language),
            start=self.room.months[0].isoformat()[:7],
            reserve=self._yuan(self.budget.reserve_monthly),
            target=self._yuan(self.budget.reserve_target),
            savings=self._yuan(self.budget.savings),
            step=self._yuan(self.budget.step),
        )
        return f"<p class='answer'>{escape(text)}</p><p class='small'>{self._html(how)}</p>"

    def _household(self) -> str:
        told = _KNOWN[Known.TOLD]
        if self.budget.dependants:
            text = Message(
                "{persons} persons live from this budget, {dependants} of them without an income ({known}).",
                persons=self.budget.persons,
                dependants=self.budget.dependants,
                known=told,
            )
        else:
            text = Message(
                "{persons} persons live from this budget ({known}).", persons=self.budget.persons, known=told
            )
        return f"<p>{self._html(text)}</p>"

    def _incomes(self) -> str:
        heads = (Message("income"), Message("how sure"), Message("how often"), Message("each time"), Message("a month"))
        rows = [
            (
                i.name,
                self._said(name_of(i.regularity)),
                self._often(i),
                self._amount(i.amount),
                self._amount(self._mean([i])),
                self._said(_KNOWN[i.known]),
            )
            for i in self.budget.items
            if i.kind is Kind.INCOME
        ]
        counted = self._said(Message("counted"))
        rows.append((counted, "", "", "", self._amount(_average(self.year.income)), self._said(_KNOWN[Known.COMPUTED])))
        left_out = ""
        if any(self.year.uncertain):
            text = Message(
                "Uncertain income counts by {share}; {amount} yuan a month are left out.",
                share=percent(self.budget.uncertain_share, self.language, 0),
                amount=self._amount(_average(self.year.uncertain)),
            )
            left_out = f"<p class='small'>{self._html(text)}</p>"
        return self._table((*heads, Message("how known")), rows, numbers=(3, 4), sums=1) + left_out

    def _spending(self) -> str:
        heads = (
            Message("category"),
            Message("essential"),
            Message("other"),
            Message("a person"),
            Message("national average a person"),
            Message("reason where above"),
            Message("how known"),
        )
        rows = [self._category(line) for line in self.guide.lines if line.category and line.ours]
        if any(self.year.debt_service):
            items = [i for i in self.budget.items if i.category is Category.DEBT_SERVICE]
            name, amount = self._said(name_of(Category.DEBT_SERVICE)), self._amount(_average(self.year.debt_service))
            rows.append((name, amount, NONE, NONE, NONE, "", self._known(items)))
        essential, other = (_average(x) for x in (self.year.essentials, self.year.flexible))
        debts = _average(self.year.debt_service)
        total = self.guide.total
        rows.append(
            (
                self._said(Message("in all")),
                self._amount(essential + debts),
                self._amount(other),
                self._amount(total.ours),
                NONE if total.guide is None else self._amount(total.guide),
                "",
                self._said(_KNOWN[Known.COMPUTED]),
            )
        )
        return self._table(heads, rows, numbers=(1, 2, 3, 4), sums=1)

    def _category(self, line: GuideLine) -> tuple[str, ...]:
        assert line.category is not None
        items = [i for i in self.budget.items if i.kind is Kind.EXPENSE and i.category is line.category]
        reason = line.reason or (self._said(Message("no reason given")) if line.above else "")
        return (
            self._said(name_of(line.category)),
            self._amount(self._mean(i for i in items if i.essential)),
            self._amount(self._mean(i for i in items if not i.essential)),
            self._amount(line.ours),
            NONE if line.guide is None else self._amount(line.guide),
            reason if line.above else "",
            self._known(items),
        )

    def _protected(self) -> str:
        b, floor = self.budget, self.room.floor
        if not floor:
            text = Message("No protected minimum was entered; the essentials are kept for living.")
            return f"<p>{self._html(text)}</p>"
        source = b.protected_source or self._said(Message("none named yet"))
        sum_ = Message(
            "Local minimum {each} a person and month × {persons} = {floor}. Document named by the counselor: {source}.",
            each=self._yuan(b.protected_minimum),
            persons=b.persons,
            floor=self._yuan(floor),
            source=source,
        )
        essentials = _average(self.year.essentials)
        values = {"essentials": self._yuan(essentials), "kept": self._yuan(_average(self.year.protected))}
        kept = Message(
            "Essentials average {essentials}; of both the higher is kept in each month, {kept} on average. No "
            "installment may reach into it.",
            **values,
        )
        return f"<p>{self._html(sum_)} {self._html(kept)}</p>"

    def _shocks(self) -> str:
        heads = (Message("what happens (assumed)"), Message("payable each month"), Message("money and reserve last"))
        rows = [
            (
                shock_name(s.shock, self.language),
                money(s.level, self.language, whole=True),
                lasting(s, self.language),
            )
            for s in self.stressed
        ]
        paid = Message("How long they last if {amount} a month are paid on.", amount=self._yuan(self.room.level))
        return self._table(heads, rows, numbers=(1, 2)) + f"<p class='small'>{self._html(paid)}</p>"

    def _overrides(self) -> str:
        given: tuple[Override, ...] = self.case.overrides
        if not given:
            return ""
        lines = "".join(f"<p>{escape(override_sentence(o, self.language))}</p>" for o in given)
        return self._part(Message("Where the protection was set aside, and why")) + lines

    def _notes(self) -> str:
        law = "；".join(named(r)[0].source for r in LAW)
        lines = [
            self._said(Message("Law on what is left for living: {law}.", law=law)),
            source_line(self.language),
            *caveats(self.language),
            self._said(Message("This page informs; it promises no result and asks for nothing by itself.")),
        ]
        return f"<ul>{''.join(f'<li>{escape(x)}</li>' for x in lines)}</ul>"

    def _signature(self) -> str:
        lines = (Message("Confirmed by the client:"), Message("Counselor:"), Message("Day:"))
        return f"<div class='sign'>{''.join(f'<span>{self._html(x)}</span>' for x in lines)}</div>"

    # -- words --------------------------------------------------------------------------------------------------------

    def _said(self, text: Message) -> str:
        return text.in_language(self.language)

    def _html(self, text: Message) -> str:
        return escape(self._said(text))

    def _part(self, text: Message) -> str:
        return f"<h2>{self._html(text)}</h2>"

    def _table(
        self, heads: Iterable[Message], rows: Iterable[tuple[str, ...]], *, numbers: Iterable[int], sums: int = 0
    ) -> str:
        return table([self._said(h) for h in heads], rows, numbers=numbers, sums=sums)

    def _amount(self, fen: int) -> str:
        return money(fen, self.language, unit=False)

    def _yuan(self, fen: int) -> str:
        return money(fen, self.language)

    def _day(self, day: date) -> str:
        return f"{day.year}年{day.month}月{day.day}日" if self.language == "zh" else day.isoformat()

    def _mean(self, items: Iterable[BudgetItem]) -> int:
        found = list(items)
        return _average([sum(i.in_month(m) for i in found) for m in self.year.months])

    def _often(self, item: BudgetItem) -> str:
        if not item.months:
            return self._said(name_of(item.frequency))
        listed = ("、" if self.language == "zh" else ", ").join(map(str, item.months))
        return self._said(Message("in months {listed}", listed=listed))

    def _known(self, items: Iterable[BudgetItem]) -> str:
        kinds = {i.known for i in items}
        comma = "、" if self.language == "zh" else ", "
        return comma.join(self._said(_KNOWN[k]) for k in _KNOWN if k in kinds)


def _average(amounts: Iterable[int]) -> int:
    found = list(amounts)
    return divide(sum(found), len(found), Rounding.HALF_UP)
