"""What the stage of the outcome knows: the offer that was answered, the answer, and what follows from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import traitlets as t

from debtdesk.core.case import Answer, Case, Outcome
from debtdesk.core.comparison import Offer, compare
from debtdesk.core.problems import Refused
from debtdesk.core.proposal import Proposal, Remainder, Role
from debtdesk.locale import Message


class OutcomeState(t.HasTraits):
    """The answer being recorded.

    `proposal` is the one that was answered, None where the case has none; `accounts` the debts it was answered for;
    `counter` the creditor's own offer, used with the answer "countered"; `offer` what the agreement on the screen
    comes to, None where it comes to nothing.
    """

    case = t.Instance(Case)
    day = t.Instance(date)
    proposal = t.Instance(Proposal, allow_none=True)
    accounts = t.Tuple()
    answer = t.UseEnum(Answer, Answer.PENDING)
    counter = t.Instance(Proposal, allow_none=True)
    offer = t.Instance(Offer, allow_none=True)

    def __init__(self, case: Case, day: date) -> None:
        super().__init__(case=case, day=day)
        self.choose(self._asked())

    def _asked(self) -> Proposal | None:
        """Return the proposal that waits for its answer, else the target, else the first."""
        names = {p.name: p for p in self.case.proposals}
        for outcome in reversed(self.case.outcomes):
            if outcome.answer is Answer.PENDING and outcome.proposal.name in names:
                return names[outcome.proposal.name]
        targets = [p for p in self.case.proposals if p.role is Role.TARGET]
        return next(iter((*targets, *self.case.proposals)), None)

    def follow(self, case: Case) -> None:
        """Take over a changed case; what was chosen stays chosen where it still exists."""
        name, accounts = self.proposal.name if self.proposal else None, self.accounts
        other = case.reference != self.case.reference
        self.case = case
        found = next((p for p in case.proposals if p.name == name), None)
        if other or found is None:
            self.choose(self._asked())
            return
        self.proposal = found
        here = {d.account for d in case.covered(found)}
        self.accounts = tuple(a for a in accounts if a in here)
        self.work_out()

    def choose(self, proposal: Proposal | None) -> None:
        """Say which proposal was answered; it is taken to be for all debts it covers."""
        self.proposal = proposal
        self.accounts = tuple(d.account for d in self.case.covered(proposal)) if proposal else ()
        self.counter = counter_to(proposal, self.day) if proposal else None
        self.work_out()

    def cover(self, accounts: tuple[str, ...]) -> None:
        """Say for which of its debts it was answered."""
        self.accounts = accounts
        self.work_out()

    def say(self, answer: Answer) -> None:
        """Say what was answered."""
        self.answer = answer
        self.work_out()

    def counter_with(self, **changes: Any) -> None:
        """Change the figures of the creditor's own offer; what does not go together is refused.

        Raises
        ------
        Refused
            If the first installment would be due before the start; the last good offer stays.
        """
        if self.counter is None:
            return
        start = changes.get("start", self.counter.start)
        if changes.get("first_due", self.counter.first_due) < start:
            raise Refused(
                Message("The first installment would be due before the plan begins."),
                Message("Write {day} or later.", day=start.isoformat()),
            )
        if changes.get("rate", self.counter.rate) is not None:
            changes["remainder"] = Remainder.LAST
        self.counter = replace(self.counter, **changes)
        self.work_out()

    @property
    def agreed(self) -> Proposal | None:
        """The proposal whose figures are on the screen: the counter-offer where there is one, else the one answered."""
        return self.counter if self.answer is Answer.COUNTERED else self.proposal

    def work_out(self) -> None:
        """Work out what the figures on the screen come to for the debts that are covered."""
        proposal = self.agreed
        if proposal is None or not self.accounts:
            self.offer = None
            return
        whole = replace(proposal, accounts=self.accounts) if self.answer is Answer.COUNTERED else proposal
        offer = compare(self.case, (whole,), on=min(self.day, proposal.start)).offers[0]
        kept = tuple((debt, plan) for debt, plan in offer.schedules if debt.account in self.accounts)
        self.offer = replace(offer, schedules=kept)

    def missing(self, *, day: date | None, reason: str, told: bool, latest: date) -> dict[str, Refused]:
        """Return what stands in the way of recording, by field; nothing is recorded while there is something."""
        found: dict[str, Refused] = {}
        if self.proposal is None:
            found["proposal"] = Refused(
                Message("There is no offer yet that could be answered."), Message("Make one under 04 first.")
            )
        elif not self.accounts:
            found["accounts"] = Refused(
                Message("No debt is chosen."), Message("Tick the debts that were answered for.")
            )
        if day is not None and day > latest:
            found["day"] = Refused(
                Message("The day lies in the future."), Message("Write the day on which the answer came.")
            )
        if not reason.strip():
            found["reason"] = Refused(
                Message("The reason is missing."),
                Message("Write in a sentence what was said, or why it was agreed or refused."),
            )
        if self.answer is Answer.ACCEPTED and not told:
            found["told"] = Refused(
                Message("The note above has not been talked over yet."),
                Message("Read it with the client, then tick the box."),
            )
        return found

    def outcome(self, *, day: date, reason: str, evidence: str) -> Outcome:
        """Return the entry to record.

        Raises
        ------
        ValueError
            If something is missing.
        """
        if self.proposal is None or not self.accounts:
            raise ValueError("an outcome needs a proposal and a debt")
        return Outcome(
            day=day,
            proposal=self.proposal,
            answer=self.answer,
            accounts=self.accounts,
            reason=reason.strip(),
            evidence=evidence.strip(),
        )

    def with_outcome(self, case: Case, outcome: Outcome) -> Case:
        """Return a case with the entry, and with the creditor's own offer where it was one."""
        if outcome.answer is Answer.COUNTERED and self.counter is not None:
            names = {p.name for p in case.proposals}
            stem = self.counter.name
            name = next(n for k in range(1, len(names) + 2) if (n := stem if k == 1 else f"{stem} {k}") not in names)
            counter = replace(self.counter, name=name, accounts=self.accounts, note=outcome.reason)
            case = replace(case, proposals=(*case.proposals, counter))
        return case.with_outcome(outcome)


def counter_to(proposal: Proposal, day: date) -> Proposal:
    """Return the creditor's own offer to begin with: the figures of ours."""
    name = str(Message("creditor's offer of {day}", day=day.isoformat()))
    return replace(proposal, name=name, role=Role.CREDITOR, note="")
