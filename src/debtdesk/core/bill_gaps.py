"""Gaps: what bills do not show of a household's month, so that the client is asked and nothing is guessed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from debtdesk.core.bill_accounts import CHANNEL_NAMES, accounts_unsaid
from debtdesk.core.bill_fates import BillFate, SortedBills, SortedLine
from debtdesk.core.bill_months import Coverage
from debtdesk.core.bill_rules import CASH_DRAWN
from debtdesk.core.bill_statuses import tail_in
from debtdesk.core.bills import Channel, Flow
from debtdesk.core.budget import CATEGORY_NAMES, Category
from debtdesk.core.money import yuan
from debtdesk.core.recurring import Recurring
from debtdesk.locale import Message

_ASKED_APART = (Category.HOUSING, Category.OTHER)


def missing(
    found: SortedBills,
    covered: Coverage,
    by_category: Mapping[Category, Sequence[int]],
    recurring: Sequence[Recurring],
) -> tuple[Message, ...]:
    """Return what to ask the client, because the bills do not show it.

    Parameters
    ----------
    found : SortedBills
    covered : Coverage
    by_category : mapping
        Spending by category, month by month. [fen]
    recurring : sequence of Recurring
    """
    if not covered.whole:
        return (*_months(covered), *accounts_unsaid(found.bills), *_bills_missing(found))
    lines = [x for x in found.lines if covered.counts(x.line.day)]
    return (
        *_months(covered),
        *accounts_unsaid(found.bills),
        *_bills_missing(found),
        *_not_seen(by_category),
        *_income(lines, recurring),
        *_unclear(lines),
        *_cards(found, lines),
        *_lapsed(recurring),
    )


def _months(covered: Coverage) -> Iterator[Message]:
    if not covered.whole:
        yield Message("No month is covered whole by all bills: export them from the first to the last day of a month.")
    if covered.partial:
        months = ", ".join(f"{m:%Y-%m}" for m in covered.partial)
        yield Message("Left out, because not all bills cover them whole: {months}.", months=months)
    given = Counter(channel for channel, _ in covered.spans)
    for account in sorted(a for a in covered.spans if given[a[0]] > 1):
        if lacking := covered.lacking(account):
            yield Message(
                "Account {account} ({channel}) has no bills for the whole of: {months}.",
                account=account[1] or Message("not named"),
                channel=CHANNEL_NAMES[account[0]],
                months=", ".join(f"{m:%Y-%m}" for m in lacking),
            )


def _bills_missing(found: SortedBills) -> Iterator[Message]:
    given = {b.channel for b in found.bills}
    if Channel.ALIPAY not in given:
        yield Message("No bill of Alipay is here: ask whether the household uses it.")
    if Channel.WECHAT not in given:
        yield Message("No bill of WeChat Pay is here: ask whether the household uses it.")
    if Channel.BANK not in given:
        yield Message("No bank statement is here: rent, salary and cash may stand only there.")


def _not_seen(by_category: Mapping[Category, Sequence[int]]) -> Iterator[Message]:
    if not any(by_category.get(Category.HOUSING, ())):
        yield Message("No rent or housing costs were seen: ask how the home is paid for.")
    for category, name in CATEGORY_NAMES.items():
        if category not in _ASKED_APART and not any(by_category.get(category, ())):
            yield Message("Nothing was seen for {category}: ask whether it is paid some other way.", category=name)


def _income(lines: Sequence[SortedLine], recurring: Sequence[Recurring]) -> Iterator[Message]:
    if not any(x.fate is BillFate.INCOME for x in lines):
        yield Message("No income was seen: ask for wages and where they arrive.")
    elif not any(r.fate is BillFate.INCOME and not r.lapsed for r in recurring):
        yield Message("No steady salary was seen: ask how income comes.")


def _unclear(lines: Sequence[SortedLine]) -> Iterator[Message]:
    cash = [x for x in lines if x.fate is BillFate.UNKNOWN and x.reason == CASH_DRAWN]
    if cash:
        yield Message("Cash drawn {n} times, {amount} yuan in all: ask what for.", n=len(cash), amount=_sum(cash))
    for flow, unknown in _unknown(lines):
        n, amount = len(unknown), _sum(unknown)
        if flow is Flow.IN:
            yield Message("{n} lines of money in, {amount} yuan, are not settled yet.", n=n, amount=amount)
        else:
            yield Message("{n} lines of money out, {amount} yuan, are not settled yet.", n=n, amount=amount)
    alone = [x for x in lines if x.fate is BillFate.REFUND and x.tied is None]
    if alone:
        yield Message("{n} refunds, {amount} yuan, belong to no order here.", n=len(alone), amount=_sum(alone))


def _unknown(lines: Sequence[SortedLine]) -> Iterator[tuple[Flow, list[SortedLine]]]:
    for flow in (Flow.OUT, Flow.IN):
        found = [
            x
            for x in lines
            if x.fate is BillFate.UNKNOWN and x.reason != CASH_DRAWN and (x.line.flow is Flow.IN) == (flow is Flow.IN)
        ]
        if found:
            yield flow, found


def _cards(found: SortedBills, lines: Sequence[SortedLine]) -> Iterator[Message]:
    """Yield the bank cards that wallets were paid from and of which no statement has shown a booking."""
    booked = {x.tied for x in found.lines if x.channel is Channel.BANK and x.tied is not None}
    named: dict[str, bool] = defaultdict(bool)
    for x in lines:
        method = next((m for m in x.line.method.split("&") if tail_in(m)), "")
        if x.channel is not Channel.BANK and method:
            named[method] = named[method] or x.ref in booked
    for method in sorted(m for m, seen in named.items() if not seen):
        yield Message("Paid from {card}, whose statement is not here: ask for it.", card=method)


def _lapsed(recurring: Sequence[Recurring]) -> Iterator[Message]:
    for r in recurring:
        if r.lapsed:
            last = r.days[-1].isoformat()
            amount = f"{yuan(r.amount):,.2f}"
            yield Message(
                "{party}, {amount} yuan, came again and again until {last} and then no more: ask whether it ended.",
                party=r.party,
                amount=amount,
                last=last,
            )


def _sum(lines: Sequence[SortedLine]) -> str:
    return f"{yuan(sum(x.net for x in lines)):,.2f}"
