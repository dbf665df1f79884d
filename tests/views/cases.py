"""Cases made by hand for the views: small figures that can be checked in the head, and some that are hard to draw."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from debtdesk.core.budget import Budget, BudgetItem, Category, Frequency, Kind
from debtdesk.core.case import Answer, Case, Outcome
from debtdesk.core.debt import Balance, Debt
from debtdesk.core.proposal import Proposal, Role, Waiver
from debtdesk.core.rates import Period, Rate
from debtdesk.core.terms import DatedRate, Known, Terms

DAY = date(2026, 11, 24)
DUE = date(2026, 12, 25)
FIVE = Rate(Fraction(5, 10_000), Period.DAY)  # 0.05 % a day
LONG = "某某某某某某某某某某某某消费金融有限公司（原某某某某小额贷款有限公司）第一次提出的分期方案"


def debt(account: str = "12345678", principal: int = 1_000_000, **parts: Any) -> Debt:
    """10,000 yuan at 0.05 % a day: 5 yuan a day."""
    known, terms = parts.pop("known", Known.SEEN), parts.pop("terms", None)
    return Debt(
        account=account,
        creditor=parts.pop("creditor", "重庆蚂蚁消费金融有限公司"),
        lender="重庆蚂蚁消费金融有限公司",
        product=parts.pop("product", "huabei"),
        balance=Balance(principal=principal, as_of=DAY, known=known, **parts),
        terms=terms or Terms(rates=(DatedRate(None, FIVE),), known=known),
        default_date=date(2023, 11, 24),
    )


def item(name: str, kind: Kind, category: Category, amount: int, **options: Any) -> BudgetItem:
    return BudgetItem(name=name, kind=kind, category=category, amount=amount, **options)


BUDGET = Budget(
    items=(
        item("工资", Kind.INCOME, Category.INCOME, 650_000),
        item("房租", Kind.EXPENSE, Category.HOUSING, 150_000, essential=True),
        item("吃饭", Kind.EXPENSE, Category.FOOD, 160_000, essential=True),
        item("外卖", Kind.EXPENSE, Category.FOOD, 30_000),
        item("药", Kind.EXPENSE, Category.HEALTH, 20_000, essential=True),
        item(
            "学费",
            Kind.EXPENSE,
            Category.EDUCATION,
            240_000,
            frequency=Frequency.MONTHS,
            months=(2, 9),
            essential=True,
        ),
        item("亲戚", Kind.EXPENSE, Category.DEBT_SERVICE, 30_000),
    ),
    persons=2,
    protected_minimum=100_000,
    reserve_monthly=30_000,
    reserve_target=360_000,
    savings=100_000,
)


def proposal(name: str, months: int = 48, role: Role = Role.TARGET, **options: Any) -> Proposal:
    return Proposal(name=name, role=role, start=DAY, first_due=DUE, installments=months, **options)


WAIVED = Waiver(penalty_interest=Fraction(1), fees=Fraction(1))
CREDITOR = proposal("creditor's offer", 12, Role.CREDITOR, rate=Rate(Fraction(149, 1000), Period.YEAR))
TARGET = proposal("目标", 48, waiver=WAIVED)
WALK_AWAY = proposal("walk-away", 36, Role.WALK_AWAY, waiver=WAIVED)

CASE = Case(
    reference="2026-0007",
    client="张**",
    debts=(
        debt(penalty_interest=547_500, interest=20_000, fees=5_000),
        debt("2", 2_000_000, penalty_interest=800_000, interest=100_000, fees=90_000, known=Known.ASSUMED),
    ),
    budget=BUDGET,
    proposals=(CREDITOR, TARGET, WALK_AWAY),
    day=DAY,
)
ANSWERED = CASE.with_outcome(
    Outcome(day=DAY, proposal=TARGET, answer=Answer.REFUSED, accounts=("2",), reason="<b>太低</b>", evidence="工单 7")
)
NO_BUDGET = replace(CASE, budget=Budget())
POOR = replace(CASE, budget=replace(BUDGET, items=BUDGET.items[1:], savings=0))
