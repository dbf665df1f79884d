"""Orders of payment in words: what each makes of a debt, and the difference in yuan."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from debtdesk.core.allocation import Allocations, OrderName
from debtdesk.core.terms import PARTS
from debtdesk.locale import Message
from debtdesk.views.markup import html_table
from debtdesk.views.names import ORDERS as _ORDERS
from debtdesk.views.rules import rules_html
from debtdesk.views.words import day, money, name_of

if TYPE_CHECKING:
    import pandas as pd

RULES = ("allocation_order", "card_principal_first_day")


def order_name(order: OrderName) -> Message:
    """Return what an order is called."""
    return _ORDERS[order]


def signed(fen: int, language: str) -> str:
    """Return a difference with its sign, "0.00 yuan" where there is none."""
    return ("+" if fen > 0 else "") + money(fen, language)


def allocation_table(found: Allocations, language: str) -> pd.DataFrame:
    """Return a row an order: each part at the end, the total, and the difference to the order chosen on the card."""
    import pandas as pd

    heads = (
        Message("order of payment"),
        *(name_of(p) for p in PARTS),
        Message("total"),
        Message("beside the order chosen"),
    )
    rows = [
        [
            order_name(r.order).in_language(language),
            *(money(r.balance.part(p), language, unit=False) for p in PARTS),
            money(r.balance.total, language, unit=False),
            signed(r.difference, language),
        ]
        for r in found.rows
    ]
    return pd.DataFrame(rows, columns=[h.in_language(language) for h in heads], dtype="object")


def allocation_sentence(found: Allocations, language: str) -> Message:
    """Return in one sentence what the choice of order makes."""
    values = {
        "first": day(found.first, language),
        "last": day(found.last, language),
        "paid": money(sum(p.amount for p in found.payments), language),
        "spread": money(found.spread, language),
    }
    if not found.spread:
        return Message(
            "From {first} to {last}, {paid} paid: the order makes no difference.", **_without(values, "spread")
        )
    return Message("From {first} to {last}, {paid} paid: the order makes up to {spread} of difference.", **values)


def _without(values: dict[str, str], name: str) -> dict[str, str]:
    return {k: v for k, v in values.items() if k != name}


def allocation_html(found: Allocations, language: str) -> str:
    """Return sentence and table, escaped; a sum that is less stands with its minus sign."""
    lead = escape(allocation_sentence(found, language).in_language(language))
    return f"<p class='debtdesk-lead'>{lead}</p>{html_table(allocation_table(found, language))}"


def allocation_rules(language: str) -> str:
    """Return what the orders rest on, and for whom each holds."""
    note = Message(
        "Without another agreement the order of Civil Code 561 holds. The order from day 91 overdue is for bank credit "
        "cards only, and its wording was read only through bank contracts: ask the bank how it booked."
    ).in_language(language)
    return f"<p class='debtdesk-note'>{escape(note)}</p>{rules_html(RULES, language)}"
