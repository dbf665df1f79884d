"""Case: one client's file, and the outcomes recorded in it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from debtdesk.core.budget import Budget
from debtdesk.core.debt import Debt
from debtdesk.core.ladder import Choice, Ladder
from debtdesk.core.proposal import Proposal


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
    cases, None for living ones, which take the day of the sitting; `consultations` the advice taken, `ladders` the
    offers prepared before each call, `choices` what was chosen, each in order of entry and never changed.
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
    ladders: tuple[Ladder, ...] = ()
    choices: tuple[Choice, ...] = ()

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
