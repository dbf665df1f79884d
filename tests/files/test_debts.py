"""Debts as a table: all that is wrong at once, nothing guessed in silence, nothing lost."""

import io
from datetime import date, datetime
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from debtdesk.core.debt import Debt
from debtdesk.core.problems import Severity
from debtdesk.core.rates import Period, Rate
from debtdesk.core.terms import PRINCIPAL_FIRST, Base, Compounding, Known, Order, Rhythm, YearBasis
from debtdesk.files.debts import read_debts
from debtdesk.files.fields import known_from
from debtdesk.files.reading import Fate, Reading

ON = date(2026, 11, 24)
GOOD = {
    "creditor": "重庆蚂蚁消费金融有限公司",
    "lender": "重庆蚂蚁消费金融有限公司",
    "product": "花呗",
    "account": "HB-1",
    "principal": "10,000.00",
    "interest": "0",
    "penalty_interest": "5480",
    "fees": "0",
    "rate": "0.05%/日",
    "default_date": "2023-11-25",
    "as_of": "2026-11-24",
    "source": "账单",
}


def read(*rows: dict[str, str], on: date = ON) -> Reading[Debt]:
    columns = dict.fromkeys(key for row in rows for key in row)
    lines = [list(columns), *([row.get(c, "") for c in columns] for row in rows)]
    return read_debts("debts.csv", "\n".join("\t".join(line) for line in lines).encode(), on=on)


def row(**given: str) -> dict[str, str]:
    return GOOD | given


def without(key: str) -> dict[str, str]:
    return {k: v for k, v in GOOD.items() if k != key}


def said(reading: Reading[Debt]) -> list[tuple[str, str | None, str]]:
    return [(p.severity.value, p.field, p.text.in_language("en")) for p in reading.problems]


def test_a_good_row_is_a_debt_without_a_word() -> None:
    # 10,000 at 0.05 % a day from 2023-11-25 to 2026-11-24, both counted: 1,096 days, 5,480.00
    reading = read(row())
    (debt,) = reading.records
    assert said(reading) == []
    assert [(r.row, r.fate) for r in reading.rows] == [(2, Fate.USED)]
    assert (debt.account, debt.product, debt.default_date) == ("HB-1", "huabei", date(2023, 11, 25))
    assert (debt.balance.principal, debt.balance.penalty_interest, debt.balance.total) == (
        1_000_000,
        548_000,
        1_548_000,
    )
    assert (debt.balance.as_of, debt.balance.known, debt.balance.source) == (ON, Known.SEEN, "账单")
    assert debt.terms.rates[0].rate == Rate(Fraction(5, 10_000), Period.DAY)
    assert (debt.terms.known, debt.terms.order) == (Known.ASSUMED, Order.CIVIL_CODE_561)


@pytest.mark.parametrize(
    ("key", "written", "problem"),
    [
        ("creditor", "", "is empty"),
        ("account", "", "is empty"),
        ("principal", "", "is empty"),
        ("principal", "-5", "below zero"),
        ("principal", "一万", "not an amount"),
        ("interest", "abc", "not an amount"),
        ("penalty_interest", "NaN", "not an amount"),
        ("fees", "5.001", "parts of a fen"),
        ("rate", "0.0005", "for which period"),
        ("rate", "0.05%", "for which period"),
        ("rate", "0.0005/日", "percentage or a fraction"),
        ("rate", "6%/日", "too high"),
        ("default_date", "23-11-25", "two digits"),
        ("default_date", "2025-02-30", "does not exist"),
        ("default_date", "", "is empty"),
        ("default_date", "2026-11-25", "in the future"),
        ("default_date", "1923-11-25", "too far back"),
        ("as_of", "", "is empty"),
        ("as_of", "2026-12-24", "in the future"),
        ("account", "6.22202E+18", "lost its last digits"),
        ("compounding", "有时", "not understood"),
        ("statement_day", "32", "not a day of the month"),
        ("year_basis", "364", "not understood"),
        ("late_fee", "五%", "not a share"),
        ("late_fee", "0.05", "not a share"),
        ("late_fee", "500%", "not a share"),
    ],
)
def test_a_slip_keeps_the_row_out_and_names_the_field(key: str, written: str, problem: str) -> None:
    reading = read(row(**{key: written}))
    assert reading.records == ()
    assert [r.fate for r in reading.rows] == [Fate.REFUSED]
    (found,) = reading.errors
    assert (found.source, found.row, found.field) == ("debts.csv", 2, key)
    assert problem in found.text.in_language("en")
    assert found.remedy.in_language("en")
    assert reading.rows[0].values.get(key, "") == written


