"""A case as plain data: nothing is lost, nothing is guessed."""

import contextlib
import json
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debtdesk.core.acts import Act, ActKind
from debtdesk.core.bill_rules import BillRule
from debtdesk.core.bills import Bill, BillLine, Channel, Flow
from debtdesk.core.budget import Budget, BudgetItem, Category, Frequency, GuideReason, Kind, Regularity
from debtdesk.core.case import Answer, Case, Consultation, Outcome
from debtdesk.core.claim_stage import ClaimStage, CourtDays
from debtdesk.core.debt import Balance, Debt, Freeze, Payment
from debtdesk.core.draws import Chances
from debtdesk.core.ladder import Choice, ComparedOffer, Ladder, Rung, Trade
from debtdesk.core.links import Link, LinkKind, LinkProof, NoticeState
from debtdesk.core.money import LARGEST, Rounding
from debtdesk.core.overrides import Override
from debtdesk.core.plain import FORMAT, NewerFormat, case_from_plain, case_to_plain, from_plain, to_plain
from debtdesk.core.proposal import Proposal, Remainder, Role, Waiver, WaiverTime
from debtdesk.core.rates import Period, Rate
from debtdesk.core.recovery import Assumptions
from debtdesk.core.risk import Measure, Reserve
from debtdesk.core.sharing import ShareRule, Stance
from debtdesk.core.shock import Hit, Shock, ShockKind
from debtdesk.core.suppositions import (
    OfferSettings,
    RecoverySettings,
    RiskSettings,
    SearchSettings,
    Seat,
    SharingSettings,
    Suppositions,
)
from debtdesk.core.terms import (
    Base,
    Compounding,
    DatedRate,
    Known,
    LateFee,
    Order,
    Part,
    PaymentDay,
    Rhythm,
    Terms,
    YearBasis,
)

