"""The gate: Civil Code 192, 195; 诉讼时效规定 art. 14, 19. Days counted by hand on the published calendar."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debtdesk.core.acts import Act, ActKind
from debtdesk.core.case import Case, Consultation
from debtdesk.core.claim_stage import ClaimStage
from debtdesk.core.debt import Debt
from debtdesk.core.gate import Consequence, GateAct, GateFinding, pass_gate
from debtdesk.core.links import Link, LinkKind

from .test_chain import DEBT, ON

PAST = replace(DEBT, default_date=date(2023, 11, 11))  # due 2023-11-10 -> 2026-11-10
CLOSE = replace(DEBT, default_date=date(2023, 12, 6))  # due 2023-12-05 -> Monday 2026-12-07
FAR = replace(DEBT, acts=(Act(date(2025, 6, 18), ActKind.DEMAND, "letter"),))  # -> 2028-06-19


def gate(debt: Debt, *consultations: Consultation, on: date = ON, act: GateAct = GateAct.SIGN) -> GateFinding:
    case = Case(reference="1", client="X", debts=(debt,), consultations=consultations)
    return pass_gate(case, act, case.debts, on)


@pytest.mark.parametrize(
    ("debt", "consequence", "bites"),
    [
        (FAR, Consequence.STARTS_ANEW, False),
        (CLOSE, Consequence.STARTS_ANEW, True),
        (PAST, Consequence.NOT_KNOWN, True),
        (replace(PAST, acts=(Act(date(2026, 11, 12), ActKind.DEMAND, "x"),)), Consequence.WAIVER_QUESTION, True),
        (replace(PAST, acts=(Act(date(2025, 11, 12), ActKind.CALL),)), Consequence.WAIVER_QUESTION, True),
        (replace(PAST, stage=ClaimStage.SUED), Consequence.COURT, False),
    ],
)
def test_what_an_act_does_is_stated(debt: Debt, consequence: Consequence, bites: bool) -> None:
    found = gate(debt)
    assert (found.debts[0].consequence, found.debts[0].bites) == (consequence, bites)
    assert len(found.statements) == 2 and debt.account in found.statements[1].in_language("zh")
    assert found.open == (debt is FAR)


def test_two_years_and_six_months_after_the_last_proven_interruption_it_bites() -> None:
    # 2024-05-24 + 30 months = 2026-11-24: on that day not yet, the day after it does
    silent = replace(DEBT, acts=(Act(date(2024, 5, 24), ActKind.DEMAND, "letter"),))
    assert [gate(silent, on=d).debts[0].bites for d in (ON, date(2026, 11, 25))] == [False, True]


def test_advice_that_is_noted_opens_the_gate() -> None:
    advice = Consultation(day=date(2026, 11, 20), who="12348", what="…", accounts=("1",))
    assert gate(CLOSE, advice).open and gate(CLOSE, replace(advice, accounts=())).open
    assert not gate(CLOSE, replace(advice, accounts=("2",))).open
    assert not gate(CLOSE, replace(advice, day=date(2026, 11, 25))).open, "advice still to come"
    assert not gate(CLOSE, advice, on=date(2026, 12, 8)).open, "the end has gone by since"
    later = replace(CLOSE, acts=(Act(date(2026, 11, 22), ActKind.CALL),))
    assert not gate(later, advice).open, "something happened since"


def test_without_a_proven_creditor_it_stays_closed_and_says_what_to_ask_for() -> None:
    found = gate(replace(FAR, chain=(Link(LinkKind.ASSIGNED, "B"),)))
    (problem,) = found.missing
    assert problem.field == "creditor" and "notice of assignment" in problem.remedy.in_language("en")


@pytest.mark.parametrize("stage", [ClaimStage.SUED, ClaimStage.JUDGED, ClaimStage.ENFORCEMENT])
def test_before_a_court_the_courts_dates_come_first(stage: ClaimStage) -> None:
    found = gate(replace(FAR, stage=stage))
    assert not found.open and "court" in found.statements[1].in_language("en")


@given(st.sampled_from(GateAct), st.sampled_from([FAR, CLOSE, PAST]), st.sampled_from(["en", "zh"]))
def test_every_statement_is_said_in_both_languages(act: GateAct, debt: Debt, language: str) -> None:
    for text in gate(debt, act=act).statements:
        assert text.in_language(language) and "{" not in text.in_language(language)
