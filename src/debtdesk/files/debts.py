"""Debts as a table: one row a contract."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from debtdesk.core.claim_stage import ClaimStage
from debtdesk.core.debt import Balance, Debt, LenderType
from debtdesk.core.presets import Preset, presets
from debtdesk.core.problems import Problem, Refused
from debtdesk.core.rates import Period, Rate
from debtdesk.core.terms import (
    COSTS_FIRST,
    PRINCIPAL_FIRST,
    Base,
    Compounding,
    Known,
    LateFee,
    Order,
    Rhythm,
    Terms,
    YearBasis,
)
from debtdesk.files.fields import FieldReader, account_key
from debtdesk.files.reading import Fate, Reading, RowFate, today
from debtdesk.files.tables import Column, Table, find_table, missing_columns, open_sheets, refusal
from debtdesk.files.words import Words
from debtdesk.locale import Message

COLUMNS = (
    Column("creditor", "债权人", ("current creditor", "现债权人", "当前债权人", "债权方"), needed=True),
    Column("lender", "出借方", ("original lender", "出借人", "放款方", "放款机构", "贷款人", "原债权人", "发卡行")),
    Column("product", "产品", ("product name", "产品名称", "贷款产品")),
    Column(
        "account",
        "账号",
        ("account number", "account no", "contract", "contract number", "账户", "合同号", "合同编号", "借据号", "卡号"),
        needed=True,
    ),
    Column("principal", "本金", ("剩余本金", "未还本金", "欠款本金", "欠本金"), needed=True),
    Column("interest", "利息", ("正常利息", "欠息")),
    Column("penalty_interest", "罚息", ("overdue interest", "逾期利息", "逾期罚息")),
    Column("fees", "违约金及费用", ("fee", "fees and late fees", "违约金", "费用", "违约金和费用", "滞纳金")),
    Column("rate", "利率", ("interest rate", "overdue rate", "逾期利率", "罚息利率"), needed=True),
    Column(
        "default_date",
        "首次逾期日",
        ("first overdue day", "overdue since", "首次逾期日期", "逾期日", "逾期日期", "逾期起始日", "逾期开始日"),
        needed=True,
    ),
    Column(
        "as_of", "截至日", ("as of date", "balance date", "截至日期", "截止日", "截止日期", "数据日期"), needed=True
    ),
    Column("source", "来源", ("source of the figures", "数据来源", "依据", "凭证")),
    Column("terms_source", "约定来源", ("source of the terms", "利率来源", "计息依据")),
    Column("compounding", "复利", ("计息方式",)),
    Column("statement_day", "账单日", ("billing day", "出账日")),
    Column("year_basis", "年基准", ("days a year", "year", "年天数", "计息年")),
    Column("base", "计息基数", ("interest base", "罚息基数")),
    Column("order", "抵充顺序", ("order of allocation", "还款顺序", "冲抵顺序")),
    Column("late_fee", "违约金比例", ("late fee share", "late fee rate", "违约金率")),
    Column("late_fee_until", "违约金计至", ("last late fee", "违约金截止日", "违约金停收日")),
    Column("note", "备注", ("notes", "remark", "说明")),
    Column("original_principal", "原始本金", ("principal at default", "逾期时本金", "起算本金")),
    Column("original_interest", "原始利息", ("interest at default", "逾期时利息", "起算利息")),
    Column("history_begins", "起算日", ("history begins on", "起算日期", "到期日")),
    Column("lender_type", "出借方类型", ("kind of lender", "lender kind", "机构类型", "出借方性质")),
    Column("creditor_type", "债权人类型", ("kind of creditor", "creditor kind", "债权人性质")),
    Column("contract_date", "合同日期", ("date of contract", "contract day", "签约日", "签订日期", "借款日", "放款日")),
    Column("stage", "进展", ("how far it has gone", "阶段", "催收阶段", "诉讼阶段")),
    Column("last_due", "最后一期到期日", ("last installment due", "末期到期日", "最后到期日")),
)

APART = Words({"explanation": ("explanation 说明", "explanation", "说明", "read me", "填写说明", "options", "选项")})

HIGH_YEARLY = Fraction(36, 100)
HIGH_DAILY = Fraction(2, 1000)
IMPOSSIBLE_DAILY = Fraction(5, 100)
NORMAL_DAYS = 365

PRODUCTS = Words({key: (key, *preset.names.values(), *preset.aliases) for key, preset in presets().items()})
COMPOUNDINGS = Words(
    {
        Compounding.SIMPLE: ("simple", "单利", "no", "none", "否", "无", "不计复利"),
        Compounding.MONTHLY: ("monthly", "按月", "每月", "按月复利", "月复利", "compounding monthly"),
        Compounding.DAILY: ("daily", "按日", "每日", "按日复利", "日复利", "compounding daily"),
    }
)
YEARS = Words(
    {
        YearBasis.DAYS_365: ("365", "365天", "365 days"),
        YearBasis.DAYS_360: ("360", "360天", "360 days"),
        YearBasis.ACTUAL: ("actual", "实际", "实际天数"),
        YearBasis.DAYS_30_360: ("30/360",),
    }
)
BASES = Words(
    {
        Base.PRINCIPAL: ("principal", "本金", "仅本金"),
        Base.WHOLE_BILL: ("whole bill", "whole_bill", "全部账单", "全额", "账单全额"),
    }
)
ORDERS = Words(
    {
        "civil_code_561": (
            "civil_code_561", "civil code 561", "561", "costs first", "民法典561", "民法典第561条", "费用利息本金",
            "先费用后利息再本金",
        ),
        "card": ("card", "credit card", "信用卡", "信用卡顺序", "信用卡规则"),
        "principal_first": ("principal first", "principal", "本金优先", "先本金", "先本后息"),
    }
)  # fmt: skip
LENDER_TYPES = Words(
    {
        LenderType.BANK: ("bank", "银行"),
        LenderType.CONSUMER_FINANCE: ("consumer finance", "消费金融公司", "消费金融"),
        LenderType.MICRO_LOAN: ("micro loan", "micro-loan company", "小额贷款公司", "小贷公司", "小贷"),
        LenderType.LOCAL_FINANCIAL: ("local financial", "地方金融组织", "融资担保公司", "典当行"),
        LenderType.ASSET_MANAGER: ("asset manager", "资产管理公司", "资管公司", "AMC"),
        LenderType.PRIVATE: ("private", "private person", "个人", "自然人", "民间借贷"),
        LenderType.UNLICENSED: ("unlicensed", "无牌照", "无放贷资质"),
        LenderType.UNKNOWN: ("unknown", "不详", "未知"),
    }
)
STAGES = Words(
    {
        ClaimStage.REMINDER: ("reminder", "reminders", "催收", "提醒"),
        ClaimStage.MEDIATION: ("mediation", "调解"),
        ClaimStage.SUED: ("sued", "起诉", "被起诉", "诉讼"),
        ClaimStage.JUDGED: ("judged", "judgment", "判决", "已判决", "调解书"),
        ClaimStage.ENFORCEMENT: ("enforcement", "in enforcement", "执行", "强制执行"),
    }
)


def read_debts(path: str | Path, content: bytes | None = None, *, on: date | None = None) -> Reading[Debt]:
    """Return the debts of a table in an .xlsx or text file; what is wrong in it comes as problems, not as errors.

    Parameters
    ----------
    path : str or Path
        The file; only its name counts if `content` is given.
    content : bytes or None
        The bytes of the file, as an upload gives them.
    on : date or None
        The last day that can be right for a first overdue day or a balance; None for today in China.
    """
    try:
        source, sheets = open_sheets(path, content, COLUMNS)
    except Refused as refused:
        problem = refusal(path, refused)
        return Reading(source=problem.source, problems=(problem,))
    table = find_table(source, sheets, COLUMNS, apart=APART)
    records: list[Debt] = []
    fates: list[RowFate] = []
    lines_of: dict[str, int] = {}
    for row in table.rows:
        reader = FieldReader(table, row, COLUMNS)
        debt = None if table.refused else _debt(reader, on or today())
        if table.refused:
            fates.append(reader.fate(Fate.REFUSED))
        elif debt is None:
            fates.append(reader.fate())
        elif first := lines_of.get(account_key(debt.account)):
            reader.refuse(
                "account",
                Message("The account {account} stands in line {line} already.", account=debt.account, line=first),
                Message("Keep one row for each contract, or write the part of the account that tells them apart."),
            )
            fates.append(reader.fate(Fate.DUPLICATE))
        else:
            lines_of[account_key(debt.account)] = row.number
            records.append(debt)
            fates.append(reader.fate())
    return Reading(
        source=source,
        records=tuple(records),
        problems=(*table.problems, *_missing_columns(table), *(p for f in fates for p in f.problems)),
        rows=tuple(sorted((*table.skipped, *fates), key=lambda f: f.row)),
        sheet=table.sheet,
        encoding=table.encoding,
        extra_columns=table.extra_columns,
    )


def _missing_columns(table: Table) -> list[Problem]:
    """Return a warning for each column that is not there and whose absence decides something."""
    read_as = {
        "lender": Message("The lender was taken to be the creditor."),
        "product": Message("Every product was read as other 其他."),
        "interest": Message("It was read as 0 in every row."),
        "penalty_interest": Message("It was read as 0 in every row."),
        "fees": Message("It was read as 0 in every row."),
        "source": Message("All figures count as assumed."),
    }
    return missing_columns(table, COLUMNS, read_as)


def _debt(reader: FieldReader, on: date) -> Debt | None:
    """Return the debt of a row, or None where it has to be refused; all its fields are read in any case."""
    creditor, account = reader.needed_text("creditor"), reader.account()
    lender = reader.text("lender") or _lender(reader, creditor)
    preset = _preset(reader)
    principal = reader.amount("principal")
    interest, penalty, fees = (reader.part(key) for key in ("interest", "penalty_interest", "fees"))
    rate = _rate(reader)
    default_date, as_of = reader.day_until("default_date", on), reader.day_until("as_of", on)
    known = reader.known("source")
    terms = _terms(reader, preset, rate or Rate(Fraction(0), Period.DAY))
    note = reader.text("note")
    origin = _origin(reader, as_of)
    claim = _claim(reader, on)
    if default_date is not None and as_of is not None and as_of < default_date:
        reader.warn(
            "as_of",
            Message("The balance is older than the first overdue day."),
            Message("Check both days; a balance of today or of the last statement serves better."),
        )
    if principal == 0:
        _warn_of_no_principal(reader, (interest or 0) + (penalty or 0) + (fees or 0))
    if preset.key == "credit_card" and _is_card_number(account):
        reader.warn(
            "account",
            Message("This looks like a whole card number."),
            Message("Keep the last four digits only; the creditor needs no more to find the card."),
        )
    if reader.failed or principal is None or interest is None or penalty is None or fees is None:
        return None
    if default_date is None or as_of is None or terms is None:
        return None
    return Debt(
        account=account,
        creditor=creditor,
        lender=lender,
        product=PRODUCTS.find(reader.text("product")) or reader.text("product") or preset.key,
        balance=Balance(
            principal=principal,
            interest=interest,
            penalty_interest=penalty,
            fees=fees,
            as_of=as_of,
            source=reader.text("source"),
            known=known,
        ),
        terms=terms,
        default_date=default_date,
        note=note,
        origin=origin,
        **claim,
    )


def _claim(reader: FieldReader, on: date) -> dict[str, Any]:
    """Return what is written of the lender's kind, the contract and how far the claim has gone."""
    kinds = Message(
        "Write bank 银行, consumer finance 消费金融公司, micro loan 小额贷款公司 or asset manager 资产管理公司."
    )
    stages = Message("Write reminder 催收, mediation 调解, sued 起诉, judged 判决 or enforcement 执行.")
    found = {
        "lender_type": reader.choice("lender_type", LENDER_TYPES, kinds),
        "creditor_type": reader.choice("creditor_type", LENDER_TYPES, kinds),
        "stage": reader.choice("stage", STAGES, stages),
        "contract_date": None if reader.empty("contract_date") else reader.day_until("contract_date", on),
        "last_due": None if reader.empty("last_due") else reader.day("last_due"),
    }
    return {name: value for name, value in found.items() if value is not None}


