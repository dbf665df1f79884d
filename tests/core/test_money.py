"""Money: what people write, rounding by name, splitting without loss."""

import contextlib
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debtdesk.core.money import LARGEST, Rounding, divide, parse_amount, round_fen, split, yuan
from debtdesk.core.problems import Refused

# written, fen: by reading it aloud
UNDERSTOOD = [
    ("1234.56", 123_456),
    ("1,234.56", 123_456),
    ("12,345,678.90", 1_234_567_890),
    ("¥1234", 123_400),
    ("￥1,234.5", 123_450),
    ("¥ 28.16", 2_816),
    ("人民币1234.5元", 123_450),
    ("RMB 100", 10_000),
    ("100 yuan", 10_000),
    ("１２３４．５６", 123_456),
    ("１，２３４．５６", 123_456),
    ("1.2万", 1_200_000),
    ("1.23456万", 1_234_560),
    ("0.1亿", 1_000_000_000),
    (" 0 ", 0),
    ("0.01", 1),
    ("5.", 500),
    ("+5", 500),
    (10_000, 1_000_000),
    (1234.56, 123_456),
    (0.1 + 0.2, 30),
    (Decimal("1.10"), 110),
]
REFUSED = [
    "", "  ", None, "abc", "NaN", "inf", "1_000", "1e5", "٣", "十二", ".5", "1,2345", "12,34.5", "1.234.567,89",
    "1 000", "5.001", "(100)", "100元/月", "5.00元整", "--5", "1.2.3", "=1+1", "1" * 5000, "99999999999999",
    "0.0000001万",
    1.005, float("nan"), float("inf"), 1e20, True, Decimal("NaN"), Decimal("1e999999999"), Decimal("1e-999999999"),
    10**20, 10**5000,
]  # fmt: skip


@pytest.mark.parametrize(("written", "fen"), UNDERSTOOD)
def test_parse_amount_understands(written: object, fen: int) -> None:
    assert parse_amount(written) == fen


@pytest.mark.parametrize("written", REFUSED, ids=lambda w: str(type(w).__name__))
def test_parse_amount_refuses_in_plain_words(written: object) -> None:
    with pytest.raises(Refused) as caught:
        parse_amount(written)
    assert caught.value.text.in_language("en") and caught.value.remedy.in_language("en")


@pytest.mark.parametrize("written", ["-5", "−5", "－5", -5, -5.0])
def test_an_amount_below_zero_is_taken_only_where_allowed(written: object) -> None:
    assert parse_amount(written, negative=True) == -500
    with pytest.raises(Refused, match="below zero"):
        parse_amount(written)


@given(st.integers(0, LARGEST))
def test_an_amount_comes_back_however_it_is_written(fen: int) -> None:
    for text in (f"{yuan(fen):f}", f"¥{yuan(fen):,f}", f"{yuan(fen).scaleb(-4):f}万"):
        assert parse_amount(text) == fen


@given(st.integers(0, 10**11))
def test_an_amount_of_a_spreadsheet_is_exact_to_the_fen(fen: int) -> None:
    assert parse_amount(float(yuan(fen))) == fen


@settings(max_examples=200)
@given(st.text(max_size=30) | st.from_regex(r"[¥￥]?[\d,.，。万亿元 -]{0,20}"))
def test_parse_amount_gives_an_amount_or_refuses(text: str) -> None:
    with contextlib.suppress(Refused):
        assert 0 <= parse_amount(text) <= LARGEST


@pytest.mark.parametrize(
    ("amount", "half_up", "half_even", "down"),
    [
        # the tie and its neighbours, by hand
        (Fraction(1, 2), 1, 0, 0),
        (Fraction(3, 2), 2, 2, 1),
        (Fraction(5, 2), 3, 2, 2),
        (Fraction(249, 100), 2, 2, 2),
        (Fraction(251, 100), 3, 3, 2),
        (Fraction(7), 7, 7, 7),
    ],
)
def test_rounding_by_name(amount: Fraction, half_up: int, half_even: int, down: int) -> None:
    rounded = [round_fen(amount, mode) for mode in (Rounding.HALF_UP, Rounding.HALF_EVEN, Rounding.DOWN)]
    assert rounded == [half_up, half_even, down]


@given(st.integers(0, 10**20), st.integers(1, 10**9))
def test_rounding_is_never_a_whole_fen_off(numerator: int, denominator: int) -> None:
    exact = Fraction(numerator, denominator)
    for mode in (Rounding.HALF_UP, Rounding.HALF_EVEN):
        assert abs(divide(numerator, denominator, mode) - exact) <= Fraction(1, 2)
    assert 0 <= exact - divide(numerator, denominator, Rounding.DOWN) < 1
    assert divide(numerator, denominator, Rounding.HALF_EVEN) == round(exact)


@pytest.mark.parametrize(
    ("total", "weights", "shares"),
    [
        # 10,000.00 over 36: 277.77 each, and 28 fen are left for the first 28 places
        (1_000_000, [1] * 36, [27_778] * 28 + [27_777] * 8),
        (100, [1, 1, 1], [34, 33, 33]),
        (100, [Fraction(1, 6), Fraction(1, 3), Fraction(1, 2)], [17, 33, 50]),
        (1, [0, 1], [0, 1]),
        (0, [0, 0], [0, 0]),
    ],
)
def test_split_by_the_largest_remainder(total: int, weights: list[int], shares: list[int]) -> None:
    assert split(total, weights) == shares


@given(st.integers(0, LARGEST), st.lists(st.integers(0, 10**9), min_size=1, max_size=20).filter(any))
def test_split_loses_no_fen_and_is_fair(total: int, weights: list[int]) -> None:
    shares = split(total, weights)
    assert sum(shares) == total
    assert all(abs(s - Fraction(total * w, sum(weights))) < 1 for s, w in zip(shares, weights, strict=True))


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1]])
def test_split_refuses_weights_that_cannot_be_used(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        split(1, weights)
