"""Mappings: which column of a bank's statement says what, proposed from its header and confirmed by a person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from enum import StrEnum

from debtdesk.core.bills import Flow
from debtdesk.files.tables import Column
from debtdesk.files.words import Words

_OUT = (
    "支出",
    "支",
    "借",
    "借方",
    "借记",
    "转出",
    "付",
    "付款",
    "付出",
    "取",
    "支取",
    "消费",
    "出账",
    "d",
    "dr",
    "debit",
    "out",
)
_IN = ("收入", "收", "贷", "贷方", "贷记", "转入", "收款", "存", "存入", "退款", "入账", "c", "cr", "credit", "in")

_NEITHER = ("不计收支", "不计", "中性交易", "其他")
_WORD_FIELDS = ("out_words", "in_words", "neutral_words")


class Sign(StrEnum):
    """What the sign of an amount says, where one column holds money in and money out."""

    MINUS_IS_OUT = "minus_is_out"  # accounts
    MINUS_IS_IN = "minus_is_in"  # most statements of credit cards: spending is positive, repayments negative


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMapping:
    """Which header of a statement says what; empty where the statement has no such column.

    The direction is told in one of three ways: by `paid_out` and `paid_in`, two columns of which one is filled; by
    `amount` with `direction`, a column of words; by `amount` with `sign`.

    Parameters
    ----------
    day : str
        The day, or day and time in one.
    time : str
        The time of the day where it has a column of its own.
    amount, paid_out, paid_in : str
    direction : str
    party, account, summary, note, order, method, status : str
        Counterparty, its account, summary 摘要, remark, number of the transaction, means of payment, whether it went
        through.
    sign : Sign or None
    out_words, in_words, neutral_words : tuple of str
        What stands in the column of directions.
    """

    day: str
    time: str = ""
    amount: str = ""
    paid_out: str = ""
    paid_in: str = ""
    direction: str = ""
    party: str = ""
    account: str = ""
    summary: str = ""
    note: str = ""
    order: str = ""
    method: str = ""
    status: str = ""
    sign: Sign | None = None
    out_words: tuple[str, ...] = _OUT
    in_words: tuple[str, ...] = _IN
    neutral_words: tuple[str, ...] = _NEITHER

    @property
    def headers(self) -> dict[str, str]:
        """The headers that are named, by what they say."""
        return {key: getattr(self, key) for key in HEADER_FIELDS if getattr(self, key)}

    @property
    def pair(self) -> bool:
        """Whether money in and money out have a column each."""
        return bool(self.paid_out and self.paid_in)

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the fields that a person has to fill before a statement can be read with it."""
        if not self.day:
            return ("day",)
        if self.pair:
            return ("amount",) if self.amount else ()
        if not self.amount:
            return ("amount",)
        return () if self.direction or self.sign else ("sign",)

    @property
    def flows(self) -> dict[str, Flow]:
        """The words of the column of directions, folded."""
        words = ((self.neutral_words, Flow.NEUTRAL), (self.in_words, Flow.IN), (self.out_words, Flow.OUT))
        return {plain(word): flow for written, flow in words for word in written}

    def as_data(self) -> dict[str, object]:
        """Return it as plain data, to be kept as JSON."""
        return {
            key: list(v) if isinstance(v, tuple) else v for key, v in asdict(self).items() if v or key in _WORD_FIELDS
        }

    @classmethod
    def from_data(cls, data: Mapping[str, object]) -> ColumnMapping:
        """Return the mapping that was kept as plain data.

        Raises
        ------
        ValueError
            If it holds something else than a mapping.
        """
        known = {f.name for f in fields(cls)}
        if unknown := set(data) - known:
            raise ValueError(f"a mapping has no {sorted(unknown)}; it has {sorted(known)}")
        found: dict[str, object] = {}
        for key, value in data.items():
            if key in _WORD_FIELDS:
                if not isinstance(value, (list, tuple)) or not all(isinstance(w, str) for w in value):
                    raise ValueError(f"{key} {value!r} is not a list of words")
                found[key] = tuple(value)
            elif key == "sign":
                found[key] = None if value is None else Sign(str(value))
            elif isinstance(value, str):
                found[key] = value
            else:
                raise ValueError(f"{key} {value!r} is not a header")
        if "day" not in found:
            raise ValueError("a mapping names the column of the day")
        return cls(**found)  # type: ignore[arg-type]


HEADER_FIELDS = tuple(f.name for f in fields(ColumnMapping) if f.name not in ("sign", *_WORD_FIELDS))