def _origin(reader: FieldReader, as_of: date | None) -> Balance | None:
    """Return where the history begins, or None where that is not written."""
    keys = ("original_principal", "history_begins")
    given = [not reader.empty(key) for key in keys]
    if not all(given):
        if any(given) or not reader.empty("original_interest"):
            reader.warn(
                keys[given.index(False)],
                Message("The history cannot begin: the principal at default and its day belong together."),
                Message("Write both, from the contract or a statement, or neither."),
            )
        return None
    principal, day = reader.amount("original_principal"), reader.day("history_begins")
    interest = 0 if reader.empty("original_interest") else reader.amount("original_interest")
    if day is not None and as_of is not None and day > as_of:
        reader.refuse(
            "history_begins",
            Message("The history would begin after the day of the balance."),
            Message("Check the two days."),
        )
    if reader.failed or principal is None or interest is None or day is None:
        return None
    return Balance(principal=principal, interest=interest, as_of=day, known=reader.known("terms_source"))


def _lender(reader: FieldReader, creditor: str) -> str:
    if reader.has("lender"):
        reader.warn(
            "lender",
            Message("No lender is given; the creditor was taken for it."),
            Message("Write who lent the money; after a transfer it is not the creditor."),
        )
    return creditor


def _preset(reader: FieldReader) -> Preset:
    text = reader.text("product")
    key = PRODUCTS.find(text) if text else None
    if key is None and reader.has("product"):
        reader.warn(
            "product",
            Message("The product “{given}” is not known; it was read as other 其他.", given=text[:40])
            if text
            else Message("No product is given; it was read as other 其他."),
            Message("Write one of: {products}.", products=", ".join(_product_labels())),
        )
    return presets()[key or "other"]


