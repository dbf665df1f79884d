"""An agreement in words: what is paid when, what it must state in writing, and what to know before signing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from html import escape

from debtdesk.core.case import Case
from debtdesk.core.comparison import Offer
from debtdesk.core.debt import Debt, overdue_days
from debtdesk.core.proposal import WaiverTime
from debtdesk.locale import Message
from debtdesk.locale import language as language_in_use
from debtdesk.views.words import NONE, debt_name, money, name_of

NEAR_LIMIT_DAYS = 912  # two years and six months, half a year before three years are over

# What a written agreement must state: 银监会令2011年第2号 art. 70, and practice.
CHECKLIST = (
    Message("Who the parties are, and by what the creditor may claim the debt (contract, notice of assignment)."),
    Message("The balance by principal, interest, penalty interest and fees, and the day up to which it is counted."),
    Message("What is paid in all; what is waived, and whether at signing or only once everything has been paid."),
    Message("Each due day and amount, and the account it is paid to, with the account holder's name."),
    Message("Whether interest or a fee runs during the plan; what each payment is set against."),
    Message("Days of grace; when a late payment counts as a breach, how it can be mended, and whether waivers revive."),
    Message("That collection stops while the plan is kept; for cards, the promise not to apply for new ones."),
    Message("How it is reported to the credit register, and within how many days a 结清证明 is given at the end."),
    Message("That no guarantor and no spouse is drawn in; which court is competent."),
    Message("Signatures, or the number of the recorded call; a copy for the client. Cards: 60 months at most."),
)

# Civil Code 192 and 195; 诉讼时效规定 art. 14 and 19.
BEFORE_SIGNING = (
    Message(
        "Asking for installments or a deferral, paying any part, or signing a plan or a collection notice counts as "
        "agreeing to perform. It makes the three years of limitation run anew; after they have run it can mean that "
        "the defence is given up (Civil Code 192, 195; 诉讼时效规定 art. 14, 19)."
    ),
    Message(
        "Whether that matters here depends on facts this program does not know, so it does not judge it. Ask a lawyer, "
        "or the free legal aid line 12348, before anything is promised, signed or paid."
    ),
)


def _yuan(fen: int) -> str:
    return money(fen, "en", unit=False)


def long_overdue(case: Case, *, on: date) -> tuple[Debt, ...]:
    """Return the debts overdue for more than two years and six months on a day."""
    return tuple(d for d in case.debts if overdue_days(d, on=on) > NEAR_LIMIT_DAYS)


def plan_sentence(offer: Offer) -> Message:
    """Return what is paid when, in one sentence."""
    payments = list(offer.payments)
    if not payments:
        return Message("Nothing is to be paid.")
    if len(payments) == 1:
        day, amount = payments[0]
        return Message("One payment of {amount} yuan on {day}.", amount=_yuan(amount), day=day.isoformat())
    if len(payments) > offer.months:
        day, amount = payments.pop(0)
        return Message(
            "{amount} yuan on {day}, then {rest}",
            amount=_yuan(amount),
            day=day.isoformat(),
            rest=_installments(payments),
        )
    return _installments(payments)


def _installments(payments: Sequence[tuple[date, int]]) -> Message:
    if len(payments) == 1:
        return Message("{amount} yuan on {day}.", amount=_yuan(payments[0][1]), day=payments[0][0].isoformat())
    usual = Counter(amount for _, amount in payments).most_common(1)[0][0]
    odd = [(day, amount) for day, amount in payments if amount != usual]
    values = {
        "amount": _yuan(usual),
        "n": len(payments),
        "first": payments[0][0].isoformat(),
        "end": payments[-1][0].isoformat(),
    }
    if [day for day, _ in odd] == [payments[-1][0]]:
        return Message(
            "{amount} yuan a month for {n} months from {first}, the last on {end} with {odd} yuan.",
            odd=_yuan(odd[0][1]),
            **values,
        )
    if [day for day, _ in odd] == [payments[0][0]]:
        return Message(
            "{odd} yuan on {first}, then {amount} yuan a month, {n} months in all, the last on {end}.",
            odd=_yuan(odd[0][1]),
            **values,
        )
    return Message("{amount} yuan a month for {n} months from {first}, the last on {end}.", **values)


def sum_sentence(offer: Offer) -> Message:
    """Return what is paid in all, and what is waived and when."""
    if not offer.waived:
        return Message("{total} yuan in all; nothing is waived.", total=_yuan(offer.total))
    values = {"total": _yuan(offer.total), "waived": _yuan(offer.waived)}
    if offer.proposal.waiver.time is WaiverTime.ON_SIGNING:
        return Message("{total} yuan in all; {waived} yuan are waived at signing.", **values)
    return Message("{total} yuan in all; {waived} yuan are waived once everything has been paid.", **values)


def schedule_html(offer: Offer) -> str:
    """Return the schedule of all debts together as a table, month by month."""
    names = ("payment", "principal", "interest", "fee", "left")
    heads = (
        Message("due"),
        Message("payment"),
        Message("of it principal"),
        Message("of it interest"),
        Message("of it fee"),
        Message("left to pay"),
    )
    rows: dict[date, list[int]] = {}
    for _, plan in offer.schedules:
        for i in plan.installments:
            line = rows.setdefault(i.due, [0] * len(names))
            for n, name in enumerate(names):
                line[n] += getattr(i, name)
    head = "".join(f"<th scope='col'{_number(n)}>{escape(str(text))}</th>" for n, text in enumerate(heads))
    body = "".join(
        f"<tr><td>{n}</td><td class='day'>{due.isoformat()}</td>"
        + "".join(f"<td class='number'>{escape(_yuan(fen))}</td>" for fen in line)
        + "</tr>"
        for n, (due, line) in enumerate(sorted(rows.items()), start=1)
    )
    caption = escape(f"{plan_sentence(offer)} {sum_sentence(offer)}")
    return (
        f"<table class='debtdesk-table'><caption>{caption}</caption>"
        f"<thead><tr><th scope='col'>#</th>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>"
    )


def _number(place: int) -> str:
    return " class='number'" if place else ""


def outcomes_html(case: Case) -> str:
    """Return every outcome as a table, the one recorded last on top."""
    shown = language_in_use()
    heads = (
        Message("day"),
        Message("proposal"),
        Message("answer"),
        Message("debts"),
        Message("reason"),
        Message("evidence"),
    )
    names = {d.account: debt_name(d, shown) for d in case.debts}
    head = "".join(f"<th scope='col'>{escape(str(text))}</th>" for text in heads)
    body = ""
    for outcome in reversed(case.outcomes):
        debts = "<br>".join(escape(names.get(a, a)) for a in outcome.accounts)
        cells = (outcome.proposal.name, str(name_of(outcome.answer)))
        said = (outcome.reason, outcome.evidence or NONE)
        body += (
            f"<tr><th scope='row' class='day'>{outcome.day.isoformat()}</th>"
            + "".join(f"<td>{escape(text)}</td>" for text in cells)
            + f"<td>{debts}</td>"
            + "".join(f"<td>{escape(text)}</td>" for text in said)
            + "</tr>"
        )
    return f"<table class='debtdesk-table'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def checklist_html() -> str:
    """Return what a written agreement must state, as a list to read along."""
    items = "".join(f"<li>{escape(str(text))}</li>" for text in CHECKLIST)
    intro = escape(str(Message("Hold the creditor's text beside this list; what it does not say is not agreed.")))
    return f"<p class='debtdesk-note'>{intro}</p><ol class='debtdesk-list'>{items}</ol>"


def warning_html(case: Case, *, on: date) -> str:
    """Return what to know before anything is agreed, signed or paid; it never says that a debt has expired."""
    lines = [escape(str(text)) for text in BEFORE_SIGNING]
    if old := long_overdue(case, on=on):
        names = "; ".join(debt_name(d, language_in_use()) for d in old)
        text = Message("Overdue for more than two years and six months here: {names}.", names=names)
        lines.append(f"<b>{escape(str(text))}</b>")
    title = escape(str(Message("Before anything is agreed, signed or paid")))
    return f"<div class='debtdesk-help' role='note'><b>{title}</b><br>{'<br>'.join(lines)}</div>"
