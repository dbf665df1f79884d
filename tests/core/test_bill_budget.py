"""A budget drawn from bills; every figure is worked by hand in the comments."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debtdesk.core.bill_budget import BillBudget, budget_from_bills
from debtdesk.core.bill_items import Standing, merge_items, with_items
from debtdesk.core.bill_months import coverage
from debtdesk.core.bill_rules import BillRule
from debtdesk.core.bill_sorting import sort_bills
from debtdesk.core.bills import Bill, BillLine, Channel, Flow
from debtdesk.core.budget import Budget, BudgetItem, Category, Frequency, Kind
from debtdesk.core.terms import Known

from .bill_lines import alipay, bank, bill, wechat

A, W, B = Channel.ALIPAY, Channel.WECHAT, Channel.BANK
ON = date(2026, 11, 24)
HALF_YEAR = "2026-01-01 2026-06-30"


def drawn(*bills: Bill, on: date = ON, rules: tuple[BillRule, ...] = ()) -> BillBudget:
    return budget_from_bills(sort_bills(bills, rules), on=on)


def food(*paid: tuple[str, str]) -> list[BillLine]:
    """Meals at a different place each time, so that no rhythm is found."""
    return [alipay(day, yuan, "餐饮美食", party=f"餐馆{n}") for n, (day, yuan) in enumerate(paid)]


def said(found: BillBudget) -> str:
    return "\n".join(m.in_language("en") for m in found.missing)


# months


@pytest.mark.parametrize(
    ("spans", "on", "whole", "partial"),
    [
        ([(A, "2026-01-01 2026-03-31")], "2026-11-24", "1 2 3", ""),
        ([(A, "2026-01-02 2026-03-30")], "2026-11-24", "2", "1 3"),
        # a month that is not over on the day
        ([(A, "2026-01-01 2026-03-31")], "2026-03-30", "1 2", "3"),
        ([(A, "2026-01-01 2026-03-31")], "2026-03-31", "1 2 3", ""),
        # two exports that touch, and two with a day between them
        ([(A, "2026-01-01 2026-02-10"), (A, "2026-02-11 2026-03-31")], "2026-11-24", "1 2 3", ""),
        ([(A, "2026-01-01 2026-02-10"), (A, "2026-02-12 2026-03-31")], "2026-11-24", "1 3", "2"),
        # every wallet has to cover the month
        ([(A, "2026-01-01 2026-03-31"), (W, "2026-02-01 2026-04-30")], "2026-11-24", "2 3", "1 4"),
        ([(A, "2026-01-01 2026-01-31"), (W, "2026-03-01 2026-03-31")], "2026-11-24", "", "1 3"),
        ([], "2026-11-24", "", ""),
    ],
)
def test_only_whole_months_count(spans: list[tuple[Channel, str]], on: str, whole: str, partial: str) -> None:
    found = coverage([bill(c, span=s) for c, s in spans], on=date.fromisoformat(on))
    assert [m.month for m in found.whole] == [int(m) for m in whole.split()]
    assert [m.month for m in found.partial] == [int(m) for m in partial.split()]


def test_a_bill_without_span_covers_its_lines() -> None:
    found = coverage([bill(A, alipay("01-02", "1", "其他"), alipay("03-31", "1", "其他"))], on=ON)
    assert [m.month for m in found.whole] == [2, 3]


def test_months_left_out_are_said() -> None:
    found = drawn(bill(A, *food(("01-05", "100")), span="2026-01-01 2026-02-10"))
    assert found.months == (date(2026, 1, 1),)
    assert "Left out, because not all bills cover them whole: 2026-02." in said(found)
    nothing = drawn(bill(A, *food(("01-05", "100")), span="2026-01-02 2026-01-20"))
    assert (nothing.items, nothing.recurring, nothing.months) == ((), (), ())
    assert "No month is covered whole" in said(nothing)


# sums and medians


def test_medians_count_months_without_spending_as_nothing() -> None:
    # food by month: 100, 0, 300, 0, 200, 120 -> sorted 0 0 100 120 200 300 -> (100 + 120) / 2 = 110.00
    lines = food(("01-05", "100"), ("03-05", "300"), ("05-05", "150"), ("05-20", "50"), ("06-01", "120"))
    found = drawn(bill(A, *lines, span=HALF_YEAR))
    assert found.by_category[Category.FOOD] == (10000, 0, 30000, 0, 20000, 12000)
    (item,) = (p.item() for p in found.items)
    assert (item.amount, item.category, item.frequency, item.essential, item.known) == (
        11000, Category.FOOD, Frequency.MONTHLY, True, Known.SEEN,
    )  # fmt: skip
    note = found.items[0].note.in_language("en")
    assert note == "median of 6 months, from 0.00 to 300.00 yuan; bills alipay.csv, 2026-01 to 2026-06"


def test_refunds_are_taken_off_in_the_month_of_the_order() -> None:
    order = alipay("01-30", "100", "餐饮美食", order="X")
    back = alipay("02-02", "30", "退款", Flow.NEUTRAL, status="退款成功", order="X_1")
    found = drawn(bill(A, order, back, span="2026-01-01 2026-02-28"))
    assert found.by_category[Category.FOOD] == (7000, 0)


def test_spending_that_can_be_done_without_is_proposed_apart() -> None:
    lines = [alipay(f"0{m}-0{m}", "200", "教育培训", party=f"学校{m}") for m in (1, 2, 3)]
    lines += [alipay(f"0{m}-1{m}", "50", "文化休闲", party=f"影城{m}") for m in (1, 2, 3)]
    found = drawn(bill(A, *lines, span="2026-01-01 2026-03-31"))
    assert [(p.category, p.essential, p.amount) for p in found.items] == [
        (Category.EDUCATION, True, 20000),
        (Category.EDUCATION, False, 5000),
    ]


def test_a_spike_is_set_aside_and_shown() -> None:
    # food by month 400, 450, 1,400 + 300, 380: the median with all of it is (400 + 450) / 2 = 425; twice that is 850;
    # 1,400 is above 850 and above 500 and set aside; 300 is not. Without it 300, 380, 400, 450 -> (380 + 400) / 2 = 390
    lines = food(("01-05", "400"), ("02-11", "450"), ("03-07", "1400"), ("03-20", "300"), ("04-02", "380"))
    found = drawn(bill(A, *lines, span="2026-01-01 2026-04-30"))
    (spike,) = found.spikes
    assert (spike.amount, spike.usual, spike.day, spike.party) == (140000, 42500, date(2026, 3, 7), "餐馆2")
    assert [p.amount for p in found.items] == [39000]
    assert found.by_category[Category.FOOD] == (40000, 45000, 170000, 38000)


@pytest.mark.parametrize(("yuan", "spikes"), [("500", 0), ("500.01", 1)])
def test_below_the_floor_nothing_is_a_spike(yuan: str, spikes: int) -> None:
    # a category with nothing in most months has a median of 0: the floor of 500 yuan alone decides
    found = drawn(bill(A, alipay("02-05", yuan, "医疗健康"), span=HALF_YEAR))
    assert len(found.spikes) == spikes


def test_recurring_payments_are_proposed_by_themselves() -> None:
    rent = [alipay(f"0{m}-03", "1150", "住房物业", party="某公寓") for m in range(1, 7)]
    water = [alipay(f"0{m}-2{m}", yuan, "住房物业", party="水务") for m, yuan in ((1, "40"), (3, "70"), (5, "120"))]
    found = drawn(bill(A, *rent, *water, span=HALF_YEAR))
    rent_item, *rest = found.items
    assert (rent_item.item().name, rent_item.amount, rent_item.frequency) == ("某公寓", 115000, Frequency.MONTHLY)
    # the water of 40, 0, 70, 0, 120, 0 has a median of 20
    assert [(p.category, p.amount) for p in rest] == [(Category.HOUSING, 2000)]
    assert found.by_category[Category.HOUSING][0] == 119000


def test_a_quarterly_rent_is_no_spike() -> None:
    rent = [alipay(day, "3450", "住房物业", party="某公寓") for day in ("2025-09-05", "2025-12-05", "2026-03-05")]
    found = drawn(bill(A, *rent, span="2025-08-01 2026-04-30"))
    assert found.spikes == ()
    assert [(p.amount, p.frequency) for p in found.items] == [(345000, Frequency.QUARTERLY)]


def test_what_lapsed_is_asked_and_not_proposed() -> None:
    rent = [alipay(f"0{m}-03", "1150", "住房物业", party="旧公寓") for m in (1, 2, 3)]
    found = drawn(bill(A, *rent, span=HALF_YEAR))
    assert [r.lapsed for r in found.recurring] == [True]
    assert found.items == ()
    assert "旧公寓, 1,150.00 yuan, came again and again until 2026-03-03" in said(found)


def test_income_with_and_without_rhythm() -> None:
    wage = [alipay(f"0{m}-10", "4300", "收入", Flow.IN, party="某物流") for m in range(1, 7)]
    odd = [alipay(day, yuan, "收入", Flow.IN, party="某民宿") for day, yuan in (("02-02", "500"), ("02-09", "300"))]
    odd += [
        alipay(f"0{m}-28", yuan, "收入", Flow.IN, party="某茶园") for m, yuan in ((3, "900"), (4, "200"), (6, "400"))
    ]
    found = drawn(bill(A, *wage, *odd, span=HALF_YEAR))
    # 0, 800, 900, 200, 0, 400 -> sorted 0 0 200 400 800 900 -> 300
    assert found.irregular_income == (0, 80000, 90000, 20000, 0, 40000)
    assert found.income[1] == 510000
    assert [(p.kind, p.amount, p.frequency) for p in found.items] == [
        (Kind.INCOME, 430000, Frequency.MONTHLY),
        (Kind.INCOME, 30000, Frequency.MONTHLY),
    ]


def test_debt_service_is_shown_by_creditor_and_kept_apart() -> None:
    lines = [
        alipay(f"0{m}-15", yuan, "信用借还", Flow.NEUTRAL, item="花呗还款") for m, yuan in ((1, "300"), (3, "500"))
    ]
    lines.append(alipay("02-20", "1200", "信用借还", Flow.NEUTRAL, item="招商银行信用卡(4417)还款"))
    found = drawn(bill(A, *lines, span="2026-01-01 2026-03-31"))
    assert [(s.product, s.tail, s.by_month, s.median) for s in found.debt_service] == [
        ("huabei", "", (30000, 0, 50000), 30000),
        ("credit_card", "4417", (0, 120000, 0), 0),
    ]
    assert found.items == ()
    assert [(p.name, p.category, p.amount) for p in found.debt_items] == [("花呗", Category.DEBT_SERVICE, 30000)]


# what is missing


@pytest.mark.parametrize(
    "asked",
    [
        "No rent or housing costs were seen",
        "Nothing was seen for health care",
        "No income was seen",
        "No bill of WeChat Pay is here",
        "Paid from 招商银行(1234), whose statement is not here",
        "Cash drawn 2 times, 700.00 yuan in all",
        "1 lines of money out, 88.00 yuan, are not settled yet",
        "1 lines of money in, 66.00 yuan, are not settled yet",
        "1 refunds, 5.00 yuan, belong to no order here",
    ],
)
def test_what_bills_do_not_show_is_asked(asked: str) -> None:
    lines = [
        alipay("01-05", "100", "餐饮美食", method="招商银行(1234)&红包"),
        alipay("01-06", "88", "转账红包"),
        alipay("01-07", "66", "转账红包", Flow.IN),
        alipay("01-08", "5", "退款", Flow.NEUTRAL, status="退款成功"),
    ]
    cash = [bank("01-09", "500", "ATM取款"), bank("01-19", "200", "ATM取款")]
    january = "2026-01-01 2026-01-31"
    assert asked in said(drawn(bill(A, *lines, span=january), bill(B, *cash, span=january)))


def test_a_card_whose_statement_agrees_is_not_asked_for() -> None:
    january = "2026-01-01 2026-01-31"
    wallet = bill(A, alipay("01-05", "100", "餐饮美食", method="招商银行(1234)"), span=january)
    card = bill(B, bank("01-05", "100", "消费", party="支付宝"), span=january)
    assert "whose statement" not in said(drawn(wallet, card))
    assert "whose statement" in said(drawn(wallet))


# beside what the counselor typed


def rent_budget() -> BillBudget:
    return drawn(
        bill(
            A,
            *(alipay(f"0{m}-03", "1150", "住房物业", party="某公寓") for m in (1, 2, 3)),
            span="2026-01-01 2026-03-31",
        )
    )


TYPED = BudgetItem(
    name="某公寓", kind=Kind.EXPENSE, category=Category.HOUSING, amount=115000, essential=True, note="合同第3页"
)


@pytest.mark.parametrize(
    ("typed", "standing"),
    [
        (TYPED, Standing.SAME),
        (replace(TYPED, amount=110000), Standing.CHANGED),
        (replace(TYPED, frequency=Frequency.QUARTERLY), Standing.CHANGED),
        (replace(TYPED, name="房租"), Standing.NEW),
        (replace(TYPED, category=Category.OTHER), Standing.NEW),
    ],
)
def test_a_proposed_item_is_new_changed_or_the_same(typed: BudgetItem, standing: Standing) -> None:
    (row,) = merge_items(Budget(items=(typed,)), rent_budget().items)
    assert row.standing is standing
    assert (row.existing == typed) is (standing is not Standing.NEW)
    # another name in the same category may be the same rent: it is shown beside it
    assert row.beside == ((typed,) if typed.name == "房租" else ())


def test_nothing_typed_changes_until_it_is_taken() -> None:
    typed = replace(TYPED, amount=110000, start=date(2026, 1, 1), essential=False)
    budget = Budget(items=(typed,), persons=3)
    rows = merge_items(budget, rent_budget().items)
    assert with_items(budget, ()) == budget
    (taken,) = with_items(budget, rows).items
    assert (taken.amount, taken.known, taken.start, taken.essential) == (115000, Known.SEEN, date(2026, 1, 1), False)
    again = with_items(budget, rows)
    assert [r.standing for r in merge_items(again, rent_budget().items)] == [Standing.SAME]
    assert with_items(again, merge_items(again, rent_budget().items)) == again


def test_an_item_is_known_again_in_the_other_language() -> None:
    found = drawn(bill(A, *food(("01-05", "100")), span="2026-01-01 2026-01-31"))
    (proposed,) = found.items
    for language in ("zh", "en"):
        taken = replace(proposed.item(), name=proposed.name.in_language(language))  # type: ignore[union-attr]
        assert [r.standing for r in merge_items(Budget(items=(taken,)), found.items)] == [Standing.SAME]


def test_the_table_has_one_row_a_month() -> None:
    table = drawn(bill(A, *food(("01-05", "100"), ("02-05", "80")), span="2026-01-01 2026-02-28")).table()
    assert list(table["food"]) == [100.0, 80.0]
    assert len(table) == 2


@settings(deadline=None, max_examples=80)
@given(
    st.lists(
        st.tuples(
            st.dates(date(2026, 1, 1), date(2026, 4, 30)),
            st.integers(1, 300_000),
            st.sampled_from(["餐饮美食", "住房物业", "医疗健康", "文化休闲", "其他"]),
            st.sampled_from(["甲", "乙", "丙"]),
        ),
        max_size=25,
    )
)
def test_what_was_spent_is_all_in_the_months(paid: list[tuple[date, int, str, str]]) -> None:
    lines = [replace(alipay(day.isoformat(), "0", kind, party=party), amount=fen) for day, fen, kind, party in paid]
    found = drawn(bill(A, *lines, span="2026-01-01 2026-03-31"))
    inside = [fen for day, fen, _, _ in paid if day.month <= 3]
    assert sum(sum(months) for months in found.by_category.values()) == sum(inside)
    places = {(r.day, r.amount) for r in found.spikes}
    steady = sum(1 for r in found.recurring for d in r.days if d.month <= 3)
    rest = sum(sum(months) for months in found.rest.values())
    assert rest <= sum(inside) - sum(amount for _, amount in places)
    assert (rest < sum(inside)) is bool(places or steady)
    assert all(p.amount > 0 for p in found.items)


def test_wechat_alone_is_enough() -> None:
    lines = [wechat(f"0{m}-05", "100", "商户消费", party=f"餐馆{m}") for m in (1, 2, 3)]
    assert [p.amount for p in drawn(bill(W, *lines, span="2026-01-01 2026-03-31")).items] == [10000]
