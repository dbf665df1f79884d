"""The rows of acts and of links of a chain: their columns, and how a typed row becomes a record and back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from debtdesk.core.acts import Act, ActKind
from debtdesk.core.days import parse_day
from debtdesk.core.links import Link, LinkKind, LinkProof, NoticeState
from debtdesk.files.acts import KINDS
from debtdesk.locale import Message
from debtdesk.panels.choices import member
from debtdesk.panels.drafts import TypedRow
from debtdesk.panels.sheet import Column, Row
from debtdesk.views.claims import claim_word


def act_columns() -> tuple[Column, ...]:
    """Return the columns of the sheet of acts."""
    return (
        Column(key="day", label=Message("day"), kind="day", hint="2026-11-24", width=1.1, aliases=("日期", "date")),
        Column(
            key="kind",
            label=Message("what was done"),
            kind="choice",
            options=(("", Message("choose …")), *((k.value, claim_word(k)) for k in ActKind)),
            width=2,
            aliases=("行为", "kind"),
        ),
        Column(
            key="proof",
            label=Message("proof"),
            width=2,
            aliases=("凭证",),
            help=Message(
                "Where it can be seen: letter, screenshot, statement, recording. Without it, it does not count."
            ),
        ),
        Column(key="note", label=Message("note"), width=1.6, aliases=("备注",)),
        Column(key="effect", label=Message("meaning"), kind="shown", width=2.2),
    )


def act_reader(on: Callable[[], date]) -> Callable[[TypedRow[Act]], None]:
    """Return what reads a row of the sheet as an act; `on` gives the day of the sitting."""

    def read(typed: TypedRow[Act]) -> None:
        day = typed.need("day", parse_day, failing=None)
        kind = typed.need("kind", member(ActKind, KINDS), failing=None)
        if day is not None and day > on():
            typed.refuse("day", Message("The day lies in the future."), Message("Write the day on which it happened."))
        if not typed.usable or day is None or kind is None:
            return
        typed.record = Act(day, kind, typed.text("proof"), typed.text("note"))

    return read


def write_act(act: Act) -> Row:
    """Return the row that shows an act."""
    return {"day": act.day.isoformat(), "kind": act.kind.value, "proof": act.proof, "note": act.note}


def link_columns() -> tuple[Column, ...]:
    """Return the columns of the sheet of the chain."""
    return (
        Column(key="day", label=Message("day, if known"), kind="day", hint="2026-11-24", width=1.1),
        Column(
            key="kind",
            label=Message("how"),
            kind="choice",
            options=(("", Message("choose …")), *((k.value, claim_word(k)) for k in LinkKind)),
            width=1.7,
        ),
        Column(key="holder", label=Message("who holds the claim from then on"), width=2.2),
        Column(
            key="proof",
            label=Message("seen on"),
            kind="choice",
            options=tuple((k.value, claim_word(k)) for k in LinkProof),
            default=LinkProof.NONE.value,
            width=1.6,
        ),
        Column(
            key="notice",
            label=Message("notice to the client"),
            kind="choice",
            options=tuple((k.value, claim_word(k)) for k in NoticeState),
            default=NoticeState.UNKNOWN.value,
            width=1.3,
        ),
        Column(key="seen_at", label=Message("where the proof lies"), width=1.8),
    )


def read_link(typed: TypedRow[Link]) -> None:
    """Read a row of the sheet as a link of the chain."""
    day = typed.take("day", parse_day, empty=None)
    kind = typed.need("kind", member(LinkKind), failing=None)
    holder = typed.need("holder", str, failing="")
    proof = typed.take("proof", member(LinkProof), empty=LinkProof.NONE)
    notice = typed.take("notice", member(NoticeState), empty=NoticeState.UNKNOWN)
    if not typed.usable or kind is None:
        return
    amount = typed.before.amount if typed.before else 0
    typed.record = Link(kind, holder, day, proof, typed.text("seen_at"), notice, amount)
    if kind is LinkKind.ASSIGNED and notice is not NoticeState.REACHED:
        typed.doubt(
            "notice",
            Message("A transfer without notice has no effect against the client (Civil Code 546)."),
            Message("Ask for the notice of assignment."),
        )


def write_link(link: Link) -> Row:
    """Return the row that shows a link."""
    return {
        "day": link.day.isoformat() if link.day else "",
        "kind": link.kind.value,
        "holder": link.holder,
        "proof": link.proof.value,
        "notice": link.notice.value,
        "seen_at": link.seen_at,
    }