def _product_labels() -> list[str]:
    return [f"{key} {preset.names['zh']}" for key, preset in presets().items()]


def _rate(reader: FieldReader) -> Rate | None:
    rate = reader.rate("rate")
    if rate is None:
        return None
    yearly = rate.per_year(NORMAL_DAYS)
    if yearly > IMPOSSIBLE_DAILY * NORMAL_DAYS:
        reader.refuse(
            "rate",
            Message("The rate {rate} is too high to be right.", rate=reader.text("rate")),
            Message("Check the number and the period; 0.05%/日 is 18.25%/年."),
        )
        return None
    if yearly > HIGH_DAILY * NORMAL_DAYS:
        reader.warn(
            "rate",
            Message("The rate {rate} is more than 0.2 % a day.", rate=reader.text("rate")),
            Message("Check whether a rate for a month or a year was meant."),
        )
    elif yearly > HIGH_YEARLY:
        reader.warn(
            "rate",
            Message(
                "The rate {rate} is {yearly} % a year, more than 36 %.",
                rate=reader.text("rate"),
                yearly=f"{float(yearly * 100):.2f}",
            ),
            Message("Confirm it in the contract; charges of this height can be disputed."),
        )
    return rate


def _warn_of_no_principal(reader: FieldReader, charges: int) -> None:
    if charges:
        reader.warn(
            "principal",
            Message("The principal is 0 while charges are owed."),
            Message("Check the statement; the creditor may have put the principal elsewhere."),
        )
    else:
        reader.warn(
            "principal", Message("Nothing is owed in this row."), Message("Check the amounts, or remove the row.")
        )


