"""What the card of several creditors knows: the sum a month, the rule, who takes part, and what follows. No widget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

import traitlets as t

from debtdesk.core.case import Case
from debtdesk.core.debt import Debt
from debtdesk.core.optimal_split import OptimalSplit, least_charges
from debtdesk.core.problems import Refused
from debtdesk.core.sharing import SIMPLE_RULES, Party, SharedPlan, ShareRule, Stance, sharing_problems
from debtdesk.core.strategies import HoldOut, hold_out, share_out, share_out_by
from debtdesk.core.suppositions import Seat, SharingSettings, merged, seated
from debtdesk.panels.apart import Apart

RULES = (*SIMPLE_RULES, ShareRule.WEIGHTS, ShareRule.PRIORITY)
LIMIT = 60.0  # how long the search may take [s]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: the debts, the sum a month [fen], who stands how to it by priority, and the day it starts from."""

    debts: tuple[Debt, ...]
    monthly: int
    seats: tuple[Seat, ...]
    aside: Stance
    day: date

    @property
    def parties(self) -> tuple[Party, ...]:
        """The parties, in order of priority."""
        ordered = sorted(self.seats, key=lambda s: s.place)
        return tuple(s.party(self.aside) for s in ordered)

    def check(self, rule: ShareRule) -> None:
        """Raise Refused with the first thing that does not go together."""
        for problem in sharing_problems(self.debts, self.monthly, self.parties, rule=rule):
            raise Refused(problem.text, problem.remedy)


@dataclass(frozen=True, slots=True)
class Sharing:
    """What follows: the plan by the chosen rule, by each rule, with every creditor, and what each refusal changes."""

    plan: SharedPlan
    by_rule: tuple[SharedPlan, ...]
    with_all: SharedPlan | None
    refusals: tuple[HoldOut, ...]


