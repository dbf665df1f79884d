"""Writing tables: a text stays a text."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from debtdesk.files.writing import write_table

TEXTS = ("=1+1", "+86 138", "-5", "@SUM(A1)", "\tx", "普通", '=HYPERLINK("http://x")')


def test_a_text_never_becomes_a_formula_in_a_workbook(tmp_path: Path) -> None:
    path = write_table(tmp_path / "a.xlsx", ["a"], [[text] for text in TEXTS])
    sheet = load_workbook(path).active
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert [(c.value, c.data_type) for c in cells] == [(text, "s") for text in TEXTS]


def test_a_text_never_becomes_a_formula_in_a_text_file(tmp_path: Path) -> None:
    path = write_table(tmp_path / "a.csv", ["a"], [[text] for text in TEXTS])
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert not [line for line in lines if line.lstrip('"').startswith(("=", "+", "-", "@", "\t"))]
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_amounts_and_days_stay_what_they_are(tmp_path: Path) -> None:
    path = write_table(tmp_path / "a.csv", ["a", "b", "c"], [[Decimal("-5.20"), date(2026, 11, 24), None]])
    assert path.read_text(encoding="utf-8-sig").splitlines()[1] == "-5.20,2026-11-24,"


def test_characters_that_a_workbook_cannot_hold_do_not_stop_it(tmp_path: Path) -> None:
    path = write_table(tmp_path / "a.xlsx", ["a"], [["x\x00y\x0b"]])
    assert load_workbook(path).active["A2"].value == "x\ufffdy\ufffd"


def test_another_ending_is_misuse(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="must end in"):
        write_table(tmp_path / "a.txt", [], [])
