"""The main job in a real browser: the worked case from its first screen to a recorded outcome, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Room = Any  # of conftest.py
Screen = Any
SECOND = 1000
NOTEBOOKS = sorted(p.name for p in (Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
QUESTIONS = {
    "00_start.ipynb": ("今天为谁工作", "Whose case"),
    "01_debts.ipynb": ("欠谁", "What is owed"),
    "02_budget.ipynb": ("真正能还多少", "really pay"),
    "03_growth.ipynb": ("什么都不做", "nothing is done"),
    "04_proposals.ipynb": ("提什么", "What do we ask for"),
    "06_outcome.ipynb": ("谈成了什么", "What was agreed"),
    "09_method.ipynb": ("怎么算", "How is it computed"),
}
Opener = Callable[..., Screen]


def is_calm(screen: Screen) -> None:
    """A page of ours shows no code, no error and no sideways scrolling, and asks nobody outside."""
    assert screen.errors == []
    assert screen.outside == []
    assert screen.visible_code() == 0
    assert screen.overflow() <= 0
    assert screen.panel.locator("[data-mime-type*='error'], [data-mime-type*='stderr']").count() == 0
    assert screen.page.locator(".jp-Dialog").count() == 0


def of_image(screen: Screen) -> str:
    return str(screen.panel.locator("img.widget-image, .widget-image img").first.get_attribute("src"))


@pytest.fixture(params=["zh", "en"])
def spoken(request: pytest.FixtureRequest) -> Room:
    """Return a server on a system of each language."""
    found = request.getfixturevalue("room" if request.param == "zh" else "english_room")
    return found


def test_the_first_screen_opens_on_the_worked_case(spoken: Room, screen: Opener) -> None:
    first = screen(spoken)
    assert "00_start.ipynb" in first.page.title() or first.panel.count() == 1
    first.see("张**")
    first.see(QUESTIONS["00_start.ipynb"][spoken.language == "en"])
    is_calm(first)
    first.shot(f"first-{spoken.language}")


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_every_notebook_runs_and_fits(spoken: Room, screen: Opener, notebook: str) -> None:
    page = screen(spoken, notebook)
    page.see(QUESTIONS[notebook][spoken.language == "en"])
    is_calm(page)
    page.shot(f"{notebook[:2]}-{spoken.language}")


def test_a_slider_changes_the_picture_and_the_sentence(room: Room, screen: Opener) -> None:
    growth = screen(room, "03_growth.ipynb")
    before, said = of_image(growth), growth.panel.locator(".debtdesk-lead").first.inner_text()
    handle = growth.panel.locator(".noUi-handle").first
    handle.focus()
    for _ in range(6):
        growth.page.keyboard.press("ArrowRight")
    growth.page.wait_for_function(
        "before => document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden) img.widget-image').src !== before",
        arg=before,
        timeout=10 * SECOND,
    )
    growth.page.wait_for_timeout(500)
    assert growth.panel.locator(".debtdesk-lead").first.inner_text() != said


def test_a_bad_amount_is_explained_beside_its_field_and_the_picture_stays(room: Room, screen: Opener) -> None:
    growth = screen(room, "03_growth.ipynb")
    before = of_image(growth)
    text = growth.panel.locator(".debtdesk-field input[type=text]").first
    text.fill("一千二")
    text.press("Enter")
    help_ = growth.panel.locator(".debtdesk-field [role=alert]").first
    help_.wait_for(timeout=10 * SECOND)
    assert "一千二" in help_.inner_text()
    assert text.input_value() == "一千二"
    assert of_image(growth) == before
    growth.shot("bad-amount")
    text.fill("600")
    text.press("Enter")
    help_.wait_for(state="hidden", timeout=10 * SECOND)
    growth.page.wait_for_timeout(800)
    assert of_image(growth) != before


def test_a_link_of_the_stage_bar_opens_that_notebook(room: Room, screen: Opener) -> None:
    start = screen(room, "00_start.ipynb")
    start.panel.locator("nav a[data-debtdesk-open='03_growth.ipynb']").first.click()
    start.page.wait_for_selector(".lm-TabBar-tab.lm-mod-current:has-text('03_growth')", timeout=20 * SECOND)
    start.ready()
    start.see(QUESTIONS["03_growth.ipynb"][0])


def test_a_recorded_outcome_is_there_after_a_restart_and_in_a_new_window(
    make_room: Callable[..., Room], screen: Opener
) -> None:
    own = make_room("zh")
    outcome = screen(own, "06_outcome.ipynb")
    reason = "客户能负担，虚构理由 7c1"
    outcome.panel.locator("textarea").first.fill(reason)
    outcome.panel.get_by_text("记录答复").first.click()
    outcome.see("已于")
    outcome.see(reason)
    outcome.shot("recorded")
    outcome.command("kernelmenu:restart")
    outcome.page.locator(".jp-Dialog .jp-mod-accept").first.click(timeout=10 * SECOND)
    outcome.page.wait_for_selector("[data-debtdesk='waiting'], [data-debtdesk='running']", timeout=30 * SECOND)
    outcome.ready()
    outcome.see(reason)
    outcome.page.reload(wait_until="domcontentloaded")
    outcome.ready()
    outcome.see(reason)
    again = screen(own, "06_outcome.ipynb")
    again.see(reason)
    for path in own.root.rglob("*"):
        assert not path.is_file() or reason.encode() not in path.read_bytes(), f"the reason was written into {path}"


def test_two_windows_never_overwrite_each_other_unseen(make_room: Callable[..., Room], screen: Opener) -> None:
    own = make_room("zh")
    one, two = screen(own, "06_outcome.ipynb"), screen(own, "06_outcome.ipynb")
    for window, reason in ((one, "第一个窗口的理由"), (two, "第二个窗口的理由")):
        window.panel.locator("textarea").first.fill(reason)
        window.panel.get_by_text("记录答复").first.click()
        window.page.wait_for_timeout(2500)
    one_or_both = two.panel.inner_text()
    assert "第一个窗口的理由" in one_or_both  # the newer version is shown in the second window
    assert "第二个窗口的理由" in one_or_both or two.panel.locator("textarea").first.input_value() == "第二个窗口的理由"
    two.shot("conflict")


def test_the_language_is_switched_on_the_first_screen(make_room: Callable[..., Room], screen: Opener) -> None:
    own = make_room("zh")
    start = screen(own, "00_start.ipynb")
    start.panel.locator("button:has-text('English')").first.click()
    start.see("Whose case")
    start.not_see("今天为谁工作")
    growth = screen(own, "03_growth.ipynb")
    growth.see("nothing is done")
    growth.shot("switched")
