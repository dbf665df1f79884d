"""Words: amounts and names as they are read aloud at the table."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction
from importlib import import_module
from pkgutil import iter_modules

import pytest

from debtdesk import core
from debtdesk.core.bill_rules import Matching
from debtdesk.core.bill_statuses import Means
from debtdesk.core.budget import Category
from debtdesk.core.concession import CarriedEnd
from debtdesk.core.installing import InterestOn
from debtdesk.core.presets import presets
from debtdesk.core.proposal import Role
from debtdesk.core.rates import Period, Rate
from debtdesk.core.terms import Base, Part
from debtdesk.views.words import DataName, day, debt_name, money, month, months, name_of, percent, rate

from .cases import debt

NEVER_SHOWN = (Matching, Means)  # how words of a rule are looked for, and what a status word of a bill means


def _enums() -> list[type[StrEnum]]:
    """Return every enum of words in the core."""
    modules = [import_module(f"debtdesk.core.{m.name}") for m in iter_modules(core.__path__)]
    found = {
        kind
        for module in modules
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, StrEnum) and kind.__module__ == module.__name__
    }
    return sorted(found - set(NEVER_SHOWN), key=lambda kind: (kind.__module__, kind.__name__))


ENUMS = _enums()


@pytest.mark.parametrize(
    ("fen", "options", "en", "zh"),
    [
        (1_234_567, {}, "12,345.67 yuan", "12,345.67 元"),
        (-5, {}, "−0.05 yuan", "−0.05 元"),
        (0, {}, "0.00 yuan", "0.00 元"),
        (1_234_567, {"unit": False}, "12,345.67", "12,345.67"),
        (1_234_567, {"whole": True}, "12,346 yuan", "12,346 元"),
        (1_234_550, {"whole": True}, "12,346 yuan", "12,346 元"),
        (1_234_549, {"whole": True}, "12,345 yuan", "12,345 元"),
        (-1_234_550, {"whole": True}, "−12,346 yuan", "−12,346 元"),
        (5_050, {"whole": True}, "50.50 yuan", "50.50 元"),
        (5_000, {"whole": True}, "50 yuan", "50 元"),
        (12_345_678, {"short": True}, "123,457 yuan", "12.35 万元"),
        (10_000_000, {"short": True}, "100,000 yuan", "10 万元"),
        (9_999_900, {"short": True}, "99,999 yuan", "99,999 元"),
        (-12_345_678, {"short": True, "unit": False}, "−123,457", "−12.35万"),
        (10**13, {"short": True}, "100,000,000,000 yuan", "10,000,000 万元"),
        (7, {"short": True}, "0.07 yuan", "0.07 元"),
    ],
)
def test_money(fen: int, options: dict[str, bool], en: str, zh: str) -> None:
    assert money(fen, "en", **options) == en
    assert money(fen, "zh", **options) == zh


def test_days_and_months() -> None:
    assert day(date(2029, 3, 5), "en") == day(date(2029, 3, 5), "zh") == "2029-03-05"
    assert month(date(2029, 3, 5), "en") == "March 2029"
    assert day(date(2029, 3, 5), "zh", long=True) == "2029年3月"
    assert (months(1, "en"), months(36, "en"), months(36, "zh")) == ("1 month", "36 months", "36 个月")


@pytest.mark.parametrize(
    ("share", "places", "shown"),
    [
        (0.183, 1, "18.3%"),
        (Fraction(1, 3), 1, "33.3%"),
        (Fraction(1, 8), 0, "13%"),
        (-0.05, 1, "−5.0%"),
        (12.5, 0, "1,250%"),
        (None, 1, "–"),
        (0.0, 1, "0.0%"),
    ],
)
def test_percent(share: float | Fraction | None, places: int, shown: str) -> None:
    assert percent(share, "en", places) == percent(share, "zh", places) == shown


def test_rates_are_shown_as_quoted() -> None:
    assert rate(Rate(Fraction(5, 10_000), Period.DAY), "en") == "0.05% a day"
    assert rate(Rate(Fraction(1825, 10_000), Period.YEAR), "zh") == "年利率 18.25%"


@pytest.mark.parametrize("member", [m for kind in ENUMS for m in kind], ids=lambda m: f"{type(m).__name__}.{m.name}")
def test_every_member_has_a_name_in_both_languages(member: StrEnum) -> None:
    english, chinese = name_of(member).in_language("en"), name_of(member).in_language("zh")
    assert english and english.isprintable() and name_of(member).text != "{text}"
    assert any("\u4e00" <= c <= "\u9fff" for c in chinese)


def test_the_walk_finds_the_enums() -> None:
    assert {Role, InterestOn, CarriedEnd} < set(ENUMS) and len(ENUMS) > 40


def test_members_of_two_enums_with_one_word_keep_their_own_names() -> None:
    assert Part.PRINCIPAL == "principal" == Base.PRINCIPAL
    assert name_of(Part.PRINCIPAL).in_language("en") == "principal"
    assert name_of(Base.PRINCIPAL).in_language("en") == "the principal alone"
    assert name_of(Category.OTHER) != name_of(Role.OTHER)


def test_products_have_the_names_of_the_data() -> None:
    for key, preset in presets().items():
        assert name_of(key).in_language("zh") == preset.names["zh"]
        assert name_of(key).in_language("en") == preset.names["en"]
    assert isinstance(name_of("huabei"), DataName)


def test_what_is_not_known_stays_as_typed() -> None:
    assert name_of("某某{贷}").in_language("zh") == "某某{贷}"


def test_a_debt_is_called_by_product_creditor_and_last_digits() -> None:
    assert debt_name(debt("12345678"), "zh") == "花呗 · 重庆蚂蚁消费金融有限公司 · …5678"
    assert debt_name(debt("7", product="某贷", creditor=""), "en") == "某贷 · 7"
