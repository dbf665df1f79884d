"""Catalogs: every text that a person may see stands in the code as a literal, and in Chinese with the same places."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import debtdesk
from debtdesk.locale import FOLDERS, Message, catalog

PACKAGE = Path(debtdesk.__file__).parent
CALLS = ("Message", "say")
OF_THE_LOCALE = "locale/__init__.py"  # hands texts on, has none of its own


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Yield where a text is made, for every call of Message and say in the package."""
    for path in sorted(PACKAGE.rglob("*.py")):
        place = path.relative_to(PACKAGE).as_posix()
        if place == OF_THE_LOCALE:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and name_of(node.func) in CALLS:
                yield f"{place}:{node.lineno}", node


def name_of(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr if isinstance(function.value, ast.Name) and function.value.id == "locale" else ""
    return function.id if isinstance(function, ast.Name) else ""


def text_of(call: ast.Call) -> str | None:
    """Return the literal text of a call, or None; a text chosen between two literals has to be two calls."""
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


def texts() -> dict[str, str]:
    """Return every text with the first place where it is made."""
    found: dict[str, str] = {}
    for place, call in calls():
        if text := text_of(call):
            found.setdefault(text, place)
    return found


def places_in(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_text_is_a_literal() -> None:
    assert [place for place, call in calls() if text_of(call) is None] == []


def test_every_text_is_in_chinese() -> None:
    chinese = catalog("zh")
    assert {place: text for text, place in texts().items() if text not in chinese} == {}


def test_the_chinese_has_the_same_places() -> None:
    wrong = {text: zh for text, zh in catalog("zh").items() if places_in(text) != places_in(zh)}
    assert wrong == {}


def test_every_place_of_a_text_is_filled() -> None:
    wrong = {
        place: text
        for place, call in calls()
        if (text := text_of(call))
        and not any(word.arg is None for word in call.keywords)
        and places_in(text) != {word.arg for word in call.keywords}
    }
    assert wrong == {}


def test_no_catalog_speaks_twice_or_of_texts_that_are_gone() -> None:
    from babel.messages.pofile import read_po

    seen: dict[str, str] = {}
    known = texts()
    twice, gone = [], []
    for path in sorted((PACKAGE / "locale" / FOLDERS["zh"]).glob("*.po")):
        with path.open("rb") as stream:
            for entry in read_po(stream):
                text = str(entry.id)
                if text and seen.get(text, "") not in ("", str(entry.string)):
                    twice.append(f"{path.name}: {text}")
                if text and text not in known:
                    gone.append(f"{path.name}: {text}")
                seen.setdefault(text, str(entry.string))
    assert (twice, gone) == ([], [])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_text_within_a_text_speaks_the_same_language(language: str) -> None:
    inner = Message("The amount is empty.")
    shown = Message("{what} {remedy}", what=inner, remedy=inner).in_language(language)
    assert shown.count(inner.in_language(language)) == 2