from .proposals import rich

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
DAY = st.dates(date(2000, 1, 1), date(2099, 12, 31))
FEN = st.integers(0, LARGEST)
SHARE = st.fractions(0, 1)
RATE = st.builds(Rate, st.fractions(0, 1), st.sampled_from(Period))
PAYMENTS = st.lists(st.builds(Payment, DAY, st.integers(1, LARGEST), TEXT), max_size=3).map(tuple)
FREEZE = st.builds(lambda a, b: Freeze(min(a, b), max(a, b)), DAY, DAY)
LATE_FEE = st.builds(
    lambda share, floor, above, minimum, bears, until: LateFee(
        share, floor, None if above is None else floor + above, minimum, bears, until
    ),
    SHARE,
    FEN,
    st.none() | FEN,
    st.fractions(Fraction(1, 1000), 1),
    st.booleans(),
    st.none() | DAY,
)
RATES = st.builds(
    lambda first, later: (DatedRate(None, first), *(DatedRate(d, later[d]) for d in sorted(later))),
    RATE,
    st.dictionaries(DAY, RATE, max_size=3),
)
TERMS = st.builds(
    Terms,
    rates=RATES,
    year=st.sampled_from(YearBasis),
    first_day_counts=st.booleans(),
    last_day_counts=st.booleans(),
    payment_day=st.sampled_from(PaymentDay),
    compounding=st.sampled_from([Compounding.SIMPLE, Compounding.MONTHLY]),
    base=st.sampled_from(Base),
    rhythm=st.sampled_from(Rhythm),
    rounding=st.sampled_from(Rounding),
    statement_day=st.integers(1, 31),
    accrues_to=st.sampled_from([Part.INTEREST, Part.PENALTY_INTEREST]),
    late_fee=st.none() | LATE_FEE,
    order=st.sampled_from(Order),
    contract_order=st.permutations(list(Part)).map(tuple),
    known=st.sampled_from(Known),
)
BALANCE = st.builds(
    Balance,
    principal=FEN,
    interest=FEN,
    penalty_interest=FEN,
    fees=FEN,
    credit=FEN,
    as_of=DAY,
    source=TEXT,
    known=st.sampled_from(Known),
)
LINK = st.builds(
    Link,
    st.sampled_from(LinkKind),
    TEXT.filter(str.strip),
    st.none() | DAY,
    st.sampled_from(LinkProof),
    TEXT,
    st.sampled_from(NoticeState),
    FEN,
)
COURT = st.builds(CourtDays, court=TEXT, number=TEXT, answer_by=st.none() | DAY, pay_by=st.none() | DAY, unpaid=FEN)
CONSULTATION = st.builds(Consultation, day=DAY, who=TEXT, what=TEXT, accounts=st.lists(TEXT, max_size=2).map(tuple))
DEBT = st.builds(
    Debt,
    account=TEXT,
    creditor=TEXT,
    lender=TEXT,
    product=TEXT,
    balance=BALANCE,
    terms=TERMS,
    default_date=DAY,
    payments=PAYMENTS,
    freezes=st.lists(FREEZE, max_size=2).map(tuple),
    acts=st.lists(st.builds(Act, DAY, st.sampled_from(ActKind), TEXT, TEXT), max_size=2).map(tuple),
    note=TEXT,
    chain=st.lists(LINK, max_size=2).map(tuple),
    stage=st.sampled_from(ClaimStage),
    court=st.none() | COURT,
    last_due=st.none() | DAY,
)
ITEM = st.builds(
    BudgetItem,
    name=TEXT,
    kind=st.sampled_from(Kind),
    category=st.sampled_from(Category),
    amount=FEN,
    frequency=st.sampled_from(Frequency),
    months=st.sets(st.integers(1, 12), min_size=1).map(lambda months: tuple(sorted(months))),
    essential=st.booleans(),
    start=DAY,
    end=st.none(),
    note=TEXT,
    known=st.sampled_from(Known),
    regularity=st.sampled_from(Regularity),
)
SHOCK = st.builds(
    Shock,
    kind=st.sampled_from(ShockKind),
    lost=SHARE,
    hit=st.sampled_from(Hit),
    cost=FEN,
    begins=st.integers(0, 60),
    lasts=st.integers(0, 12),
    yearly=st.lists(st.integers(1, 12), max_size=2).map(tuple),
)
BUDGET = st.builds(
    lambda persons, fewer, **given: Budget(persons=persons, dependants=min(fewer, persons - 1), **given),
    items=st.lists(ITEM, max_size=4).map(tuple),
    persons=st.integers(1, 12),
    fewer=st.integers(0, 12),
    uncertain_share=SHARE,
    reasons=st.dictionaries(st.sampled_from(Category), TEXT, max_size=2).map(
        lambda texts: tuple(GuideReason(category=c, text=t) for c, t in texts.items())
    ),
    shocks=st.lists(SHOCK, max_size=2).map(tuple),
    protected_minimum=FEN,
    protected_source=TEXT,
    savings=FEN,
    reserve_target=FEN,
    reserve_monthly=FEN,
    step=st.integers(1, 10_000),
)
WAIVER = st.builds(
    Waiver,
    principal=SHARE,
    interest=SHARE,
    penalty_interest=SHARE,
    fees=SHARE,
    time=st.sampled_from(WaiverTime),
)
EVEN = st.builds(
    lambda days, **given: Proposal(start=min(days), first_due=max(days), **given),
    st.tuples(DAY, DAY),
    name=TEXT,
    role=st.sampled_from(Role),
    accounts=st.lists(TEXT, max_size=2).map(tuple),
    waiver=WAIVER,
    down_payment=FEN,
    installments=st.integers(1, 120),
    rate=st.none() | RATE,
    period_fee=SHARE,
    remainder=st.just(Remainder.LAST),
    note=TEXT,
)
PROPOSAL = EVEN | rich().map(lambda drawn: drawn[0]) | rich(numbered=False).map(lambda drawn: drawn[0])
RUNG = st.builds(Rung, proposal=PROPOSAL, why=TEXT)
LADDER = st.builds(
    Ladder,
    day=DAY,
    opening=RUNG,
    target=RUNG,
    walk_away=RUNG,
    trades=st.lists(st.builds(Trade, given=TEXT, gained=TEXT), max_size=2).map(tuple),
    note=TEXT,
)
COMPARED = st.builds(
    ComparedOffer,
    name=TEXT,
    total=FEN,
    monthly=FEN,
    months=st.integers(0, 120),
    end=DAY,
    waived=FEN,
    yearly_cost=st.none() | SHARE,
    share_of_capacity=st.none() | SHARE,
    dominated=st.booleans(),
)
CHOICE = st.builds(
    Choice,
    day=DAY,
    proposal=PROPOSAL,
    reason=TEXT.filter(str.strip),
    compared=st.lists(COMPARED, max_size=2).map(tuple),
    nothing=FEN,
    horizon=st.none() | DAY,
)
OUTCOME = st.builds(
    Outcome,
    day=DAY,
    proposal=PROPOSAL,
    answer=st.sampled_from(Answer),
    accounts=st.lists(TEXT, max_size=2).map(tuple),
    reason=TEXT,
    evidence=TEXT,
)
BARRED = st.text(st.sampled_from("a|\\\n中 "), max_size=4)
WORDS = ("kind", "party", "item", "method", "status", "note", "account", "order", "merchant_order")
BILL_LINE = st.builds(
    BillLine,
    row=st.integers(0, 10**6),
    when=st.datetimes(),
    amount=FEN,
    flow=st.sampled_from(Flow),
    **dict.fromkeys(
        ("kind", "party", "item", "method", "status", "note", "account", "order", "merchant_order", "funds"), BARRED
    ),
    refunded=FEN,
    fee=FEN,
)
BILL = st.builds(
    Bill,
    channel=st.sampled_from(Channel),
    source=TEXT,
    digest=TEXT,
    lines=st.lists(BILL_LINE, max_size=3).map(tuple),
    first=st.none() | DAY,
    last=st.none() | DAY,
)
BILL_RULE = st.builds(
    BillRule, party=TEXT.filter(str.strip), essential=st.booleans(), flow=st.none() | st.sampled_from(Flow)
)
OVERRIDE = st.builds(
    Override,
    day=DAY,
    proposal=TEXT,
    month=DAY,
    by=FEN,
    months=st.integers(1, 60),
    reason=TEXT.filter(str.strip),
)
SUPPOSED_SHARE = st.none() | SHARE
SUPPOSITIONS = st.builds(
    Suppositions,
    offers=st.none() | st.builds(OfferSettings, value_rate=st.none() | RATE, longest=st.none() | st.integers(1, 120)),
    search=st.none()
    | st.builds(
        SearchSettings,
        monthly=st.none() | FEN,
        by_month=st.booleans(),
        step=st.none() | st.fractions(Fraction(1, 20), 1),
        freezes=st.none() | st.lists(st.integers(0, 60), min_size=1, max_size=3).map(tuple),
        principal=SUPPOSED_SHARE,
        fees=SUPPOSED_SHARE,
    ),
    sharing=st.none()
    | st.builds(
        SharingSettings,
        monthly=st.none() | FEN,
        rule=st.sampled_from(ShareRule),
        aside=st.sampled_from([Stance.WAITS, Stance.STAYS_OUT]),
        seats=st.lists(
            st.builds(
                Seat,
                account=TEXT,
                takes_part=st.booleans(),
                still=st.booleans(),
                minimum=FEN,
                weight=SHARE,
                place=st.integers(1, 99),
            ),
            max_size=2,
        ).map(tuple),
    ),
    risk=st.none()
    | st.builds(
        RiskSettings,
        chances=st.builds(Chances, job_loss=SHARE, illness=SHARE, known=st.sampled_from(Known)),
        source=TEXT,
        level=SHARE,
        measure=st.sampled_from(Measure),
        tolerated=st.integers(0, 12),
        reserve=st.sampled_from(Reserve),
    ),
    recovery=st.none()
    | st.builds(
        RecoverySettings,
        assumptions=st.builds(Assumptions, rate=SHARE, wait_share=SUPPOSED_SHARE, suit_costs=FEN),
        source=TEXT,
    ),
)
CASE = st.builds(
    Case,
    reference=TEXT,
    client=TEXT,
    debts=st.lists(DEBT, max_size=3, unique_by=lambda debt: debt.account).map(tuple),
    budget=BUDGET,
    proposals=st.lists(PROPOSAL, max_size=2).map(tuple),
    outcomes=st.lists(OUTCOME, max_size=2).map(tuple),
    day=st.none() | DAY,
    note=TEXT,
    consultations=st.lists(CONSULTATION, max_size=2).map(tuple),
    bills=st.lists(BILL, max_size=2).map(tuple),
    bill_rules=st.lists(BILL_RULE, max_size=2).map(tuple),
    overrides=st.lists(OVERRIDE, max_size=2).map(tuple),
    ladders=st.lists(LADDER, max_size=1).map(tuple),
    choices=st.lists(CHOICE, max_size=1).map(tuple),
    suppositions=SUPPOSITIONS,
)

