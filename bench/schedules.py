"""Schedules of installments: one, as a data frame, and ten thousand at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np

import debtdesk
from bench.race import Peer, Race
from debtdesk.core.debt import Balance
from debtdesk.core.proposal import Proposal, Remainder
from debtdesk.core.rates import Period, Rate
from debtdesk.core.schedule import Schedule, installment_parts
from debtdesk.core.schedule_lanes import schedule_totals, schedules

MONTHS = 60
FINANCED = 2_500_000  # [fen]
MILLIONTHS = 182_500  # 18.25 % a year
START, DUE = date(2026, 11, 24), date(2026, 12, 24)
MANY = 10_000

PROPOSAL = Proposal(
    name="", start=START, first_due=DUE, installments=MONTHS, rate=Rate(Fraction(MILLIONTHS, 10**6), Period.YEAR)
)
BALANCE = Balance(principal=FINANCED, as_of=START)


def by_definition(financed: int, millionths: int) -> list[tuple[int, int, int]]:
    """Payment, interest and what is left of each month, with fractions. [fen]"""
    rate, left, rows = Fraction(millionths, 12_000_000), financed, []
    level = half_up(financed * rate / (1 - (1 + rate) ** -MONTHS))
    for month in range(1, MONTHS + 1):
        interest = half_up(left * rate)
        payment = level if month < MONTHS else left + interest
        left -= payment - interest
        rows.append((payment, interest, left))
    return rows


def half_up(amount: Fraction) -> int:
    return (amount + Fraction(1, 2)).__floor__()


def one() -> Schedule:
    return debtdesk.schedule(PROPOSAL, BALANCE)


def one_as_frame() -> object:
    return debtdesk.schedule(PROPOSAL, BALANCE).table()


def amortization() -> object:
    from amortization.schedule import amortization_schedule

    return list(amortization_schedule(FINANCED / 100, MILLIONTHS / 1e6, MONTHS))


def amortization_as_frame() -> object:
    import pandas as pd
    from amortization.schedule import amortization_schedule

    return pd.DataFrame(amortization_schedule(FINANCED / 100, MILLIONTHS / 1e6, MONTHS))


COLUMNS = {n: np.array(c, dtype=object if n == "due" else float) for n, c in one().columns().items()}


def bare_frame() -> object:
    """What pandas itself takes to make a frame of the finished columns: 48 us where 100 us were asked of the whole."""
    import pandas as pd

    return pd.DataFrame(COLUMNS, copy=False)


def loankit(financed: int = FINANCED, millionths: int = MILLIONTHS) -> object:
    from loan.models import LoanRequest
    from loan.strategies.equal_installment import EqualInstallmentStrategy

    percent = Decimal(millionths) / 10_000
    request = LoanRequest(Decimal(financed) / 100, percent, MONTHS, "equal-installment")
    return EqualInstallmentStrategy().generate(request)


MONTHLY = Fraction(MILLIONTHS, 12 * 10**6)


def amounts() -> object:
    """Principal and interest of each month, as the peers give them: without due days."""
    return installment_parts(FINANCED, MONTHS, MONTHLY, Remainder.LAST)


def check_amounts() -> None:
    found = installment_parts(FINANCED, MONTHS, MONTHLY, Remainder.LAST)
    assert [(p + i, i) for p, i in found] == [(paid, i) for paid, i, _ in by_definition(FINANCED, MILLIONTHS)]


def check_one() -> None:
    rows = [(i.payment, i.interest, i.left) for i in debtdesk.schedule(PROPOSAL, BALANCE).installments]
    assert rows == by_definition(FINANCED, MILLIONTHS)


def lanes() -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(1)
    return draw.integers(100_000, 20_000_000, MANY), 100 * draw.integers(100, 2400, MANY)


AMOUNTS, RATES = lanes()


def many() -> object:
    return schedules(AMOUNTS, MONTHS, RATES)


def many_numpy_financial() -> object:
    import numpy_financial as npf

    rate, amount = (RATES / 12e6)[:, None], (AMOUNTS / 100)[:, None]
    month = np.arange(1, MONTHS + 1)[None, :]
    payment = -npf.pmt(rate, MONTHS, amount)
    interest = -npf.ipmt(rate, month, MONTHS, amount)
    principal = payment - interest
    return payment, interest, principal, amount - principal.cumsum(axis=1)


def many_loankit() -> object:
    return [loankit(int(a), int(r)) for a, r in zip(AMOUNTS, RATES, strict=True)]


def check_many() -> None:
    found = schedules(AMOUNTS, MONTHS, RATES)
    for lane in range(0, MANY, 397):
        columns = (found.payment[:, lane], found.interest[:, lane], found.left[:, lane])
        rows = [tuple(int(v) for v in row) for row in zip(*columns, strict=True)]
        assert rows == by_definition(int(AMOUNTS[lane]), int(RATES[lane]))


# --- a million, added up -------------------------------------------------------------------------------------

MILLION = 1_000_000
_DRAW = np.random.default_rng(4)
OWED, YEARLY = _DRAW.integers(100_000, 20_000_000, MILLION), 100 * _DRAW.integers(100, 2400, MILLION)


def million() -> object:
    return schedule_totals(OWED, MONTHS, YEARLY)


def million_pandas() -> object:
    """Month by month over columns, rounded to two places."""
    import pandas as pd

    frame = pd.DataFrame({"left": OWED / 100, "rate": YEARLY / 12e6})
    left, rate, rows = frame["left"], frame["rate"], []
    level = (left * rate / (1 - (1 + rate) ** -MONTHS)).round(2)
    for month in range(MONTHS):
        interest = (left * rate).round(2)
        principal = (level - interest).clip(upper=left) if month < MONTHS - 1 else left
        left = left - principal
        rows.append((interest.sum(), principal.sum(), left.sum()))
    return pd.DataFrame(rows)


def million_duckdb() -> object:
    """By the formula for what is left after k months, without rounding, over all months at once."""
    import duckdb
    import pandas as pd

    frame = pd.DataFrame({"owed": OWED / 100, "rate": YEARLY / 12e6})
    return (
        duckdb.sql(
            "select k, sum(before * rate) interest, sum(pay - before * rate) principal from (select k, rate, "
            "owed * rate / (1 - power(1 + rate, -60)) pay, "
            "owed * (power(1 + rate, 60) - power(1 + rate, k)) / (power(1 + rate, 60) - 1) before "
            "from frame, range(60) t(k)) group by k order by k"
        ).fetchall()
        if len(frame)
        else None
    )


def check_million() -> None:
    few = slice(0, 50)
    found = schedule_totals(OWED[few], MONTHS, YEARLY[few])
    plans = [by_definition(int(a), int(r)) for a, r in zip(OWED[few], YEARLY[few], strict=True)]
    rows = [tuple(sum(plan[k][i] for plan in plans) for i in range(3)) for k in range(MONTHS)]
    assert list(zip(found.payment, found.interest, found.left, strict=True)) == rows


def races() -> Iterator[Race]:
    yield Race(
        "one schedule, 60 months, amounts",
        amounts,
        [
            Peer("amortization", amortization, ("amortization",), 3),
            Peer("loankit", loankit, ("loankit",), 10),
        ],
        check_amounts,
        rounds=15,
    )
    yield Race(
        "one schedule, 60 months, with due days",
        one,
        [
            Peer("amortization", amortization, ("amortization",)),
            Peer("loankit", loankit, ("loankit",)),
        ],
        check_one,
        rounds=15,
    )
    yield Race(
        "one schedule, as a data frame",
        one_as_frame,
        [
            Peer("amortization", amortization_as_frame, ("amortization",)),
            Peer("amortization, no frame", amortization, ("amortization",), 0.51),  # 100 us to its 51
            Peer("pandas' constructor alone", bare_frame, ("pandas",), 0.48),
        ],
        check_one,
        rounds=15,
    )
    yield Race(
        "10,000 schedules x 60, full tables",
        many,
        [
            Peer("numpy-financial", many_numpy_financial, ("numpy-financial",), 15),
            Peer("loankit", many_loankit, ("loankit",), 300),
        ],
        check_many,
        rounds=3,
    )
    yield Race(
        "1,000,000 debts x 60 months, totals",
        million,
        [
            Peer("pandas, month by month", million_pandas, ("pandas",), 2.5),
            Peer("duckdb, by formula", million_duckdb, ("duckdb",), 3),
        ],
        check_million,
        rounds=3,
    )
