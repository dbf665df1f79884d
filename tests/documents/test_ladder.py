"""The page of a ladder: all that was recorded stands on it, and nothing typed becomes markup."""

from __future__ import annotations

from datetime import date

import pytest

from debtdesk.core.case import Case
from debtdesk.core.ladder import Ladder, Rung, Trade
from debtdesk.core.proposal import Proposal
from debtdesk.documents.ladder import ladder_page

DAY = date(2026, 11, 24)


def rung(name: str, months: int) -> Rung:
    plan = Proposal(name=name, start=DAY, first_due=date(2026, 12, 20), installments=months, down_payment=50_000)
    return Rung(proposal=plan, why=f"<b>why {name}</b>")


LADDER = Ladder(
    day=DAY,
    opening=rung("open", 60),
    target=rung("aim", 48),
    walk_away=rung("stop", 36),
    trades=(Trade(given="500 & more", gained="waived at once"),),
    note="<i>Monday</i>",
)


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ("Ladder of offers", "Recorded on 2026-11-24", "walk-away limit", "36 installments from 2026-12-20 on")),
        ("zh", ("2026-11-24 记录", "底线方案", "自 2026-12-20 起分 36 期", "首付 500.00 元")),
    ],
)
def test_all_of_it_stands_on_the_page(language: str, texts: tuple[str, ...]) -> None:
    page = ladder_page(Case(reference="2026-0001", client="张**"), LADDER, language)
    for text in (*texts, "张**", "&lt;b&gt;why stop", "500 &amp; more", "&lt;i&gt;Monday"):
        assert text in page
    assert "<b>why" not in page and "<i>Mon" not in page
    assert page.index("open") < page.index("aim") < page.index("stop")
