"""00 start: whose case? The list of cases, and what is done with a case as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import ipywidgets as w

from debtdesk.core.problems import Refused
from debtdesk.files.worked import WORKED
from debtdesk.locale import Message
from debtdesk.panels.caselist import CaseList
from debtdesk.panels.desk import CHINA, Desk, title_of
from debtdesk.panels.download import Download
from debtdesk.panels.fields import Field, text_field
from debtdesk.panels.next_step import next_step_of
from debtdesk.panels.stage import Stage, fold, link, shown
from debtdesk.panels.start_state import CaseRow, StartState, read_client, read_reference
from debtdesk.panels.templates import template
from debtdesk.views.words import money, name_of

TONGUES = (("中文", "zh"), ("English", "en"))


TABLES = (
    ("debts", Message("Table of debts")),
    ("payments", Message("Table of payments")),
    ("budget", Message("Table of the budget")),
)


class StartPanel(Stage):
    """The language, the welcome, the list of cases, and five folds: new, bring in, hand out, templates, remove."""

    name = "00_start"
    question = Message("Whose case?")
    onward = ("01_debts", Message("what is owed, and to whom?"))

    def __init__(self, desk: Desk | None = None) -> None:
        desk = desk or Desk()
        self.state = StartState(desk)
        told = (Message("Show everything in Chinese"), Message("Show everything in English"))
        self.tongue = w.ToggleButtons(
            options=TONGUES,
            value=desk.language,
            tooltips=[text.in_language(tongue) for text, (_, tongue) in zip(told, TONGUES, strict=True)],
        )
        self.tongue.add_class("debtdesk-tongue")
        self.tongue.style.button_width = "84px"
        super().__init__(desk)
        self.children = (self.front, self.tongue, self.header, self.message, self.body, self.foot)
        self.tongue.observe(self.safely(lambda change: self.desk.speak(change["new"])), "value")
        self.state.observe(lambda _: self.show_cases(), "rows")

    def build(self) -> Sequence[w.Widget]:
        """Return the body in the language in use."""
        self.cases = CaseList(self.safely(self.state.open))
        self.lead = w.HTML()
        self.welcome = self._welcome()
        self.taking_away = self._remove()
        self.folds = (
            fold(Message("New case"), self._new(), opened=not self.state.kept),
            fold(Message("Bring in a case from a file"), self._bring_in()),
            fold(Message("Hand out the open case as a file"), self._hand_out()),
            fold(Message("Blank tables to fill in with Excel or WPS"), self._templates()),
            fold(Message("Remove a case for good"), self.taking_away),
        )
        self.show_cases()
        return self.welcome, self.lead, self.cases, *self.folds

    def case_changed(self) -> None:
        """Mark another row; what is being typed stays."""
        self.state.refresh()
        self.show_cases()

    def show_cases(self) -> None:
        """Show the list as the state has it."""
        self.cases.rows = [_texts(row) for row in self.state.rows]
        case = self.desk.case
        step = next_step_of(case)
        onward = link(step.stage, f"{escape(str(step.text))} → {step.stage[:2]}")
        opened = Message("Open: {title}, {client}.", title=title_of(case), client=case.client)
        self.lead.value = (
            f"<div class='debtdesk-lead'>{escape(str(opened))} {escape(str(Message('Next:')))} {onward}</div>"
        )
        kept = [(f"{r.reference} · {r.client}", r.reference) for r in self.state.kept]
        chosen = self.which.value
        self.which.options = kept
        if any(reference == chosen for _, reference in kept):
            self.which.value = chosen
        none = _note(Message("No client's case is kept here yet."))
        self.taking_away.children = (*(self._removing if kept else (none,)), self.again)

    def _welcome(self) -> w.Widget:
        if not self.state.welcome:
            return w.HTML()
        text = w.HTML(
            "<div class='debtdesk-welcome'><b>{}</b> {} {}</div>".format(
                *(
                    escape(str(m))
                    for m in (
                        Message("Welcome: this is a desk for preparing a repayment that can be kept."),
                        Message("The case below is invented and complete, so open its pages and try everything."),
                        Message("Your own cases stay on this computer; begin one under “New case”."),
                    )
                )
            )
        )
        box = w.VBox((text,))

        def seen() -> None:
            self.desk.store.set_welcome_seen()
            box.children = ()

        box.children = (text, self.button(Message("I have read it"), seen))
        return box

    # -- new ----------------------------------------------------------------------------------------------------

    def _new(self) -> w.Widget:
        typed = self._typed_client()
        reference = self.state.proposed_reference()
        self.reference = Field(Message("number of the case"), reference, read=read_reference, write=str)
        self.client = Field(
            Message("client, as called on screen"), None, read=read_client, write=str, placeholder="张**", width="260px"
        )
        self.client.text.value = typed
        note = _note(
            Message(
                "No ID number, full name or telephone is needed: something by which you know the client again is "
                "enough, for instance 张** or C-17."
            )
        )
        return w.VBox(
            (self.reference, self.client, note, self.button(Message("Begin the case"), self._create, style="primary"))
        )

    def _typed_client(self) -> str:
        field = getattr(self, "client", None)
        return field.text.value if isinstance(field, Field) else ""

    def _create(self) -> None:
        if self.client.value is None and not self.client.problem:
            self.client.check()
        if self.reference.problem or self.client.problem:
            return
        try:
            self.state.create(self.reference.value, self.client.value)
        except Refused as refused:
            self.reference.refuse(refused)
            return
        self.client.clear()
        self.reference.value = self.state.proposed_reference()

    # -- files --------------------------------------------------------------------------------------------------

    def _bring_in(self) -> w.Widget:
        self.upload = w.FileUpload(
            accept=".json",
            multiple=False,
            description=str(Message("Choose a case file")),
            layout=w.Layout(width="auto", align_self="flex-start"),
        )
        self.upload_help = w.HTML()
        self.upload.observe(self.safely(self._uploaded), "value")
        note = _note(
            Message("A case file ends in .json and was handed out by this program. It is kept here and then opened.")
        )
        return w.VBox((note, self.upload, self.upload_help))

    def _uploaded(self, change: Any) -> None:
        if not change["new"]:
            return
        given = change["new"][0]
        name, content = str(given["name"]), bytes(given["content"])
        self.upload.value = ()
        self.upload_help.value = ""
        try:
            self.state.bring_in(name, content)
        except Refused as refused:
            self.upload_help.value = _help(refused)

    def _hand_out(self) -> w.Widget:
        whole = Download(Message("The whole case"), lambda: self.state.hand_out(masked=False), guard=self.safely)
        masked = Download(
            Message("Masked, to show others"), lambda: self.state.hand_out(masked=True), guard=self.safely
        )
        note = _note(
            Message(
                "The file goes to the downloads of your browser and is not encrypted: keep it as you would keep the "
                "paper file, and delete it when it is no longer needed. Masked leaves out names, accounts and notes."
            )
        )
        self.downloads = (whole, masked)
        return w.VBox((note, w.HBox((whole, masked), layout=w.Layout(flex_flow="row wrap", grid_gap="8px"))))

    def _templates(self) -> w.Widget:
        self.templates = tuple(self._template(table, text) for table, text in TABLES)
        note = _note(
            Message(
                "Fill them in, then choose the file on the page of debts or of the budget. Nothing is read back here."
            )
        )
        return w.VBox((note, w.HBox(self.templates, layout=w.Layout(flex_flow="row wrap", grid_gap="8px"))))

    def _template(self, table: str, text: Message) -> Download:
        button = template(table, self.safely)
        button.description = str(text)
        return button

    # -- remove -------------------------------------------------------------------------------------------------

    def _remove(self) -> w.VBox:
        self.which = w.Dropdown(
            options=(),
            description=str(Message("case")),
            style={"description_width": "190px"},
            layout=w.Layout(width="480px"),
        )
        self.typed = text_field(Message("type its number once more"))
        warning = _note(
            Message(
                "This is final: the content is deleted here and in the copies beside it. Hand the case out as a file "
                "first if it may be needed. Only that it existed, and when, remains."
            )
        )
        button = self.button(Message("Remove for good"), self._removed, style="danger")
        self.again = self.button(Message("Set the worked case back to how it came"), self.state.restore_worked)
        self._removing = (warning, self.which, self.typed, button)
        return w.VBox(self._removing)

    def _removed(self) -> None:
        try:
            self.state.remove(self.which.value, self.typed.text.value)
        except Refused as refused:
            self.typed.refuse(refused)
            return
        self.typed.value = ""


def _texts(row: CaseRow) -> dict[str, object]:
    last = ""
    if row.last is not None and row.last_day is not None:
        last = str(Message("{answer} on {day}", answer=name_of(row.last), day=row.last_day.isoformat()))
    reference = str(Message("worked case (invented)")) if row.reference == WORKED else row.reference
    return {
        "reference": row.reference,
        "number": reference,
        "client": row.client,
        "debts": str(row.debts),
        "owed": money(row.owed, "en", unit=False),
        "state": str(row.state.text),
        "last": last,
        "updated": row.updated.astimezone(CHINA).strftime("%Y-%m-%d %H:%M") if row.updated else "",
        "next": str(row.next.text) if row.next else "",
        "here": row.here,
    }


def _note(text: Message) -> w.HTML:
    return w.HTML(f"<p class='debtdesk-note'>{escape(str(text))}</p>")


def _help(refused: Refused) -> str:
    return f"<div class='debtdesk-help' role='alert'>{escape(f'{refused.text} {refused.remedy}')}</div>"


def panel() -> w.Widget:
    """Return the panel of 00_start."""
    return shown(StartPanel)
