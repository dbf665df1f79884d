"""The card of limitation: the acts of the chosen debt, its timeline, and what to be careful of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape

import ipywidgets as w

from debtdesk.core.acts import Act
from debtdesk.core.debt import Debt
from debtdesk.core.gate import GateAct
from debtdesk.core.limitation import limitation
from debtdesk.files.acts import AccountAct, read_acts, with_acts
from debtdesk.locale import Message, language
from debtdesk.panels.act_rows import act_columns, act_reader, write_act
from debtdesk.panels.debts_state import DebtsState
from debtdesk.panels.dossier import DossierRows, keep_on_debt, kept_debt
from debtdesk.panels.dossier_card import DossierCard
from debtdesk.panels.drafts import Drafts
from debtdesk.panels.gate_card import GateCard
from debtdesk.panels.picture import Picture
from debtdesk.panels.taking import Novelty, TakingBox, unsaved
from debtdesk.panels.templates import template
from debtdesk.views.claims import claim_word
from debtdesk.views.limitation import (
    acts_table,
    convention_sentence,
    limitation_rules,
    limitation_sentence,
    timeline_chart,
)
from debtdesk.views.markup import html_table
from debtdesk.views.rules import rules_html

Guard = Callable[[Callable[..., None]], Callable[..., None]]
WIDTH, HEIGHT = 1000, 300  # pixels


class LimitationCard(DossierCard):
    """Choose a debt, enter what was done about it, and see about when the three years end."""

    rows: DossierRows[Act]

    def __init__(self, state: DebtsState, safely: Guard, rows: DossierRows[Act] | None = None) -> None:
        super().__init__(
            state,
            safely,
            rows
            or DossierRows(state.desk, "acts", act_columns(), read=act_reader(lambda: state.desk.day), write=write_act),
            act_columns(),
            title=Message("acts"),
            add=Message("Add an act"),
            keep=Message("Save the acts"),
        )
        self.drawn = False
        self.lead, self.cautions, self.table, self.rules = w.HTML(), w.HTML(), w.HTML(), w.HTML()
        self.picture = Picture(WIDTH)
        self.gate = GateCard(state.desk, safely)
        self.taking = TakingBox(
            help=Message("A table of acts (.xlsx or .csv) with account, day, act and proof, for all debts at once."),
            read=lambda name, content: read_acts(name, content, debts=state.desk.case.debts, on=state.desk.day),
            novelty=self.novelty,
            take=self.take,
            safely=safely,
            template=template("acts", safely),
        )
        text = Message("Payments are counted from their own table; they need not be named here again.")
        hint = w.HTML(f"<p class='debtdesk-note'>{escape(str(text))}</p>")
        self.children = [
            self.choice,
            self.lead,
            self.picture,
            self.cautions,
            self.sheet,
            hint,
            self.bar,
            self.taking,
            self.table,
            self.gate,
            self.rules,
        ]

    def save(self) -> None:
        """Keep the acts of the chosen debt."""
        debt = self.state.debt()
        if debt is not None:
            drafts = self.rows.of(debt.account)
            keep_on_debt(self.state.desk, "acts", debt.account, len(drafts.wrong), acts=drafts.good())

    def novelty(self, given: AccountAct) -> Novelty:
        """Return what taking an act over from a file would change."""
        kept = kept_debt(self.state.desk.case, given.account)
        return Novelty.SAME if kept is not None and given.act in kept.acts else Novelty.NEW

    def take(self, acts: Sequence[AccountAct]) -> bool:
        """Take acts over from a file and keep them."""
        return self.state.desk.change("import acts", lambda case: replace(case, debts=with_acts(case.debts, acts)))

    def show_picture(self, wanted: bool) -> None:
        """Draw the picture from now on, or no longer: it is drawn only while it can be seen."""
        self.drawn = wanted
        self.refresh()

    def show(self, debt: Debt, drafts: Drafts[Act]) -> None:
        """Show about when the three years end, what follows from each act, and the rules behind it."""
        debt = replace(debt, acts=drafts.good())
        self.unsaved.value = unsaved(drafts.dirty)
        day, shown = self.state.desk.day, language()
        found = limitation(debt, on=day)
        self.lead.value = f"<p class='debtdesk-lead'>{escape(str(limitation_sentence(found)))}</p>"
        items = "".join(f"<li>{escape(str(c))}</li>" for c in (*found.cautions, convention_sentence(found)))
        self.cautions.value = f"<div class='debtdesk-help'><ul>{items}</ul></div>"
        self.table.value = html_table(acts_table(found, shown), caption=str(Message("All acts, payments included")))
        self.gate.look(self.state.desk.case, GateAct.ASK_FOR_INSTALLMENTS, (debt,))
        if self.drawn:
            figure = timeline_chart(debt, found, shown, on=day, width_px=WIDTH, height_px=HEIGHT)
            self.picture.draw(figure, str(limitation_sentence(found)), scale=1.5)
        meaning = {e.act: claim_word(e.effect) for e in found.all_events()}
        self.sheet.computed = {i: {"effect": str(meaning.get(a, ""))} for i, a in drafts.records.items()}
        self.rules.value = rules_html(limitation_rules(found), shown)
