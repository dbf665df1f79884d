"""Allocation: the orders side by side; expected values by hand."""

from dataclasses import replace
from datetime import date

import pytest

from debtdesk.core.allocation import OrderName, applied, coming_payments, orders_of, past_payments
from debtdesk.core.debt import Balance, Debt, Payment
from debtdesk.core.rates import parse_rate
from debtdesk.core.terms import COSTS_FIRST, INTEREST_FIRST, PRINCIPAL_FIRST, DatedRate, Order, Part, Terms

DAY = date(2026, 11, 24)
OWED = Balance(principal=1_000_000, interest=547_500, fees=5_000, as_of=DAY)


def debt(order: Order = Order.CIVIL_CODE_561, *paid: Payment) -> Debt:
    """10,000.00 principal, 5,475.00 interest and 50.00 fees, at 0.05 % a day."""
    terms = Terms(rates=(DatedRate(None, parse_rate("0.05%/日")),), order=order)
    return Debt(
        account="1",
        creditor="甲",
        lender="甲",
        product="credit_card",
        balance=OWED,
        terms=terms,
        default_date=date(2023, 11, 24),
        payments=paid,
    )


@pytest.mark.parametrize(
    ("order", "principal", "interest", "fees"),
    [
        # one payment of 1,000.00: Civil Code 561; 银监会令2011年第2号 art. 57 up to day 90, and from day 91
        (COSTS_FIRST, 0, 95_000, 5_000),
        (INTEREST_FIRST, 0, 100_000, 0),
        (PRINCIPAL_FIRST, 100_000, 0, 0),
    ],
)
def test_one_payment_of_1000_goes_where_the_order_says(
    order: tuple[Part, ...], principal: int, interest: int, fees: int
) -> None:
    found = applied(OWED, 100_000, order)
    assert found == {Part.PRINCIPAL: principal, Part.INTEREST: interest, Part.PENALTY_INTEREST: 0, Part.FEES: fees}


def test_principal_first_saves_the_interest_on_what_was_paid() -> None:
    # 12 payments of 1,000.00 on the 24th: under 561 the first 5,525.00 leave the principal alone
    found = coming_payments(debt(), 100_000, on=DAY)
    rows = {r.order: r for r in found.rows}
    assert (found.first, found.last, len(found.payments)) == (DAY, date(2027, 11, 24), 12)
    # by hand, principal first: principal falls by 1,000 a month from 10,000 to nothing in ten months. A day bears
    # 0.05 % of it, the day of a payment included: 5.00 x 30 days (to 12-24), 4.50 x 31, 4.00 x 31, 3.50 x 28,
    # 3.00 x 31, 2.50 x 30, 2.00 x 31, 1.50 x 30, 1.00 x 31, 0.50 x 31
    bears = 500 * 30 + 450 * 31 + 400 * 31 + 350 * 28 + 300 * 31 + 250 * 30 + 200 * 31 + 150 * 30 + 100 * 31 + 50 * 31
    assert rows[OrderName.CARD_FROM_DAY_91].balance.total == 1_552_500 + bears - 1_200_000
    assert rows[OrderName.CARD_FROM_DAY_91].difference < 0 == rows[OrderName.CIVIL_CODE_561].difference


def test_a_payment_since_the_balance_is_played_under_each_order() -> None:
    # 1,000.00 on 2026-12-24, looked at 30 days after: principal first spares 30 days of 0.50
    paid = debt(Order.CIVIL_CODE_561, Payment(date(2026, 12, 24), 100_000))
    found = past_payments(paid, on=date(2027, 1, 23))
    assert found is not None
    assert {r.order: r.difference for r in found.rows} == {
        OrderName.CIVIL_CODE_561: 0,
        OrderName.CARD_TO_DAY_90: 0,
        OrderName.CARD_FROM_DAY_91: -1_500,
    }
    assert found.spread == 1_500


def test_without_a_payment_there_is_nothing_to_compare() -> None:
    assert past_payments(debt(), on=date(2027, 1, 23)) is None
    before = debt(Order.CARD, Payment(date(2026, 11, 1), 100_000))  # inside the figures of the balance already
    assert past_payments(before, on=date(2027, 1, 23)) is None


def test_the_cards_own_order_is_the_one_from_day_91_when_long_overdue() -> None:
    found = coming_payments(debt(Order.CARD), 50_000, on=DAY)
    assert {r.order: r.difference for r in found.rows}[OrderName.CARD_FROM_DAY_91] == 0


def test_a_contract_with_an_order_of_its_own_is_a_row_too() -> None:
    own = replace(debt(), terms=replace(debt().terms, order=Order.CONTRACT, contract_order=PRINCIPAL_FIRST))
    assert orders_of(own)[OrderName.CONTRACT] == PRINCIPAL_FIRST and OrderName.CONTRACT not in orders_of(debt())
    assert coming_payments(own, 50_000, on=DAY).rows[-1].difference == 0


def test_what_is_paid_too_much_counts_as_credit() -> None:
    found = coming_payments(debt(), 10_000_000, on=DAY, months=1)
    assert {r.balance.total for r in found.rows} == {0} and found.spread == 0


def test_the_table_shows_each_part_and_the_difference() -> None:
    table = coming_payments(debt(), 100_000, on=DAY, months=1).columns()
    assert table["order"] == ["civil_code_561", "card_to_day_90", "card_from_day_91"]
    assert table["fees"] == [0.0, 50.0, 50.0] and table["principal"] == [10_000.0, 10_000.0, 9_000.0]
