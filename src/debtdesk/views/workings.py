"""Workings: how a figure is computed, by hand and by the package, step beside step.

What stands under `hand` is plain arithmetic written out here and calls nothing of the package; what stands under
`package` comes from its functions. The two are compared as they are shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from html import escape

from debtdesk.core.debt import Balance, Debt, Payment
from debtdesk.core.interest import accrued_interest
from debtdesk.core.projection import balances_on, project
from debtdesk.core.rates import Period, Rate
from debtdesk.core.terms import Compounding, DatedRate, Order, Part, Terms, YearBasis
from debtdesk.locale import Message
from debtdesk.views.words import money

ONE_DAY = Rate(Fraction(1), Period.DAY)
NO_RATE = Rate(Fraction(0), Period.DAY)
CARD_DAYS = 400


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what is computed, by hand, and by the package ("" where the package has no such step of its own)."""

    what: Message
    hand: str
    package: str = ""

    @property
    def agrees(self) -> bool:
        """Whether the two show the same."""
        return not self.package or self.hand == self.package


@dataclass(frozen=True, slots=True)
class Working:
    """A figure worked out: its title, the function that computes it, the convention with its source, the steps."""

    title: Message
    function: str
    convention: Message
    steps: tuple[Step, ...]

    @property
    def agrees(self) -> bool:
        """Whether every step agrees."""
        return all(s.agrees for s in self.steps)


def working_html(working: Working) -> str:
    """Return a working as a table: step, by hand, by the package, and whether they agree."""
    heads = "".join(
        f"<th scope='col'{css}>{escape(str(text))}</th>"
        for text, css in (
            (Message("step"), ""),
            (Message("by hand"), " class='number'"),
            (Message("by the package"), " class='number'"),
            (Message("same"), ""),
        )
    )
    rows = "".join(
        f"<tr><td>{escape(str(s.what))}</td><td class='number'>{escape(s.hand)}</td>"
        f"<td class='number'>{escape(s.package)}</td><td>{_same(s)}</td></tr>"
        for s in working.steps
    )
    return (
        f"<p class='debtdesk-note'>{escape(str(working.convention))}</p>"
        f"<table class='debtdesk-table'><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        f"<p class='debtdesk-note'>{escape(str(Message('In Python: {function}', function=working.function)))}</p>"
    )


def _same(step: Step) -> str:
    if not step.package:
        return ""
    return "✓" if step.agrees else f"<b>{escape(str(Message('differs')))}</b>"


def fen_text(fen: int) -> str:
    """Return an amount in yuan with two places."""
    return money(fen, "en", unit=False)


def exact_text(amount: Fraction | int, places: int = 6) -> str:
    """Return a fraction with some places, zeros behind the second left out."""
    text = f"{Decimal(amount.numerator) / Decimal(amount.denominator):,.{places}f}"
    whole, part = text.split(".")
    return f"{whole}.{part.rstrip('0').ljust(2, '0')}"


