"""Lines of bills made column by column are the lines made one by one."""

from dataclasses import fields
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debtdesk.core.bills import BillLine, Flow, lines_by_column

NAMES = [f.name for f in fields(BillLine)]
TEXT = st.text(max_size=5)
LINE = st.builds(
    BillLine,
    row=st.integers(1, 10**6),
    when=st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)),
    amount=st.integers(0, 10**13),
    flow=st.sampled_from(Flow),
    refunded=st.integers(0, 10**13),
    fee=st.integers(0, 10**13),
    **{name: TEXT for name in NAMES if name not in ("row", "when", "amount", "flow", "refunded", "fee")},
)


def columns(lines: list[BillLine]) -> dict[str, list[Any]]:
    return {name: [getattr(line, name) for line in lines] for name in NAMES}


@given(st.lists(LINE, max_size=5))
def test_lines_by_column_are_the_lines(lines: list[BillLine]) -> None:
    made = lines_by_column(len(lines), **columns(lines))
    assert list(made) == lines
    assert [hash(line) for line in made] == [hash(line) for line in lines]


@pytest.mark.parametrize(
    "wrong", [{"amount": [-1]}, {"fee": [-1]}, {"refunded": [-5]}, {"party": []}, {"party": ["a", "b"]}, {"more": [1]}]
)
def test_columns_that_do_not_make_lines_are_refused(wrong: dict[str, list[Any]]) -> None:
    one = columns([BillLine(row=1, when=datetime(2026, 5, 1), amount=1, flow=Flow.OUT)])
    with pytest.raises(ValueError, match="must be"):
        lines_by_column(1, **(one | wrong))


def test_a_column_that_is_missing_is_refused() -> None:
    with pytest.raises(ValueError, match="must be"):
        lines_by_column(0, row=[])
