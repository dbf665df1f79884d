"""Page: an HTML file that prints on A4 and needs nothing beside itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

_LANG = {"zh": "zh-CN", "en": "en"}
_CSS = """
@page { size: A4; margin: 10mm 14mm; }
* { box-sizing: border-box; }
body { font: 8.8pt/1.36 "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "Source Han Sans SC", sans-serif;
 color: #1f2733; margin: 0 auto; max-width: 182mm; }
h1 { font-size: 16pt; margin: 0 0 1mm; text-align: center; }
h2 { font-size: 10.5pt; margin: 2.1mm 0 .6mm; border-bottom: .3mm solid #9aa3b2; }
p { margin: .6mm 0; }
.where { text-align: center; color: #545c6b; }
.answer { font-size: 12pt; font-weight: 600; margin: 1mm 0; }
.small, ul { font-size: 7.8pt; color: #3b4250; line-height: 1.35; margin: .8mm 0; }
ul { padding-left: 4mm; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { border-bottom: .15mm solid #c9ced6; padding: .38mm 1.4mm; text-align: left; vertical-align: top; }
thead th { font-weight: 600; color: #3b4250; border-bottom: .3mm solid #9aa3b2; font-size: 8.2pt; }
th[scope=row] { font-weight: 400; }
tr.sum th, tr.sum td { font-weight: 600; border-top: .3mm solid #9aa3b2; }
.number { text-align: right; }
td.number { white-space: nowrap; }
.sign { display: flex; justify-content: space-between; gap: 10mm; margin-top: 3.5mm; break-inside: avoid; }
.sign span { flex: 1; border-bottom: .2mm solid #545c6b; padding-bottom: .5mm; }
@media screen { body { padding: 8mm 0; } }
"""


def page(title: str, body: str, language: str) -> str:
    """Return a whole HTML page; `body` is HTML already, the title is text."""
    return (
        f"<!doctype html>\n<html lang='{_LANG[language]}'><head><meta charset='utf-8'>"
        f"<title>{escape(title)}</title><style>{_CSS}</style></head><body>{body}</body></html>\n"
    )


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Iterable[int] = (), sums: int = 0) -> str:
    """Return a table, everything escaped; `numbers` are the columns of numbers, the last `sums` rows stand out."""
    right = set(numbers)
    css = [" class='number'" if i in right else "" for i in range(len(heads))]
    found = list(rows)
    head = "".join(f"<th scope='col'{c}>{escape(h)}</th>" for h, c in zip(heads, css, strict=True))
    body = "".join(
        f"<tr{_sum(n, len(found), sums)}>"
        + "".join(
            f"<th scope='row'{c}>{escape(x)}</th>" if i == 0 else f"<td{c}>{escape(x)}</td>"
            for i, (x, c) in enumerate(zip(row, css, strict=True))
        )
        + "</tr>"
        for n, row in enumerate(found)
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _sum(n: int, count: int, sums: int) -> str:
    return " class='sum'" if n >= count - sums else ""
