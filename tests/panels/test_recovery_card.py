"""The creditor's side in 04: by hand without discount, what is entered and marked, and never a promise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from debtdesk.core.problems import Refused
from debtdesk.core.recovery import Way
from debtdesk.core.terms import Known
from debtdesk.panels.desk import Desk
from debtdesk.panels.offers import OffersPanel
from debtdesk.panels.offers_state import OffersState
from debtdesk.panels.recovery_card import RecoveryCard
from debtdesk.panels.recovery_state import RecoveryState
from debtdesk.views.colours import UNCERTAIN_HATCH

from .conftest import DAY, make_case

# HB-01: 12,000 and 1,200 of penalty interest, 13,200.00 owed; the target waives the 1,200: 48 times 250.00


def same(handler: Callable[..., None]) -> Callable[..., None]:
    return handler


@pytest.fixture
def state() -> RecoveryState:
    """Later money is worth no less."""
    found = RecoveryState(OffersState(make_case(), DAY))
    found.suppose(rate=Fraction(0))
    return found


@pytest.fixture
def card(state: RecoveryState) -> RecoveryCard:
    found = RecoveryCard(state, same)
    found.show(True)
    return found


# -- the state --------------------------------------------------------------------------------------------------------


def test_nothing_is_assumed_of_other_ways_until_it_is_entered(state: RecoveryState) -> None:
    result = state.result()
    assert result is not None
    debt, found = result
    assert (debt.account, found.owed, found.plan.value, found.others) == ("HB-01", 1_320_000, 1_200_000, ())
    assert state.known is Known.ASSUMED


def test_each_way_by_hand(state: RecoveryState) -> None:
    # court fee of 13,200: 50 + 2.5 % of 3,200 = 130.00; suing 60 % of 13,330 = 7,998, less 130 and 2,000: 5,868
    state.suppose(
        wait_share=Fraction(1, 2), sale_share=Fraction(8, 100), suit_share=Fraction(6, 10), suit_costs=200_000
    )
    found = state.result()[1]  # type: ignore[index]
    assert [(r.way, r.value) for r in found.others] == [
        (Way.WAIT, 660_000),
        (Way.SELL, 105_600),
        (Way.SUE, 586_800),
    ]
    assert found.others[0].break_even == Fraction(12_000, 13_200)
    assert found.others[2].break_even == Fraction(12_000 + 2_130, 13_330)
    state.suppose(half_fee=True)  # 65.00: 60 % of 13,265 = 7,959, less 2,065
    assert state.result()[1].others[2].value == 589_400  # type: ignore[index]
    state.suppose(plan_paid=Fraction(8, 10))
    assert state.result()[1].plan.value == 960_000  # type: ignore[index]


def test_another_debt_and_another_proposal_can_be_looked_at(state: RecoveryState) -> None:
    state.account = "6222****0001"
    assert state.result()[1].owed == 2_640_000  # type: ignore[index]
    state.name = "opening"
    assert state.chosen is not None and state.chosen.proposal.name == "opening"
    state.account = "gone"
    assert state.result()[0].account == "HB-01"  # type: ignore[index]


@pytest.mark.parametrize(
    "change", [{"wait_share": Fraction(2)}, {"suit_months": 241}, {"suit_costs": -1}, {"rate": Fraction(-1)}]
)
def test_what_cannot_be_is_refused(state: RecoveryState, change: dict[str, object]) -> None:
    before = state.assumptions
    with pytest.raises(Refused):
        state.suppose(**change)
    assert state.assumptions == before


def test_a_case_without_proposals_has_no_answer() -> None:
    bare = RecoveryState(OffersState(replace(make_case(), proposals=()), DAY))
    assert bare.result() is None
    card = RecoveryCard(bare, same)
    card.show(True)
    assert "There is no proposal" in card.lead.value and card.table.value == ""


# -- the card ---------------------------------------------------------------------------------------------------------


def test_the_card_shows_what_is_typed(card: RecoveryCard) -> None:
    assert "No other way is compared yet" in card.late.value
    card.fields["wait_share"].text.value = "50"
    card.fields["sale_share"].text.value = "8%"
    card.fields["suit_share"].text.value = "60"
    card.fields["suit_costs"].text.value = "2,000"
    for figure in ("12,000.00", "6,600.00", "1,056.00", "5,868.00", "2,130.00", "90.9%"):
        assert figure in card.table.value
    assert "Suing would be worth less even if all came in" in card.lead.value
    assert "assumptions, not forecasts" in card.lead.value
    assert "never worth as much as the plan" in card.late.value
    card.fields["wait_share"].text.value = "95"  # 12,540, and it does not matter when
    assert "worth as much, however late it comes" in card.late.value
    card.fields["wait_share"].text.value = ""
    assert "6,600.00" not in card.table.value and card.state.assumptions.wait_share is None
    assert bytes(card.picture.value).startswith(b"\x89PNG")


def test_when_a_share_would_have_to_come_in_is_said(card: RecoveryCard) -> None:
    # all of 13,200 against 48 times 250: at 100 % a year it is worth more only for some months
    card.fields["rate"].text.value = "100"
    card.fields["wait_share"].text.value = "100"
    assert "worth as much as the plan if it comes within" in card.late.value


def test_bad_input_keeps_the_last_result(card: RecoveryCard) -> None:
    card.fields["wait_share"].text.value = "50"
    shown, before = card.table.value, card.state.assumptions
    for name, bad in (
        ("wait_share", "half"),
        ("wait_share", "120"),
        ("wait_share", "0.5"),  # half of all, or half a percent?
        ("wait_months", "241"),
        ("suit_costs", "-5"),
        ("rate", "101"),
    ):
        card.fields[name].text.value = bad
        assert card.fields[name].problem, (name, bad)
        assert card.table.value == shown and card.state.assumptions == before


def test_assumptions_are_marked_and_hatched(monkeypatch: pytest.MonkeyPatch, card: RecoveryCard) -> None:
    from debtdesk.panels import picture

    drawn: list[Any] = []
    monkeypatch.setattr(picture, "to_png", lambda figure, scale: drawn.append(figure) or b"")
    card.fields["wait_share"].text.value = "50"
    plan, wait = drawn[-1].axes[0].patches
    assert plan.get_hatch() is None and wait.get_hatch() == UNCERTAIN_HATCH
    assert "no source was entered" in card.mark.value
    card.known.value = Known.TOLD
    card.source.text.value = "told by the creditor's clerk"
    assert "source: told by the creditor&#x27;s clerk" in card.mark.value
    said = " ".join(t.get_text().replace("\n", " ") for t in drawn[-1].texts)
    assert "No promise and no forecast" in said and "clerk" in said


def test_the_fold_follows_proposals_and_language(desk: Desk) -> None:
    panel = OffersPanel(desk)
    panel.several.recovery.unfold()
    card = panel.several.recovery.card
    card.fields["rate"].text.value = "0"
    assert "12,000.00" in card.table.value
    panel.state.amend(principal=Fraction(1, 2))  # half of it waived
    assert "6,000.00" in card.table.value
    desk.speak("zh")
    panel.several.recovery.unfold()
    assert panel.several.recovery.card.fields["rate"].value == 0
    assert "估计；没有填写来源" in panel.several.recovery.card.mark.value
