"""What the stage of offers says: lines of text ready to show, with all that is data escaped."""

from __future__ import annotations

from datetime import date
from html import escape

from debtdesk.core.case import Answer
from debtdesk.core.credit_record import repair
from debtdesk.locale import Message, language
from debtdesk.panels.offers_state import OffersState
from debtdesk.panels.stage import link
from debtdesk.views import words
from debtdesk.views.settlement import settlement_html
from debtdesk.views.words import name_of

CAUTIONS = (
    Message(
        "Asking for installments, for more time or for a plan, and paying a part, count as agreeing to pay: the "
        "limitation period of three years begins anew. Ask a lawyer or 12348 before anything is sent."
    ),
    Message(
        "A waiver is at the creditor's discretion. No law gives a right to it; what stands here is what is asked for, "
        "not what is promised."
    ),
    Message(
        "Ask whether a waiver holds at once or only after the last installment, and what happens to it if one is late."
    ),
)


def money(fen: int, *, whole: bool = False) -> str:
    """Return an amount in yuan without its unit, in the language in use."""
    return words.money(fen, language(), unit=False, whole=whole)


def room(state: OffersState) -> str:
    """Return what the household can pay."""
    there = link("02_budget", "→ 02")
    if not state.has_budget:
        return _line(Message("There is no budget yet, so it cannot be said what fits."), there)
    level, without = state.room.level, state.room_without_reserve.level
    if not without:
        text = Message("After what it needs for living, the household has nothing left to pay each month.")
    elif not level:
        text = Message(
            "The household can pay {without} yuan a month, but nothing once the reserve is laid aside.",
            without=money(without, whole=True),
        )
    elif level == without:
        text = Message("The household can pay {level} yuan a month.", level=money(level, whole=True))
    else:
        text = Message(
            "The household can pay {without} yuan a month, {level} once the reserve is laid aside.",
            without=money(without, whole=True),
            level=money(level, whole=True),
        )
    return _line(text, there)


def conservation(state: OffersState) -> str:
    """Return what is owed at the start, and what becomes of it, in one sentence and part by part."""
    offer = state.offer
    if state.draft is None:
        text = Message("There is no proposal yet. Press “new” to begin one.")
        return f"<p class='debtdesk-conserved'>{escape(str(text))}</p>"
    if offer is None:
        return ""
    text = Message(
        "Owed on {day}: {owed} = waived {waived} + to be paid {settled}. With the plan's own cost of {cost}: {total}.",
        day=offer.proposal.start.isoformat(),
        owed=money(offer.owed),
        waived=money(offer.waived),
        settled=money(offer.settled),
        cost=money(offer.total - offer.settled),
        total=money(offer.total),
    )
    parts = settlement_html((plan for _, plan in offer.schedules), language())
    old = ""
    if offer.proposal != state.draft:
        last = Message(
            "The figures below are of the last good form of this proposal, not of what stands in the fields."
        )
        old = f"<div class='debtdesk-help' role='status'>{escape(str(last))}</div>"
    return f"{old}<p class='debtdesk-conserved'>{escape(str(text))}</p>{parts}"


def solved(state: OffersState) -> str:
    """Return from how many installments on the draft fits, everything else unchanged."""
    if state.draft is None or state.offer is None or not state.has_budget:
        return ""
    level, n = state.room.level, state.fitting
    if not level:
        text = Message("No number of installments fits: the household has nothing left to pay each month.")
    elif n is None:
        text = Message(
            "{level} a month does not fit this proposal within {longest} months.",
            level=money(level, whole=True),
            longest=state.longest,
        )
    elif n == state.draft.installments:
        text = Message(
            "{level} a month fits with these {n} installments, and with none fewer.",
            level=money(level, whole=True),
            n=n,
        )
    else:
        text = Message("{level} a month fits if there are {n} installments.", level=money(level, whole=True), n=n)
    return f"<span class='debtdesk-solved'>{escape(str(text))}</span>"


def stale(state: OffersState) -> str:
    """Return which proposals are left out of the comparison, and why."""
    lines = []
    for proposal in state.stale:
        first = state.errors(proposal)[0]
        text = Message(
            "“{name}” cannot be compared as it stands: {text} {remedy}",
            name=proposal.name,
            text=first.text,
            remedy=first.remedy,
        )
        if proposal == state.draft and state.offer is not None:
            text = Message(
                "“{name}” cannot be computed as it stands: {text} {remedy} What is shown of it are the figures of its "
                "last good form.",
                name=proposal.name,
                text=first.text,
                remedy=first.remedy,
            )
        lines.append(f"<div class='debtdesk-help' role='status'>{escape(str(text))}</div>")
    return "".join(lines)


def too_long(state: OffersState) -> str:
    """Return a hint where a card gets more months than it may have."""
    if not state.too_long:
        return ""
    text = Message(
        "Longer than the {limit} months set for a card here; the card rules (art. 70) allow at most five years.",
        limit=state.longest,
    )
    return f"<div class='debtdesk-help' role='status'>{escape(str(text))}</div>"


def choice(state: OffersState) -> str:
    """Return what is about to be chosen, and what was chosen before."""
    lines = []
    if state.draft is not None and state.offer is not None and state.offer.proposal == state.draft:
        lines.append(Message("Choose “{name}”:", name=state.draft.name))
    for outcome in reversed(state.case.outcomes):
        if outcome.answer is Answer.PENDING:
            lines.insert(
                0,
                Message(
                    "Chosen on {day}: “{name}”, because: {reason} ({answer})",
                    day=outcome.day.isoformat(),
                    name=outcome.proposal.name,
                    reason=outcome.reason,
                    answer=name_of(outcome.answer),
                ),
            )
            break
    shown = [escape(str(line)) for line in lines]
    if len(shown) > 1 or (shown and state.offer is None):
        shown[0] += " " + link("06_outcome", "→ 06")
    return "<br>".join(shown)


def _line(text: Message, there: str) -> str:
    return f"{escape(str(text))} {there}"


def closed_repair(on: date) -> str:
    """Return that the one-time credit repair is closed, as the rule says it; nothing while it is open."""
    found, spoken = repair(on), language()
    if found.open or found.rule.end is None:
        return ""
    text = Message(
        "Credit record: {rule} closed on {end}: {note}.",
        rule=found.rule.name[spoken],
        end=found.rule.end.isoformat(),
        note=found.rule.note[spoken],
    )
    return f"<p class='debtdesk-note'>{escape(str(text))}</p>"