class SharingState(t.HasTraits):
    """One sum a month over the debts of a case.

    `monthly` is what is paid each month [fen], what the household can pay until somebody writes another amount;
    `rule` how it is shared out; `aside` what becomes of a creditor that does not take part; `seats` how each debt
    stands to it. `best` is the split that a search found, with the question it was found for; `searching` whether a
    search goes on and `seconds` for how long already; `failed` in what a search ended that found nothing.
    """

    case = t.Instance(Case)
    day = t.Instance(date)
    monthly = t.Int(0)
    rule = t.UseEnum(ShareRule, default_value=ShareRule.PRO_RATA)
    aside = t.UseEnum(Stance, default_value=Stance.WAITS)
    seats = t.Tuple()
    best = t.Tuple()
    searching = t.Bool(False)
    seconds = t.Float(0.0)
    failed = t.Unicode("")

    def __init__(self, case: Case, day: date, level: int, *, seek: Callable[..., OptimalSplit] = least_charges) -> None:
        super().__init__(case=case, day=day)
        self._level = level
        self._search = Apart(seek, done=self._found, failed=self._missed, tick=self._tick)
        self._take(case.suppositions.sharing or SharingSettings(), level)

    # -- what is there ------------------------------------------------------------------------------------------------

    @property
    def question(self) -> Question:
        """What is asked as it stands."""
        debts = tuple(d for d in self.case.debts if d.balance.total > d.balance.credit)
        accounts = {d.account for d in debts}
        seats = tuple(s for s in self.seats if s.account in accounts)
        return Question(debts=debts, monthly=self.monthly, seats=seats, aside=self.aside, day=self.day)

    @property
    def found(self) -> OptimalSplit | None:
        """What the search found for the question as it stands."""
        return self.best[1] if self.best and self.best[0] == self.question else None

    @property
    def rules(self) -> tuple[ShareRule, ...]:
        """The rules to choose from."""
        return (*RULES, ShareRule.OPTIMAL) if self.found is not None else RULES

    @property
    def problem(self) -> Refused | None:
        """What does not go together any more since the case changed; None where all does."""
        try:
            self.question.check(self.rule)
        except Refused as refused:
            return refused
        return None

    def result(self) -> Sharing | None:
        """Return what follows; None where nothing is owed, or something does not go together."""
        question = self.question
        if not question.debts or self.problem is not None:
            return None
        found, rule = self.found, self.rule
        if rule is ShareRule.OPTIMAL and found is None:
            rule = ShareRule.PRO_RATA
        simple = _shared(question, ShareRule.PRO_RATA if rule is ShareRule.OPTIMAL else rule)
        if found is None:
            return simple
        plan = found.plan if rule is ShareRule.OPTIMAL else simple.plan
        return replace(simple, plan=plan, by_rule=(*simple.by_rule, found.plan))

    # -- from the screen ----------------------------------------------------------------------------------------------

    def set(self, **changes: Any) -> None:
        """Change the sum, the rule, or what becomes of those that do not take part.

        Raises
        ------
        Refused
            Where it does not go together; the last good choice stays.
        """
        self.check(**changes)
        with self.hold_trait_notifications():
            for name, value in changes.items():
                setattr(self, name, value)

    def seat(self, account: str, **changes: Any) -> None:
        """Change how a debt stands to the plan; see `set`."""
        seats = self._seats(account, changes)
        self.check(seats=seats)
        self.seats = seats

    def check(self, **changes: Any) -> None:
        """Raise Refused where a change would not go together with the rest."""
        rule = changes.pop("rule", self.rule)
        replace(self.question, **changes).check(ShareRule(rule))

    def check_seat(self, account: str, **changes: Any) -> None:
        """Raise Refused where a change of one debt would not go together with the rest."""
        self.check(seats=self._seats(account, changes))

    def _seats(self, account: str, changes: dict[str, Any]) -> tuple[Seat, ...]:
        return tuple(replace(s, **changes) if s.account == account else s for s in self.seats)

    def follow(self, case: Case, day: date, level: int) -> None:
        """Take up another version of the case; what was entered about the same client stays."""
        theirs = case.suppositions.sharing or SharingSettings()
        if case.reference == self.case.reference:
            ground = self.case.suppositions.sharing or SharingSettings()
            theirs = merged(*(_filled(s, case) for s in (ground, self.settings, theirs)))
        with self.hold_trait_notifications():
            self.case, self.day = case, day
            self._take(theirs, level)

    @property
    def settings(self) -> SharingSettings:
        """What was entered: the seats of debts that stand as usual are left out, those of debts gone by now stay."""
        usual = seated((d.account for d in self.case.debts), ())
        accounts = {s.account for s in usual}
        kept = self.case.suppositions.sharing or SharingSettings()
        gone = tuple(s for s in kept.seats if s.account not in accounts)
        return SharingSettings(
            monthly=None if self.monthly == self._level else self.monthly,
            rule=self.rule,
            aside=self.aside,
            seats=(*(s for s in self.seats if s not in usual), *gone),
        )

    def _take(self, settings: SharingSettings, level: int) -> None:
        self._level = level
        self.monthly = level if settings.monthly is None else settings.monthly
        self.rule, self.aside = settings.rule, settings.aside
        self.seats = _filled(settings, self.case).seats

    # -- the search ---------------------------------------------------------------------------------------------------

    def search(self) -> None:
        """Begin to look for the split that costs least; the answer comes to `best`."""
        question = self.question
        question.check(ShareRule.PRO_RATA)
        self._asked = question
        with self.hold_trait_notifications():
            self.searching, self.seconds, self.failed = True, 0.0, ""
        self._search.begin(question.debts, question.monthly, parties=question.parties, on=question.day, seconds=LIMIT)

    def stop(self) -> None:
        """End the search; what was found before stays."""
        self._search.stop()
        self.searching = False

    def wait(self) -> None:
        """Wait for the search, for scripts and tests."""
        self._search.wait()

    def _found(self, found: OptimalSplit) -> None:
        with self.hold_trait_notifications():
            self.best, self.searching = (self._asked, found), False

    def _missed(self, name: str) -> None:
        with self.hold_trait_notifications():
            self.failed, self.searching = name or "?", False

    def _tick(self, seconds: float) -> None:
        self.seconds = seconds


def _filled(settings: SharingSettings, case: Case) -> SharingSettings:
    """Return settings with a seat for every debt of a case, and for no other."""
    return replace(settings, seats=seated((d.account for d in case.debts), settings.seats))


@lru_cache(maxsize=16)
def _shared(question: Question, rule: ShareRule) -> Sharing:
    """Return what follows from a question that goes together."""
    debts, monthly, parties, day = question.debts, question.monthly, question.parties, question.day
    weighed = any(p.weight for p in parties if p.stance is Stance.TAKES_PART)
    rules = [r for r in RULES if r is not ShareRule.WEIGHTS or weighed]
    by_rule = share_out_by(debts, monthly, rules, parties=parties, on=day)
    plan = next(p for p in by_rule if p.rule is rule)
    away = [s for s in question.seats if not s.takes_part]
    if not away:
        return Sharing(plan, by_rule, None, ())
    everybody = replace(question, seats=tuple(replace(s, takes_part=True) for s in question.seats))
    with_all = share_out(debts, monthly, rule, parties=everybody.parties, on=day)
    refusals = []
    for seat in away:
        joined = tuple(replace(s, takes_part=True) if s == seat else s for s in question.seats)
        given = replace(question, seats=joined).parties
        refusals.append(hold_out(debts, monthly, seat.account, rule, parties=given, stance=question.aside, on=day))
    return Sharing(plan, by_rule, with_all, tuple(refusals))
