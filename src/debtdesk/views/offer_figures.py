"""Figures of an offer: what is compared, under which name, what it means, and how it is read and put in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from debtdesk.core.comparison import Comparison, Offer
from debtdesk.core.proposal import Role
from debtdesk.locale import Message
from debtdesk.views.hundred import years_of_hundred
from debtdesk.views.sentences import fits, has_budget
from debtdesk.views.words import NONE, day, money, months, percent

Number = int | float | Fraction | None
UPRIGHT, NAMED = 5, 8  # up to how many offers are columns of the table; are named, not numbered, on a chart


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that is compared.

    `value` gives the number by which offers are put in order, None where there is none; `text` what is read, its unit
    left out where the last argument is False; `amount` whether that unit is the yuan; `nothing` what stands there if
    nothing is done.
    """

    key: str
    name: Message
    meaning: Message
    value: Callable[[Offer], Number] | None
    text: Callable[[Offer, str, bool], str]
    amount: bool = False
    nothing: Callable[[Comparison, str], str] = lambda _, __: NONE

    def title(self, language: str, *, unit: bool = False) -> str:
        """Return its name, with the unit where the cells leave it out."""
        text = self.name.in_language(language)
        return f"{text} ({Message('yuan').in_language(language)})" if unit and self.amount else text


@dataclass(frozen=True, slots=True)
class Group:
    """Figures that are read together under a head; the first group has none."""

    head: Message | None
    figures: tuple[Figure, ...]


def _amount(get: Callable[[Offer], int | None]) -> Callable[[Offer, str, bool], str]:
    def text(offer: Offer, language: str, unit: bool) -> str:
        fen = get(offer)
        return NONE if fen is None else money(fen, language, unit=unit)

    return text


def _monthly(offer: Offer, language: str, unit: bool) -> str:
    text = money(offer.monthly, language, unit=unit)
    if not has_budget(offer):
        return text
    verdict = Message("fits") if fits(offer) else Message("too much")
    return f"{text} · {verdict.in_language(language)}"


def _share(offer: Offer, language: str, _: bool) -> str:
    if has_budget(offer) and offer.share_of_capacity is None:
        return Message("there is no capacity").in_language(language)
    return percent(offer.share_of_capacity, language, 0)


def _short(offer: Offer, language: str, _: bool) -> str:
    if not has_budget(offer):
        return NONE
    n = offer.months_short
    return Message("none").in_language(language) if n == 0 else months(n, language)


def _reserve(offer: Offer) -> int | None:
    return offer.lowest_reserve if has_budget(offer) else None


def _risk(offer: Offer, language: str, _: bool) -> str:
    if offer.risk is None:
        return Message("not computed").in_language(language)
    return years_of_hundred(offer.risk).in_language(language)


def _better(offer: Offer, language: str, _: bool) -> str:
    names = offer.dominated_by
    if not names:
        return Message("none").in_language(language)
    comma = "、" if language == "zh" else ", "
    if len(names) <= 3:
        return comma.join(names)
    return Message("{names} and {n} more", names=comma.join(names[:2]), n=len(names) - 2).in_language(language)


def _unending(comparison: Comparison, language: str) -> str:
    amount, last = money(comparison.nothing, language), day(comparison.horizon, language)
    return Message("{amount} by {day}, and on", amount=amount, day=last).in_language(language)


def _no_end(_: Comparison, language: str) -> str:
    return Message("no end").in_language(language)


def _never_begun(_: Comparison, language: str) -> str:
    return Message("five years do not begin").in_language(language)


