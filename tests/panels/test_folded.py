"""Cards that are made when their fold is first opened."""

from __future__ import annotations

import ipywidgets as w
import pytest

from debtdesk.locale import Message
from debtdesk.panels.desk import Desk
from debtdesk.panels.folded import Folded
from debtdesk.panels.offers import OffersPanel


class Noting(w.HTML):
    """A card that notes when it is seen."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[bool] = []

    def show(self, seen: bool) -> None:
        self.seen.append(seen)


@pytest.fixture
def folded() -> Folded[Noting]:
    return Folded(Message("title"), Noting, lambda handler: handler, lambda: w.Label("foot"))


def test_a_card_is_made_once_when_its_fold_is_opened(folded: Folded[Noting]) -> None:
    assert folded.made is None and folded.place.children == () and folded.fold.titles == ("title",)
    folded.unfold()
    first = folded.made
    assert first is not None and first.seen == [True]
    assert [type(x) for x in folded.place.children] == [Noting, w.Label]
    folded.unfold(False)
    folded.unfold()
    assert folded.made is first and first.seen == [True, False, True]


def test_a_card_that_is_asked_for_is_made_but_not_seen(folded: Folded[Noting]) -> None:
    assert folded.card is folded.made and folded.card.seen == []
    assert folded.fold.selected_index is None


def folds(panel: OffersPanel) -> list[Folded[object]]:  # type: ignore[type-var]
    several = panel.several
    return [panel.frontier_fold, several.sharing, several.risk, several.recovery, panel.ladder_fold]


def test_offers_open_without_the_cards_in_folds(desk: Desk) -> None:
    panel = OffersPanel(desk)
    assert [f.made for f in folds(panel)] == [None] * 5
    assert panel.state.draft is not None
    panel.state.amend(installments=30)  # nothing that follows asks for a card
    panel.save.click()
    assert not desk.failed and [f.made for f in folds(panel)] == [None] * 5
    for folded in folds(panel):
        folded.unfold()
    assert all(f.made is not None for f in folds(panel)) and not desk.failed


def test_a_card_that_is_opened_late_knows_what_happened_before(desk: Desk, second: Desk) -> None:
    """What another window kept meanwhile stands in it, and what is entered then counts as not kept."""
    panel, other = OffersPanel(desk), OffersPanel(second)
    other.several.sharing.card.monthly.text.value = "900"
    other._keep()
    desk.follow()
    panel.several.sharing.unfold()
    assert panel.several.sharing.card.monthly.value == 90_000 and not panel.kept.dirty
    panel.several.risk.unfold()
    panel.several.risk.card.tolerated.text.value = "2"
    assert panel.kept.dirty and panel.several_state.risk.tolerated == 2


def test_another_language_forgets_the_cards_and_makes_them_anew(desk: Desk) -> None:
    panel = OffersPanel(desk)
    panel.several.risk.unfold()
    old = panel.several.risk.card
    desk.speak("zh")
    assert panel.several.risk.made is None
    panel.several.risk.unfold()
    new = panel.several.risk.card
    new.tolerated.text.value = "3"
    assert new is not old and panel.kept.dirty and old.tolerated.value != 3
