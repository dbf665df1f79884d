"""HTML of tables and problems, everything escaped."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from html import escape
from typing import TYPE_CHECKING

from debtdesk.core.problems import Problem, Severity
from debtdesk.locale import Message
from debtdesk.views.words import NONE, name_of

if TYPE_CHECKING:
    import pandas as pd

_DAY = re.compile(r"\d{4}-\d{2}(-\d{2})?")
_NUMBER = re.compile(r"[+\-−]?[\d,]+(\.\d+)?(%|‰| ?(yuan|元|万元|万|months?|个月))?( · .*)?")


def html_table(frame: pd.DataFrame, *, caption: str | None = None, numeric: Collection[str] | None = None) -> str:
    """Return a table as HTML: everything escaped, numbers to the right, heads with their scope.

    Parameters
    ----------
    frame : DataFrame
        Texts; its first column names the rows.
    caption : str, optional
        What the table shows.
    numeric : collection of str, optional
        The columns that hold numbers; those where most cells do, if left out.
    """
    columns = [str(c) for c in frame.columns]
    rows = [[_text(v) for v in row] for row in frame.itertuples(index=False, name=None)]
    numbers = [
        (name in numeric if numeric is not None else _is_numeric([r[i] for r in rows]))
        for i, name in enumerate(columns)
    ]
    css = [" class='number'" if n else "" for n in numbers]
    head = "".join(f"<th scope='col'{c}>{escape(name)}</th>" for name, c in zip(columns, css, strict=True))
    body = "".join(
        "<tr>"
        + "".join(
            f"<th scope='row'{css[0]}{_whole(v)}>{escape(v)}</th>"
            if i == 0
            else f"<td{css[i]}{_whole(v)}>{escape(v)}</td>"
            for i, v in enumerate(r)
        )
        + "</tr>"
        for r in rows
    )
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f"<table class='debtdesk-table'>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _whole(cell: str) -> str:
    """Keep a day or a bare number on one line."""
    whole = _DAY.fullmatch(cell) or (" · " not in cell and _NUMBER.fullmatch(cell))
    return " style='white-space:nowrap'" if whole else ""


def _text(value: object) -> str:
    return "" if value is None or value != value else str(value)


def _is_numeric(cells: list[str]) -> bool:
    filled = [c for c in cells if c not in ("", NONE)]
    return bool(filled) and sum(bool(_NUMBER.fullmatch(c)) for c in filled) > len(filled) / 2


def problems_html(problems: Iterable[Problem], language: str) -> str:
    """Return problems as a list: where, what is wrong, how to mend it; nothing where there is none."""
    items = "".join(f"<li>{_problem(p, language)}</li>" for p in problems)
    return f"<ul class='debtdesk-problems'>{items}</ul>" if items else ""


def _problem(problem: Problem, language: str) -> str:
    where = [problem.source]
    if problem.row is not None:
        where.append(Message("line {n}", n=problem.row).in_language(language))
    if problem.field:
        where.append(name_of(problem.field).in_language(language))
    kind = "debtdesk-failed" if problem.severity is Severity.ERROR else "debtdesk-note"
    return (
        f"<span class='{kind}'><b>{escape(' · '.join(w for w in where if w))}</b> "
        f"{escape(problem.text.in_language(language))} "
        f"<i>{escape(problem.remedy.in_language(language))}</i></span>"
    )
