"""The meaning of Terms, day by day with exact fractions: slow, plain, written to be checked by eye.

Entries, as specified: on one day fees are booked, then waivers, then the payment, at the time of day that the terms
give to a payment; where there is any of them, interest is rounded and booked first, if the terms round at events. A
fee is added to the fees, and to what bears interest if late fees bear it. A waiver reduces its part down to zero at
most, and what bears interest by as much (of fees only if these bear it); the rest of it is lost. A rate holds from
its day on. A transfer changes no amount.

The kernel must agree with it to the fen. It shares with the package only the records, the rate of a day, the
overdue days and the order of allocation; it rounds, counts and books on its own.
"""

from __future__ import annotations

import calendar
import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from debtdesk.core.debt import Balance, Debt, Freeze, Payment, overdue_days
from debtdesk.core.entries import EntryKind
from debtdesk.core.money import Rounding
from debtdesk.core.rates import Period
from debtdesk.core.terms import Base, Compounding, DatedRate, Part, PaymentDay, Rhythm, YearBasis

ONE_DAY = timedelta(days=1)
AT_EVENTS = (Rhythm.SEGMENT, Rhythm.CARRIED)


def balance_on(debt: Debt, until: date, payments: Sequence[Payment] = (), freezes: Sequence[Freeze] = ()) -> Balance:
    """Return what is owed at the end of a day; payments and freezes come on top of the debt's own."""
    account = Account(debt, [*debt.payments, *payments], [*debt.freezes, *freezes])
    account.run(until)
    return account.balance(until)


def rounded(amount: Fraction, mode: Rounding) -> int:
    """Return a whole number of fen: half up, half to even, or down."""
    if mode is Rounding.HALF_UP:
        return math.floor(amount + Fraction(1, 2))
    if mode is Rounding.HALF_EVEN:
        return round(amount)  # Python rounds a Fraction half to even
    return math.floor(amount)


def is_statement_day(debt: Debt, day: date) -> bool:
    """Return whether a statement is made on a day; a short month uses its last day."""
    last_of_month = calendar.monthrange(day.year, day.month)[1]
    return day.day == min(debt.terms.statement_day, last_of_month)


def index_30_360(day: date) -> int:
    """Return the number of a day where every month has 30 days."""
    return 360 * day.year + 30 * day.month + min(day.day, 30)


