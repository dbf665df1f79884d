"""Workings of a plan: installments, the fen that do not divide, the yearly cost, and the household's capacity."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from debtdesk.core.budget import Budget, BudgetItem, Category, Frequency, Kind
from debtdesk.core.capacity import capacity
from debtdesk.core.debt import Balance
from debtdesk.core.money import split
from debtdesk.core.proposal import Proposal
from debtdesk.core.rates import Period, Rate
from debtdesk.core.returns import xirr
from debtdesk.core.schedule import Schedule, schedule
from debtdesk.locale import Message
from debtdesk.views.workings import Step, Working, exact_text, fen_text

YEAR = 365


def _plan(amount: int, months: int, rate: Rate | None, start: date) -> Schedule:
    year, month = divmod(start.year * 12 + start.month, 12)
    due = date(year, month + 1, min(start.day, 28))
    proposal = Proposal(name="", start=start, first_due=due, installments=months, rate=rate)
    return schedule(proposal, Balance(principal=amount, as_of=start))


def equal_parts(amount: int = 1_000_000, months: int = 36) -> Working:
    """Return how an amount is put into equal installments without losing a fen. [fen]"""
    each = amount // months
    last = amount - each * (months - 1)
    rows = _plan(amount, months, None, date(2026, 11, 24)).installments
    weights = (1_000_000, 500_000, 200_000)
    paid = 100_000
    shares = split(paid, weights)
    floors = [paid * w // sum(weights) for w in weights]
    rests = [paid * w % sum(weights) for w in weights]
    order = sorted(range(3), key=lambda i: -rests[i])
    hand = [f + (i in order[: paid - sum(floors)]) for i, f in enumerate(floors)]
    steps = [
        Step(
            Message("{amount} ÷ {n}, whole fen", amount=fen_text(amount), n=months),
            fen_text(each),
            fen_text(rows[0].payment),
        ),
        Step(
            Message(
                "last installment: {amount} − {each} × {n}", amount=fen_text(amount), each=fen_text(each), n=months - 1
            ),
            fen_text(last),
            fen_text(rows[-1].payment),
        ),
        Step(
            Message("all installments together"),
            fen_text(each * (months - 1) + last),
            fen_text(sum(r.payment for r in rows)),
        ),
    ]
    for n, weight in enumerate(weights):
        what = Message(
            "{paid} over creditors by balance: {weight} of {all} is {exact}, so",
            paid=fen_text(paid),
            weight=fen_text(weight),
            all=fen_text(sum(weights)),
            exact=exact_text(Fraction(paid * weight, sum(weights) * 100), 4),
        )
        steps.append(Step(what, fen_text(hand[n]), fen_text(shares[n])))
    steps.append(Step(Message("all creditors together"), fen_text(sum(hand)), fen_text(sum(shares))))
    return Working(
        Message("Splitting without losing a fen"),
        "debtdesk.schedule, debtdesk.split",
        Message(
            "Equal installments are whole fen, the last one takes the remainder (some lenders put it in the first: "
            "choose it in the proposal). Over creditors, the fen that are missing go to the largest remainders."
        ),
        tuple(steps),
    )


def annuity(amount: int, rate: Rate, start: date, months: int = 36) -> Working:
    """Return how equal installments with interest are worked out. [fen]"""
    plan = _plan(amount, months, rate, start)
    monthly = _monthly(rate)
    level = _level_by_hand(amount, monthly, months)
    first = int(amount * monthly + Fraction(1, 2))
    left, last, paid = amount, 0, 0
    for n in range(months):
        interest = int(left * monthly + Fraction(1, 2))
        principal = left if n == months - 1 else min(left, level - interest)
        last, left = interest + principal, left - principal
        paid += last
    rows = plan.installments
    percent = exact_text(monthly * 100, 6)
    steps = (
        Step(Message("monthly rate: yearly rate ÷ 12, in percent"), percent, exact_text(rate.per_month() * 100, 6)),
        Step(
            Message("{amount} × i ÷ (1 − (1 + i)^−{n})", amount=fen_text(amount), n=months),
            fen_text(level),
            fen_text(rows[0].payment),
        ),
        Step(
            Message("interest of the first month: {amount} × {percent}%", amount=fen_text(amount), percent=percent),
            fen_text(first),
            fen_text(rows[0].interest),
        ),
        Step(Message("principal of the first month"), fen_text(level - first), fen_text(rows[0].principal)),
        Step(Message("left after it"), fen_text(amount - level + first), fen_text(rows[0].left)),
        Step(
            Message("last installment: all that is left, with its interest"), fen_text(last), fen_text(rows[-1].payment)
        ),
        Step(Message("paid in all"), fen_text(paid), fen_text(plan.total)),
    )
    return Working(
        Message("Equal installments with interest, {n} months", n=months),
        "debtdesk.schedule",
        Message(
            "Interest of a month is a twelfth of the yearly rate on what is left, rounded half up; the last "
            "installment takes what the rounding leaves."
        ),
        steps,
    )


def _monthly(rate: Rate) -> Fraction:
    return {Period.DAY: rate.value * YEAR / 12, Period.MONTH: rate.value, Period.YEAR: rate.value / 12}[rate.period]


def _level_by_hand(amount: int, monthly: Fraction, months: int) -> int:
    if not monthly:
        return amount // months
    with localcontext() as exact:
        exact.prec = 60
        i = Decimal(monthly.numerator) / Decimal(monthly.denominator)
        payment = amount * i / (1 - (1 + i) ** -months)
        return int(payment.quantize(Decimal(1), ROUND_HALF_UP))


def yearly_cost(amount: int, rate: Rate, start: date, months: int = 36) -> Working:
    """Return how the yearly cost of a plan is found. [fen]"""
    plan = _plan(amount, months, rate, start)
    payments = [(i.due, i.payment) for i in plan.installments]
    found = xirr([(start, amount), *((day, -paid) for day, paid in payments)]) or 0.0

    def worth(yearly: float) -> float:
        return float(sum(paid / (1 + yearly) ** ((day - start).days / YEAR) for day, paid in payments))

    low, high = 0.0, 10.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if worth(middle) > amount else (low, middle)
    hand = low
    steps = (
        Step(Message("received on {day}", day=start.isoformat()), fen_text(amount), fen_text(plan.settled)),
        Step(
            Message("paid in {n} installments", n=months),
            fen_text(sum(paid for _, paid in payments)),
            fen_text(plan.total),
        ),
        Step(
            Message("yearly rate at which both are worth the same, by halving [0%, 1000%] 80 times, in percent"),
            f"{hand * 100:.6f}",
            f"{found * 100:.6f}",
        ),
        Step(
            Message("check: Σ payment ÷ (1 + rate)^(days ÷ 365)"),
            f"{worth(hand) / 100:,.2f}",
            f"{worth(found) / 100:,.2f}",
        ),
    )
    return Working(
        Message("Yearly cost (XIRR)"),
        "debtdesk.xirr",
        Message(
            "Each payment is brought back to the first day by its days over 365, as spreadsheets do (XIRR). Where "
            "nothing changes sign there is no such rate, and none is shown."
        ),
        steps,
    )


def household() -> Working:
    """Return how the capacity of a small household with one bad month is worked out."""
    start = date(2026, 12, 1)
    items = (
        BudgetItem(name="wages", kind=Kind.INCOME, category=Category.INCOME, amount=650_000),
        BudgetItem(name="living", kind=Kind.EXPENSE, category=Category.FOOD, amount=380_000, essential=True),
        BudgetItem(name="other", kind=Kind.EXPENSE, category=Category.OTHER, amount=70_000),
        BudgetItem(
            name="school",
            kind=Kind.EXPENSE,
            category=Category.EDUCATION,
            amount=240_000,
            frequency=Frequency.MONTHS,
            months=(2,),
            essential=True,
        ),
    )
    budget = Budget(items=items, persons=2, protected_minimum=100_000, reserve_monthly=30_000, reserve_target=360_000)
    room = capacity(budget, start=start, months=12)
    usual = 650_000 - max(380_000, 2 * 100_000) - 70_000 - 30_000
    bad = usual - 240_000
    after_bad = usual + usual + bad
    level = after_bad // 3 // 1000 * 1000
    steps = (
        Step(
            Message("kept for living: the larger of essentials 3,800.00 and 2 × 1,000.00, and 700.00 for other things"),
            fen_text(max(380_000, 2 * 100_000) + 70_000),
            fen_text(room.living[0]),
        ),
        Step(
            Message("left in a usual month: 6,500.00 − 4,500.00 − reserve 300.00"),
            fen_text(usual),
            fen_text(room.left[0]),
        ),
        Step(Message("left in February, with a school fee of 2,400.00"), fen_text(bad), fen_text(room.left[2])),
        Step(
            Message("saved up by the end of February: two usual months and this one"),
            fen_text(after_bad),
            fen_text(sum(room.left[:3])),
        ),
        Step(Message("so each month at most a third of it, in whole 10 yuan"), fen_text(level), fen_text(room.level)),
    )
    return Working(
        Message("What a household can pay each month"),
        "debtdesk.capacity",
        Message(
            "The same amount every month, so that good months carry the bad ones and cash never falls below zero. The "
            "protected minimum and the reserve come before any installment."
        ),
        steps,
    )
