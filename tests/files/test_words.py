"""Words: one thing, written in Chinese, in English, or both."""

import pytest

from debtdesk.files.words import Words

WORDS = Words(
    {"principal": ("principal", "本金"), "interest": ("interest", "利息"), "law": ("civil code 561", "民法典561")}
)


@pytest.mark.parametrize(
    "text",
    [
        "principal",
        " Principal ",
        "本金",
        "本金（元）",
        "principal (yuan)",
        "principal 本金",
        "本金 principal",
        "本金元",
        "ＰＲＩＮＣＩＰＡＬ",
    ],
)
def test_one_meaning_in_many_forms(text: str) -> None:
    assert WORDS.find(text) == "principal"


def test_a_word_with_digits_in_both_languages() -> None:
    assert WORDS.find("civil code 561 民法典561") == "law"


@pytest.mark.parametrize("text", ["", "本金 利息", "principal 利息", "本金余额", "principals", "元", "(本金)x"])
def test_no_meaning_or_two_are_none(text: str) -> None:
    assert WORDS.find(text) is None
