"""A bill of Alipay with 200,000 rows in GB18030: amounts, times and texts as columns."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from bench.race import Peer, Race
from debtdesk.core.bills import Flow
from debtdesk.files.bills import BillReading, read_bill

ROWS = 200_000
TEXTS = ("kind", "party", "account", "item", "method", "status", "note")
KINDS = (
    "餐饮美食", "服饰装扮", "日用百货", "家居家装", "数码电器", "运动户外", "美容美发", "母婴亲子",
    "宠物", "交通出行", "爱车养车", "住房物业", "酒店旅游", "文化休闲", "教育培训", "医疗健康",
    "生活服务", "公共服务", "商业服务", "公益捐赠", "互助保障", "投资理财", "保险", "信用借还",
    "充值缴费", "收入", "转账红包", "亲友代付", "账户存取", "退款", "其他",
)  # fmt: skip
METHODS = ("花呗", "花呗&红包", "余额宝", "余额", "某某银行储蓄卡(1234)", "")
TOP = "------------------------支付宝（中国）网络技术有限公司  电子客户回单------------------------\r\n"
NAMES = (
    "交易时间", "交易分类", "交易对方", "对方账号", "商品说明", "收/支", "金额", "收/付款方式", "交易状态",
    "交易订单号", "商家订单号", "备注",
)  # fmt: skip
HEADER = "".join(name.ljust(20) + "," for name in NAMES) + "\r\n"


@cache
def bill() -> tuple[bytes, int]:
    """Return the bytes of a bill and what was spent in it. [fen]"""
    draw = random.Random(20261124)
    parties = [f"商户{n}号（虚构）" for n in range(400)]
    items = [f"商品示例{n}" for n in range(3000)]
    lines, spent = [TOP, HEADER], 0
    for n in range(ROWS):
        fen, flow = int(draw.lognormvariate(8, 1.4)) + 1, draw.choice(("支出", "支出", "支出", "不计收支", "收入"))
        spent += fen if flow == "支出" else 0
        day = f"2025-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        cells = (
            f"{day} {draw.randint(0, 23):02}:{draw.randint(0, 59):02}:{draw.randint(0, 59):02} ",
            draw.choice(KINDS).ljust(20),
            draw.choice(parties).ljust(20),
            draw.choice(("/", "abc***@example.com", "138******00")).ljust(20),
            draw.choice(items).ljust(20),
            flow.ljust(20),
            f"{fen // 100}.{fen % 100:02}".ljust(20),
            draw.choice(METHODS).ljust(20),
            draw.choice(("交易成功", "交易成功", "交易成功", "交易关闭", "退款成功")).ljust(20),
            f"2025{n:012}{draw.randrange(10**12):012}\t",
            f"T{draw.randrange(10**20):020}\t",
            " " * 20,
        )
        lines.append(",".join(cells) + ",\r\n")
    return "".join(lines).encode("gb18030"), spent


def ours() -> BillReading:
    """All figures, all texts decoded."""
    reading = read_bill("bill.csv", content=bill()[0])
    for key in TEXTS:
        reading.coded(key)
    return reading


def with_polars() -> object:
    import polars as pl

    frame = pl.read_csv(
        io.BytesIO(bill()[0]), skip_rows=1, encoding="gb18030", infer_schema=False, quote_char=None,
        truncate_ragged_lines=True,
    )  # fmt: skip
    frame.columns = [name.strip() for name in frame.columns]
    return frame.with_columns(
        pl.col("交易时间").str.strip_chars().str.to_datetime("%Y-%m-%d %H:%M:%S"),
        pl.col("金额").str.strip_chars().cast(pl.Decimal(15, 2)),
        *(pl.col(name).str.strip_chars() for name in ("交易分类", "交易对方", "商品说明", "收/支", "交易状态")),
    )


def with_pandas() -> object:
    import pandas as pd

    frame = pd.read_csv(io.BytesIO(bill()[0]), skiprows=1, encoding="gb18030", dtype=str, index_col=False)
    frame.columns = [name.strip() for name in frame.columns]
    frame["交易时间"] = pd.to_datetime(frame["交易时间"].str.strip(), format="%Y-%m-%d %H:%M:%S")
    frame["金额"] = [Decimal(text) for text in frame["金额"]]
    return frame


def decode() -> str:
    return bill()[0].decode("gb18030")


def check() -> None:
    reading = ours()
    assert len(reading.used) == ROWS and reading.problems == ()
    assert reading.total(Flow.OUT) == bill()[1]


def races() -> Iterator[Race]:
    yield Race(
        "one bill, 200,000 rows, GB18030",
        ours,
        [
            Peer("polars", with_polars, ("polars",), 1.3),
            Peer("pandas", with_pandas, ("pandas",)),
            Peer("its decoding alone", decode, (), 0.5),
        ],
        check,
    )
