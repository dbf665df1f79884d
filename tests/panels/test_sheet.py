from __future__ import annotations

from dataclasses import dataclass, replace

from debtdesk import locale
from debtdesk.core.money import parse_amount, yuan
from debtdesk.locale import Message
from debtdesk.panels.drafts import Drafts, TypedRow
from debtdesk.panels.sheet import Column, Row, Sheet

COLUMNS = (
    Column(key="name", label=Message("item")),
    Column(key="amount", label=Message("amount"), kind="amount"),
    Column(
        key="kind", label=Message("how known"), kind="choice", options=(("a", Message("seen")),), default="a", line=1
    ),
)


@dataclass(frozen=True)
class Thing:
    name: str
    amount: int
    beside: str = ""  # what no cell shows


def read(typed: TypedRow[Thing]) -> None:
    name, amount = typed.need("name", str, failing=""), typed.need("amount", parse_amount, failing=0)
    if amount > 100_000:
        typed.doubt("amount", Message("This is a lot."), Message("Check it."))
    typed.record = replace(typed.before or Thing("", 0), name=name, amount=amount)


def write(thing: Thing) -> Row:
    return {"name": thing.name, "amount": f"{yuan(thing.amount):,.2f}", "kind": "a"}


def drafts(*things: Thing) -> Drafts[Thing]:
    found = Drafts(COLUMNS, read=read, write=write, key=lambda t: t.name, unique=("name", Message("Rename one.")))
    found.follow(things)
    return found


def typed(rows: list[Row], n: int, **cells: str) -> list[Row]:
    return [{**r, **cells} if i == n else r for i, r in enumerate(rows)]


def test_a_sheet_without_records_offers_an_empty_row_that_is_no_problem() -> None:
    found = drafts()
    assert [r["name"] for r in found.rows] == [""] and found.rows[0]["kind"] == "a"
    assert not found.wrong and not found.dirty and found.good() == ()


def test_a_typed_row_becomes_a_record() -> None:
    found = drafts()
    found.type(typed(found.rows, 0, name="rent", amount="1.2万"))
    assert found.good() == (Thing("rent", 1_200_000),) and found.dirty
    assert found.said_notes()[found.rows[0]["id"]] == {"amount": "This is a lot. Check it."}


def test_a_wrong_cell_keeps_the_last_good_record_and_the_typed_text() -> None:
    found = drafts(Thing("rent", 180_000, beside="kept"))
    found.type(typed(found.rows, 0, amount="12x"))
    row = found.rows[0]
    assert row["amount"] == "12x" and found.good() == (Thing("rent", 180_000, beside="kept"),)
    assert "“12x” is not an amount" in found.said_errors()[row["id"]]["amount"]
    found.type(typed(found.rows, 0, amount="12"))
    assert found.good() == (Thing("rent", 1_200, beside="kept"),) and not found.wrong


def test_cells_still_empty_are_named_together_and_marked() -> None:
    found = drafts()
    found.type(typed(found.rows, 0, name="rent"))
    assert found.said_notes()[found.rows[0]["id"]] == {"amount": "", "": "Still missing: amount."}
    assert found.good() == () and not found.errors


def test_two_rows_may_not_say_the_same() -> None:
    found = drafts(Thing("rent", 1), Thing("food", 2))
    found.type(typed(found.rows, 1, name="rent"))
    assert found.said_errors()[found.rows[1]["id"]] == {"name": "The same stands in row 1. Rename one."}
    assert [t.name for t in found.good()] == ["rent", "food"]


def test_a_row_put_back_has_what_no_cell_shows() -> None:
    found = drafts(Thing("rent", 1, beside="kept"), Thing("food", 2))
    rows = found.rows
    found.type(rows[1:])
    assert [t.name for t in found.good()] == ["food"]
    found.type(rows)
    assert found.good()[0].beside == "kept" and not found.dirty


def test_what_is_kept_elsewhere_shows_unless_it_would_overwrite_typing() -> None:
    found = drafts(Thing("rent", 1), Thing("food", 2))
    found.type(typed(found.rows, 0, amount="5"))
    found.follow((Thing("rent", 7), Thing("food", 8), Thing("tax", 9)))
    assert [r["amount"] for r in found.rows] == ["5", "0.08", "0.09"]
    assert [t.amount for t in found.good()] == [500, 8, 9] and found.dirty


def test_our_own_save_settles_the_rows_and_keeps_what_is_wrong() -> None:
    found = drafts(Thing("rent", 1), Thing("food", 2))
    rows = typed(typed(found.rows, 0, name="house rent"), 1, amount="?")
    found.type(rows)
    found.follow(found.good())
    assert [(r["name"], r["amount"]) for r in found.rows] == [("house rent", "0.01"), ("food", "?")]
    assert [t.name for t in found.good()] == ["house rent", "food"] and found.ground == found.good()


def test_records_put_in_replace_those_of_the_same_key() -> None:
    found = drafts(Thing("rent", 1))
    found.put([Thing("rent", 3), Thing("food", 2)])
    found.put([Thing("food", 2)])
    assert found.good() == (Thing("rent", 3), Thing("food", 2))


def test_the_sheet_speaks_the_language_and_knows_the_words_of_both() -> None:
    saved: list[str] = []
    sheet = Sheet(COLUMNS, title=Message("item"), add=Message("Add an item"), on_save=lambda: saved.append("x"))
    assert sheet.labels["add"] == "Add an item" and sheet.labels["removed"] == "Row {n} was removed."
    assert sheet.columns[2]["options"] == [["a", "seen", "有凭证", "seen"]]
    sheet._heard(sheet, {"kind": "save"}, [])
    assert saved == ["x"]
    locale.use("zh")
    assert (
        Sheet(COLUMNS, title=Message("item"), add=Message("Add an item"), on_save=lambda: None).labels["undo"] == "撤销"
    )
