"""A bill that was read: its figures as columns, its lines as records when somebody asks, and the fate of every row."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from debtdesk.core.bills import Bill, BillLine, Channel, Flow, lines_by_column
from debtdesk.core.problems import Problem, Severity
from debtdesk.files.bills.mapping import ColumnMapping
from debtdesk.files.bills.packed import Lock
from debtdesk.files.bills.rows import FLOWS, Columns, Kind, Understood
from debtdesk.files.bills.said import Said
from debtdesk.files.bills.spans import Coded, Codes, Ints
from debtdesk.files.reading import Fate, RowFate

if TYPE_CHECKING:
    import pandas as pd

_TEXTS = ("kind", "party", "account", "item", "method", "status", "order", "merchant_order", "note", "funds")
_NUMBERS = ("order", "merchant_order")  # each stands once or twice: no categories
_OF_KIND = {Kind.EMPTY: Fate.SKIPPED_EMPTY, Kind.NOTE: Fate.NOTE}


@dataclass(frozen=True, kw_only=True, eq=False)
class BillReading:
    """What came out of a bill; figures stand in columns, records are made when they are asked for.

    Parameters
    ----------
    source : str
        Name of the file, without its folder; of the bill inside, where it came in an archive.
    channel : Channel or None
        Who kept the bill; None where that was not recognised.
    encoding, sheet : str
        In which encoding a text file was; which sheet of a workbook was read.
    said : Said
        What the file states of itself.
    account : str
        The client's own account that the file says it is of, masked; "" where it says none.
    problems : tuple of Problem
        All that is wrong or doubtful: of the file, then of its rows, one problem for all rows that have it.
    extra_columns : tuple of str
        Headers that are not known; their cells stay in `rows`.
    lock : Lock
        Whether a password is to be asked for.
    asks_for_mapping : bool
        Whether a person has to say which column is which before it can be read.
    headers : mapping
        The headers of a statement with their first filled cells, where a mapping is asked for anew.
    proposal : ColumnMapping or None
        A mapping to be confirmed, where one is asked for.
    """

    source: str
    channel: Channel | None = None
    encoding: str = ""
    sheet: str = ""
    said: Said = field(default_factory=Said)
    account: str = ""
    problems: tuple[Problem, ...] = ()
    extra_columns: tuple[str, ...] = ()
    lock: Lock = Lock.OPEN
    asks_for_mapping: bool = False
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    proposal: ColumnMapping | None = None
    content: bytes = field(default=b"", repr=False)
    above: tuple[RowFate, ...] = field(default=(), repr=False)
    columns: Columns | None = field(default=None, repr=False)
    found: Understood | None = field(default=None, repr=False)

    @property
    def refused(self) -> bool:
        """Whether the file as a whole could not be used."""
        return self.found is None

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that kept rows or the file out."""
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems that ask for a look."""
        return tuple(p for p in self.problems if p.severity is Severity.WARNING)

    @property
    def first(self) -> date | None:
        """The first day that the bill says it covers."""
        return self.said.first

    @property
    def last(self) -> date | None:
        """The last day that the bill says it covers."""
        return self.said.last

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the bytes of the bill, by which the same bill is known again, packed or not."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def used(self) -> Ints:
        """The places of the lines of the bill among the rows below the header."""
        return np.zeros(0, dtype=np.int64) if self.found is None else self.found.used

    @cached_property
    def lines(self) -> Ints:
        """The line in the file of each line of the bill."""
        return self.used if self.columns is None else self.columns.grid.lines[self.used]

    @cached_property
    def times(self) -> npt.NDArray[np.datetime64]:
        """When each payment was made, on the clock of China."""
        seconds = self.used if self.found is None else self.found.seconds[self.used]
        return seconds.astype("datetime64[s]")

    @cached_property
    def amounts(self) -> Ints:
        """The amounts, never negative. [fen]"""
        return self.used if self.found is None else self.found.amounts[self.used]

    @cached_property
    def refunded(self) -> Ints:
        """What the bill says was refunded of each. [fen]"""
        return self.used if self.found is None else self.found.refunded[self.used]

    @cached_property
    def fees(self) -> Ints:
        """The wallet's charge in each. [fen]"""
        return self.used if self.found is None else self.found.fees[self.used]

    @cached_property
    def flows(self) -> Coded:
        """Which way each payment went, as codes of `out`, `in` and `neutral`."""
        codes = self.used if self.found is None else self.found.flows[self.used]
        return Coded(codes.astype(np.int32), tuple(flow.value for flow in FLOWS))

    def coded(self, key: str) -> Coded:
        """Return a column of texts as codes; empty texts where the bill has no such column.

        `key` is the name of a text of BillLine: kind, party, account, item, method, status, note, order,
        merchant_order or funds.
        """
        if key not in _TEXTS:
            raise ValueError(f"key {key!r} is not one of {_TEXTS}")
        return self._coded[key]

    @cached_property
    def _coded(self) -> Mapping[str, Coded]:
        return _CodedColumns(self.columns, self.used)

    @cached_property
    def records(self) -> tuple[BillLine, ...]:
        """The lines of the bill."""
        texts = {key: [coded.texts[code] for code in coded.codes.tolist()] for key, coded in self._all_coded()}
        return lines_by_column(
            len(self.used),
            row=self.lines.tolist(),
            when=self.times.astype(object).tolist(),
            amount=self.amounts.tolist(),
            flow=[FLOWS[code] for code in self.flows.codes.tolist()],
            refunded=self.refunded.tolist(),
            fee=self.fees.tolist(),
            **texts,
        )

    def _all_coded(self) -> Iterator[tuple[str, Coded]]:
        return ((key, self.coded(key)) for key in _TEXTS)

    @cached_property
    def bill(self) -> Bill | None:
        """The bill as a record; None where the file as a whole could not be used."""
        if self.channel is None or self.found is None:
            return None
        return Bill(
            channel=self.channel,
            source=self.source,
            digest=self.digest,
            lines=self.records,
            first=self.first,
            last=self.last,
            account=self.account,
        )

    @cached_property
    def rows(self) -> tuple[RowFate, ...]:
        """The fate of every line of the file but the header."""
        if self.columns is None:
            return self.above
        grid = self.columns.grid
        problems = {} if self.found is None else self.found.findings.by_row(self.source, grid.lines)
        fates = zip(grid.lines.tolist(), self._fates, grid.all_values(), strict=True)
        below = [RowFate(line, f, values, tuple(problems.get(row, ()))) for row, (line, f, values) in enumerate(fates)]
        return (*self.above, *below)

    @cached_property
    def _fates(self) -> list[Fate]:
        """The fate of every row below the header."""
        if self.columns is None:
            return []
        if self.found is None:
            return [Fate.REFUSED if values else Fate.SKIPPED_EMPTY for values in self.columns.grid.all_values()]
        kinds, findings = self.found.kinds.tolist(), self.found.findings
        marks = zip(kinds, findings.refused.tolist(), findings.warned.tolist(), strict=True)
        return [_fate(kind, refused, warned) for kind, refused, warned in marks]

    def count(self) -> Mapping[Fate, int]:
        """Return how many lines of the file met each fate."""
        return Counter(self._fates) + Counter(row.fate for row in self.above)

    def total(self, flow: Flow) -> int:
        """Return what the lines of one direction come to. [fen]"""
        return int(self.amounts[self.flows.codes == FLOWS.index(flow)].sum())

    def table(self) -> pd.DataFrame:
        """Return the lines as a DataFrame, amounts in yuan."""
        import pandas as pd

        columns: dict[str, object] = {
            "row": self.lines,
            "when": self.times,
            "flow": _categories(self.flows.codes, self.flows.texts),
            "amount": self.amounts / 100,
        }
        for key in _TEXTS:
            coded = self.coded(key)
            if key in _NUMBERS:
                columns[key] = np.array(coded.texts, dtype=object)[coded.codes]
            else:
                columns[key] = _categories(coded.codes, coded.texts)
        return pd.DataFrame(columns | {"refunded": self.refunded / 100, "fee": self.fees / 100}, copy=False)


def _fate(kind: int, refused: bool, warned: bool) -> Fate:
    if refused:
        return Fate.REFUSED
    if kind != Kind.PAYMENT:
        return _OF_KIND[Kind(kind)]
    return Fate.USED_WITH_WARNING if warned else Fate.USED


def _categories(codes: Codes, texts: tuple[str, ...]) -> pd.Categorical:
    import pandas as pd

    return pd.Categorical.from_codes(codes, list(texts))  # type: ignore[call-overload,no-any-return]


class _CodedColumns(dict[str, Coded]):
    """The columns of texts, each made when it is first asked for."""

    def __init__(self, columns: Columns | None, used: Ints) -> None:
        super().__init__()
        self._columns, self._used = columns, used

    def __missing__(self, key: str) -> Coded:
        columns, used = self._columns, self._used
        if columns is None or not columns.has(key):
            self[key] = Coded(np.zeros(len(used), dtype=np.int32), ("",))
        else:
            self[key] = columns.coded(key).taken(used)
        return self[key]
