"""Acts as a table: what was done about each debt that may matter for limitation, and where that can be seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from debtdesk.core.acts import Act, ActKind
from debtdesk.core.debt import Debt
from debtdesk.files.by_account import ACCOUNT, Accounts, known_account, of_account, read_by_account
from debtdesk.files.fields import FieldReader
from debtdesk.files.reading import Reading, today
from debtdesk.files.tables import Column
from debtdesk.files.words import Words
from debtdesk.locale import Message

COLUMNS = (
    ACCOUNT,
    Column("day", "日期", ("date", "happened on", "发生日期", "发生日"), needed=True),
    Column("kind", "行为", ("act", "what", "事项", "类型", "种类"), needed=True),
    Column("proof", "凭证", ("evidence", "证据", "证明", "依据")),
    Column("note", "备注", ("notes", "remark", "说明")),
)

KINDS = Words(
    {
        ActKind.DEMAND: ("demand", "催收送达", "催收", "催款函", "demand received", "催收函"),
        ActKind.MESSAGE_SENT: ("message sent", "已发短信", "短信", "催收短信", "邮件", "sms", "message", "letter sent"),
        ActKind.CALL: ("call", "电话", "App通知", "催收电话", "app notice", "push"),
        ActKind.DEDUCTION: ("deduction", "扣款", "扣划", "自动扣款"),
        ActKind.PART_PAYMENT: ("part payment", "部分还款", "还款", "payment"),
        ActKind.ASKED_FOR_INSTALMENTS: (
            "asked for instalments", "请求分期", "申请分期", "asked for installments", "协商分期",
        ),
        ActKind.ASKED_FOR_DEFERRAL: ("asked for deferral", "请求延期", "申请延期", "请求宽限"),
        ActKind.MADE_A_PLAN: ("made a plan", "还款计划", "制定还款计划", "承诺还款"),
        ActKind.SIGNED_NOTICE: ("signed notice", "签收催收通知", "签字", "signed a notice", "签收"),
        ActKind.ASSIGNMENT_NOTICE: ("assignment notice", "债权转让通知", "转让通知", "notice of assignment"),
        ActKind.SUIT: ("suit", "起诉", "诉讼", "仲裁", "lawsuit"),
        ActKind.PAYMENT_ORDER: ("payment order", "支付令"),
        ActKind.MEDIATION: ("mediation", "调解", "申请调解"),
        ActKind.POLICE_REPORT: ("police report", "报案"),
    }
)  # fmt: skip

_WRITE_KIND = Message(
    "Write, for instance: demand 催收送达, message sent 已发短信, call 电话, part payment 部分还款, "
    "asked for instalments 请求分期, signed notice 签收催收通知, suit 起诉."
)


@dataclass(frozen=True, slots=True)
class AccountAct:
    """An act and the account it was about."""

    account: str
    act: Act


def read_acts(
    path: str | Path,
    content: bytes | None = None,
    *,
    debts: Iterable[Debt] | None = None,
    on: date | None = None,
) -> Reading[AccountAct]:
    """Return the acts of a table; what is wrong in it comes as problems, not as errors.

    Parameters
    ----------
    path : str or Path
        The file; only its name counts if `content` is given.
    content : bytes or None
        The bytes of the file, as an upload gives them.
    debts : iterable of Debt or None
        The debts that acts may be about; None leaves the accounts unchecked.
    on : date or None
        The last day that can be right for an act; None for today in China.
    """
    until = on or today()
    return read_by_account(
        path, content, COLUMNS, lambda reader, accounts: _act(reader, accounts, until), debts=debts, twice=_twice
    )


def _twice(line: int) -> tuple[Message, Message]:
    return (
        Message("The same act stands in line {line} already; it counts once.", line=line),
        Message("If it was done twice on that day, write different notes."),
    )


def _act(reader: FieldReader, accounts: Accounts, on: date) -> AccountAct | None:
    account, day = known_account(reader, accounts), reader.day_until("day", on)
    kind = reader.choice("kind", KINDS, _WRITE_KIND)
    if kind is None and reader.empty("kind"):
        reader.refuse("kind", Message("The cell is empty."), _WRITE_KIND)
    proof, note = reader.text("proof"), reader.text("note")
    if reader.failed or day is None or kind is None:
        return None
    if not proof:
        reader.warn(
            "proof",
            Message("No proof is named; the act is shown but not counted."),
            Message("Write where it can be seen: letter, screenshot, statement, recording."),
        )
    return AccountAct(account, Act(day, kind, proof, note))


def with_acts(debts: Iterable[Debt], acts: Sequence[AccountAct]) -> tuple[Debt, ...]:
    """Return the debts with acts added, in order of day; an act that a debt has already adds nothing.

    Raises
    ------
    ValueError
        If an act is about an account that no debt has.
    """
    debts = tuple(debts)
    mine = of_account(debts, [(given.account, given.act) for given in acts])
    return tuple(replace(d, acts=_added(d, acts)) for d, acts in zip(debts, mine, strict=True))


def _added(debt: Debt, acts: Sequence[Act]) -> tuple[Act, ...]:
    return tuple(sorted(dict.fromkeys((*debt.acts, *acts)), key=lambda a: (a.day, a.kind.value)))
