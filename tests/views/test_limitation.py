"""The timeline of limitation: readable whatever was entered, in both languages, and concluding nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from debtdesk.core.acts import Act, ActKind
from debtdesk.core.chain import Standing
from debtdesk.core.claim_stage import ClaimStage
from debtdesk.core.debt import Debt
from debtdesk.core.gate import GateAct
from debtdesk.core.limitation import Effect, limitation
from debtdesk.core.links import LinkKind, LinkProof, NoticeState
from debtdesk.files.worked import DAY, sample_case
from debtdesk.views.claims import claim_word
from debtdesk.views.limitation import acts_table, limitation_sentence, timeline_chart

from .seeing import faults, said, texts

HUABEI, JIEBEI, BANK_LOAN, CARD = sample_case().debts
MANY = tuple(
    Act(date(2024, 1, 1) + timedelta(days=60 * n), kind, "seen" if n % 3 else "") for n, kind in enumerate(ActKind)
)
DEBTS: dict[str, Debt] = {
    "payment": HUABEI,
    "near": JIEBEI,
    "letter": BANK_LOAN,
    "card": CARD,
    "many": replace(HUABEI, acts=MANY),
    "same day": replace(JIEBEI, acts=tuple(Act(date(2025, 5, 6), k, "x") for k in list(ActKind)[:4])),
    "long past": replace(
        JIEBEI, default_date=date(2019, 5, 5), acts=(Act(date(2026, 11, 20), ActKind.SIGNED_NOTICE, "x"),)
    ),
    "fresh": replace(JIEBEI, default_date=date(2026, 11, 20), acts=()),
    "judged": replace(JIEBEI, stage=ClaimStage.JUDGED),
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", DEBTS)
def test_timelines_are_readable(name: str, language: str) -> None:
    debt = DEBTS[name]
    figure = timeline_chart(debt, limitation(debt, on=DAY), language, on=DAY)
    assert faults(figure) == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("before", [1, 15, 40, 80, 110, 140, 200, 400])
def test_no_label_stands_on_the_line_however_near_the_end_is(before: int, language: str) -> None:
    debt = replace(JIEBEI, default_date=date(2024, 3, 16), acts=())
    found = limitation(debt, on=DAY)
    on = found.end - timedelta(days=before)
    figure = timeline_chart(debt, found, language, on=on)
    line = figure.axes[0].transData.transform((0, 0))[1]
    spans = [t.get_window_extent() for t in texts(figure)]
    assert [s for s in spans if s.y0 < line < s.y1] == [] and faults(figure) == []


def test_the_picture_names_the_end_and_what_started_it_anew() -> None:
    text = said(timeline_chart(HUABEI, limitation(HUABEI, on=DAY), "en", on=DAY)).replace("\n", " ")
    assert "until about 2027-06-18 (provisional)" in text
    assert "2024-06-18 part payment" in text and "today 2026-11-24" in text


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", DEBTS)
def test_every_act_stands_in_the_table(name: str, language: str) -> None:
    found = limitation(DEBTS[name], on=DAY)
    table = acts_table(found, language)
    assert len(table) == 1 + len(found.all_events())
    assert not table.isna().to_numpy().any()


def test_the_sentence_concludes_nothing() -> None:
    past = limitation(DEBTS["long past"], on=DAY)
    text = limitation_sentence(past)
    assert past.past and "would have run" in text.in_language("en") and "律师" in text.in_language("zh")


def test_every_member_has_a_word() -> None:
    for kind in (ActKind, Effect, ClaimStage, LinkKind, LinkProof, NoticeState, Standing, GateAct):
        assert all(claim_word(m).in_language("zh") for m in kind)
