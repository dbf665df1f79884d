"""04 proposals: offers side by side, what the household can pay, and which one is chosen and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape

import ipywidgets as w

from debtdesk.core.case import Case
from debtdesk.core.comparison import Comparison, alike
from debtdesk.core.gate import GateAct
from debtdesk.core.problems import Refused
from debtdesk.core.proposal import Proposal
from debtdesk.locale import Message, language
from debtdesk.panels import offers_words
from debtdesk.panels.choice_card import ChoiceCard
from debtdesk.panels.comparison_card import ComparisonCard
from debtdesk.panels.desk import Desk
from debtdesk.panels.fields import any_refused, text_field
from debtdesk.panels.floor_card import FloorCard
from debtdesk.panels.folded import Folded
from debtdesk.panels.frontier_card import FrontierCard
from debtdesk.panels.frontier_state import FrontierState
from debtdesk.panels.gate_card import GateCard
from debtdesk.panels.keep_bar import KeepBar
from debtdesk.panels.kept_state import KeptState
from debtdesk.panels.ladder_card import LadderCard
from debtdesk.panels.ladder_state import LadderState
from debtdesk.panels.later import Later
from debtdesk.panels.offer_editor import ProposalEditor
from debtdesk.panels.offers_state import OffersState
from debtdesk.panels.picture import Picture
from debtdesk.panels.several_folds import SeveralFolds, SeveralState
from debtdesk.panels.stage import Stage, fold, link, shown
from debtdesk.views.offers import PAID_AND_OWED, BurdenChart, PaidChart, burden_sentence
from debtdesk.views.tables import html_table, schedule_table
from debtdesk.views.words import debt_name

BURDEN, PAID = (500, 400), (690, 400)  # pixels

__all__ = ["OffersPanel", "OffersState", "panel"]


class OffersPanel(Stage):
    """The comparison, the editor of one proposal, the charts, and the choice."""

    name = "04_proposals"
    question = Message("What do we ask for?")
    onward = ("06_outcome", Message("Next: what was agreed?"))

    def __init__(self, desk: Desk | None = None) -> None:
        desk = desk or Desk()
        self.state = OffersState(desk.case, desk.day)
        self.several_state = SeveralState(self.state, self.safely)
        self.search, self.rungs = FrontierState(self.state), LadderState(self.state)
        several = self.several_state
        self.kept = KeptState(desk, self.state, self.search, several.sharing, several.risk, several.recovery)
        self._removed: Proposal | None = None
        self._following = False
        self._shown: Proposal | None = None
        super().__init__(desk)
        self.state.observe(lambda _: self.safely(self._picked)(), "place")
        self.state.observe(lambda _: self.safely(self._draft_changed)(), "draft")
        self.state.observe(lambda change: self.safely(self._followed)(change["old"]), "comparison")
        self.state.observe(lambda _: self.safely(self._arranged)(), ("order", "downwards", "whole"))
        self.state.observe(lambda _: self.safely(self._compared)(), "limit")
        self.several_state.wish()

    # -- building -----------------------------------------------------------------------------------------------------

    def build(self) -> Sequence[w.Widget]:
        """Return the body; a case without debts shows the way to 01."""
        if not self.state.case.debts:
            text = Message("This case has no debts yet. What is owed, and to whom, is entered in 01.")
            return (w.HTML(f"<p class='debtdesk-lead'>{escape(str(text))} {link('01_debts', '→ 01')}</p>"),)
        self.lead, self.stale = w.HTML(), w.HTML()
        self.repair = w.HTML()
        self.kept.unobserve_all()  # the bars of another language let go
        self.compared = ComparisonCard(self.state, self.safely, self._bar())
        self.table = self.compared.table
        self.picker = w.ToggleButtons(style={"button_width": "auto"})
        self.picker.observe(self.safely(lambda change: self._pick(change["new"])), "value")
        self.kept_line, self.solver, self.warning = w.HTML(), w.HTML(), w.HTML()
        self.use = self.button(Message("use this"), self.state.fit)
        self.renew = self.button(Message("let it begin today"), self.state.renew)
        self.save = self.button(Message("save the proposal"), self._save, style="primary")
        self.undo = self.button(Message("undo"), self._undo)
        self.add = self.button(Message("new"), self._new)
        self.twin = self.button(Message("copy"), self._copy)
        self.remove = self.button(Message("remove"), self._remove)
        self.back = self.button(Message("bring back"), self._bring_back)
        self._show_removed()
        self.standard = self.button(Message("bank's standard"), self._standard)
        self.one_sum = self.button(Message("in one sum"), self._one_sum)
        self.editor_box = w.VBox()
        self.pictures = (_picture(BURDEN[0], "40%"), _picture(PAID[0], "56%"))
        self.burden, self.paid, self._first = BurdenChart(*BURDEN), PaidChart(*PAID), ""
        self._charts = Later([self.safely(self._draw_burden), self.safely(self._draw_paid)])
        self.floor = FloorCard()
        self.reason = text_field(Message("because"), width="420px", placeholder=str(Message("one sentence")))
        self.record = self.button(Message("record the choice"), self._choose, style="success")
        self.chosen, self.schedules = w.HTML(), w.HTML()
        self.choices = ChoiceCard()
        self.frontier_fold = Folded(
            Message("Search: what fits, and what a concession is worth a month"),
            lambda: FrontierCard(self.search, self.safely, self._refused),
            self.safely,
            self._bar,
        )
        self.ladder_fold = Folded(
            Message("Ladder: opening, target and walk-away, before the call"),
            lambda: LadderCard(self.rungs, self.desk, self.safely),
            self.safely,
        )
        self.gate = GateCard(self.desk, self.safely, asks=False)
        self.schedule_fold = fold(Message("The schedule of each offer"), self.schedules)
        self.schedule_fold.observe(self.safely(lambda _: self._fill_schedules()), "selected_index")
        self.several = SeveralFolds(self.several_state, self.safely, self._bar)
        self.editor: ProposalEditor | None = None
        self._picked()
        self._compared(at_once=True)
        self.kept.watch()
        row = w.Layout(flex_flow="row wrap", align_items="center", grid_gap="4px 10px")
        steady = w.Layout(flex_flow="row wrap", align_items="flex-start", grid_gap="4px 10px")  # a help moves no button
        working = w.HTML(f"<b>{escape(str(Message('Working on')))}</b>")
        cautions = "".join(f"<li>{escape(str(m))}</li>" for m in offers_words.CAUTIONS)
        own = (self.add, self.twin, self.remove, self.back)
        return (
            self.lead,
            self.compared,
            w.HBox([working, self.picker, *own, self.standard, self.one_sum], layout=row),
            self.stale,
            self.renew,
            self.editor_box,
            self.kept_line,
            w.HBox([self.solver, self.use], layout=row),
            w.HBox([self.save, self.undo], layout=row),
            self.warning,
            w.HBox(list(self.pictures), layout=w.Layout(flex_flow="row wrap", grid_gap="8px 8px")),
            self.frontier_fold,
            self.several,
            self.ladder_fold,
            w.HTML(f"<div class='debtdesk-help'><ul>{cautions}</ul></div>"),
            self.repair,
            self.gate,
            w.HBox([self.chosen], layout=row),
            self.floor,
            w.HBox([self.reason, self.record], layout=steady),
            self.choices,
            self.schedule_fold,
        )

    def case_changed(self) -> None:
        """Follow the case without building anew; what was typed and not saved stays."""
        had = bool(self.state.case.debts)
        if had and self.desk.case.reference != self.state.case.reference:
            self._removed = None  # of another client
            self._show_removed()
        self.state.follow(self.desk.case, self.desk.day)
        self.kept.look()
        if had != bool(self.state.case.debts):
            self.body.children = tuple(self.build())
        elif had:
            self._picked(refill=False)
            self._compared()

    # -- from the screen to the state ---------------------------------------------------------------------------------

    def _pick(self, place: int | None) -> None:
        if not self._following and place is not None:
            self.state.pick(place)

    def _new(self) -> None:
        self._try(lambda: self.state.new(str(Message("new offer"))))

    def _copy(self) -> None:
        if (draft := self.state.draft) is not None:
            self._try(lambda: self.state.copy(str(Message("{name}, copy", name=draft.name))))

    def _standard(self) -> None:
        self._try(lambda: self.state.bank_standard(str(Message("bank's standard"))))

    def _one_sum(self) -> None:
        self._try(lambda: self.state.one_sum(str(Message("in one sum"))))

    def _undo(self) -> None:
        self.state.undo()
        if self.editor is not None:
            self.editor.fill()

    def _save(self) -> None:
        if self._ready():
            self.desk.change("save a proposal", lambda case: self.kept.with_entries(self.state.with_draft(case)))

    def _remove(self) -> None:
        if self.state.kept is None:
            self.state.undo()
            return
        removed = self.state.kept
        if self.desk.change("remove a proposal", self.state.without_draft):
            self._removed = removed
            self._show_removed()

    def _bring_back(self) -> None:
        if (gone := self._removed) is None:
            return

        def again(case: Case) -> Case:
            there = [p.name for p in case.proposals]
            return case if gone.name in there else replace(case, proposals=(*case.proposals, gone))

        if self.desk.change("bring a proposal back", again):
            self._removed = None
            self._show_removed()

    def _show_removed(self) -> None:
        """Offer the proposal removed last to be brought back."""
        self.back.layout.display = "" if self._removed is not None else "none"
        if self._removed is not None:
            self.back.description = str(Message("bring “{name}” back", name=self._removed.name))

    def _choose(self) -> None:
        if not self._ready():
            return
        because, override = self.reason.text.value, self.floor.reason.text.value
        try:
            self.state.with_choice(self.desk.case, because, override=override)
        except Refused as refused:
            (self.floor.ask if because.strip() and self.state.offer else self.reason.refuse)(refused)
            return

        def chosen(case: Case) -> Case:
            return self.kept.with_entries(self.state.with_choice(case, because, override=override))

        if self.desk.change("choose an offer", chosen):
            for field in (self.reason, self.floor.reason):
                field.show("")
            self._chosen()

    def _bar(self) -> KeepBar:
        return KeepBar(self.kept, self.safely(self._keep))

    def _keep(self) -> None:
        cards = (self.compared.rate, self.frontier_fold, self.several)
        self.kept.save(wrong=any(map(any_refused, cards)))

    def _ready(self) -> bool:
        """Return whether nothing on the screen was refused; say so otherwise."""
        wrong = self.editor.wrong if self.editor else ""
        if wrong:
            self.desk.tell(Message("Not saved: {problem}", problem=wrong), failed=True)
        return not wrong

    def _try(self, act: Callable[[], None]) -> None:
        try:
            act()
        except Refused as refused:
            self._refused(refused)

    def _refused(self, refused: Refused) -> None:
        self.desk.tell(Message("{what} {remedy}", what=refused.text, remedy=refused.remedy), failed=True)

    # -- from the state to the screen ---------------------------------------------------------------------------------

    def _picked(self, *, refill: bool = True) -> None:
        """Show which proposal is worked on, and its fields."""
        if not self.state.case.debts:
            return
        self._names()
        if self.state.draft is None:
            self.editor, self.editor_box.children = None, ()
        elif self.editor is None:
            self.editor = ProposalEditor(self.state, self.safely)
            self.editor_box.children = (self.editor,)
        elif refill:
            self.editor.fill()
        else:
            self.editor.follow()
        if self.state.comparison is not None:  # another one is worked on, though all of them are as before
            self._around_draft()
            self._chosen()
            if self.state.draft is not None and self.state.draft.name != self._first:
                self._charts.wish()  # the one that is worked on is shown in any case

    def _draft_changed(self) -> None:
        if self.editor is None or self.state.draft is None:
            self._picked()
        else:
            self.editor.follow()
            self._names()
            if self._shown is not self.state.draft and self.state.comparison is not None:
                self._around_draft()  # what is computed is as before, yet not of the draft as it stands
                self._chosen()

    def _names(self) -> None:
        unsaved = self.state.unsaved
        options = [(p.name + (" *" if p in unsaved else ""), n) for n, p in enumerate(self.state.proposals)]
        self._following = True
        try:
            if list(self.picker.options) != options:
                self.picker.options = options
            self.picker.value = self.state.place if options else None
        finally:
            self._following = False
        self.picker.layout.display = "" if options else "none"

    def _followed(self, before: Comparison | None) -> None:
        """Follow a comparison; where nothing but risks or values are new, the table alone."""
        now = self.state.comparison
        if before is not None and now is not None and alike(before.offers, now.offers):
            self.compared.follow()
        else:
            self._compared()

    def _compared(self, *, at_once: bool = False) -> None:
        """Show what follows from the proposals; the charts follow when the hand rests, or at once."""
        state, comparison = self.state, self.state.comparison
        if not state.case.debts or comparison is None:
            return
        self.lead.value = f"<p class='debtdesk-lead'>{offers_words.room(state)}</p>"
        self.compared.follow()
        self.repair.value = offers_words.closed_repair(self.desk.day)
        self._around_draft()
        if comparison.offers:
            (self._charts.now if at_once else self._charts.wish)()
        else:
            for picture in self.pictures:
                picture.clear()
        self._chosen()
        self._fill_schedules()

    def _arranged(self) -> None:
        if self.state.case.debts:
            self.compared.follow()

    def _draw_burden(self) -> None:
        comparison = self.state.comparison
        if comparison is not None and comparison.offers:
            self.pictures[0].show(self.burden.draw(comparison, language()), burden_sentence(comparison, language()))

    def _draw_paid(self) -> None:
        comparison, draft = self.state.comparison, self.state.draft
        if comparison is not None and comparison.offers:
            self._first = draft.name if draft is not None else ""
            self.pictures[1].show(self.paid.draw(comparison, language(), first=self._first), str(PAID_AND_OWED))

    def _around_draft(self) -> None:
        """Show what the draft comes to beside its fields, and which buttons make sense."""
        state = self.state
        self._shown = state.draft
        self.kept_line.value = offers_words.conservation(state)
        self.solver.value = offers_words.solved(state)
        fitting = state.fitting
        useful = fitting is not None and state.draft is not None and fitting != state.draft.installments
        self.use.layout.display = "" if useful else "none"
        self.stale.value = offers_words.stale(state)
        late = state.draft is not None and state.draft.start < state.day
        self.renew.layout.display = "" if late else "none"
        self.warning.value = offers_words.too_long(state)
        for card in (self.frontier_fold.made, self.ladder_fold.made):
            if card is not None:
                card.look()
        for button in (self.save, self.undo):
            button.disabled = not state.changed
        for button in (self.twin, self.remove, self.one_sum, self.record):
            button.disabled = state.draft is None

    def _chosen(self) -> None:
        self.chosen.value = offers_words.choice(self.state)
        self.choices.look(self.state.case)
        draft = self.state.draft
        debts = self.state.case.covered(draft) if draft is not None else ()
        self.floor.look(self.state.case, self.state.offer)
        self.gate.look(self.state.case, GateAct.ASK_FOR_INSTALLMENTS, debts)

    def _fill_schedules(self) -> None:
        comparison = self.state.comparison
        if self.schedule_fold.selected_index is None or comparison is None:
            return
        found = []
        for offer in comparison.offers:
            found.append(f"<h3 class='debtdesk-group'>{escape(offer.proposal.name)}</h3>")
            for debt, plan in offer.schedules:
                name, table = escape(debt_name(debt, language())), html_table(schedule_table(plan, language()))
                found.append(f"<details><summary>{name}</summary>{table}</details>")
        self.schedules.value = "".join(found)


def _picture(width: int, share: str) -> Picture:
    return Picture(width, width=share, min_width="320px")


def panel() -> w.Widget:
    """Return the stage, ready to show."""
    return shown(OffersPanel)
