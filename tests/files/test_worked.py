"""The worked case: every figure of a creditor follows from its conventions, but one."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest

from debtdesk.core.capacity import capacity
from debtdesk.core.chain import Standing, chain_problems, entitlement
from debtdesk.core.comparison import compare
from debtdesk.core.debt import Balance, Debt
from debtdesk.core.interest import accrued_interest
from debtdesk.core.limitation import limitation
from debtdesk.core.projection import project
from debtdesk.core.proposal import Role
from debtdesk.core.terms import Compounding, Known
from debtdesk.files.budget import read_budget
from debtdesk.files.debts import read_debts
from debtdesk.files.payments import read_payments
from debtdesk.files.worked import DAY, WORKED, sample_case, worked_folder

HUABEI, JIEBEI, BANK_LOAN, CARD = sample_case().debts


def test_the_files_of_the_worked_case_read_without_a_word() -> None:
    folder = worked_folder()
    assert read_debts(folder / "debts.xlsx", on=DAY).problems == ()
    assert read_budget(folder / "budget.csv").problems == ()
    assert read_payments(folder / "payments.csv", on=DAY).problems == ()


def test_the_worked_case_is_on_a_fixed_day() -> None:
    case = sample_case()
    assert (case.reference, case.client, case.day) == (WORKED, "张**", date(2026, 11, 24))
    # 19,067.80 + 24,915.00 + 15,320.60 + 24,225.95
    assert sum(d.balance.total for d in case.debts) == 8_352_935
    assert {d.creditor for d in case.debts} == {
        "重庆蚂蚁消费金融有限公司",
        "南江惠民银行（虚构）",
        "云岚银行信用卡中心（虚构）",
    }
    assert [d.terms.known for d in case.debts] == [Known.SEEN, Known.TOLD, Known.SEEN, Known.SEEN]
    assert [(p.day, p.amount) for d in case.debts for p in d.payments] == [
        (date(2024, 6, 18), 50_000),
        (date(2024, 9, 15), 100_000),
    ]


@pytest.mark.parametrize(
    ("debt", "due", "days", "a_day", "paid", "said"),
    [
        # by hand, see examples/README.md
        (HUABEI, date(2023, 11, 10), 1106, "6.30", "500.00", "6467.80"),
        (JIEBEI, date(2023, 12, 5), 1081, "9.00", "0", "9729.00"),
        (BANK_LOAN, date(2023, 12, 15), 1072, "4.50", "0", "4824.00"),
    ],
)
def test_penalty_interest_by_hand(debt: Debt, due: date, days: int, a_day: str, paid: str, said: str) -> None:
    assert (debt.balance.as_of - due).days == days
    assert (debt.default_date - due).days == 1
    assert days * Decimal(a_day) - Decimal(paid) == Decimal(said)
    borne = accrued_interest(
        debt.balance.principal, debt.terms.rates[0].rate, due, debt.balance.as_of, year=debt.terms.year
    )
    assert borne == Fraction(Decimal(said) + Decimal(paid)) * 100


def test_the_creditors_figures_are_ours_except_that_of_the_bank_loan() -> None:
    assert HUABEI.balance.penalty_interest == 646_780
    assert (JIEBEI.balance.penalty_interest, JIEBEI.balance.interest) == (972_900, 18_600)
    assert BANK_LOAN.balance.penalty_interest == 632_060 > 482_400


def test_each_debt_shows_another_limitation() -> None:
    # by hand: 500.00 paid on 2024-06-18; nothing proven since 2023-12-05 (2026-12-05 is a Saturday); a letter of
    # 2025-03-20; for the card a message sent on 2025-11-20 to the reserved number
    found = [limitation(d, on=DAY) for d in sample_case().debts]
    assert [f.raw_end for f in found] == [
        date(2027, 6, 18),
        date(2026, 12, 5),
        date(2028, 3, 20),
        date(2028, 11, 20),
    ]
    assert found[1].end == date(2026, 12, 7) and found[1].close and not any(f.past for f in found)
    assert [len(f.contested) for f in found] == [1, 0, 0, 0] and [len(f.unproven) for f in found] == [0, 1, 0, 0]


def test_one_debt_is_said_to_be_transferred_without_notice() -> None:
    standings = [entitlement(d).standing for d in sample_case().debts]
    assert standings == [Standing.PROVEN, Standing.PROVEN, Standing.CONTESTED, Standing.PROVEN]
    assert len(chain_problems(BANK_LOAN)) == 1


def fen(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def compounded(principal: str, start: date, statement_day: int, until: date) -> Decimal:
    """Return the interest of 0.05 % a day that itself bears interest from each statement day on, by hand."""
    owed, last = Decimal(principal), start
    year, month = start.year, start.month
    while True:
        day = date(year, month, statement_day)
        if day >= until:
            return owed + fen(owed * Decimal("0.0005") * (until - last).days) - Decimal(principal)
        if day > last:
            owed, last = owed + fen(owed * Decimal("0.0005") * (day - last).days), day
        year, month = year + month // 12, month % 12 + 1


def test_the_banks_figure_is_what_monthly_compounding_would_give() -> None:
    by_hand = compounded("9000", date(2023, 12, 15), 15, date(2026, 11, 21))
    assert by_hand == Decimal("6320.60")
    assert BANK_LOAN.terms.compounding is Compounding.SIMPLE


def test_the_card_is_played_from_its_first_day_to_the_same_figures() -> None:
    # an independent run by hand stands month by month in examples/README.md
    from dataclasses import replace

    start = Balance(principal=1_480_000, as_of=date(2023, 11, 28))
    end = project(replace(CARD, balance=start), until=CARD.balance.as_of).end
    assert (end.principal, end.penalty_interest, end.fees) == (1_380_000, 996_855, 45_740)
    assert (CARD.balance.principal, CARD.balance.penalty_interest, CARD.balance.fees) == (1_380_000, 996_855, 45_740)


def test_the_household_can_pay_between_1000_and_1900_a_month() -> None:
    for month in (11, 12):
        assert 100_000 <= capacity(sample_case().budget, start=date(2026, month, 1), months=60).level <= 190_000


def test_the_offers_are_too_much_fitting_and_fitting() -> None:
    case = sample_case()
    assert [p.role for p in case.proposals] == [Role.CREDITOR, Role.TARGET, Role.WALK_AWAY]
    assert all(p.start >= DAY for p in case.proposals)
    offers = compare(case, case.proposals, on=DAY).offers
    assert [offer.monthly <= offer.capacity.level for offer in offers] == [False, True, True]


def test_the_second_case_reads_without_a_word() -> None:
    folder = worked_folder().parent / "second"
    if not folder.is_dir():
        pytest.skip("the second case is not part of an installation")
    debts, budget = read_debts(folder / "debts.csv", on=DAY), read_budget(folder / "budget.csv")
    assert (debts.problems, budget.problems) == ((), ())
    assert (debts.encoding, budget.encoding) == ("gb18030", "gb18030")
    loan, card = debts.records
    # 12,000 x 0.06 % x 975 days
    assert (loan.balance.principal, loan.balance.penalty_interest) == (1_200_000, 702_000)
    by_hand = compounded("8600", date(2024, 5, 25), 5, date(2026, 11, 5))
    assert Decimal(card.balance.penalty_interest) / 100 == by_hand == Decimal("4802.19")
