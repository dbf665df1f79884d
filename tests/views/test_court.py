"""A court's dates and costs in words; amounts worked by hand."""

from dataclasses import replace
from datetime import date

import pytest

from debtdesk.core.claim_stage import ClaimStage, CourtDays
from debtdesk.files.worked import DAY, sample_case
from debtdesk.views.court import court_sentences

DEBT = sample_case().debts[0]


def said(stage: ClaimStage, court: CourtDays | None = None) -> str:
    debt = replace(DEBT, stage=stage, court=court)
    return " ".join(m.in_language("en") for m in court_sentences(debt, "en", on=DAY))


@pytest.mark.parametrize("stage", [ClaimStage.REMINDER, ClaimStage.MEDIATION])
def test_before_a_suit_there_is_nothing_to_say(stage: ClaimStage) -> None:
    assert said(stage) == ""


def test_a_suit_shows_its_days_and_its_fee() -> None:
    text = said(ClaimStage.SUED, CourtDays(answer_by=date(2026, 12, 9), hearing=date(2026, 12, 28)))
    # 19,067.80: 50 + 9,067.80 x 2.5 % = 276.695 -> 276.70; half 138.3475 -> 138.35
    assert "2026-12-09" in text and "2026-12-28" in text and "276.70 yuan" in text and "138.35 yuan" in text


def test_a_judgment_shows_delay_interest_and_the_time_for_enforcement() -> None:
    text = said(ClaimStage.JUDGED, CourtDays(pay_by=date(2026, 8, 16), unpaid=1_000_000))
    # 10,000 x 0.0175 % x 100 days = 175.00
    assert "175.00 yuan" in text and "2028-08-16" in text and "Court fee" not in text


def test_a_judgment_without_days_claims_no_figure() -> None:
    assert "yuan" not in said(ClaimStage.ENFORCEMENT)
