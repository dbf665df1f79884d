"""Limitation timelines. The days are those of Civil Code 188, 201-203 counted by hand on the published calendar."""

from datetime import date
from fractions import Fraction

import pytest

from debtdesk.core.acts import Act, ActKind
from debtdesk.core.debt import Balance, Debt, Payment
from debtdesk.core.limitation import Effect, limitation, shifted_end
from debtdesk.core.rates import Period, Rate
from debtdesk.core.terms import DatedRate, Terms

ON = date(2026, 11, 24)


def debt(due: date, *, payments: tuple[Payment, ...] = (), acts: tuple[Act, ...] = ()) -> Debt:
    return Debt(
        account="1",
        creditor="A",
        lender="A",
        product="huabei",
        balance=Balance(principal=1_000_000, as_of=ON),
        terms=Terms(rates=(DatedRate(None, Rate(Fraction(5, 10_000), Period.DAY)),)),
        default_date=date.fromordinal(due.toordinal() + 1),
        payments=payments,
        acts=acts,
    )


def test_the_period_runs_from_the_due_day_to_its_corresponding_day() -> None:
    # due 2023-11-10 -> 2026-11-10, a Tuesday and working day; counted from the next day, one day later
    found = limitation(debt(date(2023, 11, 10)), on=ON)
    assert (found.start, found.raw_end, found.end) == (date(2023, 11, 10), date(2026, 11, 10), date(2026, 11, 10))
    assert found.raw_end_next_day == date(2026, 11, 11)
    assert not found.provisional
    assert found.past


def test_a_demand_starts_the_period_anew() -> None:
    sms = Act(date(2024, 6, 18), ActKind.DEMAND, "SMS of 2024-06-18")
    found = limitation(debt(date(2023, 11, 10), acts=(sms,)), on=ON)
    # 2027-06-18: the calendar of 2027 is not published
    assert (found.raw_end, found.provisional, found.past) == (date(2027, 6, 18), True, False)
    assert [e.effect for e in found.events] == [Effect.INTERRUPTS]


def test_an_end_in_the_national_holiday_moves_behind_it() -> None:
    # 2023-10-03 -> 2026-10-03, a Saturday inside 10-01..07 -> Thursday 2026-10-08
    assert limitation(debt(date(2023, 10, 3)), on=ON).end == date(2026, 10, 8)


def test_a_leap_day_ends_with_the_month() -> None:
    # part payment 2024-02-29 -> 2027-02-28, a Sunday -> 2027-03-01, provisional
    found = limitation(debt(date(2023, 11, 10), payments=(Payment(date(2024, 2, 29), 100, "statement"),)), on=ON)
    assert (found.raw_end, found.end, found.provisional) == (date(2027, 2, 28), date(2027, 3, 1), True)


def test_an_act_after_the_end_is_a_question_of_waiver() -> None:
    late = Act(date(2026, 11, 20), ActKind.SIGNED_NOTICE, "notice")
    found = limitation(debt(date(2023, 11, 10), acts=(late,)), on=ON)
    assert found.raw_end == date(2026, 11, 10)
    assert [e.effect for e in found.events] == [Effect.WAIVER_QUESTION]
    assert any("waiver" in str(c.in_language("en")) for c in found.cautions)


def test_an_act_without_proof_is_left_out_but_shown() -> None:
    told = Act(date(2025, 5, 6), ActKind.ASKED_FOR_INSTALMENTS)
    found = limitation(debt(date(2023, 11, 10), acts=(told,)), on=ON)
    assert found.raw_end == date(2026, 11, 10)
    assert found.unproven == (told,)
    assert found.end_if_all == date(2028, 5, 8)  # 2028-05-06 is a Saturday


def test_later_acts_are_not_seen() -> None:
    later = Act(date(2026, 11, 1), ActKind.DEMAND, "letter")
    assert limitation(debt(date(2023, 11, 10), acts=(later,)), on=date(2026, 10, 31)).raw_end == date(2026, 11, 10)


@pytest.mark.parametrize("on", [date(2024, 1, 1), date(2026, 11, 9), ON])
def test_it_never_says_expired(on: date) -> None:
    for caution in limitation(debt(date(2023, 11, 10)), on=on).cautions:
        for language, words in (("en", ("expired", "time-barred")), ("zh", ("已过时效", "过期", "失效"))):
            assert not any(w in caution.in_language(language) for w in words)


def test_shifting_ends_on_a_working_day_and_never_goes_back() -> None:
    for n in range(730):
        day = date.fromordinal(date(2025, 1, 1).toordinal() + n)
        end, _ = shifted_end(day)
        assert 0 <= (end - day).days <= 9
