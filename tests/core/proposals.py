"""Proposals of every shape, drawn for the tests of what must stay true."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from debtdesk.core.concession import Amounts, Carried, CarriedEnd, Discount, Portion, Waiver, WaiverTime
from debtdesk.core.debt import Balance, Freeze
from debtdesk.core.installing import Basis, Bearing, Grace, GraceKind, InterestOn, Remainder, StepUp
from debtdesk.core.proposal import Proposal
from debtdesk.core.rates import Period, Rate

THIRD = st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1, 7), Fraction(3, 10)])
FEN = st.sampled_from([0, 1, 5, 999]) | st.integers(0, 30_000_000)
RATE = st.none() | st.sampled_from(
    [
        Rate(Fraction(6, 100), Period.YEAR),
        Rate(Fraction(735, 10_000), Period.YEAR),
        Rate(Fraction(5, 10_000), Period.DAY),
        Rate(Fraction(1, 100), Period.MONTH),
    ]
)
STEPS = st.none() | st.builds(
    StepUp, every=st.sampled_from([1, 6, 12]), share=st.sampled_from([Fraction(1, 10), Fraction(1, 30)])
)
SEASON = st.just(()) | st.lists(
    st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(1), Fraction(3, 2)]), min_size=12, max_size=12
).map(lambda found: (*found[:11], Fraction(1)))
GRACE = st.none() | st.builds(
    Grace, months=st.integers(1, 7), kind=st.sampled_from(GraceKind), interest_runs=st.booleans()
)


@st.composite
def balances(draw: st.DrawFn, day: date) -> Balance:
    parts = (draw(FEN), draw(FEN), draw(FEN), draw(FEN))
    return Balance(principal=parts[0], interest=parts[1], penalty_interest=parts[2], fees=parts[3], as_of=day)


@st.composite
def rich(draw: st.DrawFn, *, numbered: bool = True) -> tuple[Proposal, Balance]:
    """A proposal and a balance that go together: no part is given away more than once over."""
    start = draw(st.dates(date(2026, 1, 1), date(2028, 12, 31)))
    balance = draw(balances(start))
    first = start + timedelta(days=draw(st.integers(0, 60)))
    freezes = [
        Freeze(start + timedelta(days=a), start + timedelta(days=a + b))
        for a, b in draw(st.lists(st.tuples(st.integers(0, 700), st.integers(0, 200)), max_size=2))
    ]
    rate, on = draw(RATE), draw(st.sampled_from(InterestOn))
    free = rate is None or on is InterestOn.ORIGINAL
    sixth = draw(st.sampled_from([0, 1, 6]))
    proposal = Proposal(
        name="drawn",
        start=start,
        first_due=first,
        due_day=draw(st.none() | st.sampled_from([1, 15, 31])),
        installments=draw(st.sampled_from([1, 2, 12, 60]) | st.integers(1, 72)) if numbered else 0,
        size=None if numbered else draw(st.integers(1, 3_000_000)),
        waiver=Waiver(
            principal=draw(THIRD),
            penalty_interest=draw(THIRD),
            amounts=Amounts(fees=min(balance.fees, draw(FEN))),
            time=draw(st.sampled_from(WaiverTime)),
        ),
        capitalise=Portion(interest=draw(THIRD), penalty_interest=draw(THIRD)),
        carry=Carried(principal=draw(THIRD), interest=draw(THIRD), end=draw(st.sampled_from(CarriedEnd))),
        discount=Discount(share=Fraction(sixth, 10)),
        down_payment=draw(st.just(0) | FEN),
        step_up=draw(STEPS),
        season=draw(SEASON),
        grace=draw(GRACE),
        freezes=tuple(freezes),
        rate=rate,
        interest_on=on,
        basis=draw(st.sampled_from(Basis)),
        year_days=draw(st.sampled_from([360, 365])),
        bearing=draw(st.sampled_from(Bearing)),
        period_fee=draw(st.sampled_from([Fraction(0), Fraction(66, 10_000)])),
        remainder=draw(st.sampled_from(Remainder)) if free and numbered else Remainder.LAST,
        rounding_step=draw(st.sampled_from([1, 1, 100, 1000])),
    )
    return proposal, balance
