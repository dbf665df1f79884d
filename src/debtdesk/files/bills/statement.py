"""Rows of a bank's statement understood, by the columns that a person named."""

from __future__ import annotations

import re

import numpy as np

from debtdesk.core.problems import Refused
from debtdesk.files.bills.findings import Findings
from debtdesk.files.bills.mapping import ColumnMapping, Sign, plain
from debtdesk.files.bills.numbers import Flags, Times, parse_moment, times_of
from debtdesk.files.bills.rows import (
    FLOWS,
    NO_AMOUNT,
    Columns,
    Kind,
    Understood,
    kinds_of,
    read_amounts,
    refuse_broken,
    refuse_times,
    rows_with,
    unknown_direction,
)
from debtdesk.files.bills.spans import Ints
from debtdesk.locale import Message

_OUT, _IN = 0, 1  # places in FLOWS
_DAY_SECONDS = 86_400


def understand_statement(columns: Columns, mapping: ColumnMapping) -> Understood:
    """Return the rows of a bank's statement, by a mapping in which nothing is missing."""
    grid = columns.grid
    findings = Findings(len(grid.lines))
    times = times_of(columns.spans("day"))
    kinds = kinds_of(columns, None, times, findings)
    payments = kinds == Kind.PAYMENT
    refuse_times(times, payments, columns.header("day"), findings)
    seconds = _with_clock(columns, times, payments, findings)
    amounts, flows = _statement_amounts(columns, mapping, payments, findings)
    refuse_broken(columns, payments, ("day", "time", "amount", "paid_out", "paid_in", "direction"), findings)
    none = np.zeros(len(grid.lines), dtype=np.int64)
    return Understood(
        kinds=kinds, times=times, seconds=seconds, amounts=amounts, flows=flows, refunded=none, fees=none,
        findings=findings,
    )  # fmt: skip


def _with_clock(columns: Columns, times: Times, payments: Flags, findings: Findings) -> Ints:
    """Return the seconds with the time of day where that has a column of its own."""
    if not columns.has("time") or columns.places["time"] == columns.places["day"]:
        return times.seconds
    coded = columns.coded("time")
    clock = np.zeros(len(coded.texts), dtype=np.int64)
    for code, text in enumerate(coded.texts):
        try:
            clock[code] = _clock(text)
        except Refused as refused:
            findings.refuse(rows_with(coded, code, payments), columns.header("time"), refused)
    midnight = times.seconds % _DAY_SECONDS == 0  # as a spreadsheet writes a day
    return np.where(midnight, times.seconds + clock.take(coded.codes), times.seconds)


def _clock(text: str) -> int:
    """Return the seconds of a time of day; none where it is empty."""
    if text in NO_AMOUNT:
        return 0
    digits = re.fullmatch(r"(\d{2})(\d{2})(\d{2})", text, re.ASCII)
    written = ":".join(digits.groups()) if digits else text
    whole = written if re.match(r"\d{4}\D", written) else f"2000-01-01 {written}"
    when = parse_moment(whole).when
    return (when.hour * 60 + when.minute) * 60 + when.second


def _statement_amounts(
    columns: Columns, mapping: ColumnMapping, payments: Flags, findings: Findings
) -> tuple[Ints, Ints]:
    if mapping.pair:
        return _pair(columns, payments, findings)
    if mapping.direction:
        amounts = read_amounts(columns, "amount", payments, findings, needed=True)
        coded = columns.coded("direction")
        flows = np.full(len(coded.texts), -1, dtype=np.int64)
        for code, text in enumerate(coded.texts):
            found = mapping.flows.get(plain(text))
            if found is None:
                refused = unknown_direction(text, mapping.flows)
                findings.refuse(rows_with(coded, code, payments), columns.header("direction"), refused)
            else:
                flows[code] = FLOWS.index(found)
        return amounts, flows.take(coded.codes)
    signed = read_amounts(columns, "amount", payments, findings, needed=True, signed=True)
    out = signed < 0 if mapping.sign is Sign.MINUS_IS_OUT else signed >= 0
    return np.abs(signed), np.where(out, _OUT, _IN)


def _pair(columns: Columns, payments: Flags, findings: Findings) -> tuple[Ints, Ints]:
    """Return amounts and directions from a column of money out and one of money in."""
    out = read_amounts(columns, "paid_out", payments, findings, needed=False)
    into = read_amounts(columns, "paid_in", payments, findings, needed=False)
    good = payments & ~findings.refused
    header = f"{columns.header('paid_out')}, {columns.header('paid_in')}"
    both = Refused(
        Message("Money went out and came in in one row."),
        Message("Check the row; write each amount in a row of its own."),
    )
    findings.refuse(np.flatnonzero(good & (out > 0) & (into > 0)), header, both)
    none = Refused(Message("The amount is empty."), Message("Write an amount in yuan, for instance 1234.56."))
    findings.refuse(np.flatnonzero(good & (out == 0) & (into == 0)), header, none)
    return out + into, np.where(out > 0, _OUT, _IN)
