"""Links as a table: how the claim of each debt came to the creditor of today, and where that can be seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from debtdesk.core.debt import Debt
from debtdesk.core.links import Link, LinkKind, LinkProof, NoticeState
from debtdesk.files.by_account import ACCOUNT, Accounts, known_account, of_account, read_by_account
from debtdesk.files.fields import FieldReader
from debtdesk.files.reading import Reading, today
from debtdesk.files.tables import Column
from debtdesk.files.words import Words
from debtdesk.locale import Message

COLUMNS = (
    ACCOUNT,
    Column("day", "日期", ("date", "since", "转让日期", "发生日期")),
    Column("kind", "方式", ("how", "类型", "取得方式"), needed=True),
    Column("holder", "持有人", ("who holds the claim", "债权人", "受让人", "受让方"), needed=True),
    Column("proof", "凭证种类", ("seen on", "凭证", "证明")),
    Column("notice", "通知", ("notice to the client", "是否通知", "通知债务人")),
    Column("seen_at", "凭证所在", ("where the proof lies", "存放处", "备注", "note")),
)

KINDS = Words(
    {
        LinkKind.FUNDED: ("funded", "gave the money", "放款", "出资", "原始出借"),
        LinkKind.ASSIGNED: ("assigned", "took the claim over", "债权转让", "转让", "受让"),
        LinkKind.GUARANTOR_PAID: ("guarantor paid", "代偿", "担保代偿", "保险理赔"),
    }
)
PROOFS = Words(
    {
        LinkProof.NONE: ("none", "only said", "无", "仅口头", "口头"),
        LinkProof.NOTICE: ("notice", "notice of assignment", "债权转让通知", "转让通知", "通知书"),
        LinkProof.CREDIT_REPORT: ("credit report", "信用报告", "征信报告"),
        LinkProof.STATEMENT: ("statement", "app page", "账单", "账单或页面", "App页面"),
        LinkProof.CONTRACT: ("contract", "合同"),
        LinkProof.PAYMENT: ("payment", "proof of payment", "代偿凭证", "付款凭证"),
    }
)
NOTICES = Words(
    {
        NoticeState.REACHED: ("reached", "yes", "已收到", "收到", "是", "已通知"),
        NoticeState.NOT_REACHED: ("not reached", "no", "未收到", "没有收到", "否", "未通知"),
        NoticeState.UNKNOWN: ("unknown", "not known", "不清楚", "不详", "未知"),
    }
)


@dataclass(frozen=True, slots=True)
class AccountLink:
    """A link of a chain and the account whose claim it is."""

    account: str
    link: Link


def read_links(
    path: str | Path,
    content: bytes | None = None,
    *,
    debts: Iterable[Debt] | None = None,
    on: date | None = None,
) -> Reading[AccountLink]:
    """Return the links of the chains of creditors in a table; what is wrong in it comes as problems, not as errors.

    Parameters
    ----------
    path : str or Path
        The file; only its name counts if `content` is given.
    content : bytes or None
        The bytes of the file, as an upload gives them.
    debts : iterable of Debt or None
        The debts whose chains they may be; None leaves the accounts unchecked.
    on : date or None
        The last day that can be right; None for today in China.
    """
    until = on or today()
    return read_by_account(
        path, content, COLUMNS, lambda reader, accounts: _link(reader, accounts, until), debts=debts, twice=_twice
    )


def _twice(line: int) -> tuple[Message, Message]:
    return (
        Message("The same step stands in line {line} already; it counts once.", line=line),
        Message("Keep one row for each step of the chain."),
    )


def _link(reader: FieldReader, accounts: Accounts, on: date) -> AccountLink | None:
    account, holder = known_account(reader, accounts), reader.needed_text("holder")
    day = None if reader.empty("day") else reader.day_until("day", on)
    write_kind = Message("Write funded 放款, assigned 债权转让 or guarantor paid 代偿.")
    kind = reader.choice("kind", KINDS, write_kind)
    if kind is None and reader.empty("kind"):
        reader.refuse("kind", Message("The cell is empty."), write_kind)
    proof = reader.choice(
        "proof",
        PROOFS,
        Message(
            "Write notice 转让通知, credit report 信用报告, statement 账单, contract 合同, payment 付款凭证 or none 无."
        ),
    )
    notice = reader.choice("notice", NOTICES, Message("Write reached 已收到, not reached 未收到 or unknown 不清楚."))
    seen_at = reader.text("seen_at")
    if reader.failed or kind is None:
        return None
    if kind is LinkKind.ASSIGNED and notice is not NoticeState.REACHED:
        reader.warn(
            "notice",
            Message("A transfer without notice has no effect against the client (Civil Code 546)."),
            Message("Ask for the notice of assignment."),
        )
    return AccountLink(
        account, Link(kind, holder, day, proof or LinkProof.NONE, seen_at, notice or NoticeState.UNKNOWN)
    )


def with_links(debts: Iterable[Debt], links: Sequence[AccountLink]) -> tuple[Debt, ...]:
    """Return the debts with links added to their chains, in order of day; one that is there already adds nothing.

    Raises
    ------
    ValueError
        If a link belongs to an account that no debt has.
    """
    debts = tuple(debts)
    mine = of_account(debts, [(given.account, given.link) for given in links])
    return tuple(replace(d, chain=_added(d, links)) for d, links in zip(debts, mine, strict=True))


def _added(debt: Debt, links: Sequence[Link]) -> tuple[Link, ...]:
    return tuple(sorted(dict.fromkeys((*debt.chain, *links)), key=lambda step: step.day or date.min))
