"""The card of the chain: who is the creditor today, how far the claim has gone, and what a court has set."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape
from typing import Any

import ipywidgets as w

from debtdesk.core.chain import asked_after, chain_problems, entitlement
from debtdesk.core.claim_stage import ClaimStage, CourtDays
from debtdesk.core.debt import Debt
from debtdesk.core.links import Link
from debtdesk.files.links import AccountLink, read_links, with_links
from debtdesk.locale import Message, language
from debtdesk.panels.act_rows import link_columns, read_link, write_link
from debtdesk.panels.debts_state import DebtsState
from debtdesk.panels.dossier import DossierRows, keep_on_debt, kept_debt
from debtdesk.panels.dossier_card import DossierCard
from debtdesk.panels.drafts import Drafts
from debtdesk.panels.fields import LABEL_WIDTH, amount_field, optional_day
from debtdesk.panels.taking import Novelty, TakingBox, unsaved
from debtdesk.panels.templates import template
from debtdesk.views.claims import claim_word
from debtdesk.views.court import court_sentences
from debtdesk.views.markup import problems_html
from debtdesk.views.rules import rules_html

Guard = Callable[[Callable[..., None]], Callable[..., None]]
COURT_RULES = ("court_fee", "delay_interest", "enforcement_years")
COURT_DAYS = ("answer_by", "hearing", "judged", "pay_by")


class ChainCard(DossierCard):
    """Choose a debt, enter each step of its chain and its stage, and see whether its creditor is shown to be one."""

    rows: DossierRows[Link]

    def __init__(self, state: DebtsState, safely: Guard, rows: DossierRows[Link] | None = None) -> None:
        super().__init__(
            state,
            safely,
            rows or DossierRows(state.desk, "chain", link_columns(), read=read_link, write=write_link),
            link_columns(),
            title=Message("chain of creditors"),
            add=Message("Add a step"),
            keep=Message("Save chain and stage"),
        )
        self._filled: Debt | None = None
        self.stage = w.Dropdown(
            options=[(str(claim_word(s)), s) for s in ClaimStage],
            description=str(Message("how far it has gone")),
            style={"description_width": LABEL_WIDTH},
            layout=w.Layout(width=f"calc({LABEL_WIDTH} + 170px)"),
        )
        self.last_due = optional_day(Message("last installment due (contracts in installments)"))
        self.days = {
            "answer_by": optional_day(Message("answer to the court by")),
            "hearing": optional_day(Message("hearing on")),
            "judged": optional_day(Message("judgment in effect since")),
            "pay_by": optional_day(Message("judgment: pay by")),
        }
        self.unpaid = amount_field(Message("unpaid of the sum adjudged"))
        self.court = w.VBox([*self.days.values(), self.unpaid])
        self.lead, self.said = w.HTML(), w.HTML()
        self.taking = TakingBox(
            help=Message(
                "A table of steps (.xlsx or .csv) with account, how, holder and proof, for all debts at once."
            ),
            read=lambda name, content: read_links(name, content, debts=state.desk.case.debts, on=state.desk.day),
            novelty=self.novelty,
            take=self.take,
            safely=safely,
            template=template("links", safely),
        )
        self.children = [
            self.choice,
            self.lead,
            self.sheet,
            self.stage,
            self.last_due,
            self.court,
            self.bar,
            self.taking,
            self.said,
        ]
        for field in (self.stage, self.last_due, *self.days.values(), self.unpaid):
            field.observe(safely(self.changed), "value")

    def novelty(self, given: AccountLink) -> Novelty:
        """Return what taking a step over from a file would change."""
        kept = kept_debt(self.state.desk.case, given.account)
        return Novelty.SAME if kept is not None and given.link in kept.chain else Novelty.NEW

    def take(self, links: Sequence[AccountLink]) -> bool:
        """Take steps over from a file and keep them."""
        return self.state.desk.change("import links", lambda case: replace(case, debts=with_links(case.debts, links)))

    def entered(self) -> Debt | None:
        """Return the chosen debt with what stands on this card."""
        debt = self.state.debt()
        if debt is None:
            return None
        court = debt.court
        if self.stage.value.before_court:
            days = {name: self.days[name].value for name in COURT_DAYS}
            court = replace(court or CourtDays(), **days, unpaid=self.unpaid.value or 0)
        return replace(
            debt,
            chain=self.rows.of(debt.account).good(),
            stage=self.stage.value,
            last_due=self.last_due.value,
            court=court,
        )

    def save(self) -> None:
        """Keep chain, stage and court days of the chosen debt."""
        debt = self.entered()
        if debt is None:
            return
        wrong = len(self.rows.of(debt.account).wrong)
        wrong += sum(bool(f.problem) for f in (self.last_due, *self.days.values(), self.unpaid))
        keep_on_debt(
            self.state.desk,
            "chain of creditors",
            debt.account,
            wrong,
            chain=debt.chain,
            stage=debt.stage,
            last_due=debt.last_due,
            court=debt.court,
        )

    def fill(self, debt: Debt) -> None:
        """Fill the fields anew for another debt, or where it was changed elsewhere."""
        if self._filled is not None and _key(self._filled) == _key(debt):
            return
        self._filled = debt
        court = debt.court or CourtDays()
        self.stage.value = debt.stage
        self.last_due.show(debt.last_due)
        for name, field in self.days.items():
            field.show(getattr(court, name))
        self.unpaid.show(court.unpaid)

    def show(self, debt: Debt, drafts: Drafts[Any]) -> None:
        """Show whether the creditor is shown to be one, what to ask for, and the days of the court."""
        debt = self.entered() or debt
        self.court.layout.display = "" if debt.stage.before_court else "none"
        kept = kept_debt(self.state.desk.case, debt.account)
        self.unsaved.value = unsaved(drafts.dirty or (kept is not None and _beside(kept) != _beside(debt)))
        found, shown, day = entitlement(debt), language(), self.state.desk.day
        text = Message(
            "Whether {creditor} may claim it: {standing}.", creditor=debt.creditor, standing=claim_word(found.standing)
        )
        self.lead.value = (
            f"<p class='debtdesk-lead'>{escape(str(text))}</p><p class='debtdesk-note'>{escape(str(found.reason))}</p>"
        )
        lines = list(found.ask)
        if asked_after(debt, on=day):
            lines.append(
                Message(
                    "Overdue for more than two years: such debts are often transferred. Look into the credit report "
                    "before writing to or paying anybody."
                )
            )
        lines += court_sentences(debt, shown, on=day)
        items = "".join(f"<li>{escape(str(m))}</li>" for m in lines)
        body = f"<div class='debtdesk-help'><ul>{items}</ul></div>" if items else ""
        behind = ("assignment_notice", *(COURT_RULES if debt.stage.before_court else ()))
        self.said.value = body + problems_html(chain_problems(debt), shown) + rules_html(behind, shown)


def _key(debt: Debt) -> tuple[object, ...]:
    return debt.account, *_beside(debt)


def _beside(debt: Debt) -> tuple[object, ...]:
    return debt.stage, debt.last_due, debt.court
