"""What is supposed beside the proposals: nothing entered says nothing, and two people's entries go together."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from debtdesk.core.draws import Chances
from debtdesk.core.rates import Period, Rate
from debtdesk.core.recovery import Assumptions
from debtdesk.core.sharing import Meanwhile, Stance
from debtdesk.core.suppositions import (
    OfferSettings,
    RecoverySettings,
    RiskSettings,
    SearchSettings,
    Seat,
    SharingSettings,
    Suppositions,
    merged,
    seated,
)

NOTHING = OfferSettings(), SearchSettings(), SharingSettings(), RiskSettings(), RecoverySettings()


def test_settings_in_which_nothing_was_entered_say_nothing() -> None:
    assert Suppositions.of(*NOTHING) == Suppositions()
    one = Suppositions.of(*NOTHING[:3], RiskSettings(tolerated=1), NOTHING[4])
    assert one == Suppositions(risk=RiskSettings(tolerated=1))


def test_ours_stays_where_we_changed_it_and_theirs_comes_elsewhere() -> None:
    ground = RiskSettings(source="both", tolerated=1)
    ours = replace(ground, source="ours", chances=Chances(job_loss=Fraction(1, 10)))
    theirs = replace(ground, tolerated=3, chances=Chances(job_loss=Fraction(1, 4), illness=Fraction(1, 5)))
    assert merged(ground, ours, theirs) == RiskSettings(
        source="ours", tolerated=3, chances=Chances(job_loss=Fraction(1, 10), illness=Fraction(1, 5))
    )
    assert merged(ground, ground, theirs) == theirs and merged(ground, ours, ground) == ours


def test_what_we_took_back_is_taken_back() -> None:
    ground = RecoverySettings(assumptions=Assumptions(wait_share=Fraction(1, 2)))
    theirs = RecoverySettings(assumptions=Assumptions(wait_share=Fraction(1, 2), sale_share=Fraction(1, 10)))
    assert merged(ground, RecoverySettings(), theirs).assumptions == Assumptions(sale_share=Fraction(1, 10))


def test_a_rate_is_taken_whole() -> None:
    year, day = Rate(Fraction(1, 10), Period.YEAR), Rate(Fraction(1, 10), Period.DAY)
    ground, ours = OfferSettings(value_rate=year), OfferSettings(value_rate=Rate(Fraction(1, 5), Period.YEAR))
    assert merged(ground, ours, OfferSettings(value_rate=day, longest=12)) == replace(ours, longest=12)


def test_seats_are_taken_debt_by_debt() -> None:
    ground = SharingSettings(seats=seated(["a", "b"], ()))
    ours = replace(ground, seats=seated(["a", "b"], [Seat(account="a", minimum=5)]))
    theirs = replace(ground, seats=seated(["a", "b"], [Seat(account="a", still=True), Seat(account="b", place=9)]))
    assert merged(ground, ours, theirs).seats == (Seat(account="a", minimum=5, still=True), Seat(account="b", place=9))


def test_a_debt_without_a_seat_takes_part_in_the_order_listed() -> None:
    assert seated(["a", "b"], [Seat(account="a", place=7), Seat(account="gone")]) == (
        Seat(account="a", place=7),
        Seat(account="b", place=2),
    )


def test_a_creditor_that_stays_out_goes_on_under_its_own_terms() -> None:
    party = Seat(account="a", takes_part=False, still=True).party(Stance.STAYS_OUT)
    assert (party.stance, party.meanwhile) == (Stance.STAYS_OUT, Meanwhile.OWN_TERMS)


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (OfferSettings, {"longest": 0}),
        (SearchSettings, {"step": Fraction(0)}),
        (SearchSettings, {"fees": Fraction(2)}),
        (SearchSettings, {"freezes": ()}),
        (RiskSettings, {"tolerated": -1}),
        (RiskSettings, {"level": Fraction(-1, 2)}),
    ],
)
def test_what_cannot_be_is_refused(kind: type[object], given: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        kind(**given)
