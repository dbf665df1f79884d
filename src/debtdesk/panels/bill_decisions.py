"""What the counselor decides about bills: rules and splits kept, taken back, and undone. No widget.

A rule or split taken back leaves the case; it stays in the history that the store keeps of every version, under
"take back bill rule" or "take back bill split". A rule that says the contrary would not do: nothing says "as the tables
have it".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from debtdesk.core.bill_fates import LineRef, SortedBills
from debtdesk.core.bill_marks import LineMark, mark_of
from debtdesk.core.bill_rules import BillRule
from debtdesk.core.bill_splits import BillSplit
from debtdesk.core.case import Case
from debtdesk.locale import Message
from debtdesk.panels.desk import Desk

Making = Callable[[Case], Case]


@dataclass(frozen=True, slots=True)
class Undoing:
    """One step that can be undone in this window: in which case, what is said of it, and what undoes it."""

    reference: str
    text: Message
    make: Making


class Decisions:
    """Keeps rules and splits with the open case, one saved change each; the last steps can be undone."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._steps: list[Undoing] = []

    @property
    def last(self) -> Undoing | None:
        """The step that would be undone next; None where there is none in this case."""
        own = [s for s in self._steps if s.reference == self.desk.case.reference]
        return own[-1] if own else None

    def keep_rule(self, rule: BillRule) -> bool:
        """Keep a rule, for the lines that are here and for later ones."""
        before = self.desk.case.bill_rules
        undo = _put_rule_back(rule, before.index(rule)) if rule in before else (lambda c: c.without_bill_rule(rule))
        return self._do("bill rule", Message("keep an answer"), lambda c: c.with_bill_rule(rule), undo)

    def take_back_rule(self, rule: BillRule) -> bool:
        """Take a rule back; its lines are as the tables or the other rules have them."""
        if rule not in self.desk.case.bill_rules:
            return False
        undo = _put_rule_back(rule, self.desk.case.bill_rules.index(rule))
        text = Message("take a rule back")
        return self._do("take back bill rule", text, lambda c: c.without_bill_rule(rule), undo)

    def keep_split(self, split: BillSplit) -> bool:
        """Keep how a line is split, in place of an earlier split of it."""
        earlier = next((s for s in self.desk.case.bill_splits if s.line == split.line), None)

        def undo(case: Case) -> Case:
            if split not in case.bill_splits:
                return case
            return case.with_bill_split(earlier) if earlier else case.without_bill_split(split)

        return self._do("split bill line", Message("split a line"), lambda c: c.with_bill_split(split), undo)

    def take_back_split(self, split: BillSplit) -> bool:
        """Make a line whole again."""
        if split not in self.desk.case.bill_splits:
            return False

        def undo(case: Case) -> Case:
            there = any(s.line == split.line for s in case.bill_splits)
            return case if there else case.with_bill_split(split)

        text = Message("take a split back")
        return self._do("take back bill split", text, lambda c: c.without_bill_split(split), undo)

    def call_ordinary(self, mark: LineMark) -> bool:
        """Count a payment that was set aside as ordinary spending of its month."""
        return self.keep_rule(BillRule(line=mark, ordinary=True))

    def set_aside(self, mark: LineMark) -> bool:
        """Set a payment aside that does not belong to an ordinary month, though no rule of thumb found it."""
        return self.keep_rule(BillRule(line=mark, ordinary=False))

    def undo(self) -> bool:
        """Undo the last step of this window in the case as it stands now; what others kept meanwhile stays."""
        step = self.last
        if step is None:
            return False
        self._steps.remove(step)  # before the change, so that what shows the case shows the step before
        if self.desk.change("undo", step.make):
            return True
        self._steps.append(step)
        return False

    def _do(self, action: str, text: Message, make: Making, undo: Making) -> bool:
        step = Undoing(self.desk.case.reference, text, undo)
        self._steps.append(step)
        if self.desk.change(action, make):
            return True
        self._steps.remove(step)
        return False


def _put_rule_back(rule: BillRule, place: int) -> Making:
    """Return what puts a rule where it stood; one that stands elsewhere meanwhile goes back there."""

    def make(case: Case) -> Case:
        rules = [r for r in case.bill_rules if r != rule]
        rules.insert(min(place, len(rules)), rule)
        return replace(case, bill_rules=tuple(rules))

    return make


def mark_at(found: SortedBills, ref: LineRef) -> LineMark:
    """Return the mark of the line at a place."""
    return mark_of(found.bills[ref.bill], found.whole(ref))
