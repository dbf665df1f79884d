"""Payments as a table, and put onto their debts."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debtdesk.core.debt import Payment
from debtdesk.core.problems import Severity
from debtdesk.files.payments import AccountPayment, read_payments, with_payments
from debtdesk.files.reading import Fate, Reading
from debtdesk.files.worked import sample_case

ON = date(2026, 11, 24)
DEBTS = sample_case().debts


def read(*lines: str) -> Reading[AccountPayment]:
    return read_payments("p.csv", "\n".join(("账号,日期,金额,备注", *lines)).encode(), debts=DEBTS, on=ON)


def test_payments_are_read_and_named_as_the_debts_are() -> None:
    reading = read("hb7731,2025-03-01,500,现金", '尾号4417,2025/4/2 14:05,"1,000.50",')
    assert reading.problems == ()
    assert reading.records == (
        AccountPayment("HB-7731", Payment(date(2025, 3, 1), 50_000, "现金")),
        AccountPayment("尾号 4417", Payment(date(2025, 4, 2), 100_050)),
    )


@pytest.mark.parametrize(
    ("line", "field", "problem"),
    [
        ("HB-9,2025-03-01,500,", "账号", "No debt has the account"),
        (",2025-03-01,500,", "账号", "is empty"),
        ("HB-7731,2026-11-25,500,", "日期", "in the future"),
        ("HB-7731,,500,", "日期", "is empty"),
        ("HB-7731,2025-03-01,0,", "金额", "payment is 0"),
        ("HB-7731,2025-03-01,-500,", "金额", "below zero"),
        ("HB-7731,2025-03-01,,", "金额", "is empty"),
    ],
)
def test_a_slip_keeps_the_payment_out(line: str, field: str, problem: str) -> None:
    reading = read(line)
    assert reading.records == ()
    (found,) = reading.errors
    assert (found.field, found.row) == (field, 2)
    assert problem in found.text.in_language("en")


def test_the_same_row_twice_counts_once() -> None:
    reading = read(*["HB-7731,2025-03-01,500,"] * 2, "HB-7731,2025-03-01,500,第二次")
    assert [r.fate for r in reading.rows] == [Fate.USED, Fate.DUPLICATE, Fate.USED]
    assert len(reading.records) == 2
    assert [p.severity for p in reading.problems] == [Severity.WARNING]


def test_without_debts_the_accounts_are_not_checked() -> None:
    reading = read_payments("p.csv", "账号,日期,金额\nX,2025-03-01,5\n".encode(), on=ON)
    assert [r.account for r in reading.records] == ["X"]


def test_the_same_file_twice_adds_nothing() -> None:
    records = read("HB-7731,2025-03-01,500,", "HB-7731,2024-01-02,5,").records
    once = with_payments(DEBTS, records)
    assert [p.day for p in once[0].payments] == [date(2024, 1, 2), date(2024, 6, 18), date(2025, 3, 1)]
    assert with_payments(once, records) == once
    assert once[1:] == DEBTS[1:]


def test_a_payment_for_no_debt_is_misuse() -> None:
    with pytest.raises(ValueError, match="account 'X'"):
        with_payments(DEBTS, [AccountPayment("X", Payment(ON, 1))])


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda t: f"账号,日期,金额\n{t}".encode("utf-8", "replace")))
def test_any_bytes_give_a_reading(content: bytes) -> None:
    assert isinstance(read_payments("p.csv", content, on=ON), Reading)
