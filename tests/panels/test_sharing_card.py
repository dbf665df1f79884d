"""One sum for several creditors in 04: what the state decides, what the card shows, a search that can be stopped."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from debtdesk.core.case import Case
from debtdesk.core.optimal_split import least_charges
from debtdesk.core.problems import Refused
from debtdesk.core.sharing import ShareRule, Stance
from debtdesk.panels.apart import Apart
from debtdesk.panels.desk import Desk
from debtdesk.panels.offers import OffersPanel
from debtdesk.panels.sharing_card import SharingCard
from debtdesk.panels.sharing_state import SharingState

from .conftest import DAY, make_case

# owed: HB-01 12,000 + 1,200, 6222****0001 24,000 + 2,400: 13,200.00 and 26,400.00 yuan, a third and two thirds


@pytest.fixture
def case() -> Case:
    return make_case()


@pytest.fixture
def state(case: Case) -> SharingState:
    """Everything stands still, so that hands can follow."""
    found = SharingState(case, DAY, 440_000)
    for account in ("HB-01", "6222****0001"):
        found.seat(account, still=True)
    return found


def same(handler):  # type: ignore[no-untyped-def]
    return handler


@pytest.fixture
def card(state: SharingState) -> SharingCard:
    found = SharingCard(state, same)
    found.show(True)
    return found


# -- the state --------------------------------------------------------------------------------------------------------


def test_the_sum_is_what_the_household_can_pay_until_another_is_written(state: SharingState, case: Case) -> None:
    # 6,200 wage less 1,800 rent
    assert state.monthly == 440_000
    state.follow(case, DAY, 300_000)
    assert state.monthly == 300_000
    state.set(monthly=100_000)
    state.follow(case, DAY, 250_000)
    assert state.monthly == 100_000


def test_pro_rata_gives_out_every_fen(state: SharingState) -> None:
    # 1,000.00 by 13,200 to 26,400: 333.333… and 666.666…; the odd fen to the larger remainder, the second
    state.set(monthly=100_000)
    found = state.result()
    assert found is not None
    assert [row[0] for row in found.plan.shares] == [33_333, 66_667]
    # 39,600 at 1,000 a month: 39 months and 600 in the fortieth
    sums = [sum(row) for row in zip(*found.plan.shares, strict=True)]
    assert sums == [100_000] * 39 + [60_000]
    assert found.plan.cleared == date(2030, 3, 24)


def test_each_rule_by_hand(state: SharingState) -> None:
    state.set(monthly=100_000)
    state.seat("6222****0001", weight=Fraction(3), place=1)
    state.seat("HB-01", place=2)
    firsts = {}
    for rule in (ShareRule.SMALLEST_FIRST, ShareRule.WEIGHTS, ShareRule.PRIORITY):
        state.set(rule=rule)
        found = state.result()
        assert found is not None
        accounts = [p.account for p in found.plan.parties]
        firsts[rule] = dict(zip(accounts, [row[0] for row in found.plan.shares], strict=True))
    assert firsts[ShareRule.SMALLEST_FIRST] == {"HB-01": 100_000, "6222****0001": 0}
    assert firsts[ShareRule.WEIGHTS] == {"HB-01": 25_000, "6222****0001": 75_000}  # 1 to 3
    assert firsts[ShareRule.PRIORITY] == {"HB-01": 0, "6222****0001": 100_000}


def test_a_freed_installment_rolls_on(state: SharingState) -> None:
    # smallest first: 13,200 at 1,000 a month: 13 months, 200 in the fourteenth, whose other 800 go to the second
    state.set(monthly=100_000, rule=ShareRule.SMALLEST_FIRST)
    found = state.result()
    assert found is not None
    first, second = found.plan.shares
    assert first[12:15] == (100_000, 20_000, 0) and second[12:15] == (0, 80_000, 100_000)


def test_a_refusal_redistributes_and_shows_its_effect(state: SharingState) -> None:
    state.set(monthly=100_000)
    assert state.result() is not None and state.result().refusals == ()  # type: ignore[union-attr]
    state.seat("HB-01", takes_part=False)
    found = state.result()
    assert found is not None and found.with_all is not None
    assert [r[0] for r in found.with_all.shares] == [33_333, 66_667]
    assert [r[0] for r in found.plan.shares] == [0, 100_000]  # its 333.33 go to the other
    refusal = found.refusals[0]
    assert (refusal.account, refusal.gains) == ("HB-01", (-33_333, 33_333))
    # 26,400 at 1,000: 26 months, 400 in the 27th, whose other 600 go to the one that waited; it bore 6.00 yuan a day
    assert found.plan.shares[0][25:27] == (0, 60_000) and found.plan.shares[1][25:27] == (100_000, 40_000)
    # until then, 823 days, it bears 0.05 % of 12,000 a day, 6.00 yuan, and some more until it is paid off
    assert refusal.dearer > 823 * 600
    state.set(aside=Stance.STAYS_OUT)
    out = state.result()
    assert out is not None and out.plan.paid == (0, 2_640_000)


@pytest.mark.parametrize(
    ("account", "change", "said"),
    [
        ("HB-01", {"minimum": 500_000}, "more than is paid in a month"),
        ("HB-01", {"minimum": -1}, "below zero"),
        ("HB-01", {"weight": Fraction(-1)}, "below zero"),
    ],
)
def test_what_does_not_go_together_is_refused(
    state: SharingState, account: str, change: dict[str, object], said: str
) -> None:
    before = state.question
    with pytest.raises(Refused, match=said):
        state.seat(account, **change)
    assert state.question == before


def test_a_case_that_changed_below_the_least_amounts_says_so(state: SharingState, case: Case) -> None:
    state.seat("HB-01", minimum=50_000)
    state.follow(case, DAY, 40_000)
    assert state.problem is not None and state.result() is None
    state.follow(replace(case, debts=()), DAY, 40_000)
    assert state.result() is None


# -- the card ---------------------------------------------------------------------------------------------------------


def test_the_card_reckons_only_while_it_is_open(state: SharingState) -> None:
    closed = SharingCard(state, same)
    state.set(monthly=100_000)
    assert closed.lead.value == ""
    closed.show(True)
    assert "By the rule “pro rata of what is owed” all is paid on 2030-03-24" in closed.lead.value


def test_the_card_shows_shares_sums_and_rules(card: SharingCard, state: SharingState) -> None:
    card.monthly.text.value = "1000"
    assert state.monthly == 100_000
    assert "First month: 333.33 + 666.67 = 1,000.00 yuan." in card.given.value
    full, last = "In 39 months the shares come to 1,000.00 yuan, to the fen;", "in the last one to the 600.00 yuan"
    assert f"{full} {last}" in card.given.value
    assert "39,600.00" in card.table.value and "all together" in card.table.value
    for rule in ("smallest debt first", "dearest debt first", "by weights", "in the order listed"):
        assert rule in card.rules.value
    assert bytes(card.picture.value).startswith(b"\x89PNG")
    assert card.months.value.count("<tr>") == 41


def test_the_card_follows_rule_ticks_and_fields(card: SharingCard, state: SharingState) -> None:
    card.monthly.text.value = "1000"
    line = card.lines["HB-01"]
    assert line.weight.layout.display == "none" and card.aside.layout.display == "none"
    card.rule.value = ShareRule.WEIGHTS
    assert line.weight.layout.display == ""
    card.lines["6222****0001"].weight.text.value = "3"
    assert "First month: 250.00 + 750.00 = 1,000.00 yuan." in card.given.value
    line.takes_part.value = False
    assert card.aside.layout.display == "" and "First month: 1,000.00 = 1,000.00 yuan." in card.given.value
    assert "the others get its share" in card.refusals.value and "−250.00" in card.refusals.value
    card.aside.value = Stance.STAYS_OUT
    assert "are owed to it then" in card.refusals.value


def test_bad_input_keeps_the_last_result_and_is_said_beside_its_field(card: SharingCard, state: SharingState) -> None:
    card.monthly.text.value = "1000"
    shown = card.given.value
    for bad in ("much", "0", "-5"):
        card.monthly.text.value = bad
        assert card.monthly.problem and card.given.value == shown and state.monthly == 100_000
    card.monthly.text.value = "1000"
    line = card.lines["HB-01"]
    line.minimum.text.value = "2000"
    assert "more than is paid" in line.minimum.problem and card.given.value == shown
    # 500.00 first, then the other 500.00 by what is owed beside it, 12,700 to 26,400: 162.40 and 337.60
    line.minimum.text.value = "500"
    assert not line.minimum.problem and "First month: 662.40 + 337.60 = 1,000.00 yuan." in card.given.value


def test_somebody_has_to_take_part(card: SharingCard, state: SharingState) -> None:
    for line in card.lines.values():
        line.takes_part.value = False
    assert "No creditor takes part." in card.help.value
    assert [line.takes_part.value for line in card.lines.values()] == [False, True]  # the last one stays in
    card.lines["HB-01"].takes_part.value = True
    assert card.help.value == ""


def test_the_fold_of_the_stage_opens_the_card_in_either_language(desk: Desk) -> None:
    panel = OffersPanel(desk)
    panel.several.sharing.unfold()
    assert "all is paid on" in panel.several.sharing.card.lead.value
    panel.several.sharing.card.monthly.text.value = "1500"
    desk.speak("zh")
    panel.several.sharing.unfold()
    assert panel.several.sharing.card.monthly.value == 150_000
    assert "合计" in panel.several.sharing.card.table.value


def test_without_a_budget_the_amount_is_asked_for(case: Case) -> None:
    card = SharingCard(SharingState(case, DAY, 0), same)
    card.show(True)
    assert "No amount is given" in card.help.value and card.lead.value == "" and card.search.begin.disabled
    card.monthly.text.value = "1000"
    assert card.help.value == "" and "1,000.00 yuan" in card.given.value and not card.search.begin.disabled


# -- the search -------------------------------------------------------------------------------------------------------


def test_the_search_finds_what_the_core_finds(case: Case) -> None:
    few = replace(case, debts=tuple(replace(d, balance=replace(d.balance, principal=200_000)) for d in case.debts))
    state = SharingState(few, DAY, 100_000)
    card = SharingCard(state, same)
    card.show(True)
    card.search.begin.click()
    assert state.searching and card.search.begin.disabled and card.search.stop.layout.display == ""
    state.wait()
    assert not state.searching and state.found is not None
    alone = least_charges(few.debts, 100_000, parties=state.question.parties, on=DAY)
    assert state.found.plan.shares == alone.plan.shares
    assert state.found.gain == alone.gain and ShareRule.OPTIMAL in state.rules
    assert "simplified picture" in card.search.told.value and "best simple rule" in card.search.told.value
    card.rule.value = ShareRule.OPTIMAL
    assert "as reckoned to cost least" in card.lead.value
    card.monthly.text.value = "900"  # another question: what was found is no answer to it
    assert state.found is None and card.rule.value is ShareRule.PRO_RATA


def test_a_search_can_be_stopped(case: Case) -> None:
    state = SharingState(case, DAY, 440_000)
    card = SharingCard(state, same)
    card.show(True)
    card.search.begin.click()
    assert state._search.look()
    assert state.seconds > 0 and "looking for" in card.search.clock.value
    process = state._search._process
    assert process is not None and process.is_alive()
    card.search.stop.click()
    assert not state.searching and not state._search.running and card.search.clock.value == ""
    with pytest.raises(ValueError, match="closed"):
        process.is_alive()


def test_a_search_that_breaks_is_told(case: Case) -> None:
    taking_no_debts = json.loads  # another process can import it, whatever its tests are called
    state = SharingState(case, DAY, 440_000, seek=taking_no_debts)
    card = SharingCard(state, same)
    card.show(True)
    card.search.begin.click()
    state.wait()
    assert state.failed == "TypeError" and "without an answer" in card.search.told.value
    assert not card.search.begin.disabled


def test_the_page_stays_alive_while_the_work_goes_on() -> None:
    said: list[object] = []

    async def page() -> None:
        work = Apart(sum, done=said.append, failed=said.append, tick=lambda _: None)
        work.begin((1, 2, 3))
        for _ in range(400):
            await asyncio.sleep(0.05)
            if not work.running:
                break

    asyncio.run(page())
    assert said == [6]
