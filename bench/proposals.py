"""Proposals: very many rich ones against a budget, and twenty side by side for a case of four debts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np

from bench.race import Peer, Race
from debtdesk.core.comparison import Comparison, comparable, compare
from debtdesk.core.debt import Balance
from debtdesk.core.installing import Basis, StepUp
from debtdesk.core.proposal import Proposal
from debtdesk.core.rates import Period, Rate
from debtdesk.core.screening import Asked, Screened, screen
from debtdesk.files.worked import sample_case
from debtdesk.views.canvas import to_png
from debtdesk.views.comparing import comparison_html
from debtdesk.views.offers import BurdenChart, PaidChart, burden_cost_chart, paid_left_chart

MANY, FEW = 10_000, 500
OWED = Balance(principal=4_821_000, interest=210_300, penalty_interest=1_904_700, fees=96_000, as_of=date(2026, 11, 24))
SAVINGS = 300_000  # [fen]
SEASON = [126_000, 150_000, 40_000, 126_000, 90_000, 126_000]  # left in months that follow each other [fen]
LEFT = [SEASON[k % 6] for k in range(73)]
MONTH = 12_000_000  # millionths of a year


def draw(n: int) -> Asked:
    """Waivers, down payment, term, freeze, step-up and rate, as a search for a plan would try them."""
    d = np.random.default_rng(4)
    return Asked(
        months=d.integers(12, 61, n),
        interest=100_000 * d.integers(0, 11, n),
        penalty_interest=100_000 * d.integers(0, 11, n),
        fees=100_000 * d.integers(0, 11, n),
        down=50_000 * d.integers(0, 7, n),
        frozen=d.choice([0, 3, 6, 12], n),
        raised=d.choice([0, 30_000, 50_000, 100_000], n),
        rate=d.choice([0, 36_000, 60_000, 120_000, 182_500], n),
    )


ASKED, SMALL = draw(MANY), draw(FEW)
ROWS = list(
    zip(
        *(
            [int(x) for x in getattr(ASKED, name)]
            for name in ("months", "interest", "penalty_interest", "fees", "down", "frozen", "raised", "rate")
        ),
        strict=True,
    )
)


def ends(owed: int, pays: int, months: int, frozen: int, raised: int, rate: int) -> bool:
    """Whether a first installment clears what is owed in time, month by month."""
    left, late, half = owed, 0, MONTH // 2
    for k in range(months):
        if k and k % 12 == 0:
            pays = pays * (1_000_000 + raised) // 1_000_000
        due = late + ((left * rate + half) // MONTH if k >= frozen else 0)
        if pays >= due:
            late = 0
            left -= pays - due
            if left <= 0:
                return True
        else:
            late = due - pays
    return False


def one_by_one(row: tuple[int, ...]) -> tuple[int, int, int, int, int, int]:
    """The same offer in a Python loop: a first guess by the annuity, then the least that ends, then the cash."""
    months, interest, penalty, fees, down, frozen, raised, rate = row
    waived = OWED.interest * interest // 10**6 + OWED.penalty_interest * penalty // 10**6 + OWED.fees * fees // 10**6
    down = min(down, OWED.total - waived)
    owed, worth, monthly, up = OWED.total - waived - down, 0.0, 1 + rate / MONTH, 1 + raised / 1e6
    for k in range(months - 1, -1, -1):
        worth = (worth + up ** (k // 12)) / (monthly if k >= frozen else 1.0)
    pays = -int(-owed // worth) if owed else 0
    while not ends(owed, pays, months, frozen, raised, rate):
        pays += 1
    while pays and ends(owed, pays - 1, months, frozen, raised, rate):
        pays -= 1
    cash = SAVINGS + LEFT[0] - down
    left, late, now, total, short, lowest = owed, 0, pays, down, int(cash < 0), cash
    for k in range(months):
        if k and k % 12 == 0:
            now = now * (1_000_000 + raised) // 1_000_000
        due = late + ((left * rate + MONTH // 2) // MONTH if k >= frozen else 0)
        paid = min(now, due + left)
        charges = min(due, paid)
        late = due - charges
        left -= paid - charges
        total += paid
        cash += LEFT[k + 1] - paid
        short += cash < 0
        lowest = min(lowest, cash)
    return waived, down, pays, total, short, lowest


def many() -> Screened:
    return screen(OWED, ASKED, LEFT, SAVINGS)


def few() -> Screened:
    return screen(OWED, SMALL, LEFT, SAVINGS)


def many_one_by_one() -> object:
    return [one_by_one(row) for row in ROWS]


def few_one_by_one() -> object:
    return [one_by_one(row) for row in ROWS[:FEW]]


def check_many() -> None:
    found = many()
    columns = (found.waived, found.down, found.first, found.total, found.short, found.lowest)
    for i in range(0, MANY, 97):
        assert tuple(int(c[i]) for c in columns) == one_by_one(ROWS[i])


# --- twenty side by side ------------------------------------------------------------------------------------

CASE = sample_case()
DAY = CASE.day or date(2026, 11, 24)


def twenty(round_: int) -> list[Proposal]:
    """Twenty proposals of all kinds; another down payment each round, so that no schedule is known beforehand."""
    base, found = CASE.proposals[1], []
    for k in range(20):
        p = replace(
            base,
            name=f"p{k}",
            installments=24 + 3 * (k % 12),
            down_payment=10_000 + 100 * round_ + k,
            waiver=replace(base.waiver, penalty_interest=Fraction(k, 20)),
        )
        if k % 4 == 1:
            p = replace(p, rate=Rate(Fraction(6, 100), Period.YEAR))
        if k % 4 == 2:
            daily, up = Rate(Fraction(2, 10_000), Period.DAY), StepUp(every=12, share=Fraction(1, 10))
            p = replace(p, rate=daily, basis=Basis.DAILY, step_up=up)
        if k % 4 == 3:
            p = replace(p, installments=0, size=150_000)
        found.append(p)
    return found


ROUND = [0]


def side_by_side() -> Comparison:
    ROUND[0] += 1
    return compare(CASE, twenty(ROUND[0]), on=DAY)


def side_by_side_with_columns() -> object:
    return side_by_side().columns()


def each_by_itself() -> object:
    """The same twenty, each compared alone, as a panel would that does not share what they have in common."""
    ROUND[0] += 1
    return [compare(CASE, [p], on=DAY) for p in twenty(ROUND[0])]


def check_side_by_side() -> None:
    shared = compare(CASE, twenty(0), on=DAY).offers
    alone = [compare(CASE, [p], on=DAY).offers[0] for p in twenty(0)]
    assert [(o.total, o.monthly, o.nothing) for o in shared] == [(o.total, o.monthly, o.nothing) for o in alone]


# --- a control moved while twenty stand on the screen -----------------------------------------------------------

FIVE = replace(CASE, debts=(*CASE.debts, replace(CASE.debts[0], account="another")))
BURDEN, PAID = BurdenChart(500, 400), PaidChart(690, 400)
SCREEN = twenty(0)


def moved() -> list[Proposal]:
    """The twenty, one of them changed since the last time."""
    ROUND[0] += 1
    SCREEN[5] = replace(SCREEN[5], installments=24 + ROUND[0] % 12, down_payment=10_000 + ROUND[0])
    return SCREEN


def move() -> object:
    """All that follows from a control: the comparison, the table, and both charts as PNG."""
    shown = compare(FIVE, comparable(FIVE, moved(), on=DAY), on=DAY)
    return comparison_html(shown, "en", by="total"), BURDEN.draw(shown, "en"), PAID.draw(shown, "en")


def move_drawn_anew() -> object:
    """The same with a new figure for each chart."""
    shown = compare(FIVE, comparable(FIVE, moved(), on=DAY), on=DAY)
    charts = (
        burden_cost_chart(shown, "en", width_px=500, height_px=400),
        paid_left_chart(shown, "en", width_px=690, height_px=400),
    )
    return comparison_html(shown, "en", by="total"), [to_png(c, scale=1) for c in charts]


def check_move() -> None:
    """Charts that were drawn on before show the same as new ones."""
    _, burden, paid = move()  # type: ignore[misc]
    shown = compare(FIVE, SCREEN, on=DAY)
    assert burden == BurdenChart(500, 400).draw(shown, "en") and paid == PaidChart(690, 400).draw(shown, "en")


def races() -> Iterator[Race]:
    yield Race(
        "10,000 proposals against a budget",
        many,
        [Peer("a Python loop", many_one_by_one, (), 20)],
        check_many,
        rounds=3,
    )
    yield Race("500 proposals against a budget", few, [Peer("a Python loop", few_one_by_one)], check_many, rounds=7)
    yield Race(
        "20 proposals compared, 4 debts",
        side_by_side,
        [Peer("each compared alone", each_by_itself)],
        check_side_by_side,
        rounds=9,
    )
    yield Race(
        "20 proposals compared, with the table's columns",
        side_by_side_with_columns,
        [Peer("each compared alone", each_by_itself)],
        check_side_by_side,
        rounds=9,
    )
    yield Race(
        "moving a control with 20 proposals, 5 debts: comparison, table, charts",
        move,
        [Peer("a new figure each time", move_drawn_anew, (), 3)],
        check_move,
        rounds=9,
    )
