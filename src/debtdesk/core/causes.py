"""Causes: other ways in which a creditor may have counted, each a change of a debt that can be tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction

from debtdesk.core.debt import Debt
from debtdesk.core.money import Rounding
from debtdesk.core.projection import balances_on
from debtdesk.core.rates import Period, Rate
from debtdesk.core.terms import (
    PRINCIPAL_FIRST,
    Base,
    Compounding,
    DatedRate,
    Order,
    PaymentDay,
    Rhythm,
    Terms,
    YearBasis,
)
from debtdesk.locale import Message

_PLACES = {Period.DAY: 3, Period.MONTH: 3, Period.YEAR: 2}  # of a percent, in which contracts write rates
_HIGHEST = {Period.DAY: Fraction(1, 100), Period.MONTH: Fraction(30, 100), Period.YEAR: Fraction(360, 100)}


@dataclass(frozen=True, slots=True)
class Change:
    """One other way of counting: its subject (two of one subject are never combined), in words, and what it does."""

    subject: str
    text: Message
    apply: Callable[[Debt], Debt]
    likely: bool = True


def _terms(subject: str, text: Message, *, likely: bool = True, **terms: object) -> Change:
    def apply(debt: Debt) -> Debt:
        kept = replace(debt.terms, rhythm=Rhythm.DAY) if terms.get("compounding") is Compounding.DAILY else debt.terms
        if kept.compounding is Compounding.DAILY and "compounding" not in terms and "rhythm" in terms:
            return debt  # daily compounding books each day
        return replace(debt, terms=replace(kept, **terms))  # type: ignore[arg-type]

    return Change(subject, text, apply, likely)


def changes(debt: Debt) -> list[Change]:
    """Return every other way of counting that is tried for a debt, the likelier ones of a subject first."""
    return [
        *_day_counts(debt.terms),
        *_compounding(debt),
        *_bases(debt.terms),
        *_roundings(debt.terms),
        *_orders(debt.terms),
        *_late_fees(debt.terms),
        *_payments(debt),
    ]


def _day_counts(terms: Terms) -> Iterator[Change]:
    years = {
        YearBasis.DAYS_365: Message("a year of interest has 365 days"),
        YearBasis.DAYS_360: Message("a year of interest has 360 days"),
        YearBasis.ACTUAL: Message("a year of interest has the days of the calendar year"),
        YearBasis.DAYS_30_360: Message("a year of interest has 12 months of 30 days"),
    }
    if any(r.rate.period is not Period.DAY for r in terms.rates):
        yield from (_terms("year", text, year=year) for year, text in years.items() if year is not terms.year)
    if terms.first_day_counts:
        yield _terms("first", Message("the first day bears no interest"), first_day_counts=False)
    else:
        yield _terms("first", Message("the first day bears interest as well"), first_day_counts=True)
    if terms.last_day_counts:
        yield _terms("last", Message("the last day bears no interest"), last_day_counts=False)
    else:
        yield _terms("last", Message("the last day bears interest as well"), last_day_counts=True)
    if terms.payment_day is PaymentDay.BEARS:
        text = Message("the day of a payment no longer bears interest on what is paid")
        yield _terms("payment day", text, payment_day=PaymentDay.BEARS_NOT)
    else:
        text = Message("the day of a payment still bears interest on what is paid")
        yield _terms("payment day", text, payment_day=PaymentDay.BEARS)


def _compounding(debt: Debt) -> Iterator[Change]:
    terms, subject = debt.terms, "compounding"
    origin = debt.origin or debt.balance
    likely = dict.fromkeys((terms.statement_day, debt.balance.as_of.day, origin.as_of.day))
    for day in (*likely, *(n for n in range(1, 32) if n not in likely)):
        if terms.compounding is not Compounding.MONTHLY or day != terms.statement_day:
            rhythm = Rhythm.SEGMENT if terms.rhythm is Rhythm.DAY else terms.rhythm
            yield _terms(
                subject,
                Message("interest itself bears interest, each month from day {day} on", day=day),
                likely=day in likely,
                compounding=Compounding.MONTHLY,
                statement_day=day,
                rhythm=rhythm,
            )
    if terms.compounding is not Compounding.DAILY:
        text = Message("interest itself bears interest, from each day on")
        yield _terms(subject, text, compounding=Compounding.DAILY, rhythm=Rhythm.DAY)
    if terms.compounding is not Compounding.SIMPLE:
        text = Message("interest itself bears no interest")
        yield _terms(subject, text, compounding=Compounding.SIMPLE)


def _bases(terms: Terms) -> Iterator[Change]:
    texts = {
        Base.PRINCIPAL: Message("the principal alone bears interest"),
        Base.WHOLE_BILL: Message("the whole bill except fees bears interest"),
    }
    yield from (_terms("base", text, base=base) for base, text in texts.items() if base is not terms.base)


def _roundings(terms: Terms) -> Iterator[Change]:
    if terms.compounding is not Compounding.DAILY:
        rhythms = {
            Rhythm.SEGMENT: Message("interest is rounded at each payment, change and statement"),
            Rhythm.STATEMENT: Message("interest is rounded on statement days"),
            Rhythm.DAY: Message("interest is rounded each day"),
            Rhythm.CARRIED: Message("parts of a fen are carried on"),
        }
        yield from (_terms("rhythm", t, rhythm=r) for r, t in rhythms.items() if r is not terms.rhythm)
    modes = {
        Rounding.HALF_UP: Message("half a fen is rounded up"),
        Rounding.HALF_EVEN: Message("half a fen is rounded to the even fen"),
        Rounding.DOWN: Message("parts of a fen are dropped"),
    }
    yield from (_terms("rounding", t, rounding=m) for m, t in modes.items() if m is not terms.rounding)


def _orders(terms: Terms) -> Iterator[Change]:
    if terms.order is not Order.CIVIL_CODE_561:
        text = Message("a payment goes to costs, then interest, then principal")
        yield _terms("order", text, order=Order.CIVIL_CODE_561)
    if terms.order is not Order.CARD:
        text = Message("a payment goes to the charges up to day 90 overdue and to the principal first from day 91")
        yield _terms("order", text, order=Order.CARD)
    if terms.order is not Order.CONTRACT or terms.contract_order != PRINCIPAL_FIRST:
        text = Message("a payment goes to the principal first")
        yield _terms("order", text, order=Order.CONTRACT, contract_order=PRINCIPAL_FIRST)


def _late_fees(terms: Terms) -> Iterator[Change]:
    fee = terms.late_fee
    if fee is None:
        return
    if fee.bears_interest:
        yield _terms("fee", Message("fees bear no interest"), late_fee=replace(fee, bears_interest=False))
    else:
        yield _terms("fee", Message("fees bear interest"), late_fee=replace(fee, bears_interest=True))
    if not fee.on_fees:
        yield _terms("fee base", Message("late fees are charged on earlier fees"), late_fee=replace(fee, on_fees=True))
    if fee.until is not None:
        text = Message("late fees go on being charged after {day}", day=fee.until.isoformat())
        yield _terms("fee", text, late_fee=replace(fee, until=None))


def _payments(debt: Debt) -> Iterator[Change]:
    begin, end = (debt.origin or debt.balance).as_of, debt.balance.as_of
    for paid in dict.fromkeys(p for p in debt.payments if begin < p.day <= end):
        text = Message("the payment of {day} was not booked", day=paid.day.isoformat())

        def without(d: Debt, left_out: object = paid) -> Debt:
            return replace(d, payments=tuple(p for p in d.payments if p != left_out))

        yield Change("payments", text, without)
    if any(begin < p.day <= end for p in debt.payments):
        text = Message("payments do not reduce what bears interest")
        yield Change("base after payment", text, paid_at_the_end)


def paid_at_the_end(debt: Debt) -> Debt:
    """Return a debt whose payments all come on the day of its balance, so that until then all of it bears interest."""
    end = debt.balance.as_of
    moved = tuple(replace(p, day=end) if p.day < end and _after_origin(debt, p.day) else p for p in debt.payments)
    return replace(debt, payments=moved)


def _after_origin(debt: Debt, day: object) -> bool:
    return debt.origin is None or day > debt.origin.as_of  # type: ignore[operator]


def explaining_rates(debt: Debt, theirs: int) -> Iterator[Change]:
    """Yield the plausible round rates under which the charges of a debt, which stands at its start, come to a sum.

    Parameters
    ----------
    debt : Debt
        With its balance put back to where its history begins, and its origin at the balance to reach.
    theirs : int
        The part that interest accrues to, as the creditor has it. [fen]
    """
    part = debt.terms.accrues_to
    assert debt.origin is not None  # the caller put the day to reach there
    day = debt.origin.as_of
    confirmed = debt.terms.rates[-1].rate
    if not confirmed.value or day <= debt.balance.as_of + timedelta(days=1):
        return
    for period in (confirmed.period, *(p for p in Period if p is not confirmed.period)):
        step = Fraction(1, 100 * 10 ** _PLACES[period])
        low, high = 0, int(_HIGHEST[period] / step)

        def reached(n: int, period: Period = period, step: Fraction = step) -> int:
            terms = replace(debt.terms, rates=(*debt.terms.rates[:-1], replace_rate(debt, n * step, period)))
            return balances_on(replace(debt, terms=terms), (day,))[0].part(part)

        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if reached(middle) < theirs else (low, middle)
        rate = Rate(low * step, period)
        if rate != confirmed and reached(low) == theirs:
            yield _rate_change(rate, confirmed)


def replace_rate(debt: Debt, value: Fraction, period: Period) -> DatedRate:
    """Return the last dated rate of a debt with another value."""
    return replace(debt.terms.rates[-1], rate=Rate(value, period))


def _rate_change(rate: Rate, confirmed: Rate) -> Change:
    def apply(debt: Debt) -> Debt:
        last = replace(debt.terms.rates[-1], rate=rate)
        return replace(debt, terms=replace(debt.terms, rates=(*debt.terms.rates[:-1], last)))

    texts = {
        Period.DAY: Message("the rate is {percent}% a day", percent=rate.percent()),
        Period.MONTH: Message("the rate is {percent}% a month", percent=rate.percent()),
        Period.YEAR: Message("the rate is {percent}% a year", percent=rate.percent()),
    }
    text = texts[rate.period]
    if rate.per_day(365) > confirmed.per_day(365):
        text = Message("{text}, above the rate noted", text=text)
    return Change("rate", text, apply)
