"""Words: amounts, days, shares and names as a person reads them, in either language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from debtdesk.core.budget import CATEGORY_NAMES, Category, Frequency, Kind, Regularity
from debtdesk.core.case import Answer
from debtdesk.core.debt import Debt
from debtdesk.core.money import Rounding
from debtdesk.core.presets import presets
from debtdesk.core.problems import Severity
from debtdesk.core.proposal import Remainder, Role, WaiverTime
from debtdesk.core.rates import Period, Rate
from debtdesk.core.shock import Hit, ShockKind
from debtdesk.core.terms import Base, Compounding, Known, Order, Part, PaymentDay, Rhythm, YearBasis
from debtdesk.locale import Message
from debtdesk.views.names import NAMES

MINUS = "\N{MINUS SIGN}"
E = TypeVar("E", bound=StrEnum)
NONE = "–"
_WAN = 10**6  # fen in 1万 yuan
_LONG = 10 * _WAN


def money(fen: int, language: str, *, unit: bool = True, short: bool = False, whole: bool = False) -> str:
    """Return an amount for people: "12,345.67 yuan", "12,345.67 元". [fen]

    Parameters
    ----------
    fen : int
        The amount. [fen]
    language : str
        "zh" or "en".
    unit : bool
        Whether the unit stands behind it.
    short : bool
        For charts: whole yuan, in Chinese 万 from 100,000 yuan on ("12.35 万元"); fen only below 100 yuan.
    whole : bool
        For sentences: rounded half up to whole yuan; fen only below 100 yuan.
    """
    sign = MINUS if fen < 0 else ""
    amount = abs(fen)
    if short and language == "zh" and amount >= _LONG:
        wan = f"{_rounded(Decimal(amount) / _WAN, 2):,}"
        text = (wan.rstrip("0").rstrip(".") if "." in wan else wan) + "万"
        return f"{sign}{text[:-1]} 万元" if unit else f"{sign}{text}"
    coarse = (short or whole) and (amount >= 10_000 or amount % 100 == 0)
    text = f"{_rounded(Decimal(amount) / 100, 0 if coarse else 2):,}"
    return Message("{amount} yuan", amount=sign + text).in_language(language) if unit else sign + text


def _rounded(amount: Decimal, places: int) -> Decimal:
    return amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def day(d: date, language: str, *, long: bool = False) -> str:
    """Return a day as "2029-03-05", or with `long` its month as "March 2029", "2029年3月"."""
    return month(d, language) if long else d.isoformat()


def month(d: date, language: str) -> str:
    """Return the month of a day: "March 2029", "2029年3月"."""
    return f"{d.year}年{d.month}月" if language == "zh" else f"{_MONTHS[d.month - 1]} {d.year}"


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def percent(x: float | Fraction | None, language: str, places: int = 1) -> str:
    """Return a fraction in percent: 0.183 is "18.3%"; a dash where there is none. [1]"""
    if x is None:
        return NONE
    exact = Decimal(x.numerator) / Decimal(x.denominator) if isinstance(x, Fraction) else Decimal(str(x))
    shown = _rounded(exact * 100, places)
    return f"{MINUS if shown < 0 else ''}{abs(shown):,}%"


def months(n: int, language: str) -> str:
    """Return a number of months: "36 months", "36 个月"."""
    return (Message("1 month") if n == 1 else Message("{n} months", n=f"{n:,}")).in_language(language)


def rate(given: Rate, language: str) -> str:
    """Return a rate as quoted: "0.05% a day", "日利率 0.05%"."""
    text = {
        Period.DAY: Message("{percent}% a day", percent=given.percent()),
        Period.MONTH: Message("{percent}% a month", percent=given.percent()),
        Period.YEAR: Message("{percent}% a year", percent=given.percent()),
    }[given.period]
    return text.in_language(language)


def debt_name(debt: Debt, language: str) -> str:
    """Return what a debt is called on screen: product, creditor and the end of its account number."""
    product, end = name_of(debt.product).in_language(language), debt.account[-4:]
    parts = [product, debt.creditor if debt.creditor != product else "", f"…{end}" if len(debt.account) > 4 else end]
    return " · ".join(p for p in parts if p)


@dataclass(frozen=True, slots=True, init=False)
class DataName(Message):
    """A name that the data give in each language."""

    def in_language(self, language: str) -> str:
        """Return the name in a language."""
        return str(self.values[language])


def name_of(what: object) -> Message:
    """Return the name of a member of an enum, of a product key, or of a column; other text stays as it was typed."""
    if isinstance(what, StrEnum):
        found = _NAMES.get((type(what).__name__, what.value))
        return found if found is not None else Message("{text}", text=what.value)
    text = str(what)
    if text in presets():
        names = presets()[text].names
        return DataName(names["en"], **names)
    return _COLUMNS.get(text) or _NAMES.get(("Part", text)) or Message("{text}", text=text)


def _table(names: Mapping[E, Message]) -> dict[tuple[str, str], Message]:
    return {(type(member).__name__, member.value): name for member, name in names.items()}


# Members of two enums may be equal as text, so each enum has a table of its own.
_NAMES: dict[tuple[str, str], Message] = {
    **NAMES,
    **_table(
        {
            Part.PRINCIPAL: Message("principal"),
            Part.INTEREST: Message("interest"),
            Part.PENALTY_INTEREST: Message("penalty interest"),
            Part.FEES: Message("fees"),
        }
    ),
    **_table(
        {
            Known.SEEN: Message("seen on a document"),
            Known.TOLD: Message("told by the client"),
            Known.COMPUTED: Message("computed"),
            Known.ASSUMED: Message("assumed"),
        }
    ),
    **_table(
        {
            YearBasis.DAYS_365: Message("365 days"),
            YearBasis.DAYS_360: Message("360 days"),
            YearBasis.ACTUAL: Message("the days of the calendar year"),
            YearBasis.DAYS_30_360: Message("12 months of 30 days"),
        }
    ),
    **_table(
        {
            Compounding.SIMPLE: Message("no interest on interest"),
            Compounding.MONTHLY: Message("interest on interest from each statement day on"),
            Compounding.DAILY: Message("interest on interest from each day on"),
        }
    ),
    **_table(
        {
            Base.PRINCIPAL: Message("the principal alone"),
            Base.WHOLE_BILL: Message("the whole bill except fees"),
        }
    ),
    **_table(
        {
            Rhythm.SEGMENT: Message("at each payment, change and statement"),
            Rhythm.STATEMENT: Message("on statement days"),
            Rhythm.DAY: Message("each day"),
            Rhythm.CARRIED: Message("at each payment and change, parts of a fen carried on"),
        }
    ),
    **_table(
        {
            Rounding.HALF_UP: Message("to the nearest fen, half a fen up"),
            Rounding.HALF_EVEN: Message("to the nearest fen, half a fen to the even one"),
            Rounding.DOWN: Message("down to the fen"),
        }
    ),
    **_table(
        {
            PaymentDay.BEARS: Message("still bears interest on what is paid"),
            PaymentDay.BEARS_NOT: Message("no longer bears interest on what is paid"),
        }
    ),
    **_table(
        {
            Order.CIVIL_CODE_561: Message("costs, interest, principal (Civil Code 561)"),
            Order.CARD: Message("card rule: charges first up to day 90 overdue, principal first from day 91"),
            Order.CONTRACT: Message("as the contract says"),
        }
    ),
    **_table(
        {Kind.INCOME: Message("income"), Kind.EXPENSE: Message("expense")},
    ),
    **_table(CATEGORY_NAMES),
    **_table(
        {
            Category.DEBT_SERVICE: Message("payments on other debts"),
            Category.INCOME: Message("income"),
        }
    ),
    **_table(
        {
            Frequency.WEEKLY: Message("each week"),
            Frequency.MONTHLY: Message("each month"),
            Frequency.QUARTERLY: Message("each quarter"),
            Frequency.YEARLY: Message("each year"),
            Frequency.MONTHS: Message("in certain months"),
            Frequency.ONCE: Message("once"),
        }
    ),
    **_table(
        {
            Role.OPENING: Message("opening offer"),
            Role.TARGET: Message("target"),
            Role.WALK_AWAY: Message("walk-away limit"),
            Role.CREDITOR: Message("creditor's offer"),
            Role.OTHER: Message("other offer"),
        }
    ),
    **_table({Remainder.LAST: Message("last installment"), Remainder.FIRST: Message("first installment")}),
    **_table(
        {
            WaiverTime.ON_SIGNING: Message("on signing"),
            WaiverTime.ON_FULL_PERFORMANCE: Message("once all is paid"),
        }
    ),
    **_table(
        {
            Answer.ACCEPTED: Message("accepted"),
            Answer.COUNTERED: Message("answered with another offer"),
            Answer.REFUSED: Message("refused"),
            Answer.PENDING: Message("not answered yet"),
        }
    ),
    **_table(
        {
            Regularity.REGULAR: Message("regular"),
            Regularity.SEASONAL: Message("seasonal"),
            Regularity.UNCERTAIN: Message("uncertain"),
        }
    ),
    **_table(
        {
            ShockKind.LESS_INCOME: Message("less income"),
            ShockKind.ILLNESS: Message("illness"),
            ShockKind.SPRING_FESTIVAL: Message("Spring Festival"),
            ShockKind.SCHOOL_START: Message("school start"),
            ShockKind.JOB_LOSS: Message("job lost"),
        }
    ),
    **_table({Hit.ALL: Message("all income"), Hit.LARGEST: Message("the largest income")}),
    **_table({Severity.ERROR: Message("not used"), Severity.WARNING: Message("please check")}),
    **_table({Period.DAY: Message("a day"), Period.MONTH: Message("a month"), Period.YEAR: Message("a year")}),
    # the fate of a row, by its word: reading stands beside this room, not below it
    ("Fate", "used"): Message("used"),
    ("Fate", "used_with_warning"): Message("used, please check"),
    ("Fate", "refused"): Message("not used"),
    ("Fate", "duplicate"): Message("there already"),
    ("Fate", "skipped_empty"): Message("empty row"),
    ("Fate", "skipped_example"): Message("example row"),
    ("Fate", "before_header"): Message("above the header"),
}

_COLUMNS: dict[str, Message] = {
    "day": Message("day"),
    "month": Message("month"),
    "due": Message("due"),
    "payment": Message("payment"),
    "fee": Message("fee"),
    "left": Message("left"),
    "total": Message("total"),
    "paid": Message("paid"),
    "waived": Message("waived"),
    "reserve": Message("reserve"),
    "essentials": Message("essentials"),
    "flexible": Message("other spending"),
    "debt_service": Message("payments on other debts"),
    "living": Message("kept for living"),
    "income": Message("income"),
    "creditor": Message("creditor"),
    "lender": Message("lender"),
    "product": Message("product"),
    "account": Message("account"),
    "amount": Message("amount"),
    "note": Message("note"),
    "item": Message("item"),
    "category": Message("category"),
    "frequency": Message("how often"),
    "source": Message("source"),
    "notice": Message("notice to the client"),
    "stage": Message("how far it has gone"),
    "consultation": Message("advice"),
    "rate": Message("rate"),
    "row": Message("line"),
    "field": Message("column"),
}
