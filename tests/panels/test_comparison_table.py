"""The comparison on the screen: its order, the rate of present values, risks, and what stays through a redraw."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from fractions import Fraction
from html import unescape

import pytest

from debtdesk.core.budget import Budget
from debtdesk.core.rates import Period, Rate
from debtdesk.panels.comparison_card import ComparisonCard
from debtdesk.panels.desk import Desk
from debtdesk.panels.offers import OffersPanel
from debtdesk.panels.offers_state import OffersState
from debtdesk.views.hundred import years_of_hundred
from debtdesk.views.offer_figures import figures
from debtdesk.views.offers import BurdenChart, PaidChart

from .conftest import DAY, make_case


@pytest.fixture
def panel(desk: Desk) -> OffersPanel:
    return OffersPanel(desk)


def order_of(panel: OffersPanel, *names: str) -> list[str]:
    """The names in the order in which they stand in the head of the table."""
    head = panel.table.value.split("</thead>")[0]
    return sorted(names, key=lambda name: head.index(f">{name}"))


def test_the_table_begins_with_what_is_read_first(panel: OffersPanel) -> None:
    value = panel.table.value
    assert "nothing is done" in value and "each month" in value and "risk of breaking" in value
    assert "worth to the creditors today" not in value and panel.compared.more.description == "all figures"
    panel.compared.more.value = True
    shown = unescape(panel.table.value)
    assert [f.key for f in figures() if f.title("en") not in shown] == []
    assert "legal notes" in shown and panel.compared.more.description == "fewer figures"


def test_the_order_outlives_a_change_and_another_language(panel: OffersPanel) -> None:
    # 36,000 yuan over 60 months are 600, over 48 months 750; then the target over 72 months, 500
    assert panel.compared.direction.disabled
    panel.compared.order.value = "monthly"
    assert order_of(panel, "opening", "target") == ["opening", "target"]
    panel.state.amend(installments=72)
    assert order_of(panel, "opening", "target") == ["target", "opening"]
    panel.compared.direction.value = True
    assert order_of(panel, "opening", "target") == ["opening", "target"]
    panel.desk.speak("zh")
    assert (panel.compared.order.value, panel.compared.direction.value) == ("monthly", True)
    assert order_of(panel, "opening", "target") == ["opening", "target"] and "▼" in panel.table.value


def test_the_state_moves_the_controls(panel: OffersPanel) -> None:
    panel.state.order, panel.state.downwards, panel.state.whole = "end", True, True
    card = panel.compared
    assert (card.order.value, card.direction.value, card.more.value) == ("end", True, True)


def test_the_rate_of_present_values_has_a_default_and_a_reason(panel: OffersPanel) -> None:
    card, state = panel.compared, panel.state
    assert state.value_rate is None and state.comparison is not None and state.comparison.value_rate is not None
    assert card.rate.value == state.comparison.value_rate.rate and "one-year LPR" in card.reason.value
    usual = state.comparison.offers[0].present_value
    card.rate.text.value = "12%/year"
    assert state.value_rate == Rate(Fraction(12, 100), Period.YEAR) and "Stated by you" in card.reason.value
    assert state.comparison.offers[0].present_value < usual  # type: ignore[operator]
    card.rate.text.value = "much"
    assert card.rate.problem and state.value_rate == Rate(Fraction(12, 100), Period.YEAR)
    card.rate.text.value = ""
    assert state.value_rate is None and state.comparison.offers[0].present_value == usual
    assert card.rate.value == state.comparison.value_rate.rate and "one-year LPR" in card.reason.value
    card.rate.text.value = ""  # emptied once more, the default comes back though nothing changes
    assert card.rate.value == state.comparison.value_rate.rate and state.value_rate is None


def test_risks_stand_in_the_table_once_they_are_known() -> None:
    state = OffersState(make_case(), DAY)
    card = ComparisonCard(state, lambda handler: handler)
    state.observe(lambda _: card.follow(), "comparison")
    card.follow()
    assert card.table.value.count(">not computed<") == 2
    state.risks = {"opening": Fraction(7, 100), "target": Fraction(999, 1000)}
    assert ">7 of 100 such years<" in card.table.value and ">more than 99 of 100 such years<" in card.table.value
    state.amend(installments=40)
    assert ">more than 99 of 100 such years<" in card.table.value and ">not computed<" not in card.table.value


def test_table_and_card_say_the_risk_in_the_same_words(panel: OffersPanel) -> None:
    panel.several.risk.unfold()
    for installments in (6, 10, 24):
        panel.state.amend(installments=installments)
        words = years_of_hundred(panel.state.risks["target"]).in_language("en")
        assert f">{words}<" in panel.table.value and f"in {words}, and in" in panel.several.risk.card.lead.value


def test_without_a_budget_the_risk_is_not_computed_and_it_is_said_why(desk: Desk) -> None:
    assert desk.change("edit", lambda case: replace(case, budget=Budget()))
    panel = OffersPanel(desk)
    assert panel.state.risks == {} and panel.table.value.count("not computed") >= 2
    assert "there is none yet" in panel.compared.lacking.value and "02_budget" in panel.compared.lacking.value


def test_the_risk_comes_a_moment_after_table_and_charts(desk: Desk) -> None:
    async def looked_at() -> tuple[dict[str, Fraction], bytes, dict[str, Fraction], bytes]:
        panel = OffersPanel(desk)
        first = dict(panel.state.risks), bytes(panel.pictures[0].value)
        for _ in range(200):
            await asyncio.sleep(0.05)
            if panel.state.risks:
                break
        return *first, dict(panel.state.risks), bytes(panel.pictures[0].value)

    none, drawn, some, after = asyncio.run(looked_at())
    assert none == {} and drawn.startswith(b"\x89PNG")
    assert set(some) == {"opening", "target"} and after == drawn


def test_the_creditors_offer_is_missed_where_there_is_none(panel: OffersPanel, desk: Desk) -> None:
    assert "has made no offer yet" in panel.compared.lacking.value


def test_what_the_figures_mean_is_told_when_asked(panel: OffersPanel) -> None:
    card = panel.compared
    assert card.meanings.value == ""
    card.fold.selected_index = 0
    assert card.meanings.value.count("<dt>") == len(figures()) + 1


def test_twenty_offers_turn_the_table_and_draw_as_anew(desk: Desk) -> None:
    base = desk.case.proposals[1]
    many = tuple(replace(base, name=f"n{k}", installments=24 + 2 * k) for k in range(20))
    assert desk.change("many", lambda case: replace(case, proposals=many))
    panel = OffersPanel(desk)
    assert panel.table.value.count("<th scope='row'") == 1 + 20
    panel.state.pick(4)
    pictures = [p.value for p in panel.pictures]
    panel.state.value_rate = Rate(Fraction(12, 100), Period.YEAR)  # charts know neither values nor risks
    assert all(p.value is old for p, old in zip(panel.pictures, pictures, strict=True))
    panel.state.amend(installments=90)
    shown = panel.state.comparison
    assert shown is not None
    assert panel.pictures[0].value == BurdenChart(500, 400).draw(shown, "en")
    assert panel.pictures[1].value == PaidChart(690, 400).draw(shown, "en", first="n4")