RATE_TERMS = Terms(rates=(DatedRate(None, Rate(Fraction(1, 2000), Period.DAY)),))


@pytest.fixture
def plain() -> dict[str, Any]:
    debt = Debt(
        account="HB-01",
        creditor="某消费金融公司",
        lender="某消费金融公司",
        product="huabei",
        balance=Balance(principal=1_000_000, as_of=date(2026, 11, 24)),
        terms=RATE_TERMS,
        default_date=date(2023, 11, 25),
    )
    item = BudgetItem(
        name="采茶", kind=Kind.INCOME, category=Category.INCOME, amount=1, frequency=Frequency.MONTHS, months=(4, 5)
    )
    return case_to_plain(Case(reference="a", client="张**", debts=(debt,), budget=Budget(items=(item,))))


@settings(deadline=None, max_examples=60)
@given(CASE)
def test_a_case_comes_back_from_json_as_it_was(case: Case) -> None:
    text = json.dumps(case_to_plain(case), allow_nan=False)
    assert case_from_plain(json.loads(text)) == case


@settings(deadline=None, max_examples=60)
@given(PROPOSAL)
def test_a_single_record_comes_back_as_it_was(proposal: Proposal) -> None:
    assert from_plain(Proposal, json.loads(json.dumps(to_plain(proposal)))) == proposal


