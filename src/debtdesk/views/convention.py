"""Convention card: how a debt grows, a line a convention, in words, with how it is known."""

from __future__ import annotations

from collections.abc import Iterable

from debtdesk.core.debt import Debt
from debtdesk.core.rates import Period
from debtdesk.core.terms import DatedRate, Known, LateFee, Order, Part, Terms, YearBasis
from debtdesk.locale import Message
from debtdesk.views.words import day, debt_name, money, name_of, percent, rate

UNCERTAIN = (Known.ASSUMED, Known.TOLD)


def convention_card(terms: Terms, language: str) -> list[tuple[str, str]]:
    """Return a line a convention: its name and its value in words; the last says how all of it is known."""
    lines: list[tuple[Message, Message]] = [*_rates(terms, language)]
    lines += [
        (Message("days in a year of interest"), name_of(terms.year)),
        (Message("counted from"), _first_day(terms)),
        (Message("counted to"), _last_day(terms)),
        (Message("the day of a payment"), name_of(terms.payment_day)),
        (Message("interest on interest"), name_of(terms.compounding)),
        (Message("what bears interest"), name_of(terms.base)),
        (Message("rounded and booked"), name_of(terms.rhythm)),
        (Message("how a fraction of a fen is rounded"), name_of(terms.rounding)),
    ]
    if terms.makes_statements:
        lines.append((Message("statement day of the month"), Message("{n}", n=terms.statement_day)))
    lines += [
        (Message("running interest is booked as"), name_of(terms.accrues_to)),
        (Message("late fee"), _late_fee(terms.late_fee, language)),
        (Message("a payment goes first to"), _order(terms)),
        (Message("how this is known"), _known(terms)),
    ]
    return [(name.in_language(language), value.in_language(language)) for name, value in lines]


def _rates(terms: Terms, language: str) -> list[tuple[Message, Message]]:
    return [(_rate_name(r, language), _rate_value(r, terms, language)) for r in terms.rates]


def _rate_name(dated: DatedRate, language: str) -> Message:
    if dated.start is None:
        return Message("rate")
    return Message("rate from {day} on", day=day(dated.start, language))


def _rate_value(dated: DatedRate, terms: Terms, language: str) -> Message:
    quoted = rate(dated.rate, language)
    if dated.rate.period is Period.YEAR:
        return Message("{rate}", rate=quoted)
    year = (
        360
        if terms.year in (YearBasis.DAYS_360, YearBasis.DAYS_30_360) and dated.rate.period is not Period.DAY
        else 365
    )
    yearly = percent(dated.rate.per_year(year), language, places=2)
    return Message("{rate}, that is {yearly} a year", rate=quoted, yearly=yearly)


def _first_day(terms: Terms) -> Message:
    if terms.first_day_counts:
        return Message("the day of the balance itself")
    return Message("the day after the day of the balance")


def _last_day(terms: Terms) -> Message:
    if terms.last_day_counts:
        return Message("the last day, included")
    return Message("the day before the last day")


def _late_fee(fee: LateFee | None, language: str) -> Message:
    if fee is None:
        return Message("none")
    share, minimum = percent(fee.share, language), percent(fee.minimum_share, language)
    bounds = Message("at least {floor}", floor=money(fee.floor, language))
    if fee.ceiling is not None:
        bounds = Message(
            "at least {floor}, at most {ceiling}",
            floor=money(fee.floor, language),
            ceiling=money(fee.ceiling, language),
        )
    bears = Message("bears interest") if fee.bears_interest else Message("bears no interest")
    if fee.on_fees:
        return Message(
            "{share} of the unpaid minimum payment ({minimum} of the bill, earlier fees included), {bounds}; {bears}",
            share=share,
            minimum=minimum,
            bounds=bounds,
            bears=bears,
        )
    return Message(
        "{share} of the unpaid minimum payment ({minimum} of the bill), {bounds}; {bears}",
        share=share,
        minimum=minimum,
        bounds=bounds,
        bears=bears,
    )


def _order(terms: Terms) -> Message:
    if terms.order is not Order.CONTRACT:
        return name_of(terms.order)
    a, b, c, d = (name_of(p) for p in terms.contract_order)
    return Message("{a} → {b} → {c} → {d}", a=a, b=b, c=c, d=d)


def _known(terms: Terms) -> Message:
    return {
        Known.SEEN: Message("seen in the contract, the app or a statement"),
        Known.TOLD: Message("told by the client, not yet seen on a document"),
        Known.COMPUTED: Message("computed"),
        Known.ASSUMED: Message("assumed: typical of the product, to be confirmed in the contract"),
    }[terms.known]


def uncertain(debts: Iterable[Debt], language: str = "en") -> list[Message]:
    """Return what is not seen on a document: a sentence for each debt whose terms or figures are told or assumed."""
    found = []
    for debt in debts:
        name = debt_name(debt, language)
        if debt.terms.known is Known.ASSUMED:
            found.append(Message("{debt}: the rate and its conventions are assumed.", debt=name))
        elif debt.terms.known is Known.TOLD:
            found.append(Message("{debt}: the rate was told by the client and not seen.", debt=name))
        if debt.balance.known is Known.ASSUMED:
            found.append(Message("{debt}: the balance is assumed.", debt=name))
        elif debt.balance.known is Known.TOLD:
            found.append(Message("{debt}: the balance was told by the client and not seen.", debt=name))
    return found


def hatched_parts(debts: Iterable[Debt]) -> set[str]:
    """Return the parts to draw hatched: those that grow by terms, or stand at figures, not seen on a document."""
    found: set[str] = set()
    for debt in debts:
        if debt.balance.known in UNCERTAIN:
            found |= {p.value for p in Part if debt.balance.part(p)}
        if debt.terms.known in UNCERTAIN:
            found.add(debt.terms.accrues_to.value)
            if debt.terms.late_fee is not None:
                found.add(Part.FEES.value)
    return found