@cache
def groups() -> tuple[Group, ...]:
    """Return every figure, in the order in which they are read."""
    first = (
        Figure(
            "monthly",
            Message("each month"),
            Message(
                "The largest monthly installment of all debts together; the down payment is left aside. “fits” means "
                "that the household never runs out of cash when everything is paid, down payment included."
            ),
            lambda o: o.monthly,
            _monthly,
            amount=True,
        ),
        Figure(
            "total",
            Message("in all"),
            Message("All that is paid until the end: down payment, installments, and what was set aside."),
            lambda o: o.total,
            _amount(lambda o: o.total),
            amount=True,
            nothing=_unending,
        ),
        Figure(
            "yearly_cost",
            Message("yearly cost"),
            Message(
                "The yearly rate (XIRR) at which the payments are worth what is to be paid after the waiver: each day "
                "counts, 365 days make a year, with interest on interest. 0% where the plan itself costs nothing."
            ),
            lambda o: o.yearly_cost,
            lambda o, language, _: percent(o.yearly_cost, language),
        ),
        Figure(
            "end",
            Message("until"),
            Message("The day of the last payment."),
            lambda o: o.end.toordinal(),
            lambda o, language, _: day(o.end, language),
            nothing=_no_end,
        ),
        Figure(
            "share_of_capacity",
            Message("share of capacity"),
            Message(
                "The monthly installment as a share of what the household can pay each month after living costs and "
                "reserve; above 100% it is more than that."
            ),
            lambda o: o.share_of_capacity,
            _share,
        ),
        Figure(
            "months_short",
            Message("months without cash"),
            Message("In how many months nothing is left at hand when everything is paid as agreed."),
            lambda o: o.months_short if has_budget(o) else None,
            _short,
        ),
        Figure(
            "waived",
            Message("waived"),
            Message("What the creditors give up of what is owed on the first day of the plan."),
            lambda o: o.waived,
            _amount(lambda o: o.waived),
            amount=True,
        ),
        Figure(
            "risk",
            Message("risk of breaking"),
            Message(
                "In how many of 100 such years the money would run out under the plan, reckoned over many ways the "
                "months may go. What is supposed of them stands in the card “The risk of falling behind again” below; "
                "“not computed” as long as there is no budget."
            ),
            lambda o: o.risk,
            _risk,
        ),
        Figure(
            "dominated_by",
            Message("a better offer"),
            Message(
                "Offers for the same debts that ask for no more down, each month and in all, end no later, and are "
                "better in one of these. Nobody should choose an offer that has one; it is grey in table and chart."
            ),
            lambda o: len(o.dominated_by),
            _better,
        ),
    )
    return (Group(None, first), *_more())


def _more() -> tuple[Group, ...]:
    paid = (
        Figure(
            "down_payment",
            Message("down payment"),
            Message("What is paid on the first day."),
            lambda o: o.down_payment,
            _amount(lambda o: o.down_payment),
            amount=True,
        ),
        Figure(
            "months",
            Message("installments"),
            Message("How many monthly installments; months of grace in which interest is due count."),
            lambda o: o.months,
            lambda o, language, _: months(o.months, language),
        ),
        Figure(
            "cost",
            Message("of it the plan's own cost"),
            Message("Interest and fees of the plan itself: in all, less what is to be paid after the waiver."),
            lambda o: o.cost,
            _amount(lambda o: o.cost),
            amount=True,
        ),
        Figure(
            "over_principal",
            Message("over the principal"),
            Message("In all, less the principal owed on the first day; below zero where principal is waived too."),
            lambda o: o.over_principal,
            _amount(lambda o: o.over_principal),
            amount=True,
        ),
        Figure(
            "saved",
            Message("less than doing nothing"),
            Message("What these debts come to on the plan's last day if nothing is done, less what is paid in all."),
            lambda o: o.saved,
            _amount(lambda o: o.saved),
            amount=True,
        ),
    )
    household = (
        Figure(
            "lowest_reserve",
            Message("least at hand"),
            Message(
                "The least that the household has at the end of any month of the plan, savings and what was laid "
                "aside included; below zero it does not have it."
            ),
            _reserve,
            _amount(_reserve),
            amount=True,
        ),
    )
    creditors = (
        Figure(
            "stated_cost",
            Message("yearly cost as a creditor states it"),
            Message(
                "Twelve times the monthly rate (IRR, without interest on interest), as creditors usually print it. It "
                "is lower than the yearly cost above; compare like with like."
            ),
            lambda o: o.stated_cost,
            lambda o, language, _: percent(o.stated_cost, language),
        ),
        Figure(
            "present_value",
            Message("worth to the creditors today"),
            Message(
                "What all payments are worth on the day of the comparison at the rate stated above the table: money "
                "that comes later counts for less. An estimate; the risk that payments stop is not in it."
            ),
            lambda o: o.present_value,
            _amount(lambda o: o.present_value),
            amount=True,
        ),
    )
    strings = (
        Figure(
            "conditional",
            Message("hangs on full payment"),
            Message("What of the waived holds only if everything is paid as agreed, and may be asked for otherwise."),
            lambda o: o.conditional,
            _amount(lambda o: o.conditional),
            amount=True,
        ),
        Figure(
            "credit_record_until",
            Message("on the credit report until about"),
            Message("Five years after the last payment, if everything is paid as agreed (credit rules, article 16)."),
            lambda o: o.credit_record_until.toordinal(),
            lambda o, language, _: day(o.credit_record_until, language),
            nothing=_never_begun,
        ),
    )
    return (
        Group(Message("What is paid"), paid),
        Group(Message("The household"), household),
        Group(Message("The creditors"), creditors),
        Group(Message("Conditions and law"), strings),
    )


