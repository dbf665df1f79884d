"""What the card of the ladder knows: which proposal stands on which rung and why, and what to give for what."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import traitlets as t

from debtdesk.core.case import Case
from debtdesk.core.comparison import Offer
from debtdesk.core.ladder import Ladder, Rung, Trade
from debtdesk.core.problems import Refused
from debtdesk.core.proposal import Proposal, Role
from debtdesk.locale import Message
from debtdesk.panels.drafts import Drafts, TypedRow
from debtdesk.panels.offers_state import OffersState
from debtdesk.panels.sheet import Column, Row

ROLES = (Role.OPENING, Role.TARGET, Role.WALK_AWAY)


def trade_columns() -> tuple[Column, ...]:
    """Return the columns of the sheet of trades."""
    return (
        Column(key="given", label=Message("we give"), hint=str(Message("500 yuan more paid down")), width=2),
        Column(key="gained", label=Message("and get"), hint=str(Message("waived at signing")), width=2),
    )


def _read_trade(typed: TypedRow[Trade]) -> None:
    given, gained = (typed.need(key, str, failing="") for key in ("given", "gained"))
    if typed.usable:
        typed.record = Trade(given=given, gained=gained)


def _write_trade(trade: Trade) -> Row:
    return {"given": trade.given, "gained": trade.gained}


class LadderState(t.HasTraits):
    """The ladder being prepared beside the proposals of the stage.

    `picked` is the proposal picked by hand for a role, by its name; a role not picked for has the proposal made for it.
    `why` and `note` begin as the ladder recorded last, and stay as typed until another client's case is opened.
    """

    picked: t.Dict[Role, str] = t.Dict()
    why: t.Dict[Role, str] = t.Dict()
    note = t.Unicode("")

    def __init__(self, offers: OffersState) -> None:
        super().__init__()
        self.offers = offers
        self._names = [p.name for p in offers.proposals]
        self._begin()
        offers.observe(lambda c: self._case(c["old"], c["new"]), "case")
        offers.observe(lambda _: self._renamed(), "draft")

    def _begin(self) -> None:
        last = self.offers.case.ladder
        self.picked = {}
        self.why = {r: x.why for r, x in zip(ROLES, last.rungs, strict=True)} if last else {}
        self.note = last.note if last else ""
        self.trades: Drafts[Trade] = Drafts(
            trade_columns(), read=_read_trade, write=_write_trade, key=lambda x: (x.given, x.gained)
        )
        self.trades.follow(last.trades if last else ())

    def _case(self, old: Case, new: Case) -> None:
        if old.reference != new.reference:
            self._begin()

    def _renamed(self) -> None:
        """Keep a proposal that was picked when its name is changed."""
        names = [p.name for p in self.offers.proposals]
        if len(names) == len(self._names):
            now = dict(zip(self._names, names, strict=True))
            self.picked = {r: now.get(n, n) for r, n in self.picked.items()}
        self._names = names

    # -- what stands there --------------------------------------------------------------------------------------------

    def proposal(self, role: Role) -> Proposal | None:
        """Return the proposal on a rung: the one picked, else the one made for it, as it stands on the screen."""
        shown = self.offers.proposals
        picked = next((p for p in shown if p.name == self.picked.get(role)), None)
        return picked or next((p for p in shown if p.role is role), None)

    def offer(self, role: Role) -> Offer | None:
        """Return what the proposal on a rung comes to; None where it cannot be compared."""
        comparison, proposal = self.offers.comparison, self.proposal(role)
        offers = comparison.offers if comparison else ()
        return next((o for o in offers if o.proposal == proposal), None)

    def pick(self, role: Role, name: str) -> None:
        """Put another proposal on a rung."""
        self.picked = {**self.picked, role: name}

    def explain(self, role: Role, why: str) -> None:
        """Say why a proposal stands on a rung."""
        self.why = {**self.why, role: why}

    # -- what becomes of it -------------------------------------------------------------------------------------------

    def missing(self) -> dict[str, Refused]:
        """Return what stands in the way of recording, by role, or "trades"."""
        found: dict[str, Refused] = {}
        for role in ROLES:
            if self.proposal(role) is None:
                found[role] = Refused(
                    Message("No proposal is picked here."), Message("Pick one, or make one above first.")
                )
            elif not self.why.get(role, "").strip():
                found[role] = Refused(
                    Message("The reason is empty."), Message("Write in a sentence why it stands here.")
                )
        if self.trades.wrong:
            found["trades"] = Refused(
                Message("A trade is only half written."), Message("Write what is given and what is got, or remove it.")
            )
        return found

    def ladder(self) -> Ladder | None:
        """Return the ladder as it stands, dated the day of the sitting; None while something is missing."""
        if self.missing():
            return None
        rungs = [
            Rung(proposal=p, why=self.why[role].strip()) for role in ROLES if (p := self.proposal(role)) is not None
        ]
        opening, target, walk_away = rungs
        return Ladder(
            day=self.offers.day,
            opening=opening,
            target=target,
            walk_away=walk_away,
            trades=self.trades.good(),
            note=self.note.strip(),
        )

    @property
    def recorded(self) -> bool:
        """Whether the ladder recorded last says all that stands there."""
        return self.offers.case.ladder is not None and self.offers.case.ladder == self.ladder()

    def with_ladder(self, case: Case) -> Case:
        """Return a case with the ladder recorded; those before stay.

        Raises
        ------
        Refused
            If a proposal or a reason is missing, or a trade is half written.
        """
        ladder = self.ladder()
        if ladder is None:
            raise next(iter(self.missing().values()))
        return case.with_ladder(ladder)

    def doubts(self) -> Iterator[tuple[Role, Message]]:
        """Yield what to look at before recording, by the rung it is about; nothing of it is refused."""
        for higher, lower in pairwise(ROLES):
            yield from ((lower, m) for m in self._order(higher, lower))
        for role in ROLES:
            proposal, offer = self.proposal(role), self.offer(role)
            if proposal is not None and offer is None:
                yield role, Message("It cannot be compared as it stands: look at its start and its debts above.")
            elif offer is not None and self.offers.has_budget and not offer.fits:
                yield (
                    role,
                    Message(
                        "It takes more than the household can pay: cash runs short in {n} months.", n=offer.months_short
                    ),
                )

    def _order(self, higher: Role, lower: Role) -> Iterator[Message]:
        """Yield what is wrong with the order of two rungs: the higher one must ask more of the creditor."""
        one, other = self.proposal(higher), self.proposal(lower)
        if one is None or other is None:
            return
        if one == other:
            yield Message("It is the same proposal as the rung above: there is nothing to give way on.")
            return
        if self.offers.case.covered(one) != self.offers.case.covered(other):
            yield Message("It is for other debts than the rung above, so the two cannot be ordered.")
            return
        first, second = self.offer(higher), self.offer(lower)
        if first is None or second is None or first.present_value is None or second.present_value is None:
            return
        if first.present_value >= second.present_value:
            yield Message(
                "It asks as much of the creditor as the rung above, or more: what is paid is worth {lower} today, "
                "above it {higher}. Turn them round, or change one.",
                lower=f"{second.present_value / 100:,.2f}",
                higher=f"{first.present_value / 100:,.2f}",
            )
