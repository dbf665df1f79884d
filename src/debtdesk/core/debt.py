"""Debt: what is owed under one contract, by part, with its terms and its dated events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from debtdesk.core.acts import Act
from debtdesk.core.balance import Balance as Balance
from debtdesk.core.claim_stage import ClaimStage, CourtDays
from debtdesk.core.entries import Entry, with_rates
from debtdesk.core.links import Link
from debtdesk.core.statement_page import StatementPage
from debtdesk.core.terms import Terms


@dataclass(frozen=True, slots=True)
class Payment:
    """An amount paid on a day. [fen]"""

    day: date
    amount: int
    note: str = ""

    def __post_init__(self) -> None:
        if self.amount <= 0:
            raise ValueError(f"payment {self.amount} must be above zero")


@dataclass(frozen=True, slots=True)
class Freeze:
    """Days in which nothing accrues, the first and the last included; `note` says where it can be seen."""

    first: date
    last: date
    note: str = ""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"freeze ends {self.last} before it begins {self.first}")


def union(freezes: Iterable[Freeze]) -> tuple[Freeze, ...]:
    """Return the same frozen days as spans that neither overlap nor touch, in order."""
    spans: list[Freeze] = []
    for f in sorted(freezes, key=lambda f: (f.first, f.last)):
        if spans and f.first <= spans[-1].last + timedelta(days=1):
            spans[-1] = Freeze(spans[-1].first, max(spans[-1].last, f.last))
        else:
            spans.append(Freeze(f.first, f.last))
    return tuple(spans)


class LenderType(StrEnum):
    """What kind of lender, or later creditor, somebody is; which ceilings apply depends on it."""

    BANK = "bank"
    CONSUMER_FINANCE = "consumer_finance"
    MICRO_LOAN = "micro_loan"
    LOCAL_FINANCIAL = "local_financial"
    ASSET_MANAGER = "asset_manager"
    PRIVATE = "private"
    UNLICENSED = "unlicensed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """What is owed under one contract.

    Parameters
    ----------
    account : str
        Contract or account number as the creditor writes it (masked where it is a card); names the debt in its case.
    creditor, lender : str
        Who may claim it today; who lent it.
    product : str
        Key of a product preset ("huabei", "jiebei", "credit_card", …) or free text.
    balance : Balance
        The figures to start from.
    terms : Terms
    default_date : date
        First overdue day.
    payments : tuple of Payment
        All that are known; those up to the balance's day are inside its figures already.
    freezes : tuple of Freeze
    acts : tuple of Act
        What may have interrupted limitation, with its proof; payments need not be named again.
    origin : Balance or None
        Where the history begins: what was owed at default, from the contract or a statement; None where not known.
    entries : tuple of Entry
        Fees charged, waivers, changes of rate and transfers; those up to the balance's day are inside its figures.
    page : str
        The product page on which tranches with a lender, rate and conventions of their own are shown together.
    lender_type, creditor_type : LenderType
        What kind of lender lent it; what kind claims it today, where that is somebody else.
    contract_date : date or None
        The day of the contract or of the loan drawn under it; None where not known.
    chain : tuple of Link
        How the claim came to the creditor of today, in order of day.
    stage, court : ClaimStage, CourtDays or None
        How far the creditor has gone, and the days of the court where there is one.
    last_due : date or None
        Due day of the last installment, where the contract is in installments.
    statement : StatementPage or None
        The amounts as the app's page splits them, on their day; the balance may be taken from it.
    """

    account: str
    creditor: str
    lender: str
    product: str
    balance: Balance
    terms: Terms
    default_date: date
    payments: tuple[Payment, ...] = ()
    freezes: tuple[Freeze, ...] = ()
    acts: tuple[Act, ...] = ()
    note: str = ""
    origin: Balance | None = None
    entries: tuple[Entry, ...] = ()
    page: str = ""
    lender_type: LenderType = LenderType.UNKNOWN
    creditor_type: LenderType = LenderType.UNKNOWN
    contract_date: date | None = None
    chain: tuple[Link, ...] = ()
    stage: ClaimStage = ClaimStage.REMINDER
    court: CourtDays | None = None
    last_due: date | None = None
    statement: StatementPage | None = None

    @property
    def later_payments(self) -> tuple[Payment, ...]:
        """The payments made after the balance's day."""
        return tuple(p for p in self.payments if p.day > self.balance.as_of)

    @property
    def played_terms(self) -> Terms:
        """The terms with the changes of rate among the entries."""
        return with_rates(self.terms, self.entries) if self.entries else self.terms


def overdue_days(debt: Debt, *, on: date) -> int:
    """Return how many days a debt is overdue at the end of a day; the first overdue day is day 1."""
    return max(0, (on - debt.default_date).days + 1)
