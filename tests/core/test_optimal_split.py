"""The split that costs least: never worse than the best order, better than the usual rules where they are wrong."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest

from debtdesk.core.optimal_split import least_charges
from debtdesk.core.sharing import Meanwhile, Party, ShareRule, Stance
from debtdesk.core.strategies import share_out
from debtdesk.core.terms import Compounding, Order

from .test_strategies import THREE, debt

# Charges come first under Civil Code 561: money for A, at 0.06 % a day, lowers no interest until its 900 yuan of
# charges are paid, money for B, at 0.05 %, does at once. Dearest first and smallest first both begin with A.
BACKLOG = (debt("A", 20_000, 6, 90_000), debt("B", 100_000 + 20_000, 5))


def test_it_beats_the_dearest_where_charges_are_in_the_way() -> None:
    found = least_charges(BACKLOG, 20_000)
    assert found.proven and found.approximated == ()
    orders = [
        share_out(BACKLOG, 20_000, ShareRule.PRIORITY, parties=[Party(account=a) for a in order])
        for order in permutations("AB")
    ]
    assert sum(found.plan.charges) <= min(sum(p.charges) for p in orders)
    assert found.gain > 0 and found.best is found.plan
    dearest = next(p for p in found.simple if p.rule is ShareRule.DEAREST_FIRST)
    assert dearest.shares[0][0] == 20_000 and found.plan.shares[1][0] == 20_000
    assert found.gains == tuple(sum(p.charges) - sum(found.plan.charges) for p in found.simple)


def test_every_fen_of_it_is_played() -> None:
    plan = least_charges(BACKLOG, 20_000).plan
    months = [sum(row) for row in zip(*plan.shares, strict=True)]
    assert months[:-1] == [20_000] * (len(months) - 1) and 0 < months[-1] <= 20_000
    assert plan.total == sum(plan.opening) + sum(plan.charges)
    assert plan.left_over == (0, 0) and plan.left[0][-1] == plan.left[1][-1] == 0


def test_it_says_where_it_is_no_better() -> None:
    # no backlog: dearest first is best, and nothing is gained
    found = least_charges((debt("A", 60_000, 6), debt("B", 50_000, 5)), 30_000)
    assert found.gain == 0 and found.best.rule is ShareRule.DEAREST_FIRST


def test_at_rest_nothing_can_be_gained() -> None:
    parties = tuple(Party(account=a, meanwhile=Meanwhile.STANDS_STILL) for a in "ABC")
    found = least_charges(THREE, 10_000, parties=parties)
    assert found.gain == 0 and found.gains == (0, 0, 0)


def test_least_amounts_and_equal_treatment_hold() -> None:
    parties = (Party(account="A", minimum=2_000), Party(account="B"))
    plan = least_charges(BACKLOG, 20_000, parties=parties).plan
    for share, left in zip(plan.shares[0], plan.left[0], strict=True):
        assert share >= min(2_000, share + left)
    fair = least_charges(BACKLOG, 20_000, equal_share=Fraction(1, 2)).plan
    # half of its part of the opening: A 1,100 of 2,300 yuan, 95.65 of 200 yuan, 47.82
    assert fair.shares[0][0] >= 4_782


@pytest.mark.parametrize("terms", [{"compounding": Compounding.MONTHLY}, {"order": Order.CARD}])
def test_terms_that_are_simplified_are_named_and_played_exactly(terms: dict) -> None:  # type: ignore[type-arg]
    debts = (debt("A", 60_000, 5, 30_000, **terms), debt("B", 50_000, 5))
    found = least_charges(debts, 40_000)
    assert found.approximated == ("A",) and found.gain >= 0
    assert found.plan.left_over == (0, 0)


def test_table_names_the_rules() -> None:
    table = least_charges(BACKLOG, 20_000).table()
    assert table["rule"].tolist() == ["pro_rata", "smallest_first", "dearest_first", "optimal"]
    assert table["charges"].min() == table["charges"].tolist()[-1]


def test_nothing_owed_needs_no_search() -> None:
    found = least_charges((debt("A", 0),), 1_000)
    assert found.gain == 0 and found.plan.days == ()


def test_debts_that_wait_get_what_is_left_over() -> None:
    parties = (Party(account="A", stance=Stance.WAITS),)
    plan = least_charges(BACKLOG, 20_000, parties=parties).plan
    of_a, of_b = (plan.shares[[p.account for p in plan.parties].index(x)] for x in "AB")
    assert plan.left_over == (0, 0) and not any(a and b for a, b in zip(of_a, of_b[1:], strict=False))


def test_amounts_by_month_are_kept() -> None:
    plan = least_charges(BACKLOG, (30_000, 0, 25_000, 40_000)).plan
    months = [sum(row) for row in zip(*plan.shares, strict=True)]
    assert months[:3] == [30_000, 0, 25_000] and all(x == 40_000 for x in months[3:-1])