def _is_card_number(text: str) -> bool:
    """Return whether a text is a card number in full: 15 to 19 digits with a right check digit."""
    digits = text.replace(" ", "").replace("-", "")
    if not (digits.isascii() and digits.isdigit() and 15 <= len(digits) <= 19):
        return False
    doubled = [int(d) * (1 + place % 2) for place, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _terms(reader: FieldReader, preset: Preset, rate: Rate) -> Terms | None:
    """Return the conventions of the product with what the row says otherwise."""
    compounding = reader.choice("compounding", COMPOUNDINGS, Message("Write simple 单利, monthly 按月 or daily 按日."))
    year = reader.choice("year_basis", YEARS, Message("Write 365, 360, actual 实际 or 30/360."))
    base = reader.choice("base", BASES, Message("Write principal 本金 or whole bill 全部账单."))
    order = reader.choice(
        "order", ORDERS, Message("Write civil code 561 民法典561, card 信用卡 or principal first 本金优先.")
    )
    known = reader.known("terms_source") if not reader.empty("terms_source") else Known.ASSUMED
    terms = preset.terms(rate, known=known)
    terms = _with_statement_day(reader, terms, compounding or terms.compounding)
    terms = _with_late_fee(reader, terms)
    compounding = compounding or terms.compounding
    rhythm = Rhythm.DAY if compounding is Compounding.DAILY else terms.rhythm
    return replace(
        terms,
        compounding=compounding,
        rhythm=rhythm,
        year=year or terms.year,
        base=base or terms.base,
        order=terms.order if order is None else Order.CONTRACT if order == "principal_first" else Order(order),
        contract_order=PRINCIPAL_FIRST if order == "principal_first" else COSTS_FIRST,
    )


def _with_statement_day(reader: FieldReader, terms: Terms, compounding: Compounding) -> Terms:
    text = reader.text("statement_day").removesuffix("日").removesuffix("号")
    if not text:
        if compounding is Compounding.MONTHLY:
            reader.warn(
                "statement_day",
                Message("No statement day is given; day {day} was taken.", day=terms.statement_day),
                Message("Write the day of the month on which the statement is made."),
            )
        return terms
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= 31):
        reader.refuse(
            "statement_day",
            Message("“{given}” is not a day of the month.", given=text[:40]),
            Message("Write a number from 1 to 31."),
        )
        return terms
    return replace(terms, statement_day=int(text))


def _with_late_fee(reader: FieldReader, terms: Terms) -> Terms:
    share = None
    if not reader.empty("late_fee"):
        share = _share(reader, reader.text("late_fee"))
        if share is None:
            return terms
    until = None if reader.empty("late_fee_until") else reader.day("late_fee_until")
    if share == 0:
        return replace(terms, late_fee=None)
    late_fee = terms.late_fee
    if share is not None:
        late_fee = replace(late_fee, share=share) if late_fee else LateFee(share)
    return replace(terms, late_fee=late_fee and replace(late_fee, until=until))


def _share(reader: FieldReader, text: str) -> Fraction | None:
    number = text.replace("％", "%").strip()
    if number == "0":
        return Fraction(0)
    digits = number.removesuffix("%").strip()
    if number.endswith("%") and digits.isascii() and digits.replace(".", "", 1).isdigit() and digits[0] != ".":
        share = Fraction(digits.rstrip(".")) / 100
        if share <= 1:
            return share
    reader.refuse(
        "late_fee",
        Message("“{given}” is not a share.", given=text[:40]),
        Message("Write a percentage of the unpaid minimum payment, for instance 5%; 0 if there is no late fee."),
    )
    return None
