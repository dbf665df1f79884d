"""Five debts paid with one sum a month, under three orders, to the end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from bench.race import Peer, Race
from debtdesk.core.debt import Balance, Debt
from debtdesk.core.rates import Period, Rate
from debtdesk.core.sharing import SIMPLE_RULES, Party, SharedPlan, ShareRule
from debtdesk.core.strategies import share_out_by
from debtdesk.core.terms import DatedRate, Terms

DAY = date(2026, 11, 24)
# account, owed [yuan], least a month [yuan], rate [hundredths of a percent a year]
FIVE = (
    ("a", 10_000, 200, 1825),
    ("b", 15_000, 300, 2190),
    ("c", 9_000, 200, 1800),
    ("d", 13_800, 250, 1500),
    ("e", 6_000, 150, 1200),
)
MONTHLY = 1_900  # [yuan]
ORDERS = (ShareRule.DEAREST_FIRST, ShareRule.SMALLEST_FIRST, ShareRule.PRIORITY)
MIXED = "bacde"  # seven parts rate and three parts smallness, as the peer's third strategy orders them

DEBTS = tuple(
    Debt(
        account=account,
        creditor="",
        lender="",
        product="",
        balance=Balance(principal=100 * owed, as_of=DAY),
        terms=Terms(rates=(DatedRate(None, Rate(Fraction(rate, 10_000), Period.YEAR)),)),
        default_date=DAY,
    )
    for account, owed, _, rate in FIVE
)
PARTIES = tuple(Party(account=row[0], minimum=100 * row[2]) for row in sorted(FIVE, key=lambda r: MIXED.index(r[0])))


def ours() -> tuple[SharedPlan, ...]:
    return share_out_by(DEBTS, 100 * MONTHLY, ORDERS, parties=PARTIES)


def in_parts() -> tuple[SharedPlan, ...]:
    return share_out_by(DEBTS, 100 * MONTHLY, SIMPLE_RULES, parties=PARTIES)


class Today(date):
    """The peer begins today, whenever that is; on some days of a month it plays fewer months, so it is told a day."""

    @classmethod
    def today(cls) -> Today:
        return cls(DAY.year, DAY.month, DAY.day)


def debt_optimizer() -> object:
    from debt_optimizer.core import debt_optimizer as theirs
    from debt_optimizer.core.debt_optimizer import DebtOptimizer
    from debt_optimizer.core.financial_calc import Debt as Theirs
    from debt_optimizer.core.financial_calc import Income

    theirs.date = Today
    debts = [Theirs(name, owed, least, rate / 100, 24) for name, owed, least, rate in FIVE]
    income = [Income("wage", MONTHLY, "monthly", date(2026, 12, 1))]
    return DebtOptimizer(debts, income, settings={"current_bank_balance": 0.0}).compare_strategies(0.0)


def check() -> None:
    """What each plan leaves, played debt by debt through the kernel, is nothing; every month is paid in full."""
    for plan in (*ours(), *in_parts()):
        assert plan.cleared is not None and [row[-1] for row in plan.left] == [0] * 5
        months = [sum(row) for row in zip(*plan.shares, strict=True)]
        assert months[:-1] == [100 * MONTHLY] * (len(months) - 1)
        assert plan.total == sum(plan.opening) + sum(plan.charges)


def races() -> Iterator[Race]:
    yield Race(
        "5 debts, three strategies, to the end",
        ours,
        [Peer("financial-debt-optimizer", debt_optimizer, ("financial-debt-optimizer",), 100)],
        check,
    )
    yield Race(
        "5 debts, pro rata and two orders, to the end",
        in_parts,
        [Peer("financial-debt-optimizer", debt_optimizer, ("financial-debt-optimizer",))],
        check,
    )
