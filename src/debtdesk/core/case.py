"""Case: one client's file, and the outcomes recorded in it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from debtdesk.core.bill_rules import BillRule
from debtdesk.core.bill_splits import BillSplit
from debtdesk.core.bills import Bill
from debtdesk.core.budget import Budget
from debtdesk.core.debt import Debt
from debtdesk.core.ladder import Choice, Ladder
from debtdesk.core.overrides import Override
from debtdesk.core.proposal import Proposal
from debtdesk.core.suppositions import Suppositions


class Answer(StrEnum):
    """What came of an ask."""

    ACCEPTED = "accepted"
    COUNTERED = "countered"
    REFUSED = "refused"
    PENDING = "pending"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the creditor answered or what was agreed: never changed, followed by another.

    `proposal` is the whole proposal as it stood that day; `accounts` the debts it was answered for; `reason` why it
    was chosen or answered so; `evidence` where the answer can be seen (ticket, recording, letter).
    """

    day: date
    proposal: Proposal
    answer: Answer
    accounts: tuple[str, ...]
    reason: str
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """Advice taken from a lawyer or the legal aid line 12348: when, from whom, and in one line what was said.

    `accounts` are the debts it was about; empty for all debts of the case.
    """

    day: date
    who: str
    what: str
    accounts: tuple[str, ...] = ()

    def about(self, account: str) -> bool:
        """Return whether it was about a debt."""
        return not self.accounts or account in self.accounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One client's file.

    `reference` names it; `client` is how the client is called on screen, already masked; `day` a fixed day for worked
    cases, None for living ones, which take the day of the sitting; `consultations` the advice taken, `overrides` the
    protective rules set aside with their reasons, `ladders` the offers prepared before each call, `choices` what was
    chosen, `bills` the bills of wallets and banks as they were read, `bill_rules` and `bill_splits` what the counselor
    decided about their lines: each in order of entry and never changed. A rule or split may be taken back; that it was
    there stays in the history that the store keeps of the case.
    `suppositions` is what was entered beside the proposals to look at them.
    """

    reference: str
    client: str
    debts: tuple[Debt, ...] = ()
    budget: Budget = field(default_factory=Budget)
    proposals: tuple[Proposal, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    day: date | None = None
    note: str = ""
    consultations: tuple[Consultation, ...] = ()
    bills: tuple[Bill, ...] = ()
    bill_rules: tuple[BillRule, ...] = ()
    overrides: tuple[Override, ...] = ()
    ladders: tuple[Ladder, ...] = ()
    choices: tuple[Choice, ...] = ()
    bill_splits: tuple[BillSplit, ...] = ()
    suppositions: Suppositions = field(default_factory=Suppositions)

    def __post_init__(self) -> None:
        accounts = [d.account for d in self.debts]
        if len(set(accounts)) != len(accounts):
            raise ValueError(f"accounts {accounts} must differ")

    def debt(self, account: str) -> Debt:
        """Return the debt of an account.

        Raises
        ------
        KeyError
            If the case has none.
        """
        for debt in self.debts:
            if debt.account == account:
                return debt
        raise KeyError(account)

    def covered(self, proposal: Proposal) -> tuple[Debt, ...]:
        """Return the debts a proposal is for."""
        return tuple(d for d in self.debts if proposal.covers(d.account))

    @property
    def ladder(self) -> Ladder | None:
        """The ladder recorded last."""
        return self.ladders[-1] if self.ladders else None

    @property
    def choice(self) -> Choice | None:
        """The choice recorded last."""
        return self.choices[-1] if self.choices else None

    def with_ladder(self, ladder: Ladder) -> Case:
        """Return the case with one more ladder; those before stay."""
        return replace(self, ladders=(*self.ladders, ladder))

    def with_choice(self, choice: Choice) -> Case:
        """Return the case with one more choice; those before stay."""
        return replace(self, choices=(*self.choices, choice))

    def with_outcome(self, outcome: Outcome) -> Case:
        """Return the case with one more outcome."""
        return replace(self, outcomes=(*self.outcomes, outcome))

    def with_bill(self, bill: Bill) -> Case:
        """Return the case with one more bill; the same file again, known by its digest, adds nothing."""
        if bill.digest and any(b.digest == bill.digest for b in self.bills):
            return self
        return replace(self, bills=(*self.bills, bill))

    def with_bill_rule(self, rule: BillRule) -> Case:
        """Return the case with one more rule for bills, which decides over the earlier ones."""
        return replace(self, bill_rules=(*(r for r in self.bill_rules if r != rule), rule))

    def without_bill_rule(self, rule: BillRule) -> Case:
        """Return the case without a rule for bills; the others stay in their order."""
        return replace(self, bill_rules=tuple(r for r in self.bill_rules if r != rule))

    def with_bill_split(self, split: BillSplit) -> Case:
        """Return the case with a line of a bill split, in place of an earlier split of the same line."""
        return replace(self, bill_splits=(*(s for s in self.bill_splits if s.line != split.line), split))

    def without_bill_split(self, split: BillSplit) -> Case:
        """Return the case in which the line of a split is whole again."""
        return replace(self, bill_splits=tuple(s for s in self.bill_splits if s != split))

    def with_override(self, override: Override) -> Case:
        """Return the case with one more override."""
        return replace(self, overrides=(*self.overrides, override))
