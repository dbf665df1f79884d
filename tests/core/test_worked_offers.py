"""Worked offers: what is kept from one comparison to the next is the same as worked out anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from debtdesk.core import worked_offers
from debtdesk.core.comparison import can_be_compared, compare
from debtdesk.core.proposal import Proposal
from debtdesk.core.rates import Period, Rate
from debtdesk.files.worked import sample_case

CASE = sample_case()
DAY = CASE.day or date(2026, 11, 24)
BASE = CASE.proposals[1]


def offered(n: int) -> list[Proposal]:
    return [replace(BASE, name=str(k), installments=20 + k, down_payment=1_000 * k) for k in range(n)]


def test_one_changed_proposal_leaves_the_others_as_they_were() -> None:
    before = compare(CASE, offered(4), on=DAY)
    changed = [*offered(3), replace(BASE, name="3", installments=70)]
    after = compare(CASE, changed, on=DAY)
    assert all(a.schedules is b.schedules for a, b in zip(before.offers[:3], after.offers[:3], strict=True))
    worked_offers.worked_offers.cache_clear()
    assert compare(CASE, changed, on=DAY) == after


def test_risks_and_rates_of_before_do_not_stay() -> None:
    asked = offered(2)
    assert [o.risk for o in compare(CASE, asked, on=DAY, risks={"0": 0.5}).offers] == [0.5, None]
    assert [o.risk for o in compare(CASE, asked, on=DAY).offers] == [None, None]
    dear = compare(CASE, asked, on=DAY, value_rate=Rate(Fraction(12, 100), Period.YEAR)).offers[0]
    usual = compare(CASE, asked, on=DAY).offers[0]
    assert dear.present_value is not None and usual.present_value is not None
    assert dear.present_value < usual.present_value


def test_a_better_offer_that_is_gone_is_no_longer_named() -> None:
    better, worse = replace(BASE, name="better"), replace(BASE, name="worse", period_fee=Fraction(1, 100))
    assert compare(CASE, [better, worse], on=DAY).offers[1].dominated_by == ("better",)
    assert compare(CASE, [worse], on=DAY).offers[0].dominated_by == ()


def test_more_proposals_than_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worked_offers, "MOST_KEPT", 2)
    first = compare(CASE, offered(5), on=DAY)
    assert compare(CASE, offered(6), on=DAY).offers[:5] == first.offers


def test_what_does_not_fit_is_refused_each_time() -> None:
    never = replace(BASE, installments=0, size=1, rate=Rate(Fraction(12, 100), Period.YEAR))
    for _ in range(2):
        assert not can_be_compared(CASE, never, on=DAY)
        with pytest.raises(ValueError):
            compare(CASE, [never], on=DAY)
