from dataclasses import replace
from datetime import date

import pytest

from debtdesk.core.confidence import FigureKnown, figures, fit_for_letters
from debtdesk.core.debt import Debt, Payment
from debtdesk.core.problems import Severity
from debtdesk.core.terms import Known

from .test_chain import DEBT, UNHEARD


def test_what_was_seen_may_go_into_a_letter() -> None:
    assert fit_for_letters(DEBT) == []


@pytest.mark.parametrize(
    ("debt", "field", "severity"),
    [
        (replace(DEBT, balance=replace(DEBT.balance, known=Known.TOLD)), "amount", Severity.ERROR),
        (replace(DEBT, balance=replace(DEBT.balance, source=" ")), "source", Severity.WARNING),
        (replace(DEBT, terms=replace(DEBT.terms, known=Known.ASSUMED)), "rate", Severity.ERROR),
        (replace(DEBT, chain=(UNHEARD,)), "creditor", Severity.ERROR),
        (replace(DEBT, payments=(Payment(date(2025, 1, 1), 100),)), "payment", Severity.WARNING),
    ],
)
def test_what_is_weak_is_named_with_a_remedy(debt: Debt, field: str, severity: Severity) -> None:
    (problem,) = fit_for_letters(debt)
    assert (problem.field, problem.severity) == (field, severity)
    assert problem.remedy.in_language("zh") != problem.remedy.text


@pytest.mark.parametrize(
    ("balance", "terms", "onward"),
    [
        (Known.SEEN, Known.SEEN, Known.COMPUTED),
        (Known.SEEN, Known.TOLD, Known.TOLD),
        (Known.TOLD, Known.ASSUMED, Known.ASSUMED),
        (Known.COMPUTED, Known.SEEN, Known.COMPUTED),
    ],
)
def test_what_is_computed_is_as_weak_as_what_it_rests_on(balance: Known, terms: Known, onward: Known) -> None:
    debt = replace(DEBT, balance=replace(DEBT.balance, known=balance), terms=replace(DEBT.terms, known=terms))
    assert figures(debt) == (
        FigureKnown("principal", balance),
        FigureKnown("rate", terms),
        FigureKnown("future", onward),
    )
