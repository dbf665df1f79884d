"""Payments that come again; days and amounts are worked by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debtdesk.core.bill_fates import BillFate
from debtdesk.core.bill_sorting import sort_bills
from debtdesk.core.bills import Channel, Flow
from debtdesk.core.budget import Frequency
from debtdesk.core.recurring import Recurring, median, next_day, recurring_payments, rhythm_of

from .bill_lines import alipay, bill


def found(*paid: tuple[str, str], until: str = "2026-06-30", kind: str = "住房物业") -> tuple[Recurring, ...]:
    lines = [alipay(day, yuan, kind, party="某公寓") for day, yuan in paid]
    return recurring_payments(sort_bills([bill(Channel.ALIPAY, *lines)]).lines, until=date.fromisoformat(until))


def days(*texts: str) -> list[date]:
    return [date.fromisoformat(t) for t in texts]


@pytest.mark.parametrize(
    ("given", "rhythm"),
    [
        (("2026-01-05", "2026-02-05", "2026-03-05"), Frequency.MONTHLY),  # 31 and 28 days
        (("2026-01-30", "2026-02-27", "2026-03-30"), Frequency.MONTHLY),
        (("2026-01-05", "2026-02-05"), None),  # seen twice only
        (("2026-01-05", "2026-02-05", "2026-04-05"), None),  # March is missing
        (("2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26"), Frequency.WEEKLY),
        (("2026-01-05", "2026-01-12", "2026-01-19"), None),
        (("2025-09-10", "2025-12-10", "2026-03-10"), Frequency.QUARTERLY),  # 91 and 90 days
        (("2025-03-01", "2026-03-01"), Frequency.YEARLY),  # 365 days
        (("2026-01-05", "2026-01-05", "2026-01-05"), None),
        (("2026-01-05",), None),
    ],
)
def test_a_rhythm_allows_no_gap(given: tuple[str, ...], rhythm: Frequency | None) -> None:
    assert rhythm_of(days(*given)) is rhythm


@pytest.mark.parametrize(
    ("given", "rhythm", "expected"),
    [
        (("2026-01-05", "2026-02-05", "2026-03-05"), Frequency.MONTHLY, "2026-04-05"),
        # the usual day is the 31st: April has none
        (("2026-01-31", "2026-02-28", "2026-03-31"), Frequency.MONTHLY, "2026-04-30"),
        # drawn forward to Friday 30 January instead of 1 February: the next one is 1 March
        (("2025-12-01", "2026-01-01", "2026-01-30"), Frequency.MONTHLY, "2026-03-01"),
        (("2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26"), Frequency.WEEKLY, "2026-02-02"),
        (("2025-09-10", "2025-12-10", "2026-03-10"), Frequency.QUARTERLY, "2026-06-10"),
        (("2025-03-01", "2026-03-01"), Frequency.YEARLY, "2027-03-01"),
    ],
)
def test_the_next_day_is_the_usual_one(given: tuple[str, ...], rhythm: Frequency, expected: str) -> None:
    assert next_day(days(*given), rhythm) == date.fromisoformat(expected)


def test_a_rent_is_found_with_its_amount_and_next_day() -> None:
    (rent,) = found(("04-03", "1150"), ("05-03", "1150"), ("06-03", "1180"))
    assert (rent.party, rent.rhythm, rent.amount, rent.least, rent.most) == (
        "某公寓", Frequency.MONTHLY, 115000, 115000, 118000,
    )  # fmt: skip
    assert (rent.expected, rent.essential, rent.lapsed, rent.fate) == (date(2026, 7, 3), True, False, BillFate.SPENDING)


def test_amounts_further_apart_than_a_fifth_are_not_the_same_payment() -> None:
    # 1,150 x 1.2 = 1,380: 1,380 still belongs, 1,380.01 does not
    assert len(found(("04-03", "1150"), ("05-03", "1150"), ("06-03", "1380"))) == 1
    assert found(("04-03", "1150"), ("05-03", "1150"), ("06-03", "1380.01")) == ()


def test_water_and_rent_of_one_landlord_stay_apart() -> None:
    (rent,) = found(
        ("04-03", "1150"), ("05-03", "1150"), ("06-03", "1150"), ("04-20", "61"), ("05-28", "48"), ("06-01", "55")
    )
    assert (rent.amount, len(rent.places)) == (115000, 3)


def test_some_of_many_visits_are_no_rhythm() -> None:
    # three of seven purchases cost about the same and lie a month apart: chance, not a rhythm
    steady = (("04-03", "50"), ("05-03", "50"), ("06-03", "50"))
    others = (("04-10", "12"), ("04-21", "80"), ("05-09", "150"), ("06-20", "31"))
    assert found(*steady, *others) == ()
    assert len(found(*steady, *others[:3])) == 1


def test_what_did_not_come_again_has_lapsed() -> None:
    # last on 03-03, at most 37 days apart: by 04-09 it is still awaited, by 04-10 it is not
    paid = (("01-03", "1150"), ("02-03", "1150"), ("03-03", "1150"))
    assert [found(*paid, until=f"2026-04-{day}")[0].lapsed for day in ("09", "10")] == [False, True]


def test_what_came_back_does_not_recur() -> None:
    lines = [alipay(f"0{m}-03", "30", "文化休闲", party="某会员", refunded=3000) for m in (1, 2, 3)]
    assert recurring_payments(sort_bills([bill(Channel.ALIPAY, *lines)]).lines, until=date(2026, 3, 31)) == ()


def test_wages_and_repayments_recur_too() -> None:
    lines = [alipay(f"0{m}-10", "4300", "收入", Flow.IN, party="某物流") for m in (1, 2, 3)]
    lines += [alipay(f"0{m}-15", "300", "信用借还", Flow.NEUTRAL, item="花呗还款") for m in (1, 2, 3)]
    wage, huabei = recurring_payments(sort_bills([bill(Channel.ALIPAY, *lines)]).lines, until=date(2026, 3, 31))
    assert (wage.fate, wage.amount) == (BillFate.INCOME, 430000)
    assert (huabei.fate, huabei.party) == (BillFate.DEBT_SERVICE, "huabei")


@pytest.mark.parametrize(("amounts", "middle"), [((3, 1, 2), 2), ((1, 2), 2), ((0, 0, 9, 1), 1), ((5,), 5)])
def test_the_median_is_the_middle_half_up(amounts: tuple[int, ...], middle: int) -> None:
    assert median(amounts) == middle


@given(st.lists(st.dates(date(2026, 1, 1), date(2027, 12, 31)), min_size=2, max_size=6))
def test_the_next_day_lies_behind_the_last(seen: list[date]) -> None:
    for rhythm in (Frequency.WEEKLY, Frequency.MONTHLY, Frequency.QUARTERLY, Frequency.YEARLY):
        assert timedelta(0) < next_day(sorted(seen), rhythm) - max(seen) < timedelta(days=400)
