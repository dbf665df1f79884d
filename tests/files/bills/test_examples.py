"""The example bills: figures of examples/README.md, added up there by the csv module, and one payment in two bills."""

from collections import Counter
from pathlib import Path

import pytest

from debtdesk.core.bills import Channel, Flow
from debtdesk.files.bills import BillReading, read_bill, suggest_mapping

FOLDER = Path(__file__).parents[3] / "examples" / "bills"


def read(name: str) -> BillReading:
    return read_bill(FOLDER / name, mapping=suggest_mapping(FOLDER / name) if name == "bank.csv" else None)


@pytest.mark.parametrize(
    ("name", "channel", "lines", "into", "out", "neither"),
    [
        ("alipay.csv", Channel.ALIPAY, 143, 600_00, 15_769_24, 7_233_85),
        ("wechat.xlsx", Channel.WECHAT, 40, 1_666_00, 1_836_30, 500_50),
        ("bank.csv", Channel.BANK, 72, 33_310_67, 26_334_19, 0),
    ],
)
def test_the_examples_come_to_what_is_written(
    name: str, channel: Channel, lines: int, into: int, out: int, neither: int
) -> None:
    reading = read(name)
    assert reading.problems == () and reading.channel is channel and len(reading.records) == lines
    assert [reading.total(flow) for flow in (Flow.IN, Flow.OUT, Flow.NEUTRAL)] == [into, out, neither]


@pytest.mark.parametrize(("name", "party"), [("alipay.csv", "支付宝"), ("wechat.xlsx", "财付通")])
def test_what_a_wallet_took_from_the_card_stands_in_the_statement(name: str, party: str) -> None:
    wallet = Counter((line.day, line.amount) for line in read(name).records if "储蓄卡(6601)" in line.method)
    bank = [x for x in read("bank.csv").records if x.party.startswith(party) and x.flow is Flow.OUT]
    assert Counter((line.day, line.amount) for line in bank) == wallet


def test_the_spending_by_huabei_is_what_the_next_month_repays() -> None:
    lines = read("alipay.csv").records
    bought = Counter[int]()
    for line in lines:
        if line.method == "花呗":
            bought[line.when.month] += -line.amount if line.kind == "退款" else line.amount
    repaid = {line.when.month: line.amount for line in lines if line.kind == "信用借还"}
    assert {month: repaid[month] for month in range(6, 11)} == {month: bought[month - 1] for month in range(6, 11)}
