"""No text calls a debt expired, time-barred or void: that is for a court, and only when pleaded (Civil Code 193)."""

import re

import pytest

from debtdesk.locale import catalog

from .test_catalogs import texts

ENGLISH = re.compile(r"\b(expired|expires|time-barred|statute-barred|lapsed|void|unenforceable)\b", re.IGNORECASE)
CHINESE = re.compile("已过时效|时效已过|超过诉讼时效|过诉讼时效|失效|无效|过期|作废|不用还|无需偿还|不必偿还")
NOT_OF_DEBTS = (
    # of a waiver that a late installment may undo
    "Ask whether a waiver holds at once or only after the last installment, and what happens to it if one is late.",
    # says that the limits do not do so
    "Counted as courts have done: unpaid principal times the actual days from the first overdue day, 365 days a year. "
    "The three limits are separate; none of them makes a claim void by itself.",
)


def test_no_english_text_says_so() -> None:
    assert {t: p for t, p in texts().items() if ENGLISH.search(t) and t not in NOT_OF_DEBTS} == {}


def test_no_chinese_text_says_so() -> None:
    assert {t: zh for t, zh in catalog("zh").items() if CHINESE.search(zh) and t not in NOT_OF_DEBTS} == {}


@pytest.mark.parametrize("text", ["The debt has expired.", "It is time-barred.", "The claim is void."])
def test_the_search_finds_what_it_looks_for(text: str) -> None:
    assert ENGLISH.search(text)
    assert CHINESE.search("该债权已过时效") and CHINESE.search("约定无效")