TYPICAL = (
    Column(
        "day",
        "交易日期",
        ("交易日", "日期", "记账日期", "记账日", "入账日期", "入账日", "交易时间", "交易日期时间", "记账时间",
         "date", "transaction date", "posting date"),
    ),
    Column("time", "时间", ("时刻", "time")),
    Column(
        "paid_out",
        "支出",
        ("支出金额", "借方发生额", "借方金额", "借方", "转出金额", "转出", "付款金额", "支取金额", "支取", "取出",
         "debit", "withdrawal", "paid out"),
    ),
    Column(
        "paid_in",
        "收入",
        ("收入金额", "贷方发生额", "贷方金额", "贷方", "转入金额", "转入", "收款金额", "存入金额", "存入",
         "credit", "deposit", "paid in"),
    ),
    Column(
        "amount",
        "交易金额",
        ("金额", "发生额", "人民币金额", "入账金额", "记账金额", "交易发生额", "结算金额", "amount",
         "transaction amount"),
    ),
    Column(
        "direction",
        "收支",
        ("收/支", "借贷", "借贷标志", "借贷方向", "收付标志", "收支标志", "收支类型", "交易方向", "收支方向",
         "direction"),
    ),
    Column(
        "party",
        "交易对方",
        ("对方户名", "对方名称", "对方姓名", "对手户名", "对手名称", "对方", "商户名称", "交易对手", "对方账户名称",
         "收付款人", "counterparty", "merchant"),
    ),
    Column("account", "对方账号", ("对方账户", "对手账号", "对方卡号", "对方卡号账号", "交易对手账号", "对手账户")),
    Column(
        "summary",
        "摘要",
        ("交易摘要", "业务摘要", "交易类型", "交易名称", "业务类型", "交易说明", "交易描述", "交易种类", "summary",
         "description"),
    ),
    Column("note", "备注", ("附言", "用途", "交易备注", "交易附言", "note", "remark")),
    Column("order", "交易流水号", ("流水号", "交易序号", "凭证号", "交易单号", "交易编号", "交易号",
                                "交易订单号", "订单号", "reference")),
    Column("method", "交易渠道", ("渠道", "交易方式", "支付方式", "收/付款方式", "收付款方式", "付款方式")),
    Column("status", "交易状态", ("状态", "当前状态")),
    Column("balance", "余额", ("账户余额", "本次余额", "交易后余额", "联机余额", "balance")),
)  # fmt: skip
_CLOCK = re.compile(r"\d{1,2}:\d{2}(:\d{2})?|\d{6}", re.ASCII)
_TYPICAL_WORDS = Words({c.key: (c.chinese, *c.names) for c in TYPICAL})


def plain(text: str) -> str:
    """Return a header without what does not tell two apart: width, case and blanks; units in brackets stay."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def place_of(header: Sequence[str], name: str) -> list[int]:
    """Return where a header stands in a line; more than one place if it stands there twice."""
    wanted = plain(name)
    return [at for at, cell in enumerate(header) if plain(cell) == wanted]


def with_mapping(rows: Sequence[tuple[str, ...]], mapping: ColumnMapping) -> tuple[int, int] | None:
    """Return the line that shows most of the headers of a mapping and how many; at least two, or all."""
    wanted = {plain(name) for name in mapping.headers.values()}
    hits = [len(wanted & {plain(cell) for cell in row[:200]}) for row in rows]
    most = max(hits, default=0)
    return (hits.index(most), most) if most >= min(2, len(wanted)) and most else None


def typical_header(rows: Sequence[tuple[str, ...]]) -> tuple[int, int] | None:
    """Return the line that shows most headers of statements and how many; else the first of three words."""
    hits = [len(_keys(row)) for row in rows]
    most = max(hits, default=0)
    if most >= 2:
        return hits.index(most), most
    for at, row in enumerate(rows):
        words = [cell for cell in row if cell]
        if len(words) >= 3 and not any(c.isdigit() for word in words for c in word):
            return at, 1
    return None


def _keys(row: Sequence[str]) -> dict[str, str]:
    """Return the first header of a line for each thing that statements say."""
    found: dict[str, str] = {}
    for cell in row[:200]:
        key = _key(cell) if cell and len(cell) <= 40 else None
        if key:
            found.setdefault(key, cell)
    return found


def _key(cell: str) -> str | None:
    """Return what a header says; a direction in brackets, as in 交易金额(支出), counts for more."""
    inside = unicodedata.normalize("NFKC", cell).partition("(")[2].rstrip(")")
    for word in (inside, cell):
        if word and (key := _TYPICAL_WORDS.find(word)) and (word is cell or key in ("paid_out", "paid_in")):
            return key
    return None


def proposed(header: Sequence[str], columns: Mapping[str, Sequence[str]]) -> ColumnMapping | None:
    """Return a mapping for a header, or None where neither a day nor an amount is recognised.

    `columns` are some cells of each column by header: a minus among the amounts tells that signs are used; what it
    means on a statement without columns of directions only a person can say, so `sign` stays open without one.
    """
    keys = _keys(header) | _day_and_time(header, columns)
    keys.pop("balance", None)
    if {"paid_out", "paid_in"} <= keys.keys():
        keys.pop("amount", None)
        keys.pop("direction", None)
    else:
        for one in ("paid_out", "paid_in"):
            keys.pop(one, None)
    if not keys.get("day") or not ({"amount", "paid_out"} & keys.keys()):
        return None
    sign = None
    if "amount" in keys and "direction" not in keys:
        cells = columns.get(keys["amount"], ())
        sign = Sign.MINUS_IS_OUT if any(cell.lstrip("¥￥").startswith(("-", "−", "－")) for cell in cells) else None
    return ColumnMapping(sign=sign, **keys)  # type: ignore[arg-type]


def _day_and_time(header: Sequence[str], columns: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the headers of day and time: the day of the payment before that of the booking; a time by its cells."""
    named = [cell for cell in header[:200] if cell and len(cell) <= 40 and _key(cell) in ("day", "time")]
    clocks = [cell for cell in named if (shown := columns.get(cell)) and all(map(_CLOCK.fullmatch, shown))]
    days = [cell for cell in named if cell not in clocks and _key(cell) == "day"]
    days.sort(key=lambda cell: ("交易" not in cell, "时间" not in cell))
    return {"day": days[0] if days else "", "time": clocks[0] if clocks and days else ""}
