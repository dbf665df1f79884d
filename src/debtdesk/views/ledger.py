"""Ledger and audit in words: tables for people, and one sentence each."""

from __future__ import annotations

from debtdesk.core.audit import Audit
from debtdesk.core.ledger import Ledger
from debtdesk.core.replay import Replay
from debtdesk.core.terms import PARTS, Part
from debtdesk.locale import Message
from debtdesk.views.markup import html_table
from debtdesk.views.names import LINES as LINES
from debtdesk.views.words import MINUS, NONE, money, name_of, rate


def audit_sentence(report: Audit, language: str) -> str:
    """Return what the audit found, in one sentence; it informs and makes no claim."""
    if report.ours is None:
        text = Message("Nothing can be recomputed yet.")
    elif report.agrees:
        text = Message("The creditor's figures agree with ours to the fen.")
    else:
        by = report.difference()
        values = {"by": money(abs(by), language)}
        text = (
            Message("The creditor's figures are {by} above ours; how that came about may be asked about.", **values)
            if by > 0
            else Message("The creditor's figures are {by} below ours; look again at what is noted here.", **values)
            if by < 0
            else Message("The totals agree, but the parts differ; how that came about may be asked about.")
        )
    return text.in_language(language)


def audit_html(report: Audit, language: str) -> str:
    """Return the audit as a table: part, theirs, ours, difference, cause."""
    import pandas as pd

    heads = ("part", "theirs", "ours", "difference", "cause")
    columns: dict[str, list[str]] = {name: [] for name in heads}
    for part in (*PARTS, None):
        _audit_row(columns, report, part, language)
    titles = (
        Message("part"),
        Message("the creditor's figure"),
        Message("ours, recomputed"),
        Message("difference"),
        Message("the creditor's figure …"),
    )
    frame = pd.DataFrame({t.in_language(language): columns[h] for t, h in zip(titles, heads, strict=True)})
    return html_table(frame, numeric={t.in_language(language) for t in titles[1:4]})


def _audit_row(columns: dict[str, list[str]], report: Audit, part: Part | None, language: str) -> None:
    theirs = report.theirs.total if part is None else report.theirs.part(part)
    ours = None if report.ours is None else report.ours.total if part is None else report.ours.part(part)
    columns["part"].append((name_of("total") if part is None else name_of(part)).in_language(language))
    columns["theirs"].append(money(theirs, language, unit=False))
    columns["ours"].append(NONE if ours is None else money(ours, language, unit=False))
    columns["difference"].append(NONE if ours is None else money(theirs - ours, language, unit=False))
    causes = [] if part is None else report.causes_of(part)
    columns["cause"].append("; ".join(c.in_language(language) for c in causes))


def ledger_html(found: Ledger, language: str) -> str:
    """Return a ledger as a table, a line a row."""
    import pandas as pd

    rows = []
    for line in found.lines:
        cells = [line.day.isoformat(), LINES[line.kind].in_language(language)]
        cells += [str(line.days) if line.days else "", rate(line.rate, language) if line.rate else ""]
        cells += [_signed(fen, language) for fen in line.change]
        rows.append([*cells, money(line.after.total, language, unit=False), line.note])
    heads = [
        Message("day"),
        Message("entry"),
        Message("days"),
        Message("rate"),
        *(name_of(p) for p in PARTS),
        Message("balance after it"),
        Message("note"),
    ]
    shown = [h.in_language(language) for h in heads]
    return html_table(pd.DataFrame(rows, columns=shown), numeric={shown[2], *shown[4:9]})


def _signed(fen: int, language: str) -> str:
    if not fen:
        return ""
    return ("+" if fen > 0 else MINUS) + money(abs(fen), language, unit=False)


def replay_sentence(found: Replay, language: str) -> str:
    """Return how the end moves, and through which lines."""
    if not found.lines:
        return Message("Nothing changes.").in_language(language)
    end = found.after.end
    values = {"day": end.as_of.isoformat(), "end": money(end.total, language)}
    if end.credit:
        credit = money(end.credit, language)
        first = Message("{end} would be owed on {day}, and {credit} stand as a credit.", credit=credit, **values)
    else:
        first = Message("{end} would be owed on {day}.", **values)
    why = ", ".join(
        f"{LINES[kind].in_language(language)} {_signed(by, language)}" for kind, by in found.by_kind.items()
    )
    second = Message("The end moves by {moved}: {why}.", moved=_signed(found.moved, language) or "0.00", why=why)
    space = "" if language == "zh" else " "
    return space.join(m.in_language(language) for m in (first, second))


def replay_html(found: Replay, language: str) -> str:
    """Return the changed lines: before, after and by how much."""
    import pandas as pd

    rows = [
        [
            x.day.isoformat(),
            LINES[x.kind].in_language(language),
            _signed(x.before.total, language) if x.before else NONE,
            _signed(x.after.total, language) if x.after else NONE,
            _signed(x.by, language),
        ]
        for x in found.lines
    ]
    heads = [Message("day"), Message("entry"), Message("before"), Message("after"), Message("change")]
    shown = [h.in_language(language) for h in heads]
    return html_table(pd.DataFrame(rows, columns=shown), numeric=set(shown[2:])) if rows else ""