@pytest.mark.parametrize(
    ("key", "written", "problem"),
    [
        ("interest", "", "read as 0"),
        ("penalty_interest", "", "read as 0"),
        ("fees", "", "read as 0"),
        ("lender", "", "creditor was taken"),
        ("product", "", "read as other"),
        ("product", "某某钱包", "read as other"),
        ("source", "", "count as assumed"),
        ("source", "朋友圈", "count as assumed"),
        ("source", "没有账单", "count as assumed"),
        ("rate", "36.01%/年", "more than 36 %"),
        ("rate", "0.1%/日", "more than 36 %"),
        ("rate", "0.21%/日", "more than 0.2 % a day"),
        ("as_of", "2023-11-24", "older than the first overdue day"),
        ("principal", "0", "principal is 0"),
    ],
)
def test_a_doubt_lets_the_row_in_with_a_warning(key: str, written: str, problem: str) -> None:
    reading = read(row(**{key: written}))
    assert len(reading.records) == 1
    assert [r.fate for r in reading.rows] == [Fate.USED_WITH_WARNING]
    (found,) = reading.warnings
    assert (found.row, found.field) == (2, key)
    assert problem in found.text.in_language("en")


@pytest.mark.parametrize("rate", ["36%/年", "3%/月"])
def test_36_percent_a_year_is_not_yet_more(rate: str) -> None:
    assert said(read(row(rate=rate))) == []


def test_every_slip_of_every_row_is_said_at_once() -> None:
    reading = read(row(principal="x", rate="5", as_of="2026-02-30"), row(account="HB-2", fees="y"), row(account="HB-3"))
    assert [(p.row, p.field) for p in reading.errors] == [(2, "principal"), (2, "rate"), (2, "as_of"), (3, "fees")]
    assert [d.account for d in reading.records] == ["HB-3"]


def test_the_same_account_is_taken_once() -> None:
    reading = read(row(), row(account="ｈｂ 1", principal="5"), row(account="HB-10"))
    assert [d.account for d in reading.records] == ["HB-1", "HB-10"]
    assert [r.fate for r in reading.rows] == [Fate.USED, Fate.DUPLICATE, Fate.USED]
    assert "line 2 already" in reading.errors[0].text.in_language("en")


def test_a_missing_optional_column_is_said_once() -> None:
    bare = {k: GOOD[k] for k in ("creditor", "account", "principal", "rate", "default_date", "as_of")}
    reading = read(bare, bare | {"account": "HB-2"})
    assert len(reading.records) == 2
    fields = [p.field for p in reading.warnings]
    assert fields == [
        "lender 出借方",
        "product 产品",
        "interest 利息",
        "penalty interest 罚息",
        "fees 违约金及费用",
        "source 来源",
    ]


@pytest.mark.parametrize("key", ["creditor", "account", "principal", "rate", "default_date", "as_of"])
def test_a_missing_needed_column_refuses_the_file(key: str) -> None:
    reading = read(without(key))
    assert reading.records == ()
    assert [r.fate for r in reading.rows] == [Fate.REFUSED]
    assert any("is missing" in text for _, _, text in said(reading))


@pytest.mark.parametrize(
    ("source", "known"),
    [
        ("账单", Known.SEEN),
        ("APP截图", Known.SEEN),
        ("合同", Known.SEEN),
        ("征信报告", Known.SEEN),
        ("bank statement of 2026-11", Known.SEEN),
        ("客户口述", Known.TOLD),
        ("told by the client", Known.TOLD),
        ("估计", Known.ASSUMED),
        ("computed", Known.COMPUTED),
        ("口述，后与账单核对", Known.TOLD),  # the weakest word counts
        ("没有账单", None),
        ("待补合同", None),
        ("somewhere", None),
    ],
)
def test_the_source_says_how_a_figure_is_known(source: str, known: Known | None) -> None:
    assert known_from(source) is known


@pytest.mark.parametrize(
    ("product", "key"),
    [
        ("花呗", "huabei"), ("Huabei", "huabei"), ("huabei 花呗", "huabei"), ("蚂蚁借呗", "jiebei"),
        ("信用贷", "bank_credit_loan"),
        ("信用卡", "credit_card"), ("credit card", "credit_card"), ("微粒贷", "weilidai"), ("京东白条", "baitiao"),
        ("消费金融", "consumer_finance"), ("其他", "other"), ("某某钱包", "某某钱包"),
    ],
)  # fmt: skip
def test_a_product_is_known_in_either_language(product: str, key: str) -> None:
    (debt,) = read(row(product=product)).records
    assert debt.product == key


