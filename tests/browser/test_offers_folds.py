"""04 as a person works on it: every fold opens, slips are told beside their fields, and what is recorded stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from debtdesk.core.comparison import compare
from debtdesk.files.worked import DAY, sample_case
from debtdesk.locale import Message

Room = Any  # of conftest.py
Screen = Any
SECOND = 1000
PATIENCE = 45 * SECOND
CLOSED = (
    ".debtdesk-fold > .jupyter-widget-Collapse:not(.jupyter-widget-Collapse-open) > .jupyter-widget-Collapse-header"
)
LINES = """names => Math.max(...names.slice(0, 9).map(name => {
    const range = document.createRange();
    range.selectNodeContents(name);
    return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size;
}))"""
TABLE = "table.debtdesk-offers"
WRONG = ".debtdesk-help[role=alert]"
ORDER = (  # the reading order of the stage
    "What the figures mean",
    "Search: what fits, and what a concession is worth a month",
    "One sum for several creditors",
    "The risk of falling behind again",
    "What the creditor gets otherwise",
    "Ladder: opening, target and walk-away, before the call",
    "The schedule of each offer",
)


class Person:
    """Someone who sees the stage in one language and works with what is visible there."""

    def __init__(self, page: Screen, spoken: str) -> None:
        self.page, self.spoken = page, spoken

    def words(self, text: str) -> str:
        """Return a text of ours as it stands on the screen."""
        return Message(text).in_language(self.spoken)

    def button(self, text: str) -> Locator:
        """Return a button by its whole text."""
        return self.page.panel.get_by_role("button", name=self.words(text), exact=True).locator("visible=true").first

    def field(self, label: str, n: int = 0) -> Locator:
        """Return a field that is seen, by its label."""
        return self.page.panel.get_by_label(self.words(label), exact=True).locator("visible=true").nth(n)

    def type(self, label: str, text: str, n: int = 0) -> Locator:
        """Write a text in a field, leave it, and return the whole field with what is said beside it."""
        field = self.field(label, n)
        field.fill(text)
        field.press("Tab")
        return field.locator("xpath=ancestor::*[contains(concat(' ', @class, ' '), ' debtdesk-field ')][1]")

    def open(self, title: str) -> None:
        """Open a fold."""
        self.page.panel.locator(CLOSED).filter(has_text=self.words(title)).locator("visible=true").first.click()

    def told(self, text: str) -> None:
        """Wait until the message line says so, where it can be seen without scrolling."""
        line = self.page.panel.locator(".debtdesk-message").filter(has_text=text)
        expect(line).to_be_visible(timeout=PATIENCE)
        expect(line).to_be_in_viewport(ratio=0.9)

    def saved(self) -> None:
        """Wait until the stage says that it saved."""
        self.told(self.words("Saved at {time}.").partition("{")[0])


def person(screen: Callable[..., Screen], spoken: str, own_room: Callable[[str], Room]) -> Person:
    """Open the worked case in a language."""
    page = screen(own_room(spoken), "04_proposals.ipynb")
    page.see("1,250")
    return Person(page, spoken)


def sound(page: Screen) -> None:
    """Check that nothing went wrong and nothing scrolls sideways."""
    assert page.errors == [] and page.outside == []
    wrong = "[data-mime-type*='error'], [data-mime-type*='stderr'], .debtdesk-failed[role]"
    assert page.panel.locator(wrong).count() == 0
    assert page.overflow() <= 0


@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_every_fold_opens_in_the_order_of_reading(
    screen: Callable[..., Screen], spoken: str, own_room: Callable[[str], Room]
) -> None:
    who = person(screen, spoken, own_room)
    page = who.page
    titles = page.panel.locator(".debtdesk-fold").all_inner_texts()
    places = [next(n for n, t in enumerate(titles) if t.strip().startswith(who.words(o))) for o in ORDER]
    assert places == sorted(places)
    for _ in range(30):
        closed = page.panel.locator(CLOSED).locator("visible=true")
        if not closed.count():
            break
        closed.first.click()
    page.see(who.words("What is assumed"))
    opening = who.words(
        "No proposal is an opening offer yet. Press “copy” above, ask the creditor for more than the target does, and "
        "choose “opening offer” as what it is for; or pick any proposal here."
    )
    page.see(opening)
    names = page.panel.locator("dl.debtdesk-meanings dt")
    expect(names.first).to_be_visible(timeout=PATIENCE)
    assert names.evaluate_all(LINES) == 1, "no name is broken"
    bad = who.type("paid each month for all debts", "abc")
    expect(bad.locator(WRONG)).to_be_visible(timeout=PATIENCE)
    page.shot(f"offers-{spoken}-open")
    sound(page)


@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_what_is_typed_searched_recorded_and_chosen(
    screen: Callable[..., Screen], spoken: str, own_room: Callable[[str], Room]
) -> None:
    who = person(screen, spoken, own_room)
    page, table = who.page, who.page.panel.locator(TABLE).first
    slide(who, table)
    slip(who, table)
    who.field("sort by").select_option(index=1)
    expect(table.locator("th[aria-sort=ascending]")).to_be_visible(timeout=PATIENCE)
    who.open("Search: what fits, and what a concession is worth a month")
    who.button("take it as a new proposal").click()
    found = page.panel.locator(".widget-toggle-button").filter(has_text="1,249.76")
    expect(found.filter(has_text="*")).to_be_visible(timeout=PATIENCE)
    who.button("save the proposal").click()
    who.saved()
    expect(found.filter(has_text="*")).to_have_count(0, timeout=PATIENCE)
    climb(who)
    who.type("because", "留得出备用金 keeps the reserve", 3)
    who.button("record the choice").click()
    expect(page.panel.get_by_text("keeps the reserve").locator("visible=true").first).to_be_visible(timeout=PATIENCE)
    who.saved()
    sound(page)
    page.page.close()
    page.room.tidy()  # every kernel ends
    again = person(screen, spoken, own_room)
    again.page.see("keeps the reserve")
    again.open("Ladder: opening, target and walk-away, before the call")
    again.page.see("the first ask")
    two_windows(again, person(screen, spoken, own_room))


def slide(who: Person, table: Locator) -> None:
    """Take one installment away with the slider: the table and the picture follow, and undo goes back."""
    case = sample_case()
    target = next(p for p in case.proposals if p.installments == 48 and "Target" in p.name)
    (fewer,) = compare(case, [replace(target, installments=47)], on=DAY).offers
    picture = who.page.panel.locator("img.widget-image, .widget-image img").locator("visible=true").first
    before = picture.get_attribute("src") or ""
    handle = who.page.panel.locator(".debtdesk-editor .noUi-handle").first
    handle.focus()
    handle.press("ArrowLeft")
    expect(table).to_contain_text(f"{fewer.monthly / 100:,.2f}", timeout=PATIENCE)
    expect(picture).not_to_have_attribute("src", before, timeout=PATIENCE)
    who.button("undo").click()
    expect(table).to_contain_text("1,054.11", timeout=PATIENCE)


def slip(who: Person, table: Locator) -> None:
    """Waive more than there is: said beside the field, and the figures stay."""
    field = who.type("penalty interest", "150%")
    expect(field.locator(WRONG)).to_be_visible(timeout=PATIENCE)
    expect(table).to_contain_text("1,054.11")
    who.type("penalty interest", "999999元")  # it reads as an amount, yet is more than is owed
    who.page.see(
        who.words("The figures below are of the last good form of this proposal, not of what stands in the fields.")
    )
    expect(table).to_contain_text("1,054.11")
    who.button("undo").click()
    expect(field.locator(WRONG)).to_have_count(0, timeout=PATIENCE)


def climb(who: Person) -> None:
    """Record a ladder: refused without a reason, said beside the rung; then kept."""
    who.open("Ladder: opening, target and walk-away, before the call")
    record = who.button("record before the call")
    record.click()
    expect(who.page.panel.locator(".debtdesk-field.debtdesk-wrong").first).to_be_visible(timeout=PATIENCE)
    who.field("opening offer").select_option(index=2)
    for n, why in enumerate(("the first ask", "the budget", "no more is left")):
        who.type("because", why, n)
    record.click()
    expect(record).to_be_disabled(timeout=PATIENCE)
    who.saved()


def two_windows(one: Person, two: Person) -> None:
    """Save in one window: the other is told when it saves, and what was typed there stays."""
    two.type("note", "from two")
    two.button("save the proposal").click()
    two.saved()
    one.type("note", "from one")
    one.button("save the proposal").click()
    one.told(
        one.words(
            "This case was changed in another window meanwhile. The newer version is shown now; please look, and save "
            "again if your entry is still right."
        )
    )
    expect(one.field("note")).to_have_value("from one")
    one.button("save the proposal").click()
    one.saved()
    assert one.page.errors == [] == two.page.errors
