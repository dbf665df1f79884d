"""Sentences: right figures, neutral words, nothing promised, everything escaped."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

from debtdesk.core.capacity import capacity
from debtdesk.views.sentences import (
    capacity_sentence,
    growth_sentence,
    lead,
    overtake_sentence,
)

from .cases import BUDGET, DAY, POOR

LATER = date(2028, 11, 24)


def test_growth() -> None:
    # 61,480 − 48,210 = 13,270 over 24 months: 552.9 a month
    assert growth_sentence(4_821_000, 6_148_000, 24, "en") == (
        "If nothing is done, 48,210 yuan become 61,480 yuan in 24 months. Every month of waiting costs about 553 yuan."
    )
    assert growth_sentence(4_821_000, 6_148_000, 24, "zh") == (
        "如果维持现状，24 个月后 48,210 元会变成 61,480 元。每多等一个月，大约多出 553 元。"
    )


def test_growth_without_growth() -> None:
    assert "nothing accrues" in growth_sentence(100_000, 100_000, 24, "en")
    assert "costs" not in growth_sentence(100_000, 50_000, 24, "en")


def test_overtaking() -> None:
    assert overtake_sentence(date(2027, 8, 10), DAY, "en").startswith("On 2027-08-10 the charges overtake")
    assert overtake_sentence(DAY, DAY, "zh") == "息费已经超过借款本金。"
    assert overtake_sentence(None, DAY, "en") == ""
    assert "2028-11-24" in overtake_sentence(None, DAY, "en", until=LATER)


def test_capacity() -> None:
    room = capacity(BUDGET, start=DAY, months=12)
    said = capacity_sentence(room, "en")
    assert f"{room.level // 100:,} yuan each month" in said
    assert "February 2027" in said  # the month of the school fee
    poor = capacity_sentence(capacity(POOR.budget, start=DAY, months=12), "en")
    assert "nothing is left" in poor and "12 of 12 months" in poor


def test_a_lead_is_escaped() -> None:
    assert lead("<b>1 & 2</b>", "", "two") == ("<p class='debtdesk-lead'>&lt;b&gt;1 &amp; 2&lt;/b&gt;<br>two</p>")


def test_the_words_need_neither_pandas_nor_matplotlib() -> None:
    code = (
        "import sys, debtdesk.views.words, debtdesk.views.sentences, debtdesk.views.convention, debtdesk.views.tables;"
        "sys.exit(bool({'pandas', 'matplotlib'} & set(sys.modules)))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_no_sentence_promises_or_judges() -> None:
    from debtdesk.locale import catalog

    forbidden = ("保证", "一定", "无效", "过期", "失效", "包过")
    with_marks = [k for k in catalog("zh") if "offer" in k or "nothing is done" in k]
    assert with_marks
    assert not [k for k in with_marks if any(f in catalog("zh")[k] for f in forbidden)]