def test_a_case_written_before_shocks_and_overrides_still_opens(plain: dict[str, Any]) -> None:
    del plain["overrides"]
    for name in ("dependants", "uncertain_share", "reasons", "shocks"):
        del plain["budget"][name]
    del plain["budget"]["items"][0]["regularity"]
    case = case_from_plain(plain)
    assert case.overrides == () and case.budget.items[0].regularity is Regularity.REGULAR
    assert (case.budget.dependants, case.budget.uncertain_share, case.budget.shocks) == (0, 0, ())


def test_a_case_written_before_suppositions_still_opens(plain: dict[str, Any]) -> None:
    del plain["suppositions"]
    assert case_from_plain(plain).suppositions == Suppositions()


def test_exact_values_stand_in_the_plain_data(plain: dict[str, Any]) -> None:
    assert plain["format"] == FORMAT == 1
    assert plain["debts"][0]["terms"]["rates"] == [{"start": None, "rate": {"value": "1/2000", "period": "day"}}]
    assert plain["debts"][0]["balance"]["as_of"] == "2026-11-24"
    assert plain["budget"]["items"][0]["months"] == [4, 5]


def test_a_name_left_out_takes_its_default(plain: dict[str, Any]) -> None:
    del plain["debts"][0]["balance"]["fees"], plain["outcomes"]
    assert case_from_plain(plain).debts[0].balance.fees == 0


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        (("format",), None, "format None"),
        (("format",), "1", "format '1'"),
        (("client",), None, "client: None is not a text"),
        (("surprise",), 1, "unknown names 'surprise'"),
        (("debts",), "HB", "debts: 'HB' is not a list"),
        (("debts", 0), None, "debts[0]: None is not a debt"),
        (("debts", 0, "default_date"), "2026-02-30", "debts[0].default_date: the day '2026-02-30' does not exist"),
        (("debts", 0, "default_date"), 20260201, "debts[0].default_date: 20260201 is not a day"),
        (("debts", 0, "balance", "principal"), "5", "debts[0].balance.principal: '5' is not a whole number"),
        (("debts", 0, "balance", "principal"), 5.0, "debts[0].balance.principal: 5.0 is not a whole number"),
        (("debts", 0, "balance", "principal"), True, "debts[0].balance.principal: True is not a whole number"),
        (("debts", 0, "balance", "principal"), -1, "debts[0].balance: principal -1 is below zero"),
        (("debts", 0, "terms", "rates", 0, "rate", "value"), "1/0", "rates[0].rate.value: '1/0' is not a fraction"),
        (("debts", 0, "terms", "rates", 0, "rate", "value"), 0.0005, "rates[0].rate.value: 0.0005 is not a fraction"),
        (("debts", 0, "terms", "year"), 365, "debts[0].terms.year: 365 is not a text"),
        (("debts", 0, "terms", "order"), "friendly", "is not one of civil_code_561, card, contract"),
        (("debts", 0, "terms", "late_fee"), 3, "debts[0].terms.late_fee: 3 is not"),
        (("budget", "items", 0, "months"), [4, "5"], "budget.items[0].months[1]: '5' is not a whole number"),
        (("budget", "items", 0, "essential"), 1, "budget.items[0].essential: 1 is not true or false"),
    ],
)
def test_wrong_data_are_refused_with_their_place(
    plain: dict[str, Any], place: tuple[str | int, ...], value: object, said: str
) -> None:
    inside: Any = plain
    for step in place[:-1]:
        inside = inside[step]
    inside[place[-1]] = value
    with pytest.raises(ValueError) as caught:
        case_from_plain(plain)
    assert said in str(caught.value)


