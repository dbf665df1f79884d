"""Rows of a bill understood: which are payments, when, how much, which way; what is wrong is gathered."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np

from debtdesk.core.bills import Flow
from debtdesk.core.money import parse_amount
from debtdesk.core.problems import Refused
from debtdesk.files.bills.findings import Findings
from debtdesk.files.bills.forms import Form
from debtdesk.files.bills.grid import SEPARATORS, Grid
from debtdesk.files.bills.mapping import plain
from debtdesk.files.bills.numbers import Flags, Times, amounts_of, times_of
from debtdesk.files.bills.said import is_note
from debtdesk.files.bills.spans import BLANK, Coded, Ints, Spans
from debtdesk.files.tables import TOTALS
from debtdesk.locale import Message

FLOWS = (Flow.OUT, Flow.IN, Flow.NEUTRAL)
_NEEDED = 3  # of time, amount and direction
_LONGEST_NAME = 12  # of a row with a sum
NO_AMOUNT = ("", "-", "--", "/", "—", "－")
_FEE = re.compile(r"服务费\s*[¥￥]?\s*([\d,]+(?:\.\d+)?)")
_REFUNDED = re.compile(r"已退款\s*[(（]?\s*[¥￥]?\s*([\d,]+(?:\.\d+)?)")
_WRITE_DAY = Message("Write day and time as the bill does, for instance 2026-11-24 09:30:00.")


class Kind(IntEnum):
    """What a line below the header is."""

    PAYMENT = 0
    EMPTY = 1
    NOTE = 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Columns:
    """Where the columns of a bill stand, by what they say, and the header of each."""

    grid: Grid
    places: Mapping[str, int]
    _coded: dict[str, Coded] = field(default_factory=dict, init=False, repr=False)

    def has(self, key: str) -> bool:
        """Return whether the bill has a column."""
        return key in self.places

    def spans(self, key: str) -> Spans:
        """Return the cells of a column."""
        return self.grid.columns[self.places[key]]

    def coded(self, key: str) -> Coded:
        """Return a column as codes; each column is told apart once."""
        if key not in self._coded:
            self._coded[key] = self.spans(key).coded()
        return self._coded[key]

    def header(self, key: str) -> str:
        """Return the header of a column as the file writes it."""
        return self.grid.names[self.places[key]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Understood:
    """The rows of a bill: what each line is, and the figures of those that are payments. [fen], [s]"""

    kinds: Ints
    times: Times
    seconds: Ints
    amounts: Ints
    flows: Ints
    refunded: Ints
    fees: Ints
    findings: Findings

    @property
    def used(self) -> Ints:
        """The rows that are lines of the bill."""
        return np.flatnonzero((self.kinds == Kind.PAYMENT) & ~self.findings.refused)


def understand_wallet(columns: Columns, form: Form) -> Understood:
    """Return the rows of a wallet's bill."""
    grid = columns.grid
    findings = Findings(len(grid.lines))
    times, key_of_time = _wallet_times(columns)
    kinds = kinds_of(columns, form, times, findings)
    payments = kinds == Kind.PAYMENT
    refuse_times(times, payments, columns.header(key_of_time), findings)
    amounts = read_amounts(columns, "amount", payments, findings, needed=True)
    flows = _wallet_flows(columns, form, payments, findings)
    refunded = _side_amounts(columns, "refunded", payments, findings)
    fees = _side_amounts(columns, "fee", payments, findings)
    fees = np.maximum(fees, _in_words(columns, "note", _FEE, payments))
    refunded = np.maximum(refunded, _in_words(columns, "status", _REFUNDED, payments))
    refunded = np.where(_is_text(columns, "status", "已全额退款"), amounts, refunded)
    refuse_broken(columns, payments, ("time", "amount", "flow"), findings)
    return Understood(
        kinds=kinds, times=times, seconds=times.seconds, amounts=amounts, flows=flows, refunded=refunded, fees=fees,
        findings=findings,
    )  # fmt: skip


