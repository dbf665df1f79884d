"""The chart font can write what a case contains."""

from __future__ import annotations

from pathlib import Path

import pytest
from matplotlib.font_manager import FontProperties, fontManager, get_font

from debtdesk.views import fonts


@pytest.mark.parametrize("file", fonts.files(), ids=lambda file: file.name)
def test_names_amounts_and_signs_can_be_written(file: Path) -> None:
    known = get_font(file).get_charmap()
    for sign in "欠款协商还款喆镕堃¥￥−–—…“”·•→←↑↓≤≥±×÷✓€£0123456789abcé":
        assert ord(sign) in known, sign


@pytest.mark.parametrize(("weight", "name"), [("regular", "NotoSansSC-Regular.ttf"), ("bold", "NotoSansSC-Bold.ttf")])
def test_each_weight_is_found_by_its_name(weight: str, name: str) -> None:
    fonts.register()
    fonts.register()
    found = fontManager.findfont(FontProperties(family=fonts.FAMILY, weight=weight), fallback_to_default=False)
    assert Path(found).name == name


def test_registering_twice_adds_nothing() -> None:
    fonts.register()
    before = len(fontManager.ttflist)
    fonts.register()
    assert len(fontManager.ttflist) == before


def test_the_licence_lies_beside_the_font() -> None:
    assert "SIL OPEN FONT LICENSE" in (fonts.FOLDER / "OFL.txt").read_text("utf-8").upper()