def test_a_missing_name_is_named(plain: dict[str, Any]) -> None:
    del plain["debts"][0]["balance"]["principal"]
    with pytest.raises(ValueError, match=r"debts\[0\]\.balance.*'principal' is missing"):
        case_from_plain(plain)


def test_every_wrong_place_is_named_at_once(plain: dict[str, Any]) -> None:
    plain["client"] = 1
    plain["debts"][0]["account"] = 2
    with pytest.raises(ValueError, match=r"client: 1 is not a text; debts\[0\]\.account: 2 is not a text"):
        case_from_plain(plain)


def test_a_newer_format_says_so(plain: dict[str, Any]) -> None:
    plain["format"] = FORMAT + 1
    with pytest.raises(NewerFormat, match="newer"):
        case_from_plain(plain)


@pytest.mark.parametrize("given", [None, [], "case", 1])
def test_what_is_no_dictionary_is_no_case(given: object) -> None:
    with pytest.raises(ValueError, match="dictionary"):
        case_from_plain(given)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(sorted(Case.__dataclass_fields__)), JSON)
def test_anything_else_is_refused_with_a_value_error(name: str, value: object) -> None:
    with contextlib.suppress(ValueError):
        case_from_plain({"format": 1, "reference": "a", "client": "b", name: value})


TODAY = Debt(
    account="1",
    creditor="A",
    lender="A",
    product="other",
    balance=Balance(principal=1, as_of=date(2026, 11, 24)),
    terms=Terms(rates=(DatedRate(None, Rate(Fraction(1, 2000), Period.DAY)),)),
    default_date=date(2023, 11, 24),
)


def test_a_case_kept_before_chains_and_consultations_still_loads() -> None:
    case = Case(reference="1", client="X", debts=(TODAY,))
    plain = case_to_plain(case)
    del plain["consultations"], plain["bills"], plain["bill_rules"]
    for debt in plain["debts"]:
        for name in ("chain", "stage", "court", "last_due"):
            del debt[name]
    assert case_from_plain(plain) == case


OLD_PROPOSAL = {
    "name": "目标",
    "role": "target",
    "accounts": [],
    "waiver": {"principal": "0/1", "interest": "0/1", "penalty_interest": "1/1", "fees": "1/1", "time": "on_signing"},
    "down_payment": 0,
    "start": "2026-12-01",
    "first_due": "2026-12-10",
    "installments": 48,
    "rate": None,
    "period_fee": "0/1",
    "remainder": "last",
    "note": "",
}


def test_a_proposal_kept_before_its_later_fields_still_loads() -> None:
    found = from_plain(Proposal, OLD_PROPOSAL)
    assert (found.installments, found.size, found.step_up, found.rounding_step) == (48, None, None, 1)
    assert found.is_even


def test_a_case_kept_before_ladders_and_choices_still_loads() -> None:
    case = Case(reference="1", client="X", debts=(TODAY,))
    plain = case_to_plain(case)
    del plain["ladders"], plain["choices"]
    assert case_from_plain(plain) == case


def test_ladders_and_choices_are_only_added_to() -> None:
    day, proposal = date(2026, 11, 24), from_plain(Proposal, OLD_PROPOSAL)
    rung = Rung(proposal=proposal, why="")
    first, second = (Ladder(day=day, opening=rung, target=rung, walk_away=rung, note=n) for n in "ab")
    case = Case(reference="1", client="X").with_ladder(first).with_ladder(second)
    assert (case.ladders, case.ladder) == ((first, second), second)
    choice = Choice(day=day, proposal=proposal, reason="fits")
    assert case.with_choice(choice).choice == choice
