"""Limitation timelines. The days are those of Civil Code 188, 201-203 counted by hand on the published calendar."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debtdesk.core.acts import Act, ActKind
from debtdesk.core.claim_stage import ClaimStage
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


def test_a_message_sent_is_enough_for_a_card_only() -> None:
    # 银行卡规定 art. 3 for cards; 诉讼时效规定 art. 8 for other debts: it must reach, or be such that it should
    sms = Act(date(2025, 11, 20), ActKind.MESSAGE_SENT, "screenshot")
    due = date(2023, 11, 10)
    card = limitation(replace(debt(due, acts=(sms,)), product="credit_card"), on=ON)
    assert (card.raw_end, card.contested) == (date(2028, 11, 20), ())
    other = limitation(debt(due, acts=(sms,)), on=ON)
    assert (other.raw_end, other.contested, other.end_if_all) == (date(2026, 11, 10), (sms,), date(2028, 11, 20))


def test_a_call_is_contested_and_without_proof_only_unproven() -> None:
    proven, told = Act(date(2025, 5, 6), ActKind.CALL, "recording"), Act(date(2025, 5, 7), ActKind.CALL)
    found = limitation(debt(date(2023, 11, 10), acts=(told, proven)), on=ON)
    assert (found.contested, found.unproven) == ((proven,), (told,))
    assert [e.effect for e in found.all_events()] == [Effect.CONTESTED, Effect.UNPROVEN]


def test_installments_count_from_the_last_one() -> None:
    # Civil Code 189: the last installment of 2024-07-15 -> 2027-07-15
    found = limitation(replace(debt(date(2023, 11, 10)), last_due=date(2024, 7, 15)), on=ON)
    assert (found.due, found.raw_end) == (date(2024, 7, 15), date(2027, 7, 15))
    assert any("189" in c.in_language("en") for c in found.cautions)


def test_an_act_before_the_due_day_changes_nothing_but_is_shown() -> None:
    early = Act(date(2023, 10, 1), ActKind.DEMAND, "letter")
    found = limitation(debt(date(2023, 11, 10), acts=(early,)), on=ON)
    assert (found.raw_end, [e.effect for e in found.events]) == (date(2026, 11, 10), [Effect.BEFORE_START])
    assert found.nothing_entered


def test_six_months_before_the_end_it_is_close() -> None:
    # due 2023-12-05 -> 2026-12-05, a Saturday -> Monday 2026-12-07; six months before: 2026-06-07
    of = debt(date(2023, 12, 5))
    assert limitation(of, on=ON).end == date(2026, 12, 7)
    close = [limitation(of, on=d).close for d in (date(2026, 6, 7), date(2026, 6, 8), date(2026, 12, 8))]
    assert close == [False, True, False]


def test_after_a_judgment_another_period_counts() -> None:
    found = limitation(replace(debt(date(2023, 11, 10)), stage=ClaimStage.JUDGED), on=ON)
    assert found.judged and len(found.cautions) == 1 and "250" in found.cautions[0].in_language("en")


def test_after_a_suit_the_end_may_lie_later() -> None:
    suit = Act(date(2025, 3, 3), ActKind.SUIT, "summons")
    said = [c.in_language("en") for c in limitation(debt(date(2023, 11, 10), acts=(suit,)), on=ON).cautions]
    assert any("when that procedure ends" in text for text in said)


ACTS = st.lists(
    st.builds(
        Act, st.dates(date(2023, 1, 1), date(2026, 11, 24)), st.sampled_from(ActKind), st.sampled_from(["", "seen"])
    ),
    max_size=6,
)


@given(ACTS, ACTS, st.dates(date(2020, 1, 1), date(2026, 6, 30)))
def test_an_act_never_makes_the_end_earlier(acts: list[Act], more: list[Act], due: date) -> None:
    few, many = (limitation(debt(due, acts=tuple(a)), on=ON) for a in (acts, acts + more))
    assert few.end <= many.end
    assert few.end_if_all <= many.end_if_all and few.end <= few.end_if_all


@given(ACTS.flatmap(lambda acts: st.tuples(st.just(acts), st.permutations(acts))))
def test_the_order_of_entering_does_not_matter(both: tuple[list[Act], list[Act]]) -> None:
    one, other = (limitation(debt(date(2023, 11, 10), acts=tuple(acts)), on=ON) for acts in both)
    assert one == other


@given(ACTS, st.dates(date(2020, 1, 1), date(2026, 6, 30)))
def test_provisional_is_an_end_beyond_the_published_years(acts: list[Act], due: date) -> None:
    found = limitation(debt(due, acts=tuple(acts)), on=ON)
    assert found.provisional == (found.end > date(2026, 12, 31))
    assert found.raw_end <= found.end and found.raw_end <= found.raw_end_next_day


@given(ACTS, st.dates(date(2020, 1, 1), date(2026, 6, 30)))
def test_nothing_entered_is_dropped(acts: list[Act], due: date) -> None:
    found = limitation(debt(due, acts=tuple(acts)), on=ON)
    assert {e.act for e in found.all_events()} == set(acts)


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
