"""Payments on debts that bills show: offered to the ledgers of the debts, to be taken one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from debtdesk.core.bill_fates import BillFate, LineRef, SortedBills, SortedLine
from debtdesk.core.bill_rules import product_in
from debtdesk.core.case import Case
from debtdesk.core.debt import Debt, Payment
from debtdesk.core.presets import presets
from debtdesk.locale import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentOffer:
    """A payment that a bill shows and no ledger has yet.

    Parameters
    ----------
    ref : LineRef
        The line.
    day : date
    amount : int
        What was paid, what came back of it taken off. [fen]
    account : str or None
        The debt it belongs to, None where none or several of the case fit.
    candidates : tuple of str
        The debts that fit its words; the counselor chooses among them, or any other.
    product, tail : str
        The credit product and the card that the line names, "" for none.
    words : str
        The line's own words: party and goods.
    reason : Message
        Why this debt, or why none.
    proof : Message
        Where it can be seen: becomes the note of the payment.
    """

    ref: LineRef
    day: date
    amount: int
    account: str | None
    candidates: tuple[str, ...]
    product: str
    tail: str
    words: str
    reason: Message
    proof: Message

    def payment(self) -> Payment:
        """Return it as a payment of a ledger, its proof in the language in use."""
        return Payment(self.day, self.amount, str(self.proof))


def payments_seen(found: SortedBills, debts: Sequence[Debt]) -> tuple[PaymentOffer, ...]:
    """Return the payments on debts that bills show and no ledger has, in order of day.

    A line of debt service belongs to the debts whose product or creditor its words name, and whose account ends in the
    card's digits where it names a card. What came back of it is taken off; what came back whole is not offered. A
    payment of the same day and amount in the ledger of a debt that fits is the same payment, each counted once.

    Parameters
    ----------
    found : SortedBills
    debts : sequence of Debt
        Of the case.
    """
    known = {d.account: Counter((p.day, p.amount) for p in d.payments) for d in debts}
    lines = [x for x in found.of(BillFate.DEBT_SERVICE) if x.net > 0]
    lines.sort(key=lambda x: (x.line.when, x.line.order, x.ref))
    offers = []
    for x in lines:
        fitting = tuple(d.account for d in debts if _fits(x, d))
        if not _taken(x, fitting or tuple(known), known):
            offers.append(_offer(found, x, fitting))
    return tuple(offers)


def _taken(x: SortedLine, accounts: Sequence[str], known: dict[str, Counter[tuple[date, int]]]) -> bool:
    """Return whether a ledger has the payment already, and use that entry up."""
    for account in accounts:
        if known[account][x.line.day, x.net] > 0:
            known[account][x.line.day, x.net] -= 1
            return True
    return False


def _fits(x: SortedLine, debt: Debt) -> bool:
    """Return whether a line's words name a debt: its card, else its product, else its creditor."""
    if x.tail:
        return debt.account.endswith(x.tail)
    text = f"{x.line.party}\n{x.line.item}\n{x.line.note}"
    if x.debt and x.debt in _products(debt):
        return x.debt != "credit_card" or _bank_agrees(text, debt)
    return any(len(name) > 1 and name in text for name in (debt.creditor, debt.lender, debt.page))


def _products(debt: Debt) -> set[str]:
    """Return the products a debt may be named by: its own, that of its page, and what their words name."""
    preset = presets().get(debt.product)
    names = (debt.product, debt.page, preset.names["zh"] if preset else "")
    return {debt.product, *(product_in(n) for n in names)} - {""}


def _bank_agrees(text: str, debt: Debt) -> bool:
    """Return whether a card repayment names no bank, or the bank of the debt."""
    named = [name for name in (debt.creditor, debt.lender) if "银行" in name]
    banks = [text[max(0, text.find("银行") - 2) : text.find("银行") + 2]] if "银行" in text else []
    return not banks or not named or any(bank in name for bank in banks for name in named)


def _offer(found: SortedBills, x: SortedLine, fitting: tuple[str, ...]) -> PaymentOffer:
    return PaymentOffer(
        ref=x.ref,
        day=x.line.day,
        amount=x.net,
        account=fitting[0] if len(fitting) == 1 else None,
        candidates=fitting,
        product=x.debt,
        tail=x.tail,
        words=" · ".join(w for w in (x.line.party, x.line.item) if w not in ("", "/")) or x.line.kind,
        reason=_reason(x, fitting),
        proof=Message("bill {bill}, line {row}", bill=found.bills[x.ref.bill].source, row=x.line.row),
    )


def _reason(x: SortedLine, fitting: tuple[str, ...]) -> Message:
    if not fitting:
        return Message("No debt of this case has this product, creditor or card: choose one, or leave it.")
    if len(fitting) > 1:
        return Message("Several debts fit: choose the one that was paid.")
    if x.tail:
        return Message("The line names the last digits of this account.")
    return Message("The line names this product or creditor.")


def with_payment(case: Case, offer: PaymentOffer, account: str) -> Case:
    """Return the case with an offered payment in the ledger of a debt; the debt's other figures stay.

    Raises
    ------
    KeyError
        If the case has no such debt.
    """
    debt = case.debt(account)
    payments = tuple(sorted((*debt.payments, offer.payment()), key=lambda p: p.day))
    debts = tuple(replace(d, payments=payments) if d is debt else d for d in case.debts)
    return replace(case, debts=debts)