def _wallet_times(columns: Columns) -> tuple[Times, str]:
    """Return when each payment was made; where a bill has the time of payment too and it is filled, that counts."""
    made = times_of(columns.spans("time"))
    if not columns.has("paid"):
        return made, "time"
    paid = times_of(columns.spans("paid"))
    bad = np.zeros(len(made.seconds), dtype=bool)
    for _, rows in paid.refusals.found:
        bad[rows] = True
    take = ~paid.empty
    made.refusals.found[:] = [
        (refused, rows[~take[rows]]) for refused, rows in made.refusals.found if (~take[rows]).any()
    ] + paid.refusals.found
    return (
        Times(
            np.where(take, paid.seconds, made.seconds),
            paid.empty & made.empty,
            np.where(take, paid.no_time, made.no_time),
            np.where(take, paid.no_seconds, made.no_seconds),
            made.refusals,
        ),
        "time",
    )


def kinds_of(columns: Columns, form: Form | None, times: Times, findings: Findings) -> Ints:
    """Return what each line is; only lines without a time are looked at one by one."""
    grid = columns.grid
    kinds = np.zeros(len(grid.lines), dtype=np.int64)
    odd = times.empty.copy()
    for _, rows in times.refusals.found:
        odd[rows] = True
    if not odd.any():
        return kinds
    void = odd & grid.is_void()
    kinds[void] = Kind.EMPTY
    header = [plain(cell) for cell in grid.top.header if cell]
    for row in np.flatnonzero(odd & ~void).tolist():
        if row in grid.broken:
            continue
        filled = grid.filled(row)
        if not filled:
            covered = any((row, place) in grid.refused for place in columns.places.values())
            kinds[row] = Kind.PAYMENT if covered else Kind.EMPTY
        elif is_note(filled) or (header[0] == plain(filled[0]) and [plain(cell) for cell in filled] == header):
            kinds[row] = Kind.NOTE
        elif form is not None and _is_other_header(form, filled):
            findings.refuse(range(row, len(kinds)), None, _other_header(int(grid.lines[row])))
            break
        elif len(filled[0]) < _LONGEST_NAME and TOTALS.find(filled[0]) is not None:
            findings.refuse([row], None, _sum_line(filled[0]))
    return kinds


def _is_other_header(form: Form, cells: Sequence[str]) -> bool:
    names = form.needed_names
    return sum(cell in names for cell in cells) >= _NEEDED


def _other_header(line: int) -> Refused:
    return Refused(
        Message("From line {line} on another table begins whose columns stand in another order.", line=line),
        Message("Save the two tables as two files and choose each of them."),
    )


def _sum_line(name: str) -> Refused:
    return Refused(
        Message("The row “{name}” looks like a sum and was left out.", name=name[:40]),
        Message("Nothing needs to be done if it is one; else give it another name."),
    )


def refuse_times(times: Times, payments: Flags, header: str, findings: Findings) -> None:
    """Refuse payments without a day, or with one that is not certain."""
    empty = np.flatnonzero(times.empty & payments & ~findings.refused)
    findings.refuse(empty, header, Refused(Message("The day is empty."), _WRITE_DAY))
    for refused, rows in times.refusals.found:
        findings.refuse(rows[payments[rows] & ~findings.refused[rows]], header, refused)


def read_amounts(
    columns: Columns, key: str, payments: Flags, findings: Findings, *, needed: bool, signed: bool = False
) -> Ints:
    """Return the amounts of a column; what is refused there keeps the row out."""

    def understand(text: str) -> int | None:
        if not needed and text in NO_AMOUNT:
            return None
        return parse_amount(text, negative=signed)

    amounts, _, refusals = amounts_of(columns.spans(key), understand)
    for refused, rows in refusals.found:
        findings.refuse(rows[payments[rows]], columns.header(key), refused)
    return amounts


def _side_amounts(columns: Columns, key: str, payments: Flags, findings: Findings) -> Ints:
    if not columns.has(key):
        return np.zeros(len(payments), dtype=np.int64)
    return read_amounts(columns, key, payments, findings, needed=False)


def _in_words(columns: Columns, key: str, written: re.Pattern[str], payments: Flags) -> Ints:
    """Return the amounts that stand within the words of a column. [fen]"""
    if not columns.has(key):
        return np.zeros(len(payments), dtype=np.int64)
    coded = columns.coded(key)
    fen = [_within(text, written) for text in coded.texts]
    return np.array(fen, dtype=np.int64).take(coded.codes) if any(fen) else np.zeros(len(payments), dtype=np.int64)


def _within(text: str, written: re.Pattern[str]) -> int:
    found = written.search(text)
    try:
        return parse_amount(found[1]) if found else 0
    except Refused:
        return 0


