"""Every fold of 01 opens in both languages: no error, nothing too wide, and the audit names the difference."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Room = Any  # of conftest.py
Screen = Any
DIFFERENCE = "1,496.60"  # interest on interest that the worked case's bank booked, found by the audit
CLOSED = (
    ".debtdesk-fold > .jupyter-widget-Collapse:not(.jupyter-widget-Collapse-open) > .jupyter-widget-Collapse-header"
)


@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_every_fold_opens_and_the_audit_names_the_difference(
    screen: Callable[..., Screen], spoken: str, request: pytest.FixtureRequest
) -> None:
    page = screen(request.getfixturevalue("room" if spoken == "zh" else "english_room"), "01_debts.ipynb")
    choice = page.panel.locator(".debtdesk-choice select")
    choice.locator("option", has_text="5520").wait_for(state="attached", timeout=45_000)
    label = next(text for text in choice.locator("option").all_inner_texts() if text.endswith("5520"))
    choice.select_option(label=label)
    page.see(DIFFERENCE)
    for _ in range(30):
        closed = page.panel.locator(CLOSED).locator("visible=true")
        if not closed.count():
            break
        closed.first.click()
    assert page.panel.locator(CLOSED).locator("visible=true").count() == 0
    page.panel.locator(".widget-image img, img.widget-image").first.wait_for()
    assert page.errors == [] and page.outside == []
    assert (
        page.panel.locator("[data-mime-type*='error'], [data-mime-type*='stderr'], .debtdesk-failed[role]").count() == 0
    )
    assert page.overflow() <= 0
