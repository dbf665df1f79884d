"""Lines of bills as short texts: nothing is lost, nothing is guessed on the way back."""

from __future__ import annotations

from datetime import datetime

import pytest

from debtdesk.core.bill_text import line_of, text_of
from debtdesk.core.bills import Bill, BillLine, Channel, Flow
from debtdesk.core.plain import from_plain, to_plain

LINE = BillLine(
    row=27,
    when=datetime(2026, 5, 3, 12, 30, 5),
    amount=2816,
    flow=Flow.OUT,
    kind="商户消费",
    party="甲|乙\\丙",
    order="42",
)


def test_a_line_is_its_values_with_bars_between() -> None:
    text = text_of(LINE)
    assert text == "27|2026-05-03T12:30:05|out|2816|商户消费|甲\\|乙\\\\丙||||42"
    assert line_of(text) == LINE


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "4 to 16 values, not 1"),
        ("1|2026-05-03T00:00:00|out", "not 3"),
        ("1|2026-05-03T00:00:00|out|1" + "|x" * 13, "not 17"),
        ("x|2026-05-03T00:00:00|out|1", "row 'x' is not a whole number"),
        ("1|2026-05-03T00:00:00|out|-1", "amount '-1' is not a whole number"),
        ("1|2026-05-03T00:00:00|out|1.5", "amount '1.5' is not a whole number"),
        ("1|2026-05-03T00:00:00|out|１", "amount '１' is not a whole number"),
        ("1|2026-05-03|out|1", "when '2026-05-03' is not a time"),
        ("1|2026-05-03T00:00:00+08:00|out|1", "is not a time"),
        ("1|2026-02-30T00:00:00|out|1", "is not a time"),
        ("1|2026-05-03T00:00:00|away|1", "flow 'away' is not one of"),
        ("1|2026-05-03T00:00:00|out|1|\\", "ends in a backslash"),
    ],
)
def test_a_damaged_line_is_refused(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        line_of(text)


def test_a_damaged_line_of_a_case_names_its_place() -> None:
    plain = to_plain(Bill(channel=Channel.ALIPAY, source="a.csv", digest="d", lines=(LINE, LINE)))
    assert from_plain(Bill, plain).lines == (LINE, LINE)
    for wrong, why in ((5, "5 is not a line of a bill"), ("1|2026-05-03T00:00:00|out|x", "amount 'x'")):
        with pytest.raises(ValueError, match=r"lines\[1\]: ") as error:
            from_plain(Bill, plain | {"lines": [plain["lines"][0], wrong]})
        assert why in str(error.value)
