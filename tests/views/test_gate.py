from dataclasses import replace

import pytest

from debtdesk.core.case import Case, Consultation
from debtdesk.core.gate import GateAct, pass_gate
from debtdesk.files.worked import DAY, sample_case
from debtdesk.views.gate import gate_html
from debtdesk.views.words import debt_name


def shown(case: Case, act: GateAct, language: str, *, asks: bool = True) -> str:
    return gate_html(pass_gate(case, act, case.debts, DAY), language, asks=asks)


@pytest.mark.parametrize("act", GateAct)
def test_every_debt_is_named_in_both_languages(act: GateAct) -> None:
    case = sample_case()
    for language, word in (("zh", "之前"), ("en", "Before")):
        html = shown(case, act, language)
        assert word in html and all(debt_name(d, language) in html for d in case.debts)


def test_the_worked_case_asks_for_advice_and_for_a_notice() -> None:
    # 借呗 has less than six months left; of the 信用贷 a transfer is said without notice
    html = shown(sample_case(), GateAct.SIGN, "en")
    assert html.count("No advice of a lawyer") == 1 and "…2208" in html
    assert "Ask the one who claims for the notice of assignment" in html
    assert "No advice" not in shown(sample_case(), GateAct.SIGN, "en", asks=False)


def test_what_was_typed_is_escaped() -> None:
    advice = Consultation(day=DAY, who="<b>W</b>", what="<i>x</i>")
    html = shown(replace(sample_case(), consultations=(advice,)), GateAct.SIGN, "en")
    assert "&lt;b&gt;W" in html and "<b>W" not in html and "<i>x" not in html
