"""The rows of debts and of payments: their columns, and how a typed row becomes a record and back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from debtdesk.core.days import parse_day
from debtdesk.core.debt import Balance, Debt, Payment
from debtdesk.core.money import parse_amount, yuan
from debtdesk.core.presets import Preset, presets
from debtdesk.core.rates import Rate, parse_rate
from debtdesk.core.terms import Known, Terms
from debtdesk.files.debts import PRODUCTS
from debtdesk.files.payments import AccountPayment
from debtdesk.locale import LANGUAGES, Message, language
from debtdesk.panels.choices import KNOWN, member
from debtdesk.panels.drafts import TypedRow
from debtdesk.panels.sheet import Column, Row
from debtdesk.views.words import name_of

COURT_REVIEW = Fraction(24, 100)
UNLIKELY_DAILY = Fraction(1, 1000)
_PERIODS = {"zh": {"day": "日", "month": "月", "year": "年"}, "en": {"day": "day", "month": "month", "year": "year"}}
_PARTS = ("principal", "interest", "penalty_interest", "fees")


def columns(on: date) -> tuple[Column, ...]:
    """Return the columns of the sheet of debts, in the order of its template."""
    return (
        Column(key="creditor", label=Message("creditor today"), width=2.2, aliases=("债权人", "creditor")),
        Column(
            key="lender",
            label=Message("lender"),
            width=2.1,
            aliases=("出借方",),
            help=Message("Who lent the money; empty where it is still the creditor."),
        ),
        Column(
            key="product",
            label=Message("product"),
            width=1.35,
            options=tuple((k, name_of(k)) for k in presets()),
            aliases=("产品",),
        ),
        Column(
            key="account",
            label=Message("account"),
            width=1.3,
            aliases=("账号",),
            help=Message("Contract or account number; the last digits are enough."),
        ),
        Column(key="principal", label=Message("principal"), kind="amount", line=1, aliases=("本金",)),
        Column(key="interest", label=Message("interest"), kind="amount", line=1, aliases=("利息",)),
        Column(key="penalty_interest", label=Message("penalty interest"), kind="amount", line=1, aliases=("罚息",)),
        Column(key="fees", label=Message("fees"), kind="amount", line=1, width=0.85, aliases=("违约金及费用",)),
        Column(key="rate", label=Message("rate"), kind="rate", line=1, hint="0.05%/日", aliases=("利率",)),
        Column(
            key="default_date",
            label=Message("first overdue day"),
            kind="day",
            line=1,
            width=1.15,
            hint="2023-11-24",
            aliases=("首次逾期日", "default_date"),
        ),
        Column(
            key="as_of",
            label=Message("balance as of"),
            kind="day",
            line=1,
            width=1.15,
            hint="2026-11-24",
            default=on.isoformat(),
            aliases=("截至日", "as_of"),
        ),
        Column(key="total", label=Message("total"), kind="shown", line=1, width=1.15),
        Column(key="source", label=Message("source of the figures"), width=1.6, aliases=("来源", "source")),
        Column(
            key="known",
            label=Message("how known"),
            kind="choice",
            options=KNOWN,
            width=0.95,
            default=Known.TOLD.value,
        ),
    )


def debt_reader(on: Callable[[], date]) -> Callable[[TypedRow[Debt]], None]:
    """Return what reads a row of the sheet as a debt; `on` gives the day of the sitting."""

    def read(typed: TypedRow[Debt]) -> None:
        creditor, account = typed.need("creditor", str, failing=""), typed.need("account", str, failing="")
        product = product_key(typed.text("product"), typed.before.product if typed.before else None)
        parts = {p: typed.take(p, parse_amount, empty=0) for p in _PARTS[1:]}
        principal = typed.need("principal", parse_amount, failing=0)
        as_of = typed.need("as_of", parse_day, failing=on())
        default = typed.need("default_date", parse_day, failing=on())
        terms = _terms(typed, product)
        if not typed.usable or terms is None:
            return
        _look(typed, terms, as_of, default, on())
        known = typed.take("known", member(Known), empty=Known.TOLD)
        before = typed.before
        balance = Balance(
            principal=principal,
            **parts,
            as_of=as_of,
            source=typed.text("source"),
            known=known,
            credit=before.balance.credit if before else 0,
        )
        typed.record = replace(
            before
            or Debt(
                account=account,
                creditor=creditor,
                lender="",
                product="",
                balance=balance,
                terms=terms,
                default_date=default,
            ),
            account=account,
            creditor=creditor,
            lender=typed.text("lender") or creditor,
            product=product,
            balance=balance,
            terms=terms,
            default_date=default,
        )

    return read


def _terms(typed: TypedRow[Debt], product: str) -> Terms | None:
    """Return the terms of the row: those it had, unless the product or the rate was changed."""
    before, preset = typed.before, preset_of(product)
    kept = before.terms if before and (before.product == product or before.terms.known is Known.SEEN) else None
    if not typed.text("rate"):
        usual = kept.rates[-1].rate if kept else preset.rate
        if usual is not None:
            typed.doubt(
                "rate",
                Message("No rate is written; {rate} is taken, as is typical.", rate=rate_text(usual)),
                Message("Look it up in the contract or the app."),
            )
            return kept or preset.terms(usual)
    rate = typed.need("rate", _rate, failing=None)
    if rate is None:
        return None
    if kept is None:
        return preset.terms(rate)
    return kept if rate == kept.rates[-1].rate else replace(kept.at(rate), known=Known.ASSUMED)


def _rate(text: str) -> Rate | None:
    return parse_rate(text)


def _look(typed: TypedRow[Debt], terms: Terms, as_of: date, default: date, on: date) -> None:
    """Note what is possible but worth a second look."""
    rate = terms.rates[-1].rate
    if rate.per_day(365) > UNLIKELY_DAILY:
        typed.doubt(
            "rate",
            Message("More than 0.1% a day is unusual."),
            Message("Check the digits and the period in the contract."),
        )
    elif rate.per_year(365) > COURT_REVIEW:
        typed.doubt(
            "rate",
            Message("This is more than 24% a year."),
            Message(
                "A court may, when asked, reduce what is above 24% in all (法发〔2017〕22号); "
                "whether it does is for the court."
            ),
        )
    if as_of > on:
        typed.doubt("as_of", Message("This day lies ahead."), Message("Write the day the figures were read."))
    if default > as_of:
        typed.doubt(
            "default_date",
            Message("The debt would have become overdue after its figures were read."),
            Message("Check the two days."),
        )


def write_debt(debt: Debt) -> Row:
    """Return the row that shows a debt."""
    amounts = {p: f"{yuan(getattr(debt.balance, p)):,.2f}" for p in _PARTS}
    return {
        "creditor": debt.creditor,
        "lender": debt.lender,
        "product": str(name_of(debt.product)),
        "account": debt.account,
        **amounts,
        "rate": rate_text(debt.terms.rates[-1].rate),
        "default_date": debt.default_date.isoformat(),
        "as_of": debt.balance.as_of.isoformat(),
        "source": debt.balance.source,
        "known": debt.balance.known.value,
    }


def rate_text(rate: Rate) -> str:
    """Return a rate as it is typed, in the language in use."""
    return f"{rate.percent()}%/{_PERIODS[language()][rate.period.value]}"


def preset_of(product: str) -> Preset:
    """Return what is typical of a product, called by its key."""
    return presets().get(product) or presets()["other"]


def product_key(given: str, before: str | None = None) -> str:
    """Return the key of a product by its key, name or alias; another one, or one shown for `before`, stays as it is."""
    if before is not None and given in (before, *(name_of(before).in_language(x) for x in LANGUAGES)):
        return before
    key = PRODUCTS.find(given)
    return key if key and key != "other" else given or "other"


def payment_columns(accounts: Sequence[tuple[str, str]]) -> tuple[Column, ...]:
    """Return the columns of the sheet of payments; `accounts` are pairs of account and words."""
    return (
        Column(
            key="account",
            label=Message("account"),
            kind="choice",
            aliases=("账号",),
            width=2.4,
            options=(("", Message("choose …")), *((a, Message("{text}", text=words)) for a, words in accounts)),
        ),
        Column(key="day", label=Message("day paid"), kind="day", hint="2026-11-24", aliases=("日期", "date")),
        Column(key="amount", label=Message("amount"), kind="amount", hint="1,234.56", aliases=("金额",)),
        Column(key="note", label=Message("note"), width=2, aliases=("备注",)),
        Column(key="inside", label=Message("in the balance?"), kind="shown", width=1.6),
    )


def payment_reader(accounts: Callable[[], Sequence[str]]) -> Callable[[TypedRow[AccountPayment]], None]:
    """Return what reads a row of the sheet as a payment to one of the accounts."""

    def read(typed: TypedRow[AccountPayment]) -> None:
        account = typed.need("account", str, failing="")
        if account and account not in accounts():
            typed.refuse("account", Message("No debt has this account."), Message("Choose the debt that was paid."))
        day = typed.need("day", parse_day, failing=None)
        amount = typed.need("amount", parse_amount, failing=0)
        if amount == 0 and typed.usable:
            typed.refuse("amount", Message("A payment must be above zero."), Message("Write what was paid."))
        if not typed.usable or day is None:
            return
        typed.record = AccountPayment(account, Payment(day, amount, typed.text("note")))

    return read


def write_payment(paid: AccountPayment) -> Row:
    """Return the row that shows a payment."""
    payment = paid.payment
    return {
        "account": paid.account,
        "day": payment.day.isoformat(),
        "amount": f"{yuan(payment.amount):,.2f}",
        "note": payment.note,
    }
