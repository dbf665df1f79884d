"""Where a history begins, as three optional columns of the table of debts."""

from datetime import date

import pytest

from debtdesk.core.debt import Balance, Debt
from debtdesk.files.debts import read_debts
from debtdesk.files.reading import Reading

HEAD = "债权人,账号,本金,利率,首次逾期日,截至日,约定来源,原始本金,原始利息,起算日"
ROW = "甲,1,9000,18%/年,2023-12-16,2026-11-21,合同,"


def read(origin: str) -> Reading[Debt]:
    return read_debts("debts.csv", f"{HEAD}\n{ROW}{origin}\n".encode(), on=date(2026, 11, 24))


def test_beginning_is_read() -> None:
    (debt,) = read("10000,186,2023-12-15").records
    assert debt.origin is not None
    assert (debt.origin.principal, debt.origin.interest, debt.origin.as_of) == (1_000_000, 18_600, date(2023, 12, 15))


def test_no_beginning_is_none() -> None:
    result = read(",,")
    assert result.records[0].origin is None
    assert not [p for p in result.problems if p.field in ("原始本金", "起算日")]


@pytest.mark.parametrize(
    ("origin", "field"), [("10000,,", "起算日"), (",,2023-12-15", "原始本金"), (",5,", "原始本金")]
)
def test_half_a_beginning_is_told_and_the_debt_kept(origin: str, field: str) -> None:
    result = read(origin)
    assert len(result.records) == 1 and result.records[0].origin is None
    assert [p.field for p in result.problems if p.text.text.startswith("The history cannot begin")] == [field]


def test_beginning_after_the_balance_is_refused() -> None:
    result = read("10000,,2026-11-22")
    assert result.records == () and "起算日" in [p.field for p in result.problems]


def test_kind_of_a_beginning() -> None:
    assert isinstance(read("10000,,2023-12-15").records[0].origin, Balance)
