"""Sharing as the client sees it: who gets what of the sum, that every fen is given out, what a refusal changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debtdesk.core.sharing import SharedPlan
from debtdesk.locale import Message
from debtdesk.views.words import MINUS, NONE, day, debt_name, money, months

if TYPE_CHECKING:
    import pandas as pd


def creditors_table(plan: SharedPlan, language: str) -> pd.DataFrame:
    """Return a row a debt: its first share, for how long, paid, charges, the last day; all together below. [yuan]"""
    import pandas as pd

    heads = (
        Message("debt"),
        Message("first month"),
        Message("last payment"),
        Message("is paid for"),
        Message("paid in all"),
        Message("charges meanwhile"),
        Message("paid off on"),
    )
    rows = []
    for debt, shares, charges, end in zip(plan.debts, plan.shares, plan.charges, plan.ends, strict=True):
        given = [x for x in shares if x]
        rows.append(
            [
                debt_name(debt, language),
                _amount(shares[0] if shares else 0, language),
                _amount(given[-1] if given else 0, language),
                months(len(given), language) if given else NONE,
                _amount(sum(given), language),
                money(charges, language, unit=False),
                Message("not by then").in_language(language) if end is None else day(end, language),
            ]
        )
    first = sum(row[0] for row in plan.shares if row)
    rows.append(
        [
            Message("all together").in_language(language),
            _amount(first, language),
            NONE,
            months(plan.months, language),
            money(plan.total, language, unit=False),
            money(sum(plan.charges), language, unit=False),
            Message("not by then").in_language(language) if plan.cleared is None else day(plan.cleared, language),
        ]
    )
    return pd.DataFrame(rows, columns=[h.in_language(language) for h in heads], dtype="object")


def given_out_sentence(plan: SharedPlan, monthly: int, language: str) -> str:
    """Return how the shares of the first month add up, and in how many months the whole sum is given out. [fen]"""
    if not plan.days:
        return Message("Nothing is to be paid.").in_language(language)
    sums = [sum(row) for row in zip(*plan.shares, strict=True)]
    shares = [row[0] for row in plan.shares if row[0]]
    added = " + ".join(money(x, language, unit=False) for x in shares)
    said = [Message("First month: {shares} = {sum}.", shares=added, sum=money(sums[0], language))]
    full = sum(x == monthly for x in sums)
    if full == len(sums):
        said.append(
            Message(
                "In all {months} the shares come to {monthly}, to the fen.",
                months=months(full, language),
                monthly=money(monthly, language),
            )
        )
    elif full == len(sums) - 1 and sums[-1] < monthly:
        said.append(
            Message(
                "In {months} the shares come to {monthly}, to the fen; in the last one to the {rest} that are left.",
                months=months(full, language),
                monthly=money(monthly, language),
                rest=money(sums[-1], language),
            )
        )
    else:
        text = Message("The shares come to {monthly} in {n} of the months.", n=full, monthly=money(monthly, language))
        said.append(text)
    if any(_freed(plan, i) for i in range(len(plan.debts))):
        said.append(Message("What a paid-off debt no longer needs goes to the others from the same month on."))
    return ("" if language == "zh" else " ").join(m.in_language(language) for m in said)


def _freed(plan: SharedPlan, i: int) -> bool:
    """Return whether a debt is paid off before the plan is over."""
    end = plan.ends[i]
    return end is not None and plan.paid[i] > 0 and end < plan.days[-1]


def refusal_table(with_all: SharedPlan, now: SharedPlan, language: str) -> pd.DataFrame:
    """Return a row a debt: its first share and last day if all take part, and as it is now. [yuan]"""
    import pandas as pd

    heads = (
        Message("debt"),
        Message("first month, all taking part"),
        Message("first month now"),
        Message("difference"),
        Message("paid off on, all taking part"),
        Message("paid off on now"),
    )
    late = Message("not by then").in_language(language)
    before = {
        p.account: (row[0] if row else 0, end)
        for p, row, end in zip(with_all.parties, with_all.shares, with_all.ends, strict=True)
    }
    rows, sums = [], [0, 0]
    for debt, row, end in zip(now.debts, now.shares, now.ends, strict=True):
        (was, was_end), share = before[debt.account], row[0] if row else 0
        sums = [sums[0] + was, sums[1] + share]
        rows.append(
            [
                debt_name(debt, language),
                _amount(was, language),
                _amount(share, language),
                _signed(share - was, language),
                late if was_end is None else day(was_end, language),
                late if end is None else day(end, language),
            ]
        )
    ends = [late if p.cleared is None else day(p.cleared, language) for p in (with_all, now)]
    together = [_amount(x, language) for x in sums]
    rows.append([Message("all together").in_language(language), *together, _signed(sums[1] - sums[0], language), *ends])
    return pd.DataFrame(rows, columns=[h.in_language(language) for h in heads], dtype="object")


def _amount(fen: int, language: str) -> str:
    return money(fen, language, unit=False) if fen else NONE


def _signed(fen: int, language: str) -> str:
    if not fen:
        return NONE
    return ("+" if fen > 0 else MINUS) + money(abs(fen), language, unit=False)