def figures() -> tuple[Figure, ...]:
    """Return every figure in one row."""
    return tuple(f for g in groups() for f in g.figures)


def ordered(offers: Sequence[Offer], by: str = "", *, downwards: bool = False) -> list[tuple[int, Offer]]:
    """Return offers with their number, from 1, in the order of a figure.

    Parameters
    ----------
    offers : sequence of Offer
    by : str
        The key of a figure; empty for the order in which they were entered, the creditor's own first.
    downwards : bool
        Whether the largest comes first. Offers without the figure come last, equal ones stay as entered.
    """
    found = list(enumerate(offers, start=1))
    figure = next((f for f in figures() if f.key == by), None)
    if figure is None or figure.value is None:
        return sorted(found, key=lambda x: x[1].proposal.role is not Role.CREDITOR)
    values = {n: figure.value(o) for n, o in found}
    known = [(n, o) for n, o in found if values[n] is not None]
    known.sort(key=lambda x: values[x[0]] or 0, reverse=downwards)
    return known + [(n, o) for n, o in found if values[n] is None]


def why_better(offer: Offer, other: Offer, language: str) -> str:
    """Return in words what another offer does better than one that it dominates."""
    amounts = (
        (other.down_payment, offer.down_payment, Message("down payment")),
        (other.monthly, offer.monthly, Message("each month")),
        (other.total, offer.total, Message("in all")),
    )
    found = [
        Message("{what} {less} instead of {more}", what=name, less=money(a, language), more=money(b, language))
        for a, b, name in amounts
        if a < b
    ]
    if other.end < offer.end:
        days = {"less": day(other.end, language), "more": day(offer.end, language)}
        found.append(Message("{what} {less} instead of {more}", what=Message("until"), **days))
    reasons = ("；" if language == "zh" else "; ").join(m.in_language(language) for m in found)
    return Message(
        "“{better}” asks for no more in anything than “{name}”, and for less here: {reasons}.",
        better=other.proposal.name,
        name=offer.proposal.name,
        reasons=reasons,
    ).in_language(language)


def reasons_of(offer: Offer, comparison: Comparison, language: str, *, most: int = 2) -> list[str]:
    """Return why an offer is grey, a sentence for each of the first offers that are better."""
    better = [o for o in comparison.offers if o.proposal.name in offer.dominated_by and o is not offer]
    return [why_better(offer, o, language) for o in better[:most]]