def half_up(amount: Fraction) -> int:
    """Return the nearest whole number, a half upwards."""
    return int((amount + Fraction(1, 2)) // 1)


def _daily(rate: Rate) -> Fraction:
    """Return the rate of a day as a person would: as quoted, or the yearly one over 365. [1/day]"""
    if rate.period is Period.DAY:
        return rate.value
    return (rate.value * 12 if rate.period is Period.MONTH else rate.value) / 365


def trial_debt(amount: int, rate: Rate, start: date, terms: Terms | None = None) -> Debt:
    """Return a debt of a bare principal from a day on. [fen]"""
    balance = Balance(principal=amount, as_of=start)
    terms = terms or Terms(rates=(DatedRate(None, rate),))
    return Debt(account="0", creditor="", lender="", product="", balance=balance, terms=terms, default_date=start)


def simple_interest(amount: int, rate: Rate, start: date, end: date) -> Working:
    """Return how simple daily interest is worked out. `amount` in fen."""
    daily, days = _daily(rate), end.toordinal() - start.toordinal()
    interest = half_up(amount * daily * days)
    year = YearBasis.DAYS_365
    counted = accrued_interest(1, ONE_DAY, start, end, year=year)
    after = project(trial_debt(amount, rate, start), until=end).on(end)
    exact = accrued_interest(amount, rate, start, end, year=year) / 100
    one = accrued_interest(amount, rate, start, date.fromordinal(start.toordinal() + 1), year=year) / 100
    percent = exact_text(daily * 100, 8)
    return Working(
        Message("Simple interest by the day"),
        "debtdesk.accrued_interest, debtdesk.project",
        Message(
            "The first day is not counted, the last one is; a yearly rate is divided by 365; rounded to the fen once, "
            "half up, when it is booked. “Three years” are 1,095 or 1,096 days: the dates decide."
        ),
        (
            Step(
                Message("days from {start} to {end}", start=start.isoformat(), end=end.isoformat()),
                f"{days:,}",
                f"{int(counted):,}",
            ),
            Step(Message("rate of one day, in percent"), percent, exact_text(rate.per_day(365) * 100, 8)),
            Step(
                Message("one day: {amount} × {percent}%", amount=fen_text(amount), percent=percent),
                exact_text(amount * daily / 100),
                exact_text(one),
            ),
            Step(
                Message("all days, not rounded: × {days}", days=f"{days:,}"),
                exact_text(amount * daily * days / 100),
                exact_text(exact),
            ),
            Step(Message("interest, rounded to the fen"), fen_text(interest), fen_text(after.charges)),
            Step(Message("principal and interest"), fen_text(amount + interest), fen_text(after.total)),
        ),
    )


def monthly_compounding(amount: int, rate: Rate, start: date, *, months: int = 3) -> Working:
    """Return how interest on interest is worked out from statement to statement. `amount` in fen."""
    terms = Terms(
        rates=(DatedRate(None, rate),),
        compounding=Compounding.MONTHLY,
        statement_day=start.day,
        accrues_to=Part.INTEREST,
    )
    days = [_same_day(start, n) for n in range(months + 1)]
    shown = balances_on(trial_debt(amount, rate, start, terms), days)
    steps, owed, daily = [], amount, _daily(rate)
    for n in range(1, months + 1):
        count = days[n].toordinal() - days[n - 1].toordinal()
        interest = half_up(owed * daily * count)
        what = Message(
            "statement of {day}: {owed} × {percent}% × {days} days",
            day=days[n].isoformat(),
            owed=fen_text(owed),
            percent=exact_text(daily * 100, 8),
            days=count,
        )
        steps.append(Step(what, fen_text(interest), fen_text(shown[n].interest - shown[n - 1].interest)))
        steps.append(Step(Message("balance after it"), fen_text(owed + interest), fen_text(shown[n].total)))
        owed += interest
    return Working(
        Message("Compounding on the statement day"),
        "debtdesk.project",
        Message(
            "Credit cards: interest booked on a statement bears interest from then on; each statement is rounded half "
            "up. Counted by days, so a flat 1.5% a month is not the same."
        ),
        tuple(steps),
    )


def _same_day(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - date(year, month + 1, 1)).days
    return date(year, month + 1, min(day.day, last))


NAMES = {
    Part.FEES: Message("fees"),
    Part.INTEREST: Message("interest"),
    Part.PENALTY_INTEREST: Message("penalty interest"),
    Part.PRINCIPAL: Message("principal"),
}


def allocation(
    *, principal: int = 1_000_000, interest: int = 547_500, fees: int = 5_000, paid: int = 100_000
) -> Working:
    """Return how one payment is set against the parts of a debt, by each order. [fen]"""
    by_law = ((Part.FEES, fees), (Part.INTEREST, interest), (Part.PRINCIPAL, principal))
    card_early = ((Part.INTEREST, interest), (Part.FEES, fees), (Part.PRINCIPAL, principal))
    card_late = ((Part.PRINCIPAL, principal), (Part.INTEREST, interest), (Part.FEES, fees))
    cases = (
        (Message("Civil Code 561"), Order.CIVIL_CODE_561, CARD_DAYS, by_law),
        (Message("card, overdue 1 to 90 days"), Order.CARD, 60, card_early),
        (Message("card, overdue 91 days or more"), Order.CARD, CARD_DAYS, card_late),
    )
    steps = []
    day = date(2026, 11, 24)
    before = Balance(principal=principal, interest=interest, fees=fees, as_of=day)
    tomorrow = date.fromordinal(day.toordinal() + 1)
    for name, order, overdue, parts in cases:
        default = date.fromordinal(tomorrow.toordinal() - overdue + 1)
        terms = Terms(rates=(DatedRate(None, NO_RATE),), order=order)
        debt = replace(trial_debt(principal, NO_RATE, day, terms), balance=before, default_date=default)
        after = balances_on(debt, (tomorrow,), (Payment(tomorrow, paid),))[0]
        rest = paid
        for part, owed in parts:
            taken = min(rest, owed)
            rest -= taken
            steps.append(
                Step(
                    Message("{order}: to {part}", order=name, part=NAMES[part]),
                    fen_text(taken),
                    fen_text(before.part(part) - after.part(part)),
                )
            )
    return Working(
        Message(
            "A payment of {paid} on principal {principal}, interest {interest}, fees {fees}",
            paid=fen_text(paid),
            principal=fen_text(principal),
            interest=fen_text(interest),
            fees=fen_text(fees),
        ),
        "debtdesk.project(payments=…)",
        Message(
            "Civil Code 561: costs, then interest, then principal, unless agreed otherwise. Credit cards: interest and "
            "fees first up to day 90 overdue, principal first from day 91 (银监会令2011年第2号 art. 57)."
        ),
        tuple(steps),
    )