def _is_text(columns: Columns, key: str, text: str) -> Flags:
    if not columns.has(key):
        return np.zeros(len(columns.grid.lines), dtype=bool)
    coded = columns.coded(key)
    return np.asarray(coded.codes == coded.texts.index(text) if text in coded.texts else coded.codes < 0)


def _wallet_flows(columns: Columns, form: Form, payments: Flags, findings: Findings) -> Ints:
    coded = columns.coded("flow")
    flows = np.full(len(coded.texts), -1, dtype=np.int64)
    header = columns.header("flow")
    for code, text in enumerate(coded.texts):
        found = form.flows.get(text)
        if found is not None:
            flows[code] = FLOWS.index(found)
            if text or columns.has("funds"):
                continue
            findings.warn(rows_with(coded, code, payments), header, *_NO_DIRECTION)
        else:
            findings.refuse(rows_with(coded, code, payments), header, unknown_direction(text, form.flows))
    return flows.take(coded.codes)


_NO_DIRECTION = (
    Message("No direction is given; the row counts neither as income nor as spending."),
    Message("Check in the app which way the money went."),
)


def unknown_direction(text: str, words: Mapping[str, Flow]) -> Refused:
    """Return the refusal of a word that tells no direction."""
    allowed = ", ".join(w for w in words if w)
    if not text:
        return Refused(Message("No direction is given."), Message("Write one of: {words}.", words=allowed))
    return Refused(
        Message("“{given}” is not a direction of payment.", given=text[:40]),
        Message("Write one of: {words}.", words=allowed[:200]),
    )


def rows_with(coded: Coded, code: int, payments: Flags) -> Ints:
    """Return the payments that have a code in a column."""
    return np.flatnonzero((coded.codes == code) & payments)


def refuse_broken(columns: Columns, payments: Flags, needed: Sequence[str], findings: Findings) -> None:
    """Refuse rows that are broken, cut off, have cells too many, or a needed cell that must not be used."""
    grid = columns.grid
    for row, refused in grid.broken.items():
        findings.refuse([row] if payments[row] else [], None, refused)
    places = {columns.places[key]: key for key in needed if columns.has(key)}
    for (row, place), refused in grid.refused.items():
        if place in places and payments[row]:
            findings.refuse([row], grid.names[place], refused)
    beyond = np.flatnonzero((grid.rest.ends > grid.rest.starts) & payments)
    rest = grid.rest.taken(beyond).coded()
    filled = np.array([bool(text.strip(BLANK + SEPARATORS)) for text in rest.texts], dtype=bool)
    too_many = payments & (grid.counts > _widest(grid, payments))
    if len(beyond):
        too_many[beyond[filled.take(rest.codes)]] = True
    findings.refuse(np.flatnonzero(too_many & ~findings.refused), None, _TOO_MANY_CELLS)
    if len(payments) and grid.cut_off and payments[-1] and _is_cut(grid, places):
        findings.refuse([len(payments) - 1], None, _CUT_OFF)
    short = np.flatnonzero(payments & (grid.counts < len(grid.top.header)) & ~findings.refused)
    findings.warn(short, None, *_TOO_FEW_CELLS)


def _widest(grid: Grid, payments: Flags) -> int:
    """Return how many cells a row may have: as many as the header, or one more where every row ends in a separator."""
    counts = grid.counts[payments]
    trailing = grid.top.width == len(grid.top.header) and len(counts) > 1 and (counts == counts[0]).all()
    return max(grid.top.width, int(counts[0])) if trailing and counts[0] == grid.top.width + 1 else grid.top.width


def _is_cut(grid: Grid, needed: Mapping[int, str]) -> bool:
    """Return whether the last line, which has no end, may lack something that matters."""
    count, last = int(grid.counts[-1]), len(grid.top.header) - 1
    if count > last + 1:
        return False
    if count < last + 1:
        return True
    if last not in needed:
        return False
    text = grid.columns[last].text(len(grid.lines) - 1)
    return re.search(r"\.\d\d$|:\d\d:\d\d$", text) is None


_TOO_MANY_CELLS = Refused(
    Message("The row has more cells than the header; an amount may have been cut at its comma."),
    Message("Write amounts without thousands commas, or in quotation marks."),
)
_TOO_FEW_CELLS = (
    Message("The row has fewer cells than the header."),
    Message("Compare it with the bill in the app; what is missing was read as empty."),
)
_CUT_OFF = Refused(
    Message("The last line of the file is cut off."),
    Message("Download or copy the file again; if it is complete, add a line end behind it."),
)