class Account:
    """One debt on its way through the days."""

    def __init__(self, debt: Debt, payments: Sequence[Payment], freezes: Sequence[Freeze]) -> None:
        self.debt = debt
        self.terms = replace(debt.terms, rates=self.rates_of(debt))
        self.payments = payments
        self.freezes = freezes
        self.parts = {part: debt.balance.part(part) for part in Part}
        self.credit = debt.balance.credit
        self.unbooked = Fraction(0)
        self.paid_in_cycle = 0
        whole_bill = self.terms.base is Base.WHOLE_BILL
        self.bearing_charges = self.interest_and_penalty() if whole_bill else 0
        self.minimum = self.minimum_payment()

    @staticmethod
    def rates_of(debt: Debt) -> tuple[DatedRate, ...]:
        by_day = {rate.start: rate.rate for rate in debt.terms.rates}
        for entry in debt.entries:
            if entry.kind is EntryKind.RATE:
                by_day[entry.day] = entry.rate
        first = by_day.pop(None)
        return (DatedRate(None, first), *(DatedRate(day, by_day[day]) for day in sorted(by_day)))

    def interest_and_penalty(self) -> int:
        return self.parts[Part.INTEREST] + self.parts[Part.PENALTY_INTEREST]

    def minimum_payment(self) -> int:
        if self.terms.late_fee is None:
            return 0
        billed = self.parts[Part.PRINCIPAL] + self.interest_and_penalty()
        if self.terms.late_fee.on_fees:
            billed += self.parts[Part.FEES]
        return self.round(self.terms.late_fee.minimum_share * billed)

    def round(self, amount: Fraction) -> int:
        return rounded(amount, self.terms.rounding)

    def run(self, until: date) -> None:
        terms = self.terms
        day = self.debt.balance.as_of
        if terms.first_day_counts and (day != until or terms.last_day_counts):
            self.accrue(day)
        while day < until:
            day += ONE_DAY
            statement = terms.makes_statements and is_statement_day(self.debt, day)
            if statement and not terms.last_day_counts:
                self.statement(day)
            if any(rate.start == day for rate in terms.rates):
                self.book_at_event()
            if terms.payment_day is PaymentDay.BEARS_NOT:
                self.enter(day)
                self.pay(day)
            if day != until or terms.last_day_counts:
                self.accrue(day)
            if terms.payment_day is PaymentDay.BEARS:
                self.enter(day)
                self.pay(day)
            if statement and terms.last_day_counts:
                self.statement(day)
        self.book()

    def balance(self, day: date) -> Balance:
        return Balance(
            principal=self.parts[Part.PRINCIPAL],
            interest=self.parts[Part.INTEREST],
            penalty_interest=self.parts[Part.PENALTY_INTEREST],
            fees=self.parts[Part.FEES],
            credit=self.credit,
            as_of=day,
        )

    def is_frozen(self, day: date) -> bool:
        return any(freeze.first <= day <= freeze.last for freeze in self.freezes)

    def units(self, day: date) -> int:
        """Return how many days of interest a day is."""
        if self.is_frozen(day):
            return 0
        by_the_day = self.terms.rate_on(day).period is Period.DAY
        if self.terms.year is YearBasis.DAYS_30_360 and not by_the_day:
            return index_30_360(day) - index_30_360(day - ONE_DAY)
        return 1

    def rate(self, day: date) -> Fraction:
        """Return the rate of one day of interest."""
        quoted = self.terms.rate_on(day)
        if quoted.period is Period.DAY:
            return quoted.value
        yearly = quoted.value * 12 if quoted.period is Period.MONTH else quoted.value
        if self.terms.year is YearBasis.DAYS_365:
            return yearly / 365
        if self.terms.year is YearBasis.ACTUAL:
            return yearly / (366 if calendar.isleap(day.year) else 365)
        return yearly / 360

    def accrue(self, day: date) -> None:
        units, rate = self.units(day), self.rate(day)
        if self.terms.compounding is Compounding.DAILY:
            for _ in range(units):
                amount = self.round(self.bearing() * rate)
                self.parts[self.terms.accrues_to] += amount
                self.bearing_charges += amount
        elif self.terms.rhythm is Rhythm.DAY:
            self.parts[self.terms.accrues_to] += units * self.round(self.bearing() * rate)
        else:
            self.unbooked += self.bearing() * rate * units

    def bearing(self) -> int:
        return self.parts[Part.PRINCIPAL] + self.bearing_charges

    def book(self) -> None:
        if self.terms.rhythm is Rhythm.DAY:
            return
        amount = self.round(self.unbooked)
        self.parts[self.terms.accrues_to] += amount
        self.unbooked = self.unbooked - amount if self.terms.rhythm is Rhythm.CARRIED else Fraction(0)

    def book_at_event(self) -> None:
        if self.terms.rhythm in AT_EVENTS:
            self.book()

    def enter(self, day: date) -> None:
        today = [entry for entry in self.debt.entries if entry.day == day]
        fees = [entry.amount for entry in today if entry.kind is EntryKind.FEE]
        waivers = [entry for entry in today if entry.kind is EntryKind.WAIVER]
        if not fees and not waivers:
            return
        self.book_at_event()
        self.parts[Part.FEES] += sum(fees)
        if self.fees_bear():
            self.bearing_charges += sum(fees)
        for entry in waivers:
            taken = min(self.parts[entry.part], entry.amount)
            self.parts[entry.part] -= taken
            if entry.part in (Part.INTEREST, Part.PENALTY_INTEREST) or (entry.part is Part.FEES and self.fees_bear()):
                self.bearing_charges = max(0, self.bearing_charges - taken)

    def fees_bear(self) -> bool:
        return self.terms.late_fee is not None and self.terms.late_fee.bears_interest

    def pay(self, day: date) -> None:
        amount = sum(payment.amount for payment in self.payments if payment.day == day)
        if amount == 0:
            return
        self.book_at_event()
        self.credit += self.allocate(amount, day)
        self.paid_in_cycle += amount

    def allocate(self, amount: int, day: date) -> int:
        """Reduce the parts in their order and return what is left."""
        late_fee = self.terms.late_fee
        fees_bear = late_fee is not None and late_fee.bears_interest
        for part in self.terms.order_on(overdue_days(self.debt, on=day)):
            taken = min(self.parts[part], amount)
            self.parts[part] -= taken
            amount -= taken
            if part in (Part.INTEREST, Part.PENALTY_INTEREST) or (part is Part.FEES and fees_bear):
                self.bearing_charges = max(0, self.bearing_charges - taken)
        return amount

    def statement(self, day: date) -> None:
        self.book()
        if self.credit > 0:
            self.credit = self.allocate(self.credit, day)
        self.charge_late_fee(day)
        if self.terms.compounding is Compounding.MONTHLY:
            self.bearing_charges = self.interest_and_penalty()
            if self.terms.late_fee is not None and self.terms.late_fee.bears_interest:
                self.bearing_charges += self.parts[Part.FEES]
        self.minimum = self.minimum_payment()
        self.paid_in_cycle = 0

    def charge_late_fee(self, day: date) -> None:
        terms = self.terms.late_fee
        if terms is None or self.is_frozen(day) or (terms.until is not None and day > terms.until):
            return
        unpaid = self.minimum - self.paid_in_cycle
        if unpaid <= 0:
            return
        fee = max(terms.floor, self.round(terms.share * unpaid))
        if terms.ceiling is not None:
            fee = min(terms.ceiling, fee)
        self.parts[Part.FEES] += fee
        if terms.bears_interest:
            self.bearing_charges += fee
