"""Forms: the exports of Alipay and WeChat Pay, known by the names in their header, whatever line that stands on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from debtdesk.core.bills import Channel, Flow
from debtdesk.files.tables import Column
from debtdesk.files.words import Words, folded

_ENOUGH = 4  # columns that a header must show
_LONGEST_HEADER = 20  # characters
_SURE = 8  # columns that nothing but a header shows
_OTHERS = ("京东",)  # who else writes such bills: their columns are confirmed by a person


@dataclass(frozen=True, kw_only=True)
class Form:
    """How one wallet writes its bills.

    `own` are the columns that no other form has, `banner` words of its first lines, `flows` the words of the
    direction, `statuses` the states that are known (those ending in … by their beginning).
    """

    channel: Channel
    columns: tuple[Column, ...]
    own: frozenset[str]
    banner: tuple[str, ...]
    flows: Mapping[str, Flow]
    statuses: tuple[str, ...]

    @cached_property
    def words(self) -> Words[str]:
        """The words by which the columns are known."""
        return Words({c.key: (c.chinese, *c.names) for c in self.columns})

    @cached_property
    def needed_names(self) -> frozenset[str]:
        """The headers of the columns without which no bill can be read, as written."""
        needed = [c for c in self.columns if c.needed]
        return frozenset(
            name for c in needed for name in (c.chinese, f"{c.chinese}(元)", f"{c.chinese}（元）", *c.names)
        )

    def knows_status(self, status: str) -> bool:
        """Return whether a state has been seen in such bills before."""
        return any(status.startswith(s[:-1]) if s.endswith("…") else status == s for s in self.statuses)


ALIPAY = Form(
    channel=Channel.ALIPAY,
    columns=(
        Column("time", "交易时间", ("交易创建时间", "创建时间"), needed=True),
        Column("paid", "付款时间"),
        Column("kind", "交易分类", ("类型", "分类")),
        Column("party", "交易对方", ("对方名称", "交易对手")),
        Column("account", "对方账号", ("对方账户",)),
        Column("item", "商品说明", ("商品名称",)),
        Column("flow", "收/支", ("收支", "收支类型"), needed=True),
        Column("amount", "金额", ("交易金额",), needed=True),
        Column("method", "收/付款方式", ("收付款方式", "付款方式")),
        Column("status", "交易状态", ("状态",)),
        Column("order", "交易订单号", ("交易号", "订单号", "支付宝交易号")),
        Column("merchant_order", "商家订单号", ("商户订单号",)),
        Column("note", "备注"),
        Column("refunded", "成功退款", ("退款金额",)),
        Column("fee", "服务费"),
        Column("funds", "资金状态"),
        Column("changed", "最近修改时间"),
        Column("origin", "交易来源地"),
    ),
    own=frozenset({"kind", "item", "method", "order", "merchant_order", "funds", "origin"}),
    banner=("支付宝",),
    flows={
        "支出": Flow.OUT,
        "收入": Flow.IN,
        "其他": Flow.NEUTRAL,
        "不计收支": Flow.NEUTRAL,
        "": Flow.NEUTRAL,
        "/": Flow.NEUTRAL,
    },
    statuses=(
        "交易成功", "交易关闭", "等待确认收货", "退款成功", "解冻成功", "还款成功", "等待付款", "等待发货", "支付成功",
        "代付成功", "冻结成功", "信用服务使用成功", "充值成功", "提现成功", "转账成功", "缴费成功", "放款成功",
    ),
)  # fmt: skip

WECHAT = Form(
    channel=Channel.WECHAT,
    columns=(
        Column("time", "交易时间", needed=True),
        Column("kind", "交易类型"),
        Column("party", "交易对方"),
        Column("item", "商品"),
        Column("flow", "收/支", ("收支",), needed=True),
        Column("amount", "金额(元)", ("金额",), needed=True),
        Column("method", "支付方式"),
        Column("status", "当前状态"),
        Column("order", "交易单号"),
        Column("merchant_order", "商户单号"),
        Column("note", "备注"),
    ),
    own=frozenset({"kind", "item", "method", "status", "order", "merchant_order"}),
    banner=("微信支付", "微信昵称"),
    flows={"支出": Flow.OUT, "收入": Flow.IN, "/": Flow.NEUTRAL, "中性交易": Flow.NEUTRAL},
    statuses=(
        "支付成功", "已转账", "朋友已收钱", "对方已收钱", "已收钱", "已存入零钱", "已到账", "充值完成", "提现已到账",
        "充值成功", "已退款…", "已全额退款", "对方已退还", "已退还", "已存入零钱通", "还款成功",
    ),
)  # fmt: skip

FORMS = (ALIPAY, WECHAT)


@dataclass(frozen=True, slots=True)
class Recognised:
    """A form and the line of its header among the lines searched, with how many columns it shows."""

    form: Form
    at: int
    columns: int


def recognise(rows: Sequence[tuple[str, ...]]) -> Recognised | None:
    """Return whose bill the first lines begin, by its header; None where no header tells.

    A header has to show columns that only one of the wallets has, or its lines have to name the wallet: statements of
    banks have a time, an amount and a counterparty too, and bills of JD have most columns of Alipay's under its names.
    """
    headers = _headers(rows)
    above = folded("".join(cell for row in rows[: max((at for at, _ in headers), default=0)] for cell in row))
    found: list[tuple[int, bool, Recognised]] = []
    for form, (at, keys) in zip(FORMS, headers, strict=True):
        named = any(word in above for word in form.banner)
        own = len(keys & form.own)
        of_another = not named and ("party" not in keys or any(word in above for word in _OTHERS))
        if len(keys) >= _ENOUGH and not of_another and (own >= 3 or (named and own >= 1)):
            found.append((own, named, Recognised(form, at, len(keys))))
    found.sort(key=lambda f: f[:2], reverse=True)
    if not found or (len(found) > 1 and found[0][:2] == found[1][:2]):
        return None
    return found[0][2]


def _headers(rows: Sequence[tuple[str, ...]]) -> list[tuple[int, frozenset[str]]]:
    """Return for each form the line that shows most of its columns; a line that shows enough of one ends the search."""
    best = [(0, frozenset[str]()) for _ in FORMS]
    for at, row in enumerate(rows):
        cells = [cell for cell in row[:100] if cell and len(cell) <= _LONGEST_HEADER]
        if len(cells) < _ENOUGH:
            continue
        for place, form in enumerate(FORMS):
            keys = frozenset(key for cell in cells if (key := form.words.find(cell)))
            if len(keys) > len(best[place][1]):
                best[place] = (at, keys)
        if any(len(keys) >= _SURE for _, keys in best):
            break
    return best
