"""Accounts of bills: of which of the household's own accounts each bill is, as far as the bill says it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from debtdesk.core.bill_statuses import tail_in
from debtdesk.core.bills import Bill, Channel
from debtdesk.locale import Message

Account = tuple[Channel, str]

CHANNEL_NAMES = {
    Channel.ALIPAY: Message("Alipay"),
    Channel.WECHAT: Message("WeChat Pay"),
    Channel.BANK: Message("bank or card"),
}

_TAIL = re.compile(r"\d{4}$", re.ASCII)


def account_of(bill: Bill) -> str:
    """Return what tells the account of a bill from others of its channel; "" where nothing says it.

    A bank's account is known by its last four digits, those that the bill says or else those in its file's name, for a
    statement may write the number whole and the next one masked; a wallet's by what the bill says.
    """
    if bill.channel is not Channel.BANK:
        return bill.account
    found = _TAIL.search(bill.account)
    return found[0] if found else bill.account or tail_in(bill.source)


def by_account(bills: Sequence[Bill]) -> dict[Account, list[Bill]]:
    """Return the bills of each account; those of a channel that say none count as of one account."""
    found: dict[Account, list[Bill]] = defaultdict(list)
    for bill in bills:
        found[bill.channel, account_of(bill)].append(bill)
    return dict(found)


def accounts_unsaid(bills: Sequence[Bill]) -> Iterator[Message]:
    """Yield what to ask where several bills of a channel are here and some do not say of which account they are."""
    for channel in Channel:
        here = {bill.digest: bill for bill in bills if bill.channel is channel}.values()
        unsaid = [bill.source for bill in here if not account_of(bill)]
        if len(here) < 2 or not unsaid:
            continue
        if channel is Channel.BANK:
            yield Message(
                "Not said of which account: {bills}. They are counted as of one; if they are not, write the last four "
                "digits of each account into the file's name, for instance “(1234)”, and choose the files anew.",
                bills=", ".join(unsaid),
            )
        else:
            yield Message(
                "Not said of which account of {channel}: {bills}. They are counted as of one: ask whether they are.",
                channel=CHANNEL_NAMES[channel],
                bills=", ".join(unsaid),
            )