def test_a_card_takes_the_conventions_of_cards() -> None:
    reading = read(row(product="信用卡", statement_day="8日", late_fee="5%", late_fee_until="2024-05-08"))
    terms = reading.records[0].terms
    assert said(reading) == []
    assert (terms.compounding, terms.statement_day, terms.order) == (Compounding.MONTHLY, 8, Order.CARD)
    assert terms.late_fee is not None
    assert (terms.late_fee.share, terms.late_fee.until) == (Fraction(1, 20), date(2024, 5, 8))


def test_a_card_without_its_statement_day_is_asked_for_it() -> None:
    assert [(p.field, p.severity) for p in read(row(product="信用卡")).problems] == [
        ("statement day 账单日", Severity.WARNING)
    ]


def test_no_late_fee_is_written_as_zero() -> None:
    assert read(row(product="信用卡", statement_day="8", late_fee="0")).records[0].terms.late_fee is None


def test_the_row_says_otherwise_than_the_product() -> None:
    reading = read(
        row(
            compounding="按日",
            year_basis="360",
            base="全部账单",
            order="本金优先",
            terms_source="合同",
            note="见附件",
        )
    )
    (debt,) = reading.records
    terms = debt.terms
    assert said(reading) == []
    assert (terms.compounding, terms.rhythm, terms.year) == (Compounding.DAILY, Rhythm.DAY, YearBasis.DAYS_360)
    assert (terms.base, terms.order, terms.contract_order) == (Base.WHOLE_BILL, Order.CONTRACT, PRINCIPAL_FIRST)
    assert (terms.known, debt.note) == (Known.SEEN, "见附件")


def test_a_whole_card_number_is_warned_of() -> None:
    # 4111 1111 1111 1111 is the card networks' number for trials; its check digit is right
    reading = read(row(product="信用卡", statement_day="8", account="4111 1111 1111 1111"))
    assert [p.field for p in reading.warnings] == ["account"]
    assert read(row(product="信用卡", statement_day="8", account="4111 1111 1111 1112")).problems == ()


def workbook(**given: object) -> bytes:
    made = Workbook()
    made.active.append(list(GOOD))
    made.active.append([(GOOD | given)[k] for k in GOOD])
    if isinstance(given.get("rate"), float):
        made.active.cell(2, list(GOOD).index("rate") + 1).number_format = "0.00%"
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


WORKBOOK = workbook()


def test_numbers_and_days_of_a_spreadsheet_are_understood() -> None:
    content = workbook(
        account=20231125, principal=10000.1, default_date=datetime(2023, 11, 25), as_of=20261124, interest=0, fees=0.0
    )
    reading = read_debts("debts.xlsx", content, on=ON)
    (debt,) = reading.records
    assert said(reading) == []
    assert (debt.account, debt.balance.principal, debt.default_date) == ("20231125", 1_000_010, date(2023, 11, 25))


@pytest.mark.parametrize(
    ("key", "value", "problem"),
    [
        ("rate", 0.0005, "“0.05%” does not say"),
        ("rate", 5, "“5” does not say"),
        ("account", 6222021234567890123, "lost its last digits"),
        ("principal", datetime(2026, 1, 1), "not an amount"),
        ("principal", True, "not an amount"),
        ("principal", 1.005, "parts of a fen"),
        ("as_of", 45254, "not a day"),
        ("principal", "=1+1", "formula"),
    ],
)
def test_cells_of_a_spreadsheet_that_mean_two_things_are_refused(key: str, value: object, problem: str) -> None:
    reading = read_debts("debts.xlsx", workbook(**{key: value}), on=ON)
    (found,) = reading.errors
    assert found.field == key and problem in found.text.in_language("en")


def test_a_file_that_is_no_table_is_a_problem_not_an_error() -> None:
    reading = read_debts("folder/of/someone/debts.pdf", b"%PDF-1.7", on=ON)
    assert reading.source == "debts.pdf"
    assert [(p.source, p.row) for p in reading.problems] == [("debts.pdf", None)]


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_give_a_reading(content: bytes) -> None:
    assert read_debts("debts.csv", content, on=ON).records == ()


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(sorted(GOOD)), st.text(st.characters(exclude_categories=["Cs"]), max_size=12))
def test_any_text_in_a_field_gives_a_debt_or_a_problem(key: str, text: str) -> None:
    reading = read(row(**{key: text}))
    assert reading.records or reading.errors


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_a_mutated_workbook_gives_a_reading(data: st.DataObject) -> None:
    content = bytearray(WORKBOOK)
    for place, value in data.draw(
        st.lists(st.tuples(st.integers(0, len(content) - 1), st.integers(0, 255)), max_size=20)
    ):
        content[place] = value
    reading = read_debts("debts.xlsx", bytes(content[: data.draw(st.integers(1, len(content)))]), on=ON)
    assert reading.records or reading.problems
