"""Every fold of 02 opens in both languages, a slip is told beside its field, and the statement of means is printed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from debtdesk.documents.means import statement_of_means
from debtdesk.files.worked import DAY, sample_case

Room = Any  # of conftest.py
Screen = Any
CLOSED = (
    ".debtdesk-fold > .jupyter-widget-Collapse:not(.jupyter-widget-Collapse-open) > .jupyter-widget-Collapse-header"
)


def pages(page: Screen, html: str) -> int:
    """Return on how many sheets of A4 a page of HTML is printed."""
    sheet = page.page.context.new_page()
    sheet.set_content(html)
    printed = sheet.pdf(prefer_css_page_size=True)
    sheet.close()
    return len(re.findall(rb"/Type\s*/Page\b", printed))


@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_every_fold_opens_and_the_statement_is_printed(
    screen: Callable[..., Screen], spoken: str, request: pytest.FixtureRequest
) -> None:
    page = screen(request.getfixturevalue("room" if spoken == "zh" else "english_room"), "02_budget.ipynb")
    page.see("1,250")
    charts = page.panel.locator("img.widget-image, .widget-image img").locator("visible=true")
    charts.nth(1).wait_for()
    tops = [charts.nth(n).bounding_box()["y"] for n in (0, 1)]
    assert tops[0] == tops[1], "both charts stand side by side at 1280 pixels"
    persons = page.panel.locator(".debtdesk-field-text input").first
    persons.fill("0")
    persons.press("Tab")
    page.panel.locator(".debtdesk-field .debtdesk-help[role=alert]").first.wait_for()
    page.see("1,250")
    persons.fill("3")
    persons.press("Tab")
    for _ in range(12):
        closed = page.panel.locator(CLOSED).locator("visible=true")
        if not closed.count():
            break
        closed.first.click()
    page.see("250 元" if spoken == "zh" else "250 yuan")
    page.panel.locator(".debtdesk-download").filter(
        has_text="打印中文版" if spoken == "zh" else "Print the Chinese statement"
    ).click()
    frame = page.page.frame_locator("iframe.debtdesk-printed")
    frame.locator("h1").filter(has_text="收支状况说明").wait_for(state="attached")
    with page.page.expect_download() as saved:
        page.panel.locator(".debtdesk-download").filter(
            has_text="存为文件" if spoken == "zh" else "Save it as a file"
        ).click()
    assert saved.value.suggested_filename.endswith("收支状况说明.html")
    assert pages(page, statement_of_means(sample_case(), spoken, on=DAY)) == 1
    assert page.errors == [] and page.outside == []
    wrong = "[data-mime-type*='error'], [data-mime-type*='stderr'], .debtdesk-failed[role]"
    assert page.panel.locator(wrong).count() == 0
    assert page.overflow() <= 0
