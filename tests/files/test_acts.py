"""Acts as a table, and put onto their debts."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debtdesk.core.acts import Act, ActKind
from debtdesk.core.problems import Severity
from debtdesk.files.acts import KINDS, AccountAct, read_acts, with_acts
from debtdesk.files.reading import Fate, Reading
from debtdesk.files.worked import sample_case

ON = date(2026, 11, 24)
DEBTS = sample_case().debts


def read(*lines: str) -> Reading[AccountAct]:
    return read_acts("a.csv", "\n".join(("账号,日期,行为,凭证,备注", *lines)).encode(), debts=DEBTS, on=ON)


def test_acts_are_read_in_either_language_and_named_as_the_debts_are() -> None:
    reading = read("hb7731,2025-03-01,催收送达,函件,", "尾号4417,2025/4/2,message sent,screenshot,x")
    assert reading.problems == ()
    assert reading.records == (
        AccountAct("HB-7731", Act(date(2025, 3, 1), ActKind.DEMAND, "函件")),
        AccountAct("尾号 4417", Act(date(2025, 4, 2), ActKind.MESSAGE_SENT, "screenshot", "x")),
    )


def test_an_act_without_proof_is_kept_with_a_word() -> None:
    reading = read("HB-7731,2025-03-01,电话,,")
    assert [r.act.proven for r in reading.records] == [False]
    assert [(p.severity, p.field) for p in reading.problems] == [(Severity.WARNING, "凭证")]


@pytest.mark.parametrize(
    ("line", "field", "problem"),
    [
        ("HB-9,2025-03-01,电话,x,", "账号", "No debt has the account"),
        ("HB-7731,2026-11-25,电话,x,", "日期", "in the future"),
        ("HB-7731,2025-03-01,喝茶,x,", "行为", "is not understood"),
        ("HB-7731,2025-03-01,,x,", "行为", "is empty"),
        ("HB-7731,25-03-01,电话,x,", "日期", "two digits"),
    ],
)
def test_a_slip_keeps_the_act_out_and_says_what_to_write(line: str, field: str, problem: str) -> None:
    reading = read(line)
    assert reading.records == () and [r.fate for r in reading.rows] == [Fate.REFUSED]
    (found,) = reading.errors
    assert found.field == field and problem in found.text.in_language("en") and found.remedy.in_language("zh")


def test_the_same_file_twice_adds_nothing() -> None:
    records = read("HB-7731,2025-03-01,催收,x,", "HB-7731,2024-01-02,催收,x,").records
    once = with_acts(DEBTS, records)
    assert len(once[0].acts) == len(DEBTS[0].acts) + 2 and with_acts(once, records) == once
    assert [a.day for a in once[0].acts] == sorted(a.day for a in once[0].acts)
    assert once[1:] == DEBTS[1:]


def test_the_same_row_twice_counts_once() -> None:
    reading = read(*["HB-7731,2025-03-01,催收,x,"] * 2)
    assert [r.fate for r in reading.rows] == [Fate.USED, Fate.DUPLICATE]


def test_every_kind_has_its_words() -> None:
    for kind in ActKind:
        assert KINDS.find(kind.value.replace("_", " ")) is kind


def test_an_act_for_no_debt_is_misuse() -> None:
    with pytest.raises(ValueError, match="account 'X'"):
        with_acts(DEBTS, [AccountAct("X", Act(ON, ActKind.CALL))])


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda t: f"账号,日期,行为\n{t}".encode("utf-8", "replace")))
def test_any_bytes_give_a_reading(content: bytes) -> None:
    assert isinstance(read_acts("a.csv", content, on=ON), Reading)
