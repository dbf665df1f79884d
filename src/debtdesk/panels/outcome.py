"""06 outcome: what was answered and agreed, recorded the day it comes and never changed."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import ipywidgets as w

from debtdesk.core.case import Answer
from debtdesk.core.gate import GateAct
from debtdesk.core.problems import Refused
from debtdesk.core.proposal import Proposal
from debtdesk.locale import Message, language
from debtdesk.panels.counter_offer import CounterOffer
from debtdesk.panels.desk import Desk
from debtdesk.panels.fields import LABEL_WIDTH, day_field, text_field
from debtdesk.panels.floor_card import FloorCard
from debtdesk.panels.gate_card import GateCard
from debtdesk.panels.outcome_state import OutcomeState
from debtdesk.panels.stage import Stage, fold, link, shown
from debtdesk.views.agreement import (
    BEFORE_SIGNING,
    checklist_html,
    outcomes_html,
    plan_sentence,
    schedule_html,
    sum_sentence,
    warning_html,
)
from debtdesk.views.words import debt_name, name_of

ANSWERS = (Answer.PENDING, Answer.ACCEPTED, Answer.COUNTERED, Answer.REFUSED)


class OutcomePanel(Stage):
    """The offer that was answered, what it comes to, the answer with reason and evidence, and all entries so far."""

    name = "06_outcome"
    question = Message("What was agreed?")
    onward = ("00_start", Message("back to the list of cases"))

    def __init__(self, desk: Desk | None = None) -> None:
        desk = desk or Desk()
        self.state = OutcomeState(desk.case, desk.day)
        self._begun = False
        super().__init__(desk)
        self.children = (self.front, self.header, self.body, self.foot)  # the message stands beside the button

    # -- building -----------------------------------------------------------------------------------------------------

    def build(self) -> Sequence[w.Widget]:
        """Return the form, what it comes to, and the folds."""
        self.empty = w.HTML()
        self.lead = w.HTML()
        self.proposal = w.Dropdown(
            description=str(Message("which offer")),
            style={"description_width": LABEL_WIDTH},
            layout=w.Layout(width="560px", max_width="100%"),
        )
        self.proposal_help, self.accounts_help, self.told_help = w.HTML(), w.HTML(), w.HTML()
        self.answer = w.RadioButtons(
            options=[(str(name_of(a)), a) for a in ANSWERS],
            value=self.state.answer,
            description=str(Message("the answer")),
            style={"description_width": LABEL_WIDTH},
            layout=w.Layout(width="max-content"),
        )
        typed = self._typed()
        self.accounts = w.VBox()
        self.accounts_box = w.VBox((w.HTML(f"<b>{Message('for these debts')}</b>"), self.accounts, self.accounts_help))
        self.day = day_field(Message("day of the answer"), self.desk.day)
        self.reason = text_field(Message("reason, or what was said"), lines=3, width="420px")
        self.evidence = text_field(Message("evidence: ticket, recording, letter"), width="420px")
        for name in ("day", "reason", "evidence"):
            if name in typed:
                getattr(self, name).text.value = typed[name]
        self.warning, self.floor = w.HTML(), FloorCard(asks=False)
        self.told = w.Checkbox(
            value=False,
            indent=False,
            description=str(Message("We have talked this over, and the client has decided.")),
            layout=w.Layout(width="auto"),
        )
        self.told_box = w.VBox((self.told, self.told_help))
        self.gate = GateCard(self.desk, self.safely, general=BEFORE_SIGNING)
        self.gate_help = w.HTML()
        self.gate_box = w.VBox((self.gate, self.gate_help))
        self.gate.retype({name: typed[name] for name in ("who", "what") if name in typed})
        self.counter = CounterOffer(self.state, self.safely, self.show)
        self.record_button = self.button(Message("Record the answer"), self.record, style="primary")
        self.schedule, self.entries = w.HTML(), w.HTML()
        self.show_choices()
        self.show()
        self.proposal.observe(self.safely(self._chosen), "value")
        self.answer.observe(self.safely(self._said), "value")
        self.reason.observe(lambda _: self.reason.refuse(None), "value")
        self.told.observe(lambda _: _tell(self.told_help, None), "value")
        left = w.VBox((self.proposal, self.proposal_help, self.answer, self.day, self.reason, self.evidence))
        form = w.HBox((left, self.accounts_box), layout=w.Layout(flex_flow="row wrap", grid_gap="0 40px"))
        self.form = w.VBox(
            (self.lead, form, self.counter, self.floor, self.warning, self.gate_box, self.told_box, self.record_button)
        )
        self.show()
        return (
            self.empty,
            self.form,
            self.message,
            fold(Message("The schedule, month by month"), self.schedule),
            fold(Message("What a written agreement must state"), w.HTML(checklist_html())),
            fold(Message("All entries of this case, the newest first"), self.entries, opened=True),
        )

    def _typed(self) -> dict[str, str]:
        """Return what stands in the fields that no case fills, so that another language does not empty them."""
        if not self._begun:
            self._begun = True
            return {}
        own = {name: getattr(self, name).text.value for name in ("day", "reason", "evidence")}
        return own | {name: self.gate.typed()[name] for name in ("who", "what")}

    def case_changed(self) -> None:
        """Take over the case; what is being typed stays unless it is another client's."""
        other = self.desk.case.reference != self.state.case.reference
        self.state.day = self.desk.day
        self.state.follow(self.desk.case)
        if other:
            self._begun = False  # what was being entered is about somebody else
            self.rebuild()
            return
        self.show_choices()
        self.show()

    def show_choices(self) -> None:
        """Offer the proposals of the case and the debts of the chosen one."""
        proposals = self.state.case.proposals
        options = [(p.name, p.name) for p in proposals]
        chosen = self.state.proposal.name if self.state.proposal else None
        self._filling = True  # new options choose the first one, which nobody did
        if tuple(options) != tuple(self.proposal.options):
            self.proposal.options = options
        if chosen is not None and self.proposal.value != chosen:
            self.proposal.value = chosen
        self._filling = False
        self.show_debts()

    def show_debts(self) -> None:
        """Offer the debts of the chosen proposal, one tick box each; the boxes stay while the debts are the same."""
        proposal = self.state.proposal
        debts = self.state.case.covered(proposal) if proposal else ()
        names = tuple((d.account, debt_name(d, language())) for d in debts)
        if names != getattr(self, "_named", None) or not self.accounts.children:
            self._named = names
            self.accounts.children = tuple(self._box(account, text) for account, text in names)
        for box in self.accounts.children:
            box.value = box.account in self.state.accounts

    def _box(self, account: str, text: str) -> w.Checkbox:
        box = w.Checkbox(value=account in self.state.accounts, description=text, indent=False)
        box.account = account
        box.layout.width = "auto"
        box.observe(self.safely(self._covered), "value")
        return box

    def show(self) -> None:
        """Show what the figures come to, and what belongs to the answer."""
        state = self.state
        offer = state.offer
        if not state.case.proposals:
            text = escape(str(Message("There is no offer yet that could be answered.")))
            onward = link("04_proposals", escape(f"{Message('Make one first')} → 04"))
            self.empty.value = f"<div class='debtdesk-lead'>{text} {onward}</div>"
        else:
            self.empty.value = ""
        self.form_layout(bool(state.case.proposals))
        if offer is None:
            self.lead.value, self.schedule.value = "", f"<p>{escape(str(Message('No debt is chosen.')))}</p>"
        else:
            self.lead.value = (
                f"<div class='debtdesk-lead' role='status'>{escape(str(plan_sentence(offer)))}</div>"
                f"<p class='debtdesk-note'>{escape(str(sum_sentence(offer)))}</p>"
            )
            self.schedule.value = schedule_html(offer)
        self.floor.look(state.case, offer)
        self.counter.layout.display = "" if state.answer is Answer.COUNTERED else "none"
        accepted = state.answer is Answer.ACCEPTED
        covered = [d for d in state.case.debts if d.account in state.accounts]
        self.gate.look(state.case, GateAct.SIGN, covered if accepted else ())
        gated = self.gate.finding is not None  # the gate then says the same of each debt by itself
        self.warning.value = "" if gated else warning_html(state.case, on=self.desk.day)
        self.gate_box.layout.display = "" if accepted else "none"
        _tell(self.gate_help, None)
        self.told_box.layout.display = "" if state.answer is Answer.ACCEPTED else "none"
        self.entries.value = self._entries()

    def form_layout(self, wanted: bool) -> None:
        """Show the form, or leave it out where there is nothing to answer."""
        if hasattr(self, "form"):
            self.form.layout.display = "" if wanted else "none"

    def _entries(self) -> str:
        if not self.state.case.outcomes:
            return f"<p class='debtdesk-note'>{escape(str(Message('Nothing has been recorded yet.')))}</p>"
        note = Message("An entry is never changed; a slip is put right by a further entry that says so.")
        return f"{outcomes_html(self.state.case)}<p class='debtdesk-note'>{escape(str(note))}</p>"

    # -- what a person does -------------------------------------------------------------------------------------------

    def _chosen(self, change: Any) -> None:
        found: Proposal | None = next((p for p in self.state.case.proposals if p.name == change["new"]), None)
        if found is not None and found != self.state.proposal and not self._filling:
            self.state.choose(found)
            self.counter.show()
            self.show_debts()
            self.show()

    def _said(self, change: Any) -> None:
        self.state.say(change["new"])
        _tell(self.told_help, None)
        self.show()

    def _covered(self, _: Any) -> None:
        self.state.cover(tuple(b.account for b in self.accounts.children if b.value))
        _tell(self.accounts_help, None)
        self.show()

    def record(self) -> None:
        """Record the answer, unless something is missing; that is said beside its field."""
        latest = max(self.desk.day, self.desk.today)
        day = None if self.day.problem else self.day.value
        missing = self.state.missing(day=day, reason=self.reason.value or "", told=self.told.value, latest=latest)
        if self.state.answer is Answer.ACCEPTED and not self.gate.passed:
            missing["gate"] = Refused(
                Message("Something above is still to be done before agreeing."),
                Message("Do it and note it, or leave that debt out of this answer for now."),
            )
        _tell(self.proposal_help, missing.get("proposal"))
        _tell(self.accounts_help, missing.get("accounts"))
        _tell(self.told_help, missing.get("told"))
        _tell(self.gate_help, missing.get("gate"))
        if "day" in missing:
            self.day.refuse(missing["day"])
        self.reason.refuse(missing.get("reason"))
        countered = self.state.answer is Answer.COUNTERED
        if missing or day is None or (countered and self.counter.wrong):
            self.desk.tell(Message("Not recorded yet: please mend what is marked."), failed=True)
            return
        outcome = self.state.outcome(day=day, reason=self.reason.value, evidence=self.evidence.value or "")
        if self.desk.change("record outcome", lambda case: self.state.with_outcome(case, outcome)):
            for field in (self.reason, self.evidence):
                field.clear()
            self.told.value = False


def _tell(place: w.HTML, refused: Any) -> None:
    text = "" if refused is None else escape(f"{refused.text} {refused.remedy}")
    place.value = f"<div class='debtdesk-help' role='alert'>{text}</div>" if text else ""


def panel() -> w.Widget:
    """Return the panel of 06_outcome."""
    return shown(OutcomePanel)
