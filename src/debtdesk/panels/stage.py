"""The frame of a stage: where we are, one question, the body, and where to go next."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import ipywidgets as w

from debtdesk.locale import Message, language
from debtdesk.panels.buttons import button
from debtdesk.panels.desk import Desk, title_of
from debtdesk.panels.front import Front
from debtdesk.panels.style import STYLE

STAGES = (
    ("00_start", Message("start")),
    ("01_debts", Message("debts")),
    ("02_budget", Message("budget")),
    ("03_growth", Message("growth")),
    ("04_proposals", Message("offers")),
    ("06_outcome", Message("outcome")),
    ("09_method", Message("method")),
)

logger = logging.getLogger("debtdesk")


def link(stage: str, text: str, *, css: str = "") -> str:
    """Return a link that opens a notebook of ours in the room."""
    target = escape(f"{stage}.ipynb", quote=True)
    return f"<a class='debtdesk-link {css}' href='{target}' data-debtdesk-open='{target}'>{text}</a>"


class Stage(w.VBox):
    """A panel of one stage: header, question, body, message line, and the way on.

    A subclass gives `name` (its notebook), `question`, and `build()`, which returns the widgets of the body; `build` is
    called again when the language or the case changes. Handlers of buttons are wrapped in `safely`.
    """

    name = ""
    question = Message("What is asked?")
    onward: tuple[str, Message] | None = None

    def __init__(self, desk: Desk | None = None) -> None:
        super().__init__()
        self.add_class("debtdesk-stage")
        self.desk = desk or Desk()
        self.header = w.HTML()
        self.message = w.HTML()
        self.message.add_class("debtdesk-message")
        self.body = w.VBox()
        self.foot = w.HTML()
        self.front = Front(self.safely(self.desk.follow))
        self.children: tuple[w.Widget, ...] = (self.front, self.header, self.body, self.message, self.foot)
        self.rebuild()
        self.desk.observe(lambda _: self.rebuild(), "language")
        self.desk.observe(lambda _: self._case_changed(), "case")
        self.desk.observe(lambda _: self._told(), "said")

    def build(self) -> Sequence[w.Widget]:
        """Return the widgets of the body."""
        raise NotImplementedError

    def case_changed(self) -> None:
        """Follow a change of the case; by default the body is built anew."""
        self.body.children = tuple(self.build())

    def rebuild(self) -> None:
        """Build everything in the language in use."""
        self.header.value = STYLE + self._header()
        self.body.children = tuple(self.build())
        self.foot.value = self._foot()
        self._told()

    def safely(self, handler: Callable[..., None]) -> Callable[..., None]:
        """Return a handler that never ends in a traceback: what goes wrong is said in the message line."""

        @functools.wraps(handler)
        def guarded(*args: Any, **kwargs: Any) -> None:
            try:
                handler(*args, **kwargs)
            except Exception as problem:  # the last line of defence before the screen
                logger.error("%s failed: %s", handler.__qualname__, type(problem).__name__)
                self.desk.tell(_fault(problem), failed=True)

        return guarded

    def button(self, text: Message, handler: Callable[..., None], *, style: str = "", **options: Any) -> w.Button:
        """Return a button whose handler is guarded and gets no argument."""
        return button(text, self.safely(handler), style, **options)

    def _case_changed(self) -> None:
        self.header.value = STYLE + self._header()
        self.safely(self.case_changed)()

    def _told(self) -> None:
        said = self.desk.said
        kind = "debtdesk-failed" if self.desk.failed else "debtdesk-saved"
        role = "alert" if self.desk.failed else "status"
        self.message.value = f"<div class='{kind}' role='{role}'>{escape(str(said))}</div>" if said else ""

    def _header(self) -> str:
        case, chosen = self.desk.case, language()
        where = [
            escape(str(title_of(case))),
            escape(case.client),
            escape(str(Message("{n} debts", n=len(case.debts)))),
            escape(str(Message("as of {day}", day=self.desk.day.isoformat()))),
        ]
        bar = "".join(
            f"<b class='debtdesk-here' aria-current='page'>{s[:2]} {escape(str(text))}</b>"
            if s == self.name
            else link(s, f"{s[:2]} {escape(str(text))}")
            for s, text in STAGES
        )
        return (
            f"<span class='debtdesk-language-{chosen}'></span>"
            f"<div class='debtdesk-header'><span class='debtdesk-where'>{' · '.join(x for x in where if x)}</span>"
            f"<nav class='debtdesk-bar'>{bar}</nav></div>"
            f"<h1 class='debtdesk-question'>{escape(str(self.question))}</h1>"
        )

    def _foot(self) -> str:
        if self.onward is None:
            return ""
        stage, text = self.onward
        return f"<p class='debtdesk-onward'>{link(stage, escape(str(text)) + ' → ' + stage[:2])}</p>"


def _fault(problem: Exception) -> Message:
    return Message(
        "Something went wrong in the program ({kind}). Nothing saved was changed; what you entered is still in its "
        "field. Please go on, and report it if it comes again.",
        kind=type(problem).__name__,
    )


def shown(stage: type[Stage]) -> w.Widget:
    """Return a stage ready to show; if it cannot be built, the reason in plain words instead of a traceback."""
    from debtdesk.store import StoreError

    try:
        return stage()
    except StoreError as problem:
        text, remedy = escape(str(problem.text)), escape(str(problem.remedy))
    except Exception as problem:  # the last line of defence before the screen
        logger.error("%s failed: %s", stage.__name__, type(problem).__name__)
        text, remedy = escape(str(_fault(problem))), ""
    mark = f"<span class='debtdesk-language-{language()}'></span>"
    return w.HTML(f"{STYLE}{mark}<div class='debtdesk-failed' role='alert'><b>{text}</b> {remedy}</div>")


def fold(title: Message, content: w.Widget, *, opened: bool = False) -> w.Accordion:
    """Return a detail that is folded until somebody wants it."""
    folded = w.Accordion(children=(content,), titles=(str(title),), selected_index=0 if opened else None)
    folded.add_class("debtdesk-fold")
    return folded
