"""A case as one file, whole or masked."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debtdesk.core.acts import Act, ActKind
from debtdesk.core.budget import Category
from debtdesk.core.case import Answer, Case, Outcome
from debtdesk.core.comparison import compare
from debtdesk.core.ladder import Ladder, Rung, Trade
from debtdesk.core.overrides import Override
from debtdesk.core.suppositions import RecoverySettings, RiskSettings, Seat, SharingSettings, Suppositions
from debtdesk.files.casefile import mask, read_case, write_case
from debtdesk.files.worked import sample_case

DAY = date(2026, 11, 24)


@pytest.fixture
def case() -> Case:
    worked = sample_case()
    outcome = Outcome(
        day=date(2026, 12, 1),
        proposal=worked.proposals[1],
        answer=Answer.PENDING,
        accounts=("HB-7731",),
        reason="客户张三来电",
        evidence="工单 20261201",
    )
    act = Act(date(2025, 3, 1), ActKind.DEMAND, proof="催收短信 138", note="张三手机")
    debts = (replace(worked.debts[0], acts=(act,)), *worked.debts[1:])
    against = Override(
        day=date(2026, 12, 1), proposal="张三方案", month=date(2027, 3, 1), by=1, reason="张三的儿子帮忙"
    )
    budget = worked.budget.with_reason(Category.HEALTH, "张三的药")
    kept = replace(worked, note="张三，见面记录", outcomes=(outcome,), debts=debts, budget=budget)
    rung = Rung(proposal=worked.proposals[1], why="张三说最多还这些")
    trade = Trade(given="张三首付一千", gained="当场减免")
    ladder = Ladder(day=DAY, opening=rung, target=rung, walk_away=rung, trades=(trade,), note="张三在场")
    choice = compare(worked, worked.proposals, on=DAY).choose(worked.proposals[1], "张三选的")
    supposed = Suppositions(
        sharing=SharingSettings(seats=(Seat(account="HB-7731", minimum=5), Seat(account="gone 张三"))),
        risk=RiskSettings(source="张三的工资条", tolerated=2),
        recovery=RecoverySettings(source="张三说的"),
    )
    return replace(kept, ladders=(ladder,), choices=(choice,), suppositions=supposed).with_override(against)


def test_a_case_comes_back_whole(case: Case, tmp_path: Path) -> None:
    reading = read_case(write_case(case, tmp_path / "case.json"))
    assert (reading.case, reading.problems, reading.source) == (case, (), "case.json")
    assert [p.name for p in tmp_path.iterdir()] == ["case.json"]


def test_a_masked_case_names_nobody(case: Case, tmp_path: Path) -> None:
    path = write_case(case, tmp_path / "case.json", masked=True)
    text = path.read_text(encoding="utf-8")
    for secret in ("张", "HB-7731", "JB-2208", "4417", "工单", "柜台", "客服", "催收", case.reference, "采摘", "孩子"):
        assert secret not in text
    masked = read_case(path).case
    assert masked is not None
    assert [d.account for d in masked.debts] == ["A1", "A2", "A3", "A4"]
    assert [d.balance.total for d in masked.debts] == [d.balance.total for d in case.debts]
    assert masked.outcomes[0].accounts == ("A1",)
    assert masked.debts[0].acts[0].proven
    assert masked.overrides[0].by == 1 and masked.budget.reasons == ()
    assert [r.why for r in masked.ladders[0].rungs] == ["", "", ""]
    assert masked.choices[0].compared[0].total == case.choices[0].compared[0].total
    assert masked.suppositions == Suppositions(
        sharing=SharingSettings(seats=(Seat(account="A1", minimum=5),)),
        risk=RiskSettings(tolerated=2),
        recovery=RecoverySettings(),
    )
    assert mask(masked) == masked


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"),
        (b"{", "not a case"),
        (b"[1]", "not a case"),
        (b"{}", "not a case"),
        (b"\xff\xfeA", "not a case"),
        (b"[" * 100_000, "not a case"),
        (b'{"format": 2}', "newer version"),
        (b'{"format": 1, "reference": 5, "client": "x"}', "reference: 5 is not a text"),
        (b'{"format": 1, "client": "x"}', "'reference' is missing"),
        (b'{"format": NaN}', "damaged"),
    ],
)
def test_a_file_that_is_no_case_says_so(content: bytes, problem: str) -> None:
    reading = read_case("case.json", content)
    assert reading.case is None
    (found,) = reading.problems
    assert problem in found.text.in_language("en")


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    assert read_case(tmp_path / "no.json").problems[0].text.in_language("en") == "There is no file of this name."


def test_a_write_that_fails_keeps_the_old_file(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_case(case, tmp_path / "case.json")
    before = path.read_bytes()

    def fail(self: Path, target: Path) -> Path:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_case(replace(case, note="new"), path)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["case.json"]


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_changed_file_is_a_case_or_a_problem(data: st.DataObject) -> None:
    from debtdesk.core.plain import case_to_plain

    content = bytearray(json.dumps(case_to_plain(sample_case()), ensure_ascii=False).encode())
    for place, value in data.draw(
        st.lists(st.tuples(st.integers(0, len(content) - 1), st.integers(0, 255)), max_size=5)
    ):
        content[place] = value
    reading = read_case("case.json", bytes(content))
    assert (reading.case is None) == bool(reading.problems)
