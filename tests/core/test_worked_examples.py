"""Accounts worked by hand or published: each row says where its figure comes from.

Amounts in the tables are yuan as printed. Where no source is named the figure is a hand calculation, written beside it.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from debtdesk.core.debt import Balance, Debt, Freeze, Payment
from debtdesk.core.interest import accrued_interest
from debtdesk.core.money import Rounding
from debtdesk.core.projection import project
from debtdesk.core.rates import Period, Rate
from debtdesk.core.terms import (
    PRINCIPAL_FIRST,
    Base,
    Compounding,
    DatedRate,
    LateFee,
    Order,
    PaymentDay,
    Rhythm,
    Terms,
    YearBasis,
)

from .reference import balance_on

FIVE = Rate(Fraction(5, 10_000), Period.DAY)  # 0.05 % a day
YEARLY = Rate(Fraction(1825, 10_000), Period.YEAR)  # 18.25 % a year
START = date(2023, 11, 24)
BILLS = Path(__file__).parents[1] / "statements" / "card_bills.csv"


def fen(yuan: str) -> int:
    exact = Decimal(yuan) * 100
    assert exact == int(exact)
    return int(exact)


def owing(principal: str, *, as_of: date = START, rate: Rate = FIVE, default: date | None = None, **terms: Any) -> Debt:
    """A debt of principal alone; keywords are conventions, or further parts of the balance in yuan."""
    parts: dict[str, Any] = {k: fen(terms.pop(k)) for k in ("interest", "penalty_interest", "fees") if k in terms}
    rates = terms.pop("rates", (DatedRate(None, rate),))
    return Debt(
        account="1",
        creditor="",
        lender="",
        product="",
        balance=Balance(principal=fen(principal), as_of=as_of, **parts),
        terms=Terms(rates=rates, **terms),
        default_date=default or as_of + timedelta(days=1),
    )


def after(debt: Debt, days: int, *payments: Payment, freezes: tuple[Freeze, ...] = ()) -> Balance:
    """The balance some days later, which the reference must see alike."""
    until = debt.balance.as_of + timedelta(days=days)
    found = project(debt, until=until, payments=payments, freezes=freezes).on(until)
    plain = balance_on(debt, until, payments, freezes)
    assert [found.part(p) for p in PRINCIPAL_FIRST] == [plain.part(p) for p in PRINCIPAL_FIRST]
    return found


# --- simple interest as 花呗 states it ---------------------------------------------------------

SIMPLE = [
    ("10000.00", 1, "5.00", "decimal arithmetic"),
    ("10000.00", 365, "1825.00", "decimal arithmetic"),
    ("10000.00", 1095, "5475.00", "decimal arithmetic"),
    ("10000.00", 1096, "5480.00", "decimal arithmetic: 2023-11-24 to 2026-11-24, with 29 February 2024"),
    ("5000.00", 4, "10.00", "花呗 due 04-10, paid 04-14: chuangxin.rexun.cn/redian/2023/0508/11979.html"),
]


@pytest.mark.parametrize(("principal", "days", "interest", "source"), SIMPLE)
def test_simple_interest(principal: str, days: int, interest: str, source: str) -> None:
    found = after(owing(principal), days)
    assert (found.penalty_interest, found.total) == (fen(interest), fen(principal) + fen(interest)), source


def test_three_years_from_date_to_date_are_1096_days() -> None:
    growth = project(owing("10000.00"), until=date(2026, 11, 24))
    assert growth.end.total == fen("15480.00")
    assert growth.on(date(2026, 11, 23)).total == fen("15475.00")


def test_huabei_paid_four_days_late_owes_ten_yuan_more() -> None:
    due = date(2023, 4, 10)
    found = after(owing("5000.00", as_of=due), 4, Payment(date(2023, 4, 14), fen("5010.00")))
    assert (found.total, found.credit) == (0, 0)


# --- year basis ---------------------------------------------------------------------------------------------

YEARS = [
    # 10,000.00 at 18.25 % from 31 December to 31 December: 2023 has 365 days, 2024 has 366
    (YearBasis.DAYS_365, 2023, "1825.00"),  # 1825 x 365/365
    (YearBasis.DAYS_365, 2024, "1830.00"),  # 1825 x 366/365
    (YearBasis.DAYS_360, 2023, "1850.35"),  # 1825 x 365/360 = 1850.347
    (YearBasis.DAYS_360, 2024, "1855.42"),  # 1825 x 366/360 = 1855.417
    (YearBasis.ACTUAL, 2023, "1825.00"),
    (YearBasis.ACTUAL, 2024, "1825.00"),
    (YearBasis.DAYS_30_360, 2023, "1825.00"),
    (YearBasis.DAYS_30_360, 2024, "1825.00"),
]


@pytest.mark.parametrize(("basis", "year", "interest"), YEARS)
def test_year_basis(basis: YearBasis, year: int, interest: str) -> None:
    debt = owing("10000.00", as_of=date(year - 1, 12, 31), rate=YEARLY, year=basis)
    length = (date(year, 12, 31) - date(year - 1, 12, 31)).days
    assert after(debt, length).penalty_interest == fen(interest)


THIRTIES = [
    # 36,000.00 at 10 % a year under 30/360 bear exactly 10.00 a day (30E/360: the 31st counts as the 30th)
    (date(2023, 1, 30), date(2023, 1, 31), "0.00"),
    (date(2023, 1, 31), date(2023, 2, 28), "280.00"),  # 30 x 1 + 28 - 30
    (date(2023, 2, 28), date(2023, 3, 1), "30.00"),  # 30 x 1 + 1 - 28
    (date(2024, 2, 28), date(2024, 3, 1), "30.00"),
    (date(2024, 2, 29), date(2024, 3, 31), "310.00"),  # 30 x 1 + 30 - 29
    (date(2023, 7, 15), date(2023, 8, 15), "300.00"),
    (date(2023, 1, 15), date(2025, 7, 15), "9000.00"),
]


@pytest.mark.parametrize(("start", "end", "interest"), THIRTIES)
def test_thirty_day_months(start: date, end: date, interest: str) -> None:
    tenth = Rate(Fraction(1, 10), Period.YEAR)
    debt = owing("36000.00", as_of=start, rate=tenth, year=YearBasis.DAYS_30_360)
    assert after(debt, (end - start).days).penalty_interest == fen(interest)


def test_a_monthly_rate_is_a_twelfth_of_a_year() -> None:
    """1.5 % a month is 18 % a year: 10,000 x 0.18 x 30/365 = 147.945, x 30/360 = 150.00."""
    monthly = Rate(Fraction(15, 1000), Period.MONTH)
    assert after(owing("10000.00", rate=monthly), 30).penalty_interest == fen("147.95")
    assert after(owing("10000.00", rate=monthly, year=YearBasis.DAYS_360), 30).penalty_interest == fen("150.00")


# --- first and last day, day of payment ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "interest"),
    [(False, True, "10.00"), (True, True, "15.00"), (False, False, "5.00"), (True, False, "10.00")],
)
def test_first_and_last_day(first: bool, last: bool, interest: str) -> None:
    """24 to 26 November: the days after the first are two; each end counts or not."""
    debt = owing("10000.00", first_day_counts=first, last_day_counts=last)
    assert after(debt, 2).penalty_interest == fen(interest)


@pytest.mark.parametrize(
    ("payment_day", "principal", "interest"),
    [
        # 5.00 for the 25th, paid first; 6,005.00 bear 3.0025 on the 26th
        (PaymentDay.BEARS, "6005.00", "3.00"),
        # 4,000.00 off the principal at once; 3.00 for the 25th and for the 26th
        (PaymentDay.BEARS_NOT, "6000.00", "6.00"),
    ],
)
def test_day_of_payment(payment_day: PaymentDay, principal: str, interest: str) -> None:
    debt = owing("10000.00", payment_day=payment_day)
    found = after(debt, 2, Payment(date(2023, 11, 25), fen("4000.00")))
    assert (found.principal, found.penalty_interest) == (fen(principal), fen(interest))


# --- rounding -----------------------------------------------------------------------------------------------

HALVES = [
    # 10.00 yuan bear half a fen a day, 30.00 one and a half, 50.00 two and a half
    ("10.00", Rounding.HALF_UP, 1),
    ("10.00", Rounding.HALF_EVEN, 0),
    ("10.00", Rounding.DOWN, 0),
    ("30.00", Rounding.HALF_UP, 2),
    ("30.00", Rounding.HALF_EVEN, 2),
    ("30.00", Rounding.DOWN, 1),
    ("50.00", Rounding.HALF_UP, 3),
    ("50.00", Rounding.HALF_EVEN, 2),
    ("50.00", Rounding.DOWN, 2),
]


@pytest.mark.parametrize(("principal", "rounding", "found"), HALVES)
def test_half_a_fen(principal: str, rounding: Rounding, found: int) -> None:
    assert after(owing(principal, rounding=rounding), 1).penalty_interest == found


@pytest.mark.parametrize(
    ("rhythm", "found"),
    [
        # half a fen a day for four days, the rate quoted anew on the second and the third
        (Rhythm.SEGMENT, 3),  # 0.5, 0.5 and 1.0 rounded: 1 + 1 + 1
        (Rhythm.CARRIED, 2),  # 1, then 0 with what is carried, then 1
        (Rhythm.STATEMENT, 2),  # 2.0
        (Rhythm.DAY, 4),  # 1 each day
    ],
)
def test_where_rounding_happens(rhythm: Rhythm, found: int) -> None:
    again = [DatedRate(START + timedelta(days=n), FIVE) for n in (2, 3)]
    debt = owing("10.00", rhythm=rhythm, statement_day=1, rates=(DatedRate(None, FIVE), *again))
    assert after(debt, 4).penalty_interest == found


# --- allocation of one payment -----------------------------------------------------------------

ALLOCATED = [
    # terms, overdue day of the payment: principal, interest, fees
    (Order.CIVIL_CODE_561, 1127, "10000.00", "4525.00", "0.00", "Civil Code 561: fees 50.00, interest 950.00"),
    (Order.CARD, 90, "10000.00", "4475.00", "50.00", "银监会令2011年第2号 art. 57, day 90: interest"),
    (Order.CARD, 91, "9000.00", "5475.00", "50.00", "银监会令2011年第2号 art. 57, day 91: principal"),
]


@pytest.mark.parametrize(("order", "overdue", "principal", "interest", "fees", "source"), ALLOCATED)
def test_allocation(order: Order, overdue: int, principal: str, interest: str, fees: str, source: str) -> None:
    paid_on = START + timedelta(days=1)
    debt = owing(
        "10000.00",
        interest="5475.00",
        fees="50.00",
        rate=Rate(Fraction(0), Period.DAY),
        order=order,
        default=paid_on - timedelta(days=overdue - 1),
    )
    found = after(debt, 1, Payment(paid_on, fen("1000.00")))
    assert (found.principal, found.interest, found.fees) == (fen(principal), fen(interest), fen(fees)), source


# --- credit card, compounding on the statement day ---------------------------------------------

MONTHLY = [
    # statement of the 25th: interest of the month, balance
    (date(2023, 12, 25), "150.00", "10150.00"),  # 10,000.00 x 0.05 % x 30
    (date(2024, 1, 25), "157.33", "10307.33"),  # 10,150.00 x 0.05 % x 31 = 157.325
    (date(2024, 2, 25), "159.76", "10467.09"),  # 10,307.33 x 0.05 % x 31 = 159.764
]


def card(**terms: Any) -> Debt:
    return owing("10000.00", as_of=date(2023, 11, 25), compounding=Compounding.MONTHLY, statement_day=25, **terms)


@pytest.mark.parametrize("rhythm", [Rhythm.SEGMENT, Rhythm.STATEMENT])
def test_card_compounds_on_statement_days(rhythm: Rhythm) -> None:
    debt = card(rhythm=rhythm)
    growth = project(debt, until=date(2024, 2, 25))
    before = debt.balance.total
    for day, interest, total in MONTHLY:
        assert (growth.on(day).total - before, growth.on(day).total) == (fen(interest), fen(total))
        before = growth.on(day).total


FEES = [
    # a twentieth of the unpaid minimum, which is a tenth of the last statement (the first by hand)
    (date(2023, 12, 25), "50.00"),  # of 1,000.00
    (date(2024, 1, 25), "100.75"),  # + 5 % of 1,015.00
    (date(2024, 2, 25), "152.29"),  # + 5 % of 1,030.73 = 51.5365
]


def test_late_fee_of_the_unpaid_minimum_bears_no_interest() -> None:
    growth = project(card(late_fee=LateFee(Fraction(1, 20))), until=date(2024, 2, 25))
    for (day, fees), (_, _, total) in zip(FEES, MONTHLY, strict=True):
        assert (growth.on(day).fees, growth.on(day).total) == (fen(fees), fen(total) + fen(fees))


def test_late_fee_that_bears_interest() -> None:
    """(10,150.00 + 50.00) x 0.05 % x 31 = 158.10 instead of 157.33."""
    growth = project(card(late_fee=LateFee(Fraction(1, 20), bears_interest=True)), until=date(2024, 1, 25))
    assert growth.end.penalty_interest == fen("150.00") + fen("158.10")


def test_late_fee_stays_between_floor_and_ceiling_and_ends() -> None:
    def charged(fee: LateFee, *payments: Payment) -> int:
        return project(card(late_fee=fee), until=date(2024, 1, 25), payments=payments).end.fees

    twentieth = Fraction(1, 20)
    minimum_paid = Payment(date(2023, 12, 20), fen("1000.00"))
    nearly = Payment(date(2023, 12, 20), fen("999.00"))
    assert charged(LateFee(twentieth, ceiling=fen("20.00"))) == fen("40.00")
    assert charged(LateFee(twentieth, floor=fen("60.00"))) == fen("120.00")
    assert charged(LateFee(twentieth, until=date(2023, 12, 25))) == fen("50.00")
    assert charged(LateFee(twentieth, floor=fen("10.00"), until=date(2023, 12, 31)), minimum_paid) == 0
    assert charged(LateFee(twentieth, floor=fen("10.00"), until=date(2023, 12, 31)), nearly) == fen("10.00")


@pytest.mark.parametrize(
    ("rounding", "interest"),
    # 5.00; 10,005.00 x 0.05 % = 5.0025; 10,010.00 x 0.05 % = 5.005
    [(Rounding.HALF_UP, "15.01"), (Rounding.HALF_EVEN, "15.00"), (Rounding.DOWN, "15.00")],
)
def test_daily_compounding(rounding: Rounding, interest: str) -> None:
    debt = owing("10000.00", compounding=Compounding.DAILY, rhythm=Rhythm.DAY, rounding=rounding)
    assert after(debt, 3).penalty_interest == fen(interest)


# --- published bills that differ only by convention ---------------------------------------------------------


def bills() -> list[dict[str, str]]:
    with BILLS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("bill", bills(), ids=lambda bill: bill["example"])
def test_published_card_bill(bill: dict[str, str]) -> None:
    """The day of posting counts; a payment goes to what was bought, as its interest is not billed yet."""
    rows = (row.split("*") for row in bill["arithmetic"].split("+"))
    by_hand = sum((Decimal(base) * Decimal(days) for base, days in rows), Decimal(0)) * Decimal("0.0005")
    assert by_hand.quantize(Decimal("0.01"), ROUND_HALF_UP) == Decimal(bill["interest"])

    posted, looked_at = date.fromisoformat(bill["posted"]), date.fromisoformat(bill["looked_at"])
    debt = owing(
        bill["amount"],
        as_of=posted,
        statement_day=int(bill["statement_day"]),
        first_day_counts=True,
        last_day_counts=bill["last_day_counts"] == "yes",
        payment_day=PaymentDay(bill["payment_day"]),
        rhythm=Rhythm.CARRIED,
        order=Order.CONTRACT,
        contract_order=PRINCIPAL_FIRST,
    )
    paid = Payment(date.fromisoformat(bill["paid_on"]), fen(bill["paid"]))
    found = after(debt, (looked_at - posted).days, paid)
    assert found.principal == fen(bill["amount"]) - fen(bill["paid"])
    assert found.penalty_interest == fen(bill["interest"]), bill["source"]


# --- base, freeze, change of rate ---------------------------------------------------------------------------


def test_base_is_the_principal_or_the_whole_bill() -> None:
    """Ten days on 10,000.00, or on 10,100.00 with the interest already billed; fees bear nothing."""
    for base, interest in ((Base.PRINCIPAL, "50.00"), (Base.WHOLE_BILL, "50.50")):
        found = after(owing("10000.00", interest="100.00", fees="30.00", base=base), 10)
        assert found.penalty_interest == fen(interest)


def test_frozen_days_bear_nothing() -> None:
    """Thirty days less ten, the first and the last included: 20 x 5.00."""
    freeze = Freeze(date(2023, 12, 1), date(2023, 12, 10))
    again = Freeze(date(2023, 12, 5), date(2023, 12, 10))
    assert after(owing("10000.00"), 30, freezes=(freeze,)).penalty_interest == fen("100.00")
    assert after(owing("10000.00"), 30, freezes=(again, freeze)).penalty_interest == fen("100.00")


def test_a_new_rate_holds_from_its_day() -> None:
    """25 November to 3 December at 0.05 %, the 4th to the 14th at 0.075 %: 9 x 5.00 + 11 x 7.50."""
    penalty = Rate(Fraction(75, 100_000), Period.DAY)
    debt = owing("10000.00", rates=(DatedRate(None, FIVE), DatedRate(date(2023, 12, 4), penalty)))
    assert after(debt, 20).penalty_interest == fen("127.50")


def test_what_is_overpaid_is_credit() -> None:
    """10,000.00 and 5.00 of interest against 10,100.00."""
    found = after(owing("10000.00"), 30, Payment(date(2023, 11, 25), fen("10100.00")))
    assert (found.total, found.credit) == (0, fen("95.00"))


# --- the 24 % test in plain arithmetic ---------------------------------------------------------


@pytest.mark.parametrize(
    ("rate", "interest", "above"),
    [
        (Rate(Fraction(24, 100), Period.YEAR), "7200.00", "0.00"),
        (Rate(Fraction(4, 10_000) * Fraction(3, 2), Period.DAY), "6570.00", "0.00"),
        (Rate(Fraction(5, 10_000) * Fraction(3, 2), Period.DAY), "8212.50", "1012.50"),
    ],
)
def test_interest_against_24_percent(rate: Rate, interest: str, above: str) -> None:
    def over_three_years(rate: Rate) -> Fraction:
        end = START + timedelta(days=1095)
        return accrued_interest(fen("10000.00"), rate, START, end, year=YearBasis.DAYS_365)

    ceiling = over_three_years(Rate(Fraction(24, 100), Period.YEAR))
    found = over_three_years(rate)
    assert found == fen(interest)
    assert max(Fraction(0), found - ceiling) == fen(above)
