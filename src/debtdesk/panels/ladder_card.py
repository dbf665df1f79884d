"""The card of the ladder: opening, target and walk-away with their reasons, recorded before the call."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as w

from debtdesk.core.proposal import Role
from debtdesk.documents.ladder import ladder_page
from debtdesk.locale import Message, language
from debtdesk.panels.buttons import button
from debtdesk.panels.desk import Desk
from debtdesk.panels.download import Download, Handed
from debtdesk.panels.fields import LABEL_WIDTH, Field, text_field
from debtdesk.panels.ladder_state import ROLES, LadderState, trade_columns
from debtdesk.panels.sheet import Sheet
from debtdesk.panels.stage import fold
from debtdesk.views.ladder import ladder_html
from debtdesk.views.words import money, months, name_of

Guard = Callable[[Callable[..., None]], Callable[..., None]]
WIDE = "560px"
_LACKING = {
    Role.OPENING: Message(
        "No proposal is an opening offer yet. Press “copy” above, ask the creditor for more than the target does, and "
        "choose “opening offer” as what it is for; or pick any proposal here."
    ),
    Role.TARGET: Message(
        "No proposal is a target yet. Press “new” above, or take a plan of the search, and choose “target” as what it "
        "is for; or pick any proposal here."
    ),
    Role.WALK_AWAY: Message(
        "No proposal is a walk-away limit yet. Press “copy” above, go to the most that the household can bear, and "
        "choose “walk-away limit” as what it is for; or pick any proposal here."
    ),
}


class LadderCard(w.VBox):
    """A row for each rung, a sheet of trades, a note, and one button; below it what was recorded before."""

    def __init__(self, state: LadderState, desk: Desk, safely: Guard) -> None:
        self.state, self.desk = state, desk
        self.shown, self._following = False, False
        intro = Message(
            "Written down before the call, so that nobody is talked beyond the walk-away. What is recorded is never "
            "changed; another ladder follows it."
        )
        self.picks: dict[Role, w.Dropdown] = {}
        self.whys: dict[Role, Field] = {}
        self.told = {role: w.HTML() for role in ROLES}
        rungs = []
        for role in ROLES:
            self.picks[role] = w.Dropdown(
                description=str(name_of(role)),
                style={"description_width": LABEL_WIDTH},
                layout=w.Layout(width=f"calc({LABEL_WIDTH} + 300px)", max_width="100%"),
            )
            self.whys[role] = text_field(Message("because"), state.why.get(role, ""), width=WIDE)
            self.picks[role].observe(safely(self._handler(role, state.pick)), "value")
            self.whys[role].observe(safely(self._handler(role, state.explain)), "value")
            rungs.append(w.VBox([self.picks[role], self.told[role], self.whys[role]]))
        record = safely(self.keep)
        self.sheet = Sheet(
            trade_columns(), title=Message("what to give for what"), add=Message("Add a trade"), on_save=record
        )
        self.sheet.observe(safely(self._traded), "rows")
        self.sheet_help = w.HTML()
        self.note = text_field(Message("note"), state.note, lines=3, width=WIDE)
        self.note.observe(safely(self._noted), "value")
        self.record = button(Message("record before the call"), record, "success")
        self.last, self.earlier = w.HTML(), w.HTML()
        self.print = Download(Message("print the ladder"), self._page, guard=safely, prints=True)
        self.before = fold(Message("Earlier ladders"), self.earlier)
        super().__init__(
            [
                w.HTML(f"<p class='debtdesk-note'>{escape(str(intro))}</p>"),
                *rungs,
                w.HTML(f"<h3 class='debtdesk-group'>{escape(str(Message('what to give for what')))}</h3>"),
                self.sheet,
                self.sheet_help,
                self.note,
                self.record,
                self.last,
                self.print,
                self.before,
            ]
        )
        self._show_recorded()

    # -- from the screen to the state ---------------------------------------------------------------------------------

    def show(self, wanted: bool) -> None:
        """Follow the proposals from now on, or no longer while folded."""
        self.shown = wanted
        self.look()

    def _handler(self, role: Role, act: Callable[[Role, str], None]) -> Callable[[Any], None]:
        def handle(change: Any) -> None:
            if not self._following and change["new"] is not None:
                act(role, change["new"])
                self.whys[role].refuse(None)
                self.look()

        return handle

    def _traded(self, change: Any) -> None:
        if not self._following:
            self.state.trades.type(change["new"])
            self.sheet_help.value = ""
            self.look()

    def _noted(self, change: Any) -> None:
        if not self._following:
            self.state.note = change["new"]
            self.look()

    def keep(self) -> None:
        """Record the ladder; what is missing is said beside its place, and nothing that was typed goes."""
        missing = self.state.missing()
        for role in ROLES:
            self.whys[role].refuse(missing.get(role))
        half = missing.get("trades")
        text = escape(f"{half.text} {half.remedy}") if half else ""
        self.sheet_help.value = f"<div class='debtdesk-help' role='alert'>{text}</div>" if text else ""
        if missing:
            self.desk.tell(Message("Not recorded yet: please mend what is marked."), failed=True)
            return
        if self.desk.change("record the ladder", self.state.with_ladder):
            self.state.trades.follow(self.state.trades.good())
        self.look()

    # -- from the state to the screen ---------------------------------------------------------------------------------

    def look(self) -> None:
        """Show what the state says; while folded only what was recorded."""
        self._show_recorded()
        if not self.shown:
            return
        self._following = True
        try:
            self._fill()
        finally:
            self._following = False
        doubts: dict[Role, list[str]] = {role: [] for role in ROLES}
        for role, text in self.state.doubts():
            doubts[role].append(str(text))
        for role in ROLES:
            lines = "".join(f"<div class='debtdesk-help' role='status'>{escape(x)}</div>" for x in doubts[role])
            self.told[role].value = self._figures(role) + lines
        self.record.disabled = self.state.recorded

    def _fill(self) -> None:
        names = [p.name for p in self.state.offers.proposals]
        options = [(str(Message("choose …")), ""), *((n, n) for n in names)]
        for role in ROLES:
            if list(self.picks[role].options) != options:
                self.picks[role].options = options
            proposal = self.state.proposal(role)
            self.picks[role].value = proposal.name if proposal else ""
            self.whys[role].value = self.state.why.get(role, "")
        self.note.value = self.state.note
        self.sheet.rows = self.state.trades.rows
        self.sheet.problems, self.sheet.notes = self.state.trades.said_errors(), self.state.trades.said_notes()

    def _figures(self, role: Role) -> str:
        if self.state.proposal(role) is None:
            return f"<p class='debtdesk-note'>{escape(str(_LACKING[role]))}</p>"
        offer = self.state.offer(role)
        if offer is None:
            return ""
        spoken = language()
        text = Message(
            "{monthly} a month, {months}, {total} in all; {waived} waived",
            monthly=money(offer.monthly, spoken),
            months=months(offer.months, spoken),
            total=money(offer.total, spoken),
            waived=money(offer.waived, spoken),
        )
        return f"<p class='debtdesk-note'>{escape(str(text))}</p>"

    def _show_recorded(self) -> None:
        ladders, spoken = self.state.offers.case.ladders, language()
        self.last.value = "".join(ladder_html(x, spoken) for x in ladders[-1:])
        self.earlier.value = "".join(ladder_html(x, spoken) for x in ladders[-2::-1])
        self.print.layout.display = "" if ladders else "none"
        self.before.layout.display = "" if len(ladders) > 1 else "none"

    def _page(self) -> Handed | None:
        case = self.state.offers.case
        if case.ladder is None:
            return None
        name = {"zh": "出价阶梯", "en": "ladder"}[language()]
        return Handed(f"{case.reference}-{name}.html", ladder_page(case, case.ladder, language()).encode())
